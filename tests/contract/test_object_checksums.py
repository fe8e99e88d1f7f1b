"""The checksum of an object in parts: COMPOSITE and FULL_OBJECT, from Create to GetObjectAttributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.facts import checksums
from tests.contract.conftest import refused
from tests.contract.parts import (
    BUCKET,
    DATETIME,
    ID,
    INVALID_PART,
    KEY,
    finish,
    named,
    send,
    start,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

RECORDED_KEY = "test-multipart-checksum"
BIG = b"a" * 5_242_881
LAST = b"a" * 10
BODIES = (BIG, BIG, LAST)
ETAG = '"4d45984fc3feb2ac9b22683c49674b56-3"'
ETAGS = ("c4c753e69bb853187f5854c46cf801c6", "c4c753e69bb853187f5854c46cf801c6", "e09c80c42fda55f9d992e59ca6b3307d")
SSE = {"ServerSideEncryption": "AES256"}
# algorithm: part 1 and 2, part 3, the object without its suffix
COMPOSITE = {
    "CRC32": ("NRU+Sw==", "TBHN8A==", "5FRUiw=="),
    "SHA256": (
        "DjU70AB1bON8k0n0fVHv2PJQVWcA/jWsITp6ti20Tbs=",
        "vyy1imj2hNlaO3jvj2Ycmk5bCegsyPnMiMzpBSjK6yc=",
        "9o++y6AejqboiJ7MZCx0fahK2Vu5YC/qnNhhYsCLciI=",
    ),
}
FULL_OBJECT = {
    "CRC32": ("NRU+Sw==", "TBHN8A==", "qSEQSA=="),
    "CRC64NVME": ("Kg7TOs6algM=", "DBqAA21lxVU=", "ZMNX55lZurA="),
}
KINDS = [("COMPOSITE", name) for name in COMPOSITE] + [("FULL_OBJECT", name) for name in FULL_OBJECT]


def value(name: str, body: bytes) -> str:
    algorithm = checksums.ALGORITHMS[name]
    return algorithm.encode(algorithm.compute((body,)))


class Upload:
    """The recorded upload: two parts of 5,242,881 bytes of `a` and one of ten, with the checksum of each."""

    def __init__(self, client: Any, kind: str, name: str) -> None:
        self.client, self.kind, self.name = client, kind, name
        self.created = client.create_multipart_upload(
            Bucket=BUCKET, Key=RECORDED_KEY, ChecksumAlgorithm=name, ChecksumType=kind
        )
        self.upload_id = self.created["UploadId"]
        first, last, _ = (COMPOSITE if kind == "COMPOSITE" else FULL_OBJECT)[name]
        self.values = (first, first, last)
        self.answers = [
            send(client, self.upload_id, body, number, RECORDED_KEY, **{f"Checksum{name}": found})
            for number, (body, found) in enumerate(zip(BODIES, self.values, strict=True), 1)
        ]

    def list(self, **more: str) -> list[dict[str, Any]]:
        return [
            named(number, answer, checksums=not more, **more) for number, answer in enumerate(self.answers, 1)
        ]

    @property
    def text(self) -> str:
        """The object's value as every answer but GetObjectAttributes gives it."""
        found = (COMPOSITE if self.kind == "COMPOSITE" else FULL_OBJECT)[self.name][2]
        return f"{found}-3" if self.kind == "COMPOSITE" else found

    def finish(self, parts: list[dict[str, Any]] | None = None, **more: Any) -> Any:
        return finish(self.client, self.upload_id, *(parts or self.list()), key=RECORDED_KEY, **more)


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_every_answer_of_the_recorded_upload(aws: Any, kind: str, name: str) -> None:
    """Source: recorded aws-multipart 36, 41, aws-checksums-and-sse 8, 9: Create, parts, ListParts, Complete, reads."""
    upload = Upload(aws, kind, name)
    member = f"Checksum{name}"
    assert told(upload.created) == {
        "Bucket": BUCKET,
        "ChecksumAlgorithm": name,
        "ChecksumType": kind,
        "Key": RECORDED_KEY,
        "UploadId": ID,
        **SSE,
    }
    for answer, found, etag in zip(upload.answers, upload.values, ETAGS, strict=True):
        assert told(answer) == {member: found, "ETag": f'"{etag}"', **SSE}
    listed = told(aws.list_parts(Bucket=BUCKET, Key=RECORDED_KEY, UploadId=upload.upload_id))
    assert (listed["ChecksumAlgorithm"], listed["ChecksumType"]) == (name, kind)
    assert listed["NextPartNumberMarker"] == 3
    assert listed["Parts"][0] == {
        member: upload.values[0],
        "ETag": f'"{ETAGS[0]}"',
        "LastModified": DATETIME,
        "PartNumber": 1,
        "Size": 5_242_881,
    }
    more = {member: upload.text, "ChecksumType": kind} if kind == "FULL_OBJECT" else {}
    completed = told(upload.finish(**more))
    completed.pop("Location")
    whole = {member: upload.text, "ChecksumType": kind}
    assert completed == {"Bucket": BUCKET, "Key": RECORDED_KEY, "ETag": ETAG, **whole, **SSE}
    read = {
        "AcceptRanges": "bytes",
        "ContentLength": 10_485_772,
        "ContentType": "binary/octet-stream",
        "ETag": ETAG,
        "LastModified": DATETIME,
        "Metadata": {},
        **whole,
        **SSE,
    }
    assert told(aws.head_object(Bucket=BUCKET, Key=RECORDED_KEY, ChecksumMode="ENABLED")) == read
    got = aws.get_object(Bucket=BUCKET, Key=RECORDED_KEY, ChecksumMode="ENABLED")
    assert {name: item for name, item in told(got).items() if name != "Body"} == read


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_the_attributes_of_the_recorded_object(aws: Any, kind: str, name: str) -> None:
    """Source: recorded aws-multipart 36 (no suffix, with the parts) and 41 (only their count)."""
    upload = Upload(aws, kind, name)
    upload.finish()
    asked = ["ETag", "Checksum", "ObjectParts"]
    answer = told(aws.get_object_attributes(Bucket=BUCKET, Key=RECORDED_KEY, ObjectAttributes=asked))
    parts = {
        "IsTruncated": False,
        "MaxParts": 1000,
        "NextPartNumberMarker": 3,
        "PartNumberMarker": 0,
        "Parts": [
            {f"Checksum{name}": found, "PartNumber": number, "Size": len(body)}
            for number, (found, body) in enumerate(zip(upload.values, BODIES, strict=True), 1)
        ],
    }
    assert answer == {
        "Checksum": {f"Checksum{name}": upload.text.partition("-")[0], "ChecksumType": kind},
        "ETag": ETAG.strip('"'),
        "LastModified": DATETIME,
        "ObjectParts": {"TotalPartsCount": 3, **(parts if kind == "COMPOSITE" else {})},
    }


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_a_part_of_the_recorded_object(aws: Any, kind: str, name: str) -> None:
    """Source: recorded aws-multipart 41 (FULL_OBJECT: no checksum), aws-checksums-and-sse 8 (the part's own)."""
    upload = Upload(aws, kind, name)
    upload.finish()
    part = told(aws.get_object(Bucket=BUCKET, Key=RECORDED_KEY, PartNumber=3, ChecksumMode="ENABLED"))
    checksum = {f"Checksum{name}": upload.values[2], "ChecksumType": kind} if kind == "COMPOSITE" else {}
    assert part == {
        "AcceptRanges": "bytes",
        "Body": LAST,
        "ContentLength": 10,
        "ContentRange": "bytes 10485762-10485771/10485772",
        "ContentType": "binary/octet-stream",
        "ETag": ETAG,
        "LastModified": DATETIME,
        "Metadata": {},
        "PartsCount": 3,
        **checksum,
        **SSE,
    }


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_a_copy_of_the_recorded_object(aws: Any, kind: str, name: str) -> None:
    """Source: recorded aws-multipart 15, aws-checksums-and-sse 8, 9: FULL_OBJECT, a plain MD5, and no parts."""
    if name == "SHA256":
        pytest.skip("recorded for CRCs")
    Upload(aws, kind, name).finish()
    copied = aws.copy_object(Bucket=BUCKET, Key="copy", CopySource=f"{BUCKET}/{RECORDED_KEY}")
    whole = {f"Checksum{name}": FULL_OBJECT[name][2], "ChecksumType": "FULL_OBJECT"}
    etag = "a0397ee2df08832642af5d7e57c5760c"
    assert told(copied) == {"CopyObjectResult": {"ETag": f'"{etag}"', "LastModified": DATETIME, **whole}, **SSE}
    asked = ["ETag", "Checksum", "ObjectParts"]
    attributes = aws.get_object_attributes(Bucket=BUCKET, Key="copy", ObjectAttributes=asked)
    assert told(attributes) == {"Checksum": whole, "ETag": etag, "LastModified": DATETIME}


