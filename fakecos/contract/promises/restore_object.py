"""RestoreObject: what is said at once; what comes hours later: tests/contract/test_restore_object.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.messages import MALFORMED_XML, NO_SUCH_KEY
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

OBJECT = {"Bucket": BUCKET, "Key": "key"}
NOT_ARCHIVED = "Restore is not allowed for the object's current storage class"


def put_archived(aws: Any, storage_class: str = "GLACIER") -> None:
    aws.put_object(**OBJECT, Body=b"body", StorageClass=storage_class)


def restore(aws: Any, days: int = 2, tier: str | None = None) -> Any:
    request: dict[str, Any] = {"Days": days}
    if tier is not None:
        request["GlacierJobParameters"] = {"Tier": tier}
    return aws.restore_object(**OBJECT, RestoreRequest=request)


@promise
@cases("storage_class", ["GLACIER", "DEEP_ARCHIVE"])
@cases("tier", [None, "Standard", "Bulk"])
def a_restore_is_begun(cos: Service, aws: Any, storage_class: str, tier: str | None) -> None:
    """Source: recorded aws-objects 59: 202 and no body; the header, and that a second one is refused: documented."""
    put_archived(aws, storage_class)
    answer = restore(aws, 2, tier)
    assert (http_status(answer), members_of(answer)) == (202, {})
    assert aws.head_object(**OBJECT)["Restore"] == 'ongoing-request="true"'
    with refused(cos, "RestoreAlreadyInProgress", "Object restore is already in progress", 409):
        restore(aws, 2, tier)


@promise
@cases(("days", "tier"), [(0, None), (-1, None), (1, "Fast"), (10**9, None)])
def a_document_that_asks_for_no_restore(cos: Service, aws: Any, days: int, tier: str | None) -> None:
    """Source: assumed: days from one to the end of the calendar, and a tier that there is."""
    put_archived(aws)
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        restore(aws, days, tier)


@promise
def days_are_needed(cos: Service, aws: Any) -> None:
    """Source: assumed."""
    put_archived(aws)
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        aws.restore_object(**OBJECT, RestoreRequest={"GlacierJobParameters": {"Tier": "Bulk"}})


@promise
def a_request_without_a_document(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: documented code; public."""
    put_archived(aws)
    with refused(cos, "MissingRequestBodyError", "Request Body is empty", 400):
        send("POST", f"/{BUCKET}/key", "restore")


@promise
@cases("storage_class", ["STANDARD", "GLACIER_IR", "INTELLIGENT_TIERING"])
def what_is_not_archived(cos: Service, aws: Any, storage_class: str) -> None:
    """Source: public; also where the document is missing."""
    put_archived(aws, storage_class)
    with refused(cos, "InvalidObjectState", NOT_ARCHIVED, 403):
        restore(aws)
    with refused(cos, "InvalidObjectState", NOT_ARCHIVED, 403):
        aws.restore_object(**OBJECT)


@promise
def what_is_not_there(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 62, of other operations."""
    with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key="key"):
        restore(aws)
