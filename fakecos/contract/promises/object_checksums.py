"""The checksum of an object in parts: COMPOSITE and FULL_OBJECT, from Create to GetObjectAttributes."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import cases, promise
from fakecos.contract.promises.recorded import (
    BIG,
    BODIES,
    COMPOSITE,
    ETAG,
    ETAGS,
    FULL_OBJECT,
    KINDS,
    LAST,
    RECORDED_KEY,
    SSE,
    Upload,
)
from fakecos.contract.steps.answers import DATETIME, UPLOAD_ID, members_of
from fakecos.contract.steps.digests import checksum_of
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.facts import checksums


@promise
@cases(("kind", "name"), KINDS)
def every_answer_of_the_recorded_upload(aws: Any, kind: str, name: str) -> None:
    """Source: recorded aws-multipart 36, 41, aws-checksums-and-sse 8, 9: Create, parts, ListParts, Complete, reads."""
    upload = Upload(aws, kind, name)
    member = f"Checksum{name}"
    assert members_of(upload.created) == {
        "Bucket": BUCKET,
        "ChecksumAlgorithm": name,
        "ChecksumType": kind,
        "Key": RECORDED_KEY,
        "UploadId": UPLOAD_ID,
        **SSE,
    }
    for answer, found, etag in zip(upload.answers, upload.values, ETAGS, strict=True):
        assert members_of(answer) == {member: found, "ETag": f'"{etag}"', **SSE}
    listed = members_of(aws.list_parts(Bucket=BUCKET, Key=RECORDED_KEY, UploadId=upload.upload_id))
    assert (listed["ChecksumAlgorithm"], listed["ChecksumType"]) == (name, kind)
    assert listed["NextPartNumberMarker"] == 3
    assert listed["Parts"][0] == {
        member: upload.values[0],
        "ETag": f'"{ETAGS[0]}"',
        "LastModified": DATETIME,
        "PartNumber": 1,
        "Size": 5_242_881,
    }
    more: dict[str, Any] = {member: upload.text, "ChecksumType": kind} if kind == "FULL_OBJECT" else {}
    completed = members_of(upload.finish(**more))
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
    assert members_of(aws.head_object(Bucket=BUCKET, Key=RECORDED_KEY, ChecksumMode="ENABLED")) == read
    got = aws.get_object(Bucket=BUCKET, Key=RECORDED_KEY, ChecksumMode="ENABLED")
    assert {name: item for name, item in members_of(got).items() if name != "Body"} == read


@promise
@cases(("kind", "name"), KINDS)
def the_attributes_of_the_recorded_object(aws: Any, kind: str, name: str) -> None:
    """Source: recorded aws-multipart 36 (no suffix, with the parts) and 41 (only their count)."""
    upload = Upload(aws, kind, name)
    upload.finish()
    asked = ["ETag", "Checksum", "ObjectParts"]
    answer = members_of(aws.get_object_attributes(Bucket=BUCKET, Key=RECORDED_KEY, ObjectAttributes=asked))
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


@promise
@cases(("kind", "name"), KINDS)
def a_part_of_the_recorded_object(aws: Any, kind: str, name: str) -> None:
    """Source: recorded aws-multipart 41 (FULL_OBJECT: no checksum), aws-checksums-and-sse 8 (the part's own)."""
    upload = Upload(aws, kind, name)
    upload.finish()
    part = members_of(aws.get_object(Bucket=BUCKET, Key=RECORDED_KEY, PartNumber=3, ChecksumMode="ENABLED"))
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


@promise
@cases(("kind", "name"), [("COMPOSITE", "CRC32"), ("FULL_OBJECT", "CRC32"), ("FULL_OBJECT", "CRC64NVME")])
def a_copy_of_the_recorded_object(aws: Any, kind: str, name: str) -> None:
    """Source: recorded aws-multipart 15, aws-checksums-and-sse 8, 9: FULL_OBJECT, a plain MD5, and no parts."""
    Upload(aws, kind, name).finish()
    copied = aws.copy_object(Bucket=BUCKET, Key="copy", CopySource=f"{BUCKET}/{RECORDED_KEY}")
    whole = {f"Checksum{name}": FULL_OBJECT[name][2], "ChecksumType": "FULL_OBJECT"}
    etag = "a0397ee2df08832642af5d7e57c5760c"
    assert members_of(copied) == {"CopyObjectResult": {"ETag": f'"{etag}"', "LastModified": DATETIME, **whole}, **SSE}
    asked = ["ETag", "Checksum", "ObjectParts"]
    attributes = aws.get_object_attributes(Bucket=BUCKET, Key="copy", ObjectAttributes=asked)
    assert members_of(attributes) == {"Checksum": whole, "ETag": etag, "LastModified": DATETIME}


@promise
def clients_of_both_services_upload_alike(client: Any) -> None:
    """The same upload through ibm_boto3 (GetObjectAttributes is not in IBM's model)."""
    answer = Upload(client, "COMPOSITE", "CRC32").finish()
    assert (answer["ChecksumCRC32"], answer["ChecksumType"], answer["ETag"]) == ("5FRUiw==-3", "COMPOSITE", ETAG)


@promise
@cases(("kind", "text"), [("COMPOSITE", "sZB91Q==-1"), ("FULL_OBJECT", "fwuu0Q==")])
def the_only_part_of_an_object(client: Any, kind: str, text: str) -> None:
    """Source: recorded aws-multipart 17, aws-checksums-and-sse 7: GET and HEAD of part 1 of 1."""
    upload_id = create_upload(client, RECORDED_KEY, ChecksumAlgorithm="CRC32C", ChecksumType=kind)
    part = upload_part(client, upload_id, b"test content 123", key=RECORDED_KEY, ChecksumCRC32C="fwuu0Q==")
    answer = complete_upload(client, upload_id, completed_part(1, part, checksums=True), key=RECORDED_KEY)
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
    got = members_of(client.get_object(Bucket=BUCKET, Key=RECORDED_KEY, PartNumber=1, ChecksumMode="ENABLED"))
    assert got == {**expected, "Body": b"test content 123"}
    head = members_of(client.head_object(Bucket=BUCKET, Key=RECORDED_KEY, PartNumber=1, ChecksumMode="ENABLED"))
    # IBM's model has no ContentRange on HEAD: the client does not show it.
    assert {**head, "ContentRange": "bytes 0-15/16"} == expected


@promise
@cases("name", checksums.ALGORITHMS)
def every_algorithm_completes_with_its_default_type(aws: Any, name: str) -> None:
    """Source: documented; the newer five: assumed. A composite value is the digest of the digests."""
    algorithm = checksums.ALGORITHMS[name]
    upload_id = create_upload(aws, ChecksumAlgorithm=name)
    bodies = (bytes(5 * 1024 * 1024), b"last")
    parts = [
        upload_part(aws, upload_id, body, number, **{f"Checksum{name}": checksum_of(name, body)})
        for number, body in enumerate(bodies, 1)
    ]
    answer = complete_upload(
        aws, upload_id, *(completed_part(n, part, checksums=True) for n, part in enumerate(parts, 1))
    )
    if algorithm.types[0] == checksums.COMPOSITE:
        digests = b"".join(algorithm.compute((body,)) for body in bodies)
        assert answer[f"Checksum{name}"] == f"{checksum_of(name, digests)}-2"
    else:
        assert answer[f"Checksum{name}"] == checksum_of(name, b"".join(bodies))
    assert answer["ChecksumType"] == algorithm.types[0]


@promise
@cases("name", ["CRC32", "CRC32C", "CRC64NVME"])
def a_full_object_value_is_that_of_all_bytes(client: Any, name: str) -> None:
    """Source: documented: the CRC of the object, though only those of the parts are taken."""
    upload_id = create_upload(client, ChecksumAlgorithm=name, ChecksumType="FULL_OBJECT")
    bodies = {2: b"x" * 5 * 1024 * 1024, 4: b"y" * 5 * 1024 * 1024, 7: b"last"}
    listed = []
    for number, body in bodies.items():
        part = upload_part(client, upload_id, body, number, **{f"Checksum{name}": checksum_of(name, body)})
        listed.append(completed_part(number, part, checksums=True))
    answer = complete_upload(client, upload_id, *listed)
    assert answer[f"Checksum{name}"] == checksum_of(name, b"".join(bodies.values()))


# --- paging of the parts ----------------------------------------------------------------------------------


@promise
def the_parts_of_the_attributes_come_in_pages(aws: Any) -> None:
    """Source: recorded aws-multipart 60, to the letter."""
    upload_id = create_upload(aws, ChecksumAlgorithm="SHA256")
    parts = [
        completed_part(n, upload_part(aws, upload_id, BIG, n, ChecksumAlgorithm="SHA256"), checksums=True)
        for n in (1, 2)
    ]
    complete_upload(aws, upload_id, *parts)

    def page(marker: int) -> Any:
        return members_of(
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