def test_clients_of_both_services_upload_alike(client: Any) -> None:
    """The same upload through ibm_boto3 (GetObjectAttributes is not in IBM's model)."""
    answer = Upload(client, "COMPOSITE", "CRC32").finish()
    assert (answer["ChecksumCRC32"], answer["ChecksumType"], answer["ETag"]) == ("5FRUiw==-3", "COMPOSITE", ETAG)


@pytest.mark.parametrize(("kind", "text"), [("COMPOSITE", "sZB91Q==-1"), ("FULL_OBJECT", "fwuu0Q==")])
def test_the_only_part_of_an_object(client: Any, kind: str, text: str) -> None:
    """Source: recorded aws-multipart 17, aws-checksums-and-sse 7: GET and HEAD of part 1 of 1."""
    upload_id = start(client, RECORDED_KEY, ChecksumAlgorithm="CRC32C", ChecksumType=kind)
    part = send(client, upload_id, b"test content 123", key=RECORDED_KEY, ChecksumCRC32C="fwuu0Q==")
    answer = finish(client, upload_id, named(1, part, checksums=True), key=RECORDED_KEY)
    assert (answer["ChecksumCRC32C"], answer["ChecksumType"]) == (text, kind)
    expected = {
        "AcceptRanges": "bytes",
        "ChecksumCRC32C": "fwuu0Q==",
        "ChecksumType": kind,
        "ContentLength": 16,
        "ContentRange": "bytes 0-15/16",
        "ContentType": "binary/octet-stream",
        "ETag": '"b972025bc34adf8d76d6d51e93c035cc-1"',
        "LastModified": DATETIME,
        "Metadata": {},
        "PartsCount": 1,
        **SSE,
    }
    got = told(client.get_object(Bucket=BUCKET, Key=RECORDED_KEY, PartNumber=1, ChecksumMode="ENABLED"))
    assert got == {**expected, "Body": b"test content 123"}
    head = told(client.head_object(Bucket=BUCKET, Key=RECORDED_KEY, PartNumber=1, ChecksumMode="ENABLED"))
    # IBM's model has no ContentRange on HEAD: the client does not show it.
    assert {**head, "ContentRange": "bytes 0-15/16"} == expected


