"""Conditions of CopyObject: of the destination, and of the source, where they always fail with 412."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, promise
from fakecos.contract.promises.copy_object import COPIED, ETAG
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.messages import PRECONDITION_FAILED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import copy_object
from fakecos.contract.steps.refused import refused

OTHER = '"d41d8cd98f00b204e9800998ecf8427e"'


@promise
def if_none_match_of_the_destination(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 27, 29."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"data")
    assert members_of(copy_object(aws, IfNoneMatch="*")) == COPIED
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-None-Match"):
        copy_object(aws, IfNoneMatch="*")
    aws.delete_object(Bucket=BUCKET, Key="copy")
    assert members_of(copy_object(aws, IfNoneMatch="*")) == COPIED


@promise
def if_none_match_is_said_before_that_nothing_changes(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 29."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"data")
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-None-Match"):
        copy_object(aws, Key="source", IfNoneMatch="*")


@promise
def if_match_of_the_destination(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 28, 30."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"data")
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="copy"):
        copy_object(aws, IfMatch=ETAG)
    aws.put_object(Bucket=BUCKET, Key="copy", Body=b"")
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-Match"):
        copy_object(aws, IfMatch=ETAG)
    assert members_of(copy_object(aws, IfMatch=OTHER)) == COPIED
    assert members_of(copy_object(aws, Key="source", IfMatch=ETAG, StorageClass="STANDARD")) == COPIED
