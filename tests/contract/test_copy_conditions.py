"""Conditions of CopyObject: of the destination, and of the source, where they always fail with 412."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.answers import DATETIME, members_of
from tests.support.constants import BUCKET
from tests.support.messages import PRECONDITION_FAILED
from tests.support.objects import copy_object
from tests.support.refusals import refused

if TYPE_CHECKING:
    from fakecos import FakeCOS

DAY = dt.timedelta(days=1)
ETAG = '"8d777f385d3dfec8815d20f7496026dc"'
OTHER = '"d41d8cd98f00b204e9800998ecf8427e"'
COPIED = {
    "CopyObjectResult": {
        "ChecksumCRC32": "rfPzYw==",
        "ChecksumType": "FULL_OBJECT",
        "ETag": ETAG,
        "LastModified": DATETIME,
    },
    "ServerSideEncryption": "AES256",
}


@pytest.fixture
def source(client: Any) -> Any:
    """When `source` was written."""
    client.put_object(Bucket=BUCKET, Key="source", Body=b"data")
    return client.head_object(Bucket=BUCKET, Key="source")["LastModified"]


def test_if_none_match_of_the_destination(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-objects 27, 29
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"data")
    assert members_of(copy_object(aws, IfNoneMatch="*")) == COPIED
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-None-Match"):
        copy_object(aws, IfNoneMatch="*")
    aws.delete_object(Bucket=BUCKET, Key="copy")
    assert members_of(copy_object(aws, IfNoneMatch="*")) == COPIED


def test_if_none_match_is_said_before_that_nothing_changes(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-objects 29
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"data")
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-None-Match"):
        copy_object(aws, Key="source", IfNoneMatch="*")


def test_if_match_of_the_destination(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-objects 28, 30
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"data")
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="copy"):
        copy_object(aws, IfMatch=ETAG)
    aws.put_object(Bucket=BUCKET, Key="copy", Body=b"")
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-Match"):
        copy_object(aws, IfMatch=ETAG)
    assert members_of(copy_object(aws, IfMatch=OTHER)) == COPIED
    assert members_of(copy_object(aws, Key="source", IfMatch=ETAG, StorageClass="STANDARD")) == COPIED


@pytest.mark.parametrize(
    ("conditions", "condition"),
    [
        (lambda at: dict.fromkeys(("IfMatch",), "nope") | _dates(at - DAY, at) | {"IfNoneMatch": ETAG}, "If-Match"),
        (lambda at: {"IfNoneMatch": ETAG} | _dates(at - DAY, at), "If-Unmodified-Since"),
        (lambda at: {"IfNoneMatch": ETAG, "IfModifiedSince": at}, "If-None-Match"),
        (lambda _: {"IfNoneMatch": ETAG.strip('"')}, "If-None-Match"),
        (lambda at: {"IfModifiedSince": at}, "If-Modified-Since"),
    ],
)
def test_a_condition_of_the_source_that_fails_is_always_412(
    cos: FakeCOS, client: Any, source: Any, conditions: Any, condition: str
) -> None:
    # recorded aws-objects 31, 32
    named = {f"CopySource{name}": value for name, value in conditions(source).items()}
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition=f"x-amz-copy-source-{condition}"):
        copy_object(client, **named)


def _dates(unmodified: Any, modified: Any) -> dict[str, Any]:
    return {"IfUnmodifiedSince": unmodified, "IfModifiedSince": modified}


@pytest.mark.parametrize(
    "conditions",
    [
        lambda at: {"IfModifiedSince": at + DAY},
        lambda at: {"IfModifiedSince": at - dt.timedelta(minutes=1)},
        lambda at: {"IfMatch": ETAG, "IfNoneMatch": OTHER, "IfUnmodifiedSince": at + DAY},
        lambda at: {"IfMatch": ETAG.strip('"'), "IfUnmodifiedSince": at - DAY},
    ],
)
def test_conditions_of_the_source_that_hold(client: Any, source: Any, conditions: Any) -> None:
    # recorded aws-objects 31, 32; the last: aws-multipart 68
    named = {f"CopySource{name}": value for name, value in conditions(source).items()}
    assert members_of(copy_object(client, **named)) == COPIED