@pytest.mark.parametrize("name", checksums.ALGORITHMS)
def test_every_algorithm_completes_with_its_default_type(aws: Any, name: str) -> None:
    """Source: documented; the newer five: assumed. A composite value is the digest of the digests."""
    algorithm = checksums.ALGORITHMS[name]
    upload_id = start(aws, ChecksumAlgorithm=name)
    bodies = (bytes(5 * 1024 * 1024), b"last")
    parts = [
        send(aws, upload_id, body, number, **{f"Checksum{name}": value(name, body)})
        for number, body in enumerate(bodies, 1)
    ]
    answer = finish(aws, upload_id, *(named(n, part, checksums=True) for n, part in enumerate(parts, 1)))
    if algorithm.types[0] == checksums.COMPOSITE:
        digests = b"".join(algorithm.compute((body,)) for body in bodies)
        assert answer[f"Checksum{name}"] == f"{value(name, digests)}-2"
    else:
        assert answer[f"Checksum{name}"] == value(name, b"".join(bodies))
    assert answer["ChecksumType"] == algorithm.types[0]


@pytest.mark.parametrize("name", ["CRC32", "CRC32C", "CRC64NVME"])
def test_a_full_object_value_is_that_of_all_bytes(client: Any, name: str) -> None:
    """Source: documented: the CRC of the object, though only those of the parts are taken."""
    upload_id = start(client, ChecksumAlgorithm=name, ChecksumType="FULL_OBJECT")
    bodies = (b"x" * 5 * 1024 * 1024, b"", b"last")
    parts = [
        send(client, upload_id, body, number * 2, **{f"Checksum{name}": value(name, body)})
        for number, body in enumerate(bodies[::2], 1)
    ]
    listed = [named(number * 2, part, checksums=True) for number, part in enumerate(parts, 1)]
    answer = finish(client, upload_id, *listed)
    assert answer[f"Checksum{name}"] == value(name, b"".join(bodies))


