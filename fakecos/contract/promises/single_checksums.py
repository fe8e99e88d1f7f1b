"""The checksum of an object of one request, and of its copies: recorded aws-checksums-and-sse 1 to 6."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

import gzip
from typing import TYPE_CHECKING

from fakecos.contract.steps.answers import DATETIME, members_of
from fakecos.contract.steps.digests import md5, sha256
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.facts import checksums

BODY = b"test data.."
SHA256 = "2l26x0trnT0r2AvakoFk2MB7eKVKzYESLMxSAKAzoik="
ETAG = "e6d9226c2a86b7232933663c13467527"
SSE = {"ServerSideEncryption": "AES256"}
READ = {
    "AcceptRanges": "bytes",
    "ContentLength": len(BODY),
    "ContentType": "binary/octet-stream",
    "ETag": f'"{ETAG}"',
    "LastModified": DATETIME,
    "Metadata": {},
    **SSE,
}
COPIED_BODY = b'{"key": "value"}'
COPIED = {
    "CRC32": "MzVIGw==",
    "CRC32C": "078Ilw==",
    "SHA1": "5zXdjmjYk4EJ8Cw4PMnQVslCpRQ=",
    "SHA256": "lyTB4g5uPk1/V+0l+dTvsAblCFkNUoyQ2ll/andcE+U=",
}


def attributes(client: Any, key: str = KEY) -> Any:
    answer = client.get_object_attributes(Bucket=BUCKET, Key=key, ObjectAttributes=["ETag", "Checksum", "ObjectParts"])
    return members_of(answer)


def whole(name: str, value: str) -> dict[str, str]:
    return {f"Checksum{name}": value, "ChecksumType": "FULL_OBJECT"}


@promise
@cases("given", [{"ChecksumSHA256": SHA256}, {"ChecksumAlgorithm": "SHA256"}])
def a_right_checksum_is_answered_everywhere(aws: Any, given: dict[str, str]) -> None:
    """Source: recorded aws-checksums-and-sse 1: given by the caller or computed by the client."""
    checksum = whole("SHA256", SHA256)
    put = aws.put_object(Bucket=BUCKET, Key=KEY, Body=BODY, **given)
    assert members_of(put) == {**checksum, "ETag": f'"{ETAG}"', **SSE}
    assert attributes(aws) == {"Checksum": checksum, "ETag": ETAG, "LastModified": DATETIME}
    assert members_of(aws.head_object(Bucket=BUCKET, Key=KEY, ChecksumMode="ENABLED")) == {**READ, **checksum}
    assert members_of(aws.head_object(Bucket=BUCKET, Key=KEY)) == READ


@promise
@cases("name", checksums.ALGORITHMS)
def a_wrong_or_malformed_checksum_is_refused(cos: Service, aws: Any, name: str) -> None:
    """Source: recorded aws-checksums-and-sse 1, aws-multipart 43 (SHA256); assumed for the newer five."""
    algorithm = checksums.ALGORITHMS[name]
    message = f"Value for x-amz-checksum-{name.lower()} header is invalid."
    with refused(cos, "InvalidRequest", message, 400):
        aws.put_object(Bucket=BUCKET, Key=KEY, Body=BODY, **{algorithm.member: "bad"})
    wrong = algorithm.encode(algorithm.compute((b"other",)))
    with refused(cos, "BadDigest", f"The {name} you specified did not match the calculated checksum.", 400):
        aws.put_object(Bucket=BUCKET, Key=KEY, Body=BODY, **{algorithm.member: wrong})


@promise
@cases(
    ("name", "value"),
    [("CRC32C", "Fz3epA=="), ("CRC64NVME", "1f2xscCCZCU="), ("SHA1", "jbXkHAsXUrubtL3dqDQ4w+7WXc0=")],
)
@cases("mode", ["ENABLED", "enabled"])
def a_get_answers_the_checksum_of_the_put(client: Any, name: str, value: str, mode: str) -> None:
    """Source: recorded aws-checksums-and-sse 2: any letter case of the mode."""
    checksum, etag = whole(name, value), '"f2081dd61dfa700a0fd5e29b9c3cc23d"'
    put = client.put_object(Bucket=BUCKET, Key=KEY, Body=b"test-checksum", **{f"Checksum{name}": value})
    assert members_of(put) == {**checksum, "ETag": etag, **SSE}
    got = members_of(client.get_object(Bucket=BUCKET, Key=KEY, ChecksumMode=mode))
    assert got == {**READ, "Body": b"test-checksum", "ContentLength": 13, "ETag": etag, **checksum}


@promise
def the_checksum_of_an_encoded_body_is_that_of_the_bytes_sent(client: Any) -> None:
    """Source: recorded aws-checksums-and-sse 3."""
    body = gzip.compress(b"test data.." * 10, mtime=0)
    put = client.put_object(Bucket=BUCKET, Key=KEY, Body=body, ContentEncoding="gzip", ChecksumAlgorithm="SHA256")
    assert (put["ChecksumSHA256"], put["ETag"]) == (sha256(body), f'"{md5(body)}"')
    got = members_of(client.get_object(Bucket=BUCKET, Key=KEY, ChecksumMode="ENABLED"))
    assert (got["ContentEncoding"], got["Body"], got["ChecksumSHA256"]) == ("gzip", body, sha256(body))


def copied(answer: Any) -> dict[str, Any]:
    return dict(members_of(answer)["CopyObjectResult"])


@promise
@cases("name", ["CRC32", "SHA1", "SHA256"])
def a_copy_in_place_takes_another_algorithm_and_later_copies_keep_it(aws: Any, name: str) -> None:
    """Source: recorded aws-checksums-and-sse 5."""
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=COPIED_BODY)
    source = f"{BUCKET}/{KEY}"
    expected = {
        **whole(name, COPIED[name]),
        "ETag": '"88bac95f31528d13a072c05f2a1cf371"',
        "LastModified": DATETIME,
    }
    in_place = aws.copy_object(
        Bucket=BUCKET, Key=KEY, CopySource=source, ChecksumAlgorithm=name, MetadataDirective="REPLACE"
    )
    assert copied(in_place) == expected
    assert attributes(aws)["Checksum"] == whole(name, COPIED[name])
    assert copied(aws.copy_object(Bucket=BUCKET, Key="copy", CopySource=source)) == expected
    assert attributes(aws, "copy")["Checksum"] == whole(name, COPIED[name])


@promise
@cases("name", ["CRC32C", "SHA1", "SHA256"])
def a_copy_keeps_the_algorithm_of_its_source(client: Any, name: str) -> None:
    """Source: recorded aws-checksums-and-sse 6."""
    client.put_object(Bucket=BUCKET, Key=KEY, Body=COPIED_BODY, **{f"Checksum{name}": COPIED[name]})
    answer = client.copy_object(Bucket=BUCKET, Key="copy", CopySource=f"{BUCKET}/{KEY}")
    assert copied(answer) == {
        **whole(name, COPIED[name]),
        "ETag": '"88bac95f31528d13a072c05f2a1cf371"',
        "LastModified": DATETIME,
    }


CRC64NVME = "qUVrWYOrIAM="


@promise
@cases(
    ("sent", "checksum"),
    [
        ({"x-amz-checksum-sha256": SHA256}, whole("SHA256", SHA256)),
        ({"x-amz-checksum-sha256": SHA256, "x-amz-checksum-algorithm": "SHA1"}, whole("SHA256", SHA256)),
        ({"x-amz-checksum-algorithm": "SHA256"}, whole("CRC64NVME", CRC64NVME)),
        ({"x-amz-checksum-algorithm": "TEST"}, whole("CRC64NVME", CRC64NVME)),
        ({}, whole("CRC64NVME", CRC64NVME)),
    ],
    ids=["right", "the value wins", "only the algorithm", "an unknown algorithm", "none"],
)
def a_raw_put_without_a_value_gets_crc64nvme(
    send: ByHand, aws: Any, sent: dict[str, str], checksum: dict[str, str]
) -> None:
    """Source: recorded aws-checksums-and-sse 4."""
    send("PUT", f"/{BUCKET}/{KEY}", "", sent, BODY)
    assert members_of(aws.head_object(Bucket=BUCKET, Key=KEY, ChecksumMode="ENABLED")) == {**READ, **checksum}
    assert attributes(aws)["Checksum"] == checksum


@promise
def a_raw_put_with_a_malformed_value_is_refused(cos: Service, send: ByHand) -> None:
    """Source: recorded aws-checksums-and-sse 4."""
    with refused(cos, "InvalidRequest", "Value for x-amz-checksum-sha256 header is invalid.", 400):
        send("PUT", f"/{BUCKET}/{KEY}", "", {"x-amz-checksum-sha256": "bad"}, BODY)


@promise
def a_copy_keeps_the_checksum_that_s3_took(send: ByHand, aws: Any) -> None:
    """Source: recorded aws-checksums-and-sse 4."""
    send("PUT", f"/{BUCKET}/{KEY}", "", {}, BODY)
    checksum = whole("CRC64NVME", CRC64NVME)
    copied = aws.copy_object(Bucket=BUCKET, Key="copy", CopySource=f"{BUCKET}/{KEY}")
    result = {**checksum, "ETag": f'"{ETAG}"', "LastModified": DATETIME}
    assert members_of(copied) == {"CopyObjectResult": result, **SSE}
    assert attributes(aws, "copy")["Checksum"] == checksum
