"""Preconditions of reads and of writes that need no upload (Complete's: test_conditional_complete)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.messages import HEADER_NOT_IMPLEMENTED, PRECONDITION_FAILED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

ETAG = '"8d777f385d3dfec8815d20f7496026dc"'  # of b"data"
OTHER = '"d41d8cd98f00b204e9800998ecf8427e"'


# --- writes ---------------------------------------------------------------------------------------------


@promise
def a_put_if_none_match_does_not_overwrite(cos: Service, aws: Any) -> None:
    """Source: recorded aws-multipart 69 for Complete; documented for PutObject."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data", IfNoneMatch="*")
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-None-Match"):
        aws.put_object(Bucket=BUCKET, Key="key", Body=b"other", IfNoneMatch="*")
    aws.delete_object(Bucket=BUCKET, Key="key")
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"other", IfNoneMatch="*")


@promise
def a_put_if_match_overwrites_only_what_it_names(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 23."""
    aws.put_object(Bucket=BUCKET, Key="test-precondition", Body=b"data")
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-Match"):
        aws.put_object(Bucket=BUCKET, Key="test-precondition", IfMatch=OTHER)
    assert members_of(aws.put_object(Bucket=BUCKET, Key="test-precondition", IfMatch=ETAG)) == {
        "ChecksumCRC32": "AAAAAA==",
        "ChecksumType": "FULL_OBJECT",
        "ETag": OTHER,
        "ServerSideEncryption": "AES256",
    }
    aws.delete_object(Bucket=BUCKET, Key="test-precondition")
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="test-precondition"):
        aws.put_object(Bucket=BUCKET, Key="test-precondition", IfMatch=OTHER)


@promise
@cases(
    ("conditions", "header", "more"),
    [
        (
            {"IfNoneMatch": ETAG},
            "If-None-Match",
            "We don't accept the provided value of If-None-Match header for this API",
        ),
        ({"IfMatch": "*"}, "If-Match", "We don't accept the provided value of If-Match header for this API"),
        (
            {"IfMatch": ETAG, "IfNoneMatch": "*"},
            "If-Match,If-None-Match",
            "Multiple conditional request headers present in the request",
        ),
    ],
)
def conditions_of_a_write_that_s3_does_not_take(
    cos: Service, aws: Any, conditions: dict[str, str], header: str, more: str
) -> None:
    """Source: recorded aws-multipart 54; for CopyObject: assumed."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    with refused(cos, "NotImplemented", HEADER_NOT_IMPLEMENTED, 501, Header=header, additionalMessage=more):
        aws.put_object(Bucket=BUCKET, Key="key", Body=b"other", **conditions)
    with refused(cos, "NotImplemented", HEADER_NOT_IMPLEMENTED, 501, Header=header, additionalMessage=more):
        aws.copy_object(Bucket=BUCKET, Key="copy", CopySource=f"{BUCKET}/key", **conditions)


@promise
def an_empty_if_match_of_a_write_is_refused(cos: Service, aws: Any) -> None:
    """Source: public."""
    message = "The value provided for the If-Match query parameter cannot be empty for this API."
    with (
        before_signing(aws, headers={"If-Match": ""}),
        refused(cos, "InvalidArgument", message, 400, ArgumentName="If-Match"),
    ):
        aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")


@promise
@cases(
    ("condition", "header"),
    [
        (
            {"IfMatchLastModifiedTime": dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)},
            "x-amz-if-match-last-modified-time",
        ),
        ({"IfMatchSize": 4}, "x-amz-if-match-size"),
    ],
)
def conditions_of_a_delete_that_are_for_directory_buckets(
    cos: Service, aws: Any, condition: dict[str, Any], header: str
) -> None:
    """Source: recorded aws-objects 25, 26."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    with refused(cos, "NotImplemented", HEADER_NOT_IMPLEMENTED, 501, Header=header):
        aws.delete_object(Bucket=BUCKET, Key="key", **condition)


@promise
def a_date_that_an_answer_told_is_the_time_of_the_object(cos: Service, client: Any) -> None:
    """Source: assumed: milliseconds do not count, as dates of HTTP have none."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"x")
    moment = client.head_object(Bucket=BUCKET, Key="key")["LastModified"]
    assert client.get_object(Bucket=BUCKET, Key="key", IfUnmodifiedSince=moment)["Body"].read() == b"x"
    with refused(cos, "304", status=304):
        client.get_object(Bucket=BUCKET, Key="key", IfModifiedSince=moment)