# --- paging of the parts ----------------------------------------------------------------------------------


def test_the_parts_of_the_attributes_come_in_pages(aws: Any) -> None:
    """Source: recorded aws-multipart 60, to the letter."""
    upload_id = start(aws, ChecksumAlgorithm="SHA256")
    parts = [named(n, send(aws, upload_id, BIG, n, ChecksumAlgorithm="SHA256"), checksums=True) for n in (1, 2)]
    finish(aws, upload_id, *parts)

    def page(marker: int) -> Any:
        return told(
            aws.get_object_attributes(
                Bucket=BUCKET, Key=KEY, ObjectAttributes=["ObjectParts"], MaxParts=1, PartNumberMarker=marker
            )
        )

    assert page(1) == {
        "LastModified": DATETIME,
        "ObjectParts": {
            "IsTruncated": False,
            "MaxParts": 1,
            "NextPartNumberMarker": 2,
            "PartNumberMarker": 1,
            "Parts": [{"ChecksumSHA256": COMPOSITE["SHA256"][0], "PartNumber": 2, "Size": 5_242_881}],
            "TotalPartsCount": 2,
        },
    }
    assert page(10) == {
        "LastModified": DATETIME,
        "ObjectParts": {
            "IsTruncated": False,
            "MaxParts": 1,
            "NextPartNumberMarker": 0,
            "PartNumberMarker": 10,
            "TotalPartsCount": 2,
        },
    }
    first = page(0)["ObjectParts"]
    assert (first["IsTruncated"], first["NextPartNumberMarker"], len(first["Parts"])) == (True, 1, 1)


# --- what Complete refuses of the parts' checksums --------------------------------------------------------


def invalid(upload_id: str, number: str = "1", etag: str = ETAGS[0]) -> dict[str, Any]:
    return {
        "code": "InvalidPart",
        "message": INVALID_PART,
        "status": 400,
        "UploadId": upload_id,
        "PartNumber": number,
        "ETag": etag,
    }


@pytest.mark.parametrize(("kind", "name"), [("COMPOSITE", "CRC32"), ("FULL_OBJECT", "CRC64NVME")])
def test_a_wrong_part_checksum_is_an_invalid_part(cos: FakeCOS, client: Any, kind: str, name: str) -> None:
    """Source: recorded aws-checksums-and-sse 8, 9."""
    upload = Upload(client, kind, name)
    with refused(cos, **invalid(upload.upload_id)):
        upload.finish(upload.list(**{f"Checksum{name}": value(name, b"other")}))


@pytest.mark.parametrize("name", ["CRC32", "SHA256"])
def test_a_composite_upload_wants_the_checksum_of_each_part(cos: FakeCOS, client: Any, name: str) -> None:
    """Source: recorded aws-multipart 37, aws-checksums-and-sse 8."""
    upload = Upload(client, "COMPOSITE", name)
    message = (
        f"The upload was created using a {name.lower()} checksum. "
        "The complete request must include the checksum for each part. It was missing for part {} in the request."
    )
    bare = [{"PartNumber": number, "ETag": answer["ETag"]} for number, answer in enumerate(upload.answers, 1)]
    with refused(cos, "InvalidRequest", message.format(1), 400):
        upload.finish(bare)
    with refused(cos, "InvalidRequest", message.format(2), 400):
        upload.finish([upload.list()[0], *bare[1:]])


