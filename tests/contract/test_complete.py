"""CompleteMultipartUpload: the answer, the parts that are named, and the sizes that are judged only now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.digests import md5
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import (
    complete_upload,
    completed_part,
    create_upload,
    upload_in_parts,
    upload_part,
)

if TYPE_CHECKING:
    from fakecos import FakeCOS


@pytest.mark.only_patch("the host is another")
def test_the_location_names_bucket_and_key_of_the_request(aws: Any) -> None:
    """Source: recorded aws-multipart 62: a GET of it answers; the host is the one that was asked."""
    assert upload_in_parts(aws, b"x")["Location"] == f"https://{BUCKET}.s3.amazonaws.com/{KEY}"


@pytest.mark.limits(min_part_size=1)
def test_parts_that_are_not_named_are_left_out(cos: FakeCOS, client: Any) -> None:
    """Source: documented: the object is made of the listed parts; the others are freed."""
    upload_id = create_upload(client)
    parts = [completed_part(number, upload_part(client, upload_id, b"%d" % number, number)) for number in (1, 2, 3)]
    complete_upload(client, upload_id, parts[0], parts[2])
    assert client.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"13"
    assert cos.store.billed_bytes == 2


@pytest.mark.limits(min_part_size=1, max_object_size=5)
def test_an_object_that_is_too_large_is_refused(cos: FakeCOS, client: Any) -> None:
    """Source: documented limit; the answer is assumed to be that of a part."""
    upload_id = create_upload(client)
    parts = [completed_part(number, upload_part(client, upload_id, b"aaa", number)) for number in (1, 2)]
    message = "Your proposed upload exceeds the maximum allowed size"
    with refused(cos, "EntityTooLarge", message, 400, ProposedSize="6", MaxSizeAllowed="5"):
        complete_upload(client, upload_id, *parts)


@pytest.mark.limits(min_part_size=1)
@pytest.mark.slow
def test_ten_thousand_parts_complete(cos: FakeCOS, client: Any) -> None:
    """Source: documented: 10,000 parts. Given to the store directly, since a client takes its time."""
    from fakecos.model.content import Content
    from fakecos.model.part import Part

    upload_id = create_upload(client)
    upload = cos.store.buckets[BUCKET].uploads[upload_id]
    content = cos.store.intern(Content.of(b"x"))
    for number in range(1, 10_001):
        upload.parts[number] = Part(number, content, md5(b"x"), upload.initiated)
    answer = complete_upload(client, upload_id, *({"PartNumber": n, "ETag": md5(b"x")} for n in range(1, 10_001)))
    assert answer["ETag"].endswith('-10000"')
    assert client.head_object(Bucket=BUCKET, Key=KEY)["ContentLength"] == 10_000
