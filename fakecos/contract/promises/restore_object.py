"""RestoreObject: how it begins, and what is refused; the hours that it takes nobody waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import http_status, members_of, specific_headers
from fakecos.contract.steps.messages import MALFORMED_XML, METHOD_NOT_ALLOWED, NO_SUCH_KEY
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import read_object
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import add_delete_marker, enable_versioning, put_version

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

OBJECT = {"Bucket": BUCKET, "Key": "key"}
ARCHIVED = "The operation is not valid for the object's storage class"
NOT_ARCHIVED = "Restore is not allowed for the object's current storage class"
IN_PROGRESS = "Object restore is already in progress"


def restore(client: Any, days: int = 2, tier: str | None = "Bulk", **more: Any) -> Any:
    """Ask for a copy; bulk restores of GLACIER cost nothing."""
    request: dict[str, Any] = {"Days": days}
    if tier is not None:
        request["GlacierJobParameters"] = {"Tier": tier}
    return client.restore_object(**OBJECT, RestoreRequest=request, **more)


@promise
@cases("storage_class", ["GLACIER", "DEEP_ARCHIVE"])
@cases("tier", [None, "Standard", "Bulk"])
def a_restore_begins_with_202_and_is_under_way(cos: Service, aws: Any, storage_class: str, tier: str | None) -> None:
    """Source: recorded aws-objects 59: 202 and no body; the header: documented."""
    put_version(aws, body=b"body", StorageClass=storage_class)
    assert "Restore" not in aws.head_object(**OBJECT)
    answer = restore(aws, tier=tier)
    assert (http_status(answer), members_of(answer), specific_headers(answer)) == (202, {}, {"content-length": "0"})
    assert aws.head_object(**OBJECT)["Restore"] == 'ongoing-request="true"'
    with refused(cos, "InvalidObjectState", ARCHIVED, 403, StorageClass=storage_class):
        read_object(aws)


@promise
def a_second_restore_while_the_first_is_under_way(cos: Service, aws: Any) -> None:
    """Source: documented."""
    put_version(aws, StorageClass="GLACIER")
    restore(aws)
    with refused(cos, "RestoreAlreadyInProgress", IN_PROGRESS, 409):
        restore(aws)


@promise
@cases("storage_class", ["STANDARD", "GLACIER_IR", "INTELLIGENT_TIERING"])
def what_is_not_archived_cannot_be_restored(cos: Service, aws: Any, storage_class: str) -> None:
    """Source: public; also where the document is missing."""
    put_version(aws, StorageClass=storage_class)
    with refused(cos, "InvalidObjectState", NOT_ARCHIVED, 403):
        restore(aws)
    with refused(cos, "InvalidObjectState", NOT_ARCHIVED, 403):
        aws.restore_object(**OBJECT)


@promise
@cases(("days", "tier"), [(0, None), (-1, None), (1, "Fast"), (10**9, None)])
def documents_of_a_restore_that_are_none(cos: Service, aws: Any, days: int, tier: str | None) -> None:
    """Source: assumed."""
    put_version(aws, StorageClass="GLACIER")
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        restore(aws, days, tier)


@promise
def a_restore_says_for_how_many_days(cos: Service, aws: Any) -> None:
    """Source: assumed."""
    put_version(aws, StorageClass="GLACIER")
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        aws.restore_object(**OBJECT, RestoreRequest={"GlacierJobParameters": {"Tier": "Bulk"}})


@promise
def a_restore_without_a_document_is_refused(cos: Service, aws: Any, send: ByHand) -> None:
    """Source: documented code; the words: public."""
    put_version(aws, StorageClass="GLACIER")
    with refused(cos, "MissingRequestBodyError", "Request Body is empty", 400):
        send("POST", f"/{BUCKET}/key", "restore")


@promise
def what_is_not_there_cannot_be_restored(cos: Service, aws: Any) -> None:
    """Source: documented."""
    with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key="key"):
        restore(aws)


@promise
def restores_are_of_one_version(cos: Service, aws: Any) -> None:
    """Source: documented; that of a delete marker: assumed."""
    enable_versioning(aws)
    first = put_version(aws, body=b"1", StorageClass="GLACIER")
    second = put_version(aws, body=b"2", StorageClass="GLACIER")
    restore(aws, VersionId=first)
    assert "Restore" in aws.head_object(**OBJECT, VersionId=first)
    assert "Restore" not in aws.head_object(**OBJECT, VersionId=second)
    add_delete_marker(aws)
    with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, 405, Method="POST", ResourceType="DeleteMarker"):
        restore(aws)


@promise
def an_archived_object_is_not_copied(cos: Service, aws: Any) -> None:
    """Source: documented: it must be restored first."""
    put_version(aws, body=b"body", StorageClass="GLACIER")
    with refused(cos, "InvalidObjectState", status=403):
        aws.copy_object(**OBJECT, CopySource=OBJECT, StorageClass="STANDARD")


@promise
@cases("name", ["list_objects", "list_objects_v2", "list_object_versions"])
def lists_tell_of_a_restore_under_way_when_they_are_asked(aws: Any, name: str) -> None:
    """Source: documented: OptionalObjectAttributes."""

    def status(**more: Any) -> Any:
        answer = getattr(aws, name)(Bucket=BUCKET, **more)
        (item,) = answer["Versions" if name == "list_object_versions" else "Contents"]
        return item.get("RestoreStatus")

    asked = {"OptionalObjectAttributes": ["RestoreStatus"]}
    put_version(aws, StorageClass="GLACIER")
    assert status(**asked) is None
    restore(aws)
    assert (status(), status(**asked)) == (None, {"IsRestoreInProgress": True})
