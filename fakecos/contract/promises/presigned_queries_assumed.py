"""Names in the query of a presigned URL of which nobody has shown what S3 does with them.

Each name that a query may have: fakecos/facts/presigned_query.py. The others: presigned_queries.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise, uses
from fakecos.contract.promises.presigned_queries import KEY, OBJECT, PATH, stored
from fakecos.contract.steps.locks import GOVERNANCE, LOCKED, UNTIL, put_locked
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.by_hand import ByHand

STRANGER = "999999999999"


@promise
@cases(
    ("name", "value"),
    [("x-amz-acl", "no-such-acl"), ("x-amz-object-lock-mode", GOVERNANCE), ("x-amz-grant-read", "nobody")],
)
def what_is_named_as_signed_is_judged_as_a_header(cos: Service, send: ByHand, name: str, value: str) -> None:
    """Source: assumed: aws-changes 9."""
    moved = {name: value}
    with refused(cos, "InvalidArgument", status=400):
        send.presigned("PUT", PATH, moved, b"hello", signed=moved)


@promise
def a_checksum_mode_that_is_named_as_signed_counts(send: ByHand, aws: Any) -> None:
    """Source: assumed: aws-changes 9."""
    aws.put_object(**OBJECT, Body=b"hello")
    moved = {"x-amz-checksum-mode": "ENABLED"}
    answer = send.presigned("GET", PATH, moved, signed=moved)
    assert [name for name in answer.headers if name.startswith("x-amz-checksum")]


@promise
def a_grant_in_the_query_is_judged(cos: Service, send: ByHand) -> None:
    """Source: assumed, as x-amz-acl."""
    with refused(cos, "InvalidArgument", status=400):
        send.presigned("PUT", PATH, {"x-amz-grant-read": "nobody"}, b"hello")


@promise
@uses("locked_bucket")
@cases("name", ["x-amz-bypass-governance-retention", "x-amz-mfa"])
def the_query_alone_does_not_bypass_a_lock(cos: Service, send: ByHand, aws: Any, name: str) -> None:
    """Source: assumed, as x-amz-object-lock-*."""
    version = put_locked(aws, ObjectLockMode=GOVERNANCE, ObjectLockRetainUntilDate=UNTIL)
    with refused(cos, "AccessDenied", status=403):
        send.presigned("DELETE", f"/{LOCKED}/key", {"versionId": version, name: "true"})


@promise
def the_owner_of_the_source_is_judged_in_a_query(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: assumed; of the bucket of the request it is public: aws-presigned 38."""
    aws.put_object(**OBJECT, Body=b"hello")
    query = {"x-amz-copy-source": f"{BUCKET}/{KEY}", "x-amz-source-expected-bucket-owner": STRANGER}
    with refused(cos, "AccessDenied", status=403):
        send.presigned("PUT", f"/{BUCKET}/copy", query)


@promise
def the_range_of_a_copied_part_is_taken_from_the_query(send: ByHand, aws: Any) -> None:
    """Source: assumed; that the source is taken is public: aws-presigned 40."""
    aws.put_object(**OBJECT, Body=b"hello")
    upload_id = create_upload(aws, key="copy")
    query = {"uploadId": upload_id, "partNumber": "1", "x-amz-copy-source": f"{BUCKET}/{KEY}"}
    send.presigned("PUT", f"/{BUCKET}/copy", {**query, "x-amz-copy-source-range": "bytes=0-1"})
    (part,) = aws.list_parts(Bucket=BUCKET, Key="copy", UploadId=upload_id)["Parts"]
    assert part["Size"] == 2


@promise
def another_header_of_s3_is_taken_from_the_query(send: ByHand, aws: Any) -> None:
    """Source: assumed."""
    send.presigned("PUT", PATH, {"x-amz-storage-class": "STANDARD_IA"}, b"hello")
    assert stored(aws)["StorageClass"] == "STANDARD_IA"


@promise
@cases("name", ["content-language", "expires", "expect", "foo"])
def a_name_of_http_in_the_query_does_nothing(send: ByHand, aws: Any, name: str) -> None:
    """Source: assumed, as Content-MD5; recorded aws-presigned 6 of `x-id`."""
    send.presigned("PUT", PATH, {name: "Tue, 01 Jan 2030 00:00:00 GMT"}, b"hello")
    shown = stored(aws)
    assert not {"ContentLanguage", "Expires", "ExpiresString"} & shown.keys()
    assert shown["ContentLength"] == 5


@promise
def a_range_in_the_query_does_nothing(send: ByHand, aws: Any) -> None:
    """Source: assumed, as Content-MD5."""
    aws.put_object(**OBJECT, Body=b"hello")
    answer = send.presigned("GET", PATH, {"range": "bytes=0-1"})
    assert (answer.status, answer.body) == (200, b"hello")


@promise
def a_checksum_that_version_2_moves_into_the_query_is_verified(
    cos: Service, send: ByHand, make_client: Callable[..., Any]
) -> None:
    """Source: assumed: version 2 signs every x-amz-* of the query as a header."""
    old = make_client(config={"signature_version": "s3"})
    url = old.generate_presigned_url("put_object", Params={**OBJECT, "ChecksumCRC32": "AAAAAA=="})
    with refused(cos, "BadDigest", status=400):
        send.url("PUT", url, body=b"hello")


@promise
def a_condition_that_version_2_leaves_in_the_query_is_obeyed(
    cos: Service, send: ByHand, aws: Any, make_client: Callable[..., Any]
) -> None:
    """Source: assumed; by version 4: recorded aws-changes 10."""
    aws.put_object(**OBJECT, Body=b"hello")
    old = make_client(config={"signature_version": "s3"})
    url = old.generate_presigned_url("put_object", Params=OBJECT)
    with refused(cos, "PreconditionFailed", status=412):
        send.url("PUT", f"{url}&if-none-match=*", body=b"other")
