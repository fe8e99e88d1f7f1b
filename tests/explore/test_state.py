"""How two states differ: what whoever reads or lists would notice, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.explore.state import Difference, State, capture, differences
from tests.explore.corpus.program import BUCKET

if TYPE_CHECKING:
    from fakecos import FakeCOS

PLACE = {"Bucket": BUCKET, "Key": "k"}


def state(cos: FakeCOS) -> State:
    """Return what is stored now."""
    return capture(cos.store)


def one(found: list[Difference]) -> Difference:
    """Return the only difference."""
    (difference,) = found
    return difference


def test_two_captures_of_the_same_do_not_differ(cos: FakeCOS, s3: Any) -> None:
    """Source: our own promise."""
    s3.put_object(**PLACE, Body=b"x", Metadata={"a": "b"}, Tagging="c=d")
    assert not differences(state(cos), state(cos))


def test_the_same_object_written_again_does_not_differ(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: dates and ids differ between two right runs."""
    s3.put_object(**PLACE, Body=b"x")
    before = state(cos)
    s3.put_object(**PLACE, Body=b"x")
    assert not differences(before, state(cos))


def test_the_same_bytes_in_other_parts_do_not_differ(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: an ETag depends on how the parts were cut."""
    s3.put_object(**PLACE, Body=b"ab")
    before = state(cos)
    upload = s3.create_multipart_upload(**PLACE)["UploadId"]
    parts = [
        {
            "PartNumber": n,
            "ETag": s3.upload_part(**PLACE, UploadId=upload, PartNumber=n, Body=body)["ETag"],
        }
        for n, body in ((1, b"a"), (2, b"b"))
    ]
    s3.complete_multipart_upload(**PLACE, UploadId=upload, MultipartUpload={"Parts": parts})
    after = state(cos)
    assert not differences(before, after)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"Body": b"other"}, "body"),
        ({"Metadata": {"a": "c"}}, "metadata"),
        ({"Tagging": "a=c"}, "tags"),
        ({"ContentType": "text/html"}, "headers"),
        ({"StorageClass": "STANDARD_IA"}, "storage_class"),
        ({"ServerSideEncryption": "aws:kms"}, "encryption"),
    ],
)
def test_each_attribute_that_a_reader_sees_differs(
    cos: FakeCOS, s3: Any, parameters: dict[str, Any], said: str
) -> None:
    """Source: issue 13, section 2: bytes and metadata."""
    s3.put_object(**{**PLACE, "Body": b"first"})
    before = state(cos)
    s3.put_object(**{**PLACE, "Body": b"first", **parameters})
    found = one(differences(before, state(cos)))
    assert found.what == "object"
    assert found.place == (BUCKET, "k")
    assert said in " ".join(found.lines)


def test_an_object_that_is_missing_or_too_much_is_said(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 2."""
    empty = state(cos)
    s3.put_object(**PLACE, Body=b"x")
    full = state(cos)
    assert one(differences(empty, full)).lines == ("there should be no such object; there is one of 1 byte",)
    assert one(differences(full, empty)).lines == ("there is no such object; expected: one of 1 byte",)
    assert one(differences(empty, full)).shape == "too much"
    assert one(differences(full, empty)).shape == "missing"


def test_a_bucket_that_is_gone_and_its_configuration_are_compared(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 2: configuration."""
    before = state(cos)
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    assert one(differences(before, state(cos))).what == "bucket"
    s3.delete_bucket(Bucket=BUCKET)
    assert one(differences(before, state(cos))).lines == ("there is no such bucket",)
    assert one(differences(state(cos), before)).lines == ("there should be no such bucket",)


def test_versions_are_compared_but_for_repetitions(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: a request that is repeated after a lost answer makes the same version again."""
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    s3.put_object(**PLACE, Body=b"1")
    before = state(cos)
    s3.put_object(**PLACE, Body=b"1")
    assert not differences(before, state(cos))
    s3.put_object(**PLACE, Body=b"2")
    s3.put_object(**PLACE, Body=b"1")
    found = one(differences(before, state(cos)))
    assert found.what == "versions"
    assert "expected 1 versions" in found.lines[0]
