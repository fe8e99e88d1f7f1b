"""Conditions of an upload are given to Create, and judged there and at Complete (ibm-cos 1.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part

if TYPE_CHECKING:
    from fakecos import FakeCOS

ABSENT = {"If-None-Match": "*"}


def begin(client: Any, headers: dict[str, str]) -> str:
    with before_signing(client, headers=headers):
        return create_upload(client)


def test_create_is_refused_where_the_key_exists(cos: FakeCOS, client: Any) -> None:
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"old")
    with refused(cos, "PreconditionFailed", status=412):
        begin(client, ABSENT)


def test_complete_is_refused_where_the_key_came_meanwhile(cos: FakeCOS, client: Any) -> None:
    upload_id = begin(client, ABSENT)
    part = completed_part(1, upload_part(client, upload_id, b"new"))
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"meanwhile")
    with refused(cos, "PreconditionFailed", status=412):
        complete_upload(client, upload_id, part)
    client.abort_multipart_upload(Bucket=BUCKET, Key=KEY, UploadId=upload_id)
    assert cos.store.buckets[BUCKET].objects[KEY].body == b"meanwhile"


def test_complete_succeeds_where_nothing_came(cos: FakeCOS, client: Any) -> None:
    upload_id = begin(client, ABSENT)
    complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id, b"new")))
    assert cos.store.buckets[BUCKET].objects[KEY].body == b"new"


def test_if_match_wants_the_object_that_was_named(cos: FakeCOS, client: Any) -> None:
    etag = client.put_object(Bucket=BUCKET, Key=KEY, Body=b"old")["ETag"]
    upload_id = begin(client, {"If-Match": etag})
    part = completed_part(1, upload_part(client, upload_id, b"new"))
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"other")
    with refused(cos, "PreconditionFailed", status=412):
        complete_upload(client, upload_id, part)


@pytest.mark.parametrize("headers", [ABSENT, {"If-Match": '"wrong"'}])
def test_conditions_of_parts_complete_and_abort_are_ignored(cos: FakeCOS, client: Any, headers: dict[str, str]) -> None:
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"old")
    upload_id, other = create_upload(client), create_upload(client)
    with before_signing(client, headers=headers):
        complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id, b"new")))
        client.abort_multipart_upload(Bucket=BUCKET, Key=KEY, UploadId=other)
    assert cos.store.buckets[BUCKET].objects[KEY].body == b"new"


def test_aws_does_not_look_at_conditions_of_create(cos: FakeCOS, make_client: Any) -> None:
    aws = make_client("aws")
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"old")
    upload_id = begin(aws, ABSENT)
    complete_upload(aws, upload_id, completed_part(1, upload_part(aws, upload_id, b"new")))
    assert cos.store.buckets[BUCKET].objects[KEY].body == b"new"