def test_another_algorithms_part_checksum_is_a_bad_digest(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 38."""
    upload_id = start(client, ChecksumAlgorithm="CRC32")
    part = send(client, upload_id, b"abc")
    message = "The sha256 you specified for part 1 did not match what we received."
    with refused(cos, "BadDigest", message, 400):
        finish(client, upload_id, named(1, part, ChecksumSHA256=value("SHA256", b"abc")))


def test_a_full_object_upload_does_not_want_them(client: Any) -> None:
    """Source: recorded aws-checksums-and-sse 9 by analogy; documented."""
    upload_id = start(client, ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")
    answer = finish(client, upload_id, named(1, send(client, upload_id, b"abc")))
    assert (answer["ChecksumCRC32"], answer["ChecksumType"]) == ("NSRBwg==", "FULL_OBJECT")


@pytest.mark.parametrize("numbers", [(2,), (1, 3), (2, 3)])
@pytest.mark.limits(min_part_size=1)
def test_a_composite_upload_wants_consecutive_numbers(
    cos: FakeCOS, client: Any, numbers: tuple[int, ...]
) -> None:
    """Source: documented rule; public: AWS answers 500, which a client would retry, so it is 400 here."""
    upload_id = start(client, ChecksumAlgorithm="CRC32")
    parts = [named(number, send(client, upload_id, b"abc", number), checksums=True) for number in numbers]
    message = "Part numbers must be consecutive and begin with 1 when a checksum is used."
    with refused(cos, "InvalidRequest", message, 400):
        finish(client, upload_id, *parts)


# --- an upload without an algorithm -----------------------------------------------------------------------


@pytest.fixture
def plain(client: Any) -> tuple[str, dict[str, Any]]:
    """The recorded upload without an algorithm, whose part came with a CRC32C."""
    upload_id = start(client, RECORDED_KEY)
    part = send(client, upload_id, b"aaa", key=RECORDED_KEY, ChecksumCRC32C="45fn2Q==")
    return upload_id, named(1, part)


@pytest.mark.parametrize(
    "named_checksum", [{"ChecksumCRC32C": "45fn2Q=="}, {"ChecksumSHA256": value("SHA256", b"aaa")}]
)
def test_it_knows_no_part_checksums(
    cos: FakeCOS, client: Any, plain: tuple[str, dict[str, Any]], named_checksum: dict[str, str]
) -> None:
    """Source: recorded aws-multipart 33."""
    upload_id, part = plain
    with refused(cos, **invalid(upload_id, etag="47bce5c74f589f4867dbd57e9ca9f808")):
        finish(client, upload_id, {**part, **named_checksum}, key=RECORDED_KEY)


@pytest.mark.parametrize("kind", ["COMPOSITE", "FULL_OBJECT"])
def test_its_type_is_null(cos: FakeCOS, client: Any, plain: tuple[str, dict[str, Any]], kind: str) -> None:
    """Source: recorded aws-multipart 34."""
    upload_id, part = plain
    message = (
        "The upload was created using the null checksum mode. "
        "The complete request must use the same checksum mode."
    )
    with refused(cos, "InvalidRequest", message, 400):
        finish(client, upload_id, part, key=RECORDED_KEY, ChecksumType=kind)


def test_it_ignores_a_checksum_of_the_object(client: Any, plain: tuple[str, dict[str, Any]]) -> None:
    """Source: recorded aws-multipart 35: a wrong CRC32C is ignored."""
    upload_id, part = plain
    answer = told(finish(client, upload_id, part, key=RECORDED_KEY, ChecksumCRC32C=value("CRC32C", b"other")))
    answer.pop("Location")
    assert answer == {
        "Bucket": BUCKET,
        "ChecksumCRC64NVME": "Rnr2/5P7Gsk=",
        "ChecksumType": "FULL_OBJECT",
        "ETag": '"e2c3da976e66ec9e7dc128fbc782fc91-1"',
        "Key": RECORDED_KEY,
        **SSE,
    }


def test_its_part_reads_have_no_checksum(aws: Any) -> None:
    """Source: recorded aws-multipart 16."""
    upload_id = start(aws)
    parts = [named(n, send(aws, upload_id, body, n)) for n, body in enumerate((bytes(5_242_896), b"test content 123"), 1)]
    finish(aws, upload_id, *parts)
    for mode in ({}, {"ChecksumMode": "ENABLED"}):
        part = told(aws.get_object(Bucket=BUCKET, Key=KEY, PartNumber=2, **mode))
        assert not any(name.startswith("Checksum") for name in part)
        assert part["ContentRange"] == "bytes 5242896-5242911/5242912"


# --- what Complete refuses of the object's checksum -------------------------------------------------------


@pytest.mark.parametrize(("created", "given"), [("COMPOSITE", "FULL_OBJECT"), ("FULL_OBJECT", "COMPOSITE")])
def test_another_type_than_that_of_create_is_refused(cos: FakeCOS, client: Any, created: str, given: str) -> None:
    """Source: recorded aws-multipart 39, 72."""
    upload_id = start(client, ChecksumAlgorithm="CRC32", ChecksumType=created)
    part = named(1, send(client, upload_id, b"abc"), checksums=True)
    message = (
        f"The upload was created using the {created} checksum mode. "
        "The complete request must use the same checksum mode."
    )
    with refused(cos, "InvalidRequest", message, 400):
        finish(client, upload_id, part, ChecksumType=given)


RIGHT = "Nks/tw=="
FORMS: dict[str, dict[str, str]] = {
    "the composite form without a type": {"ChecksumCRC32C": f"{RIGHT}-1"},
    "the right value without a type": {"ChecksumCRC32C": RIGHT},
    "another algorithm without a type": {"ChecksumCRC64NVME": "BeXKuz/B+us="},
    "a wrong value": {"ChecksumCRC32C": value("CRC32C", b"other"), "ChecksumType": "FULL_OBJECT"},
    "another algorithm": {"ChecksumCRC64NVME": "BeXKuz/B+us=", "ChecksumType": "FULL_OBJECT"},
}


@pytest.fixture
def full_object(client: Any) -> Callable[..., Any]:
    """Return what completes the recorded FULL_OBJECT CRC32C upload of `abc`."""
    key = "test-multipart-checksum-exc"
    upload_id = start(client, key, ChecksumAlgorithm="CRC32C", ChecksumType="FULL_OBJECT")
    part = named(1, send(client, upload_id, b"abc", key=key, ChecksumCRC32C=RIGHT))

    def complete(**more: Any) -> Any:
        return finish(client, upload_id, part, key=key, **more)

    return complete


@pytest.mark.parametrize("form", FORMS)
def test_any_bad_value_of_a_full_object_upload_is_one_error(
    cos: FakeCOS, full_object: Callable[..., Any], form: str
) -> None:
    """Source: recorded aws-multipart 40: also the right value, if it comes without its type."""
    with refused(cos, "BadDigest", "The crc32c you specified did not match the calculated checksum.", 400):
        full_object(**FORMS[form])


def test_the_right_value_with_its_type_is_taken(full_object: Callable[..., Any]) -> None:
    """Source: recorded aws-multipart 40 (complete-success)."""
    answer = told(full_object(ChecksumCRC32C=RIGHT, ChecksumType="FULL_OBJECT"))
    answer.pop("Location")
    assert answer == {
        "Bucket": BUCKET,
        "ChecksumCRC32C": RIGHT,
        "ChecksumType": "FULL_OBJECT",
        "ETag": '"af5da9f45af7a300e3aded972f8ff687-1"',
        "Key": "test-multipart-checksum-exc",
        **SSE,
    }


@pytest.mark.parametrize("more", [{}, {"ChecksumType": "FULL_OBJECT"}])
def test_no_value_is_needed(full_object: Callable[..., Any], more: dict[str, str]) -> None:
    """Source: documented."""
    assert full_object(**more)["ChecksumCRC32C"] == RIGHT


@pytest.mark.parametrize("more", [{}, {"ChecksumType": "COMPOSITE"}])
def test_a_composite_value_is_verified(cos: FakeCOS, client: Any, more: dict[str, str]) -> None:
    """Source: public for a value without its suffix; that the right one is taken is assumed."""
    upload_id = start(client, ChecksumAlgorithm="SHA256")
    part = named(1, send(client, upload_id, b"abc", ChecksumAlgorithm="SHA256"), checksums=True)
    right = value("SHA256", checksums.SHA256.compute((b"abc",)))
    with refused(cos, "BadDigest", "The sha256 you specified did not match the calculated checksum.", 400):
        finish(client, upload_id, part, ChecksumSHA256=value("SHA256", b"abc"), **more)
    answer = finish(client, upload_id, part, ChecksumSHA256=f"{right}-1", **more)
    assert answer["ChecksumSHA256"] == f"{right}-1"
