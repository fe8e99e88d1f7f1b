"""Conditions of CopyObject: of the destination, and of the source, where they always fail with 412."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.copy_conditions import OTHER
from fakecos.contract.promises.copy_object import COPIED, ETAG
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.messages import PRECONDITION_FAILED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import copy_object
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from fakecos import FakeCOS

DAY = dt.timedelta(days=1)


@pytest.fixture
def source(client: Any) -> Any:
    """When `source` was written."""
    client.put_object(Bucket=BUCKET, Key="source", Body=b"data")
    return client.head_object(Bucket=BUCKET, Key="source")["LastModified"]


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
