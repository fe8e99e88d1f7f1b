"""Deleting a bucket with all that is in it: uploads, versions, what is held or retained, and its policy."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GONE = frozenset({"NoSuchBucket", "404"})
SILENT = frozenset({"ReadTimeoutError", "ConnectTimeoutError", "EndpointConnectionError"})
NOT_FOUND = 404
ROUNDS = 3


def delete_bucket(client: Any, bucket: str) -> str | None:
    """Delete a bucket and what it holds, and return None, or why it is still there.

    What a store does not offer is passed over: it may have no versions, locks or policies. It never raises an error of
    the client: that would hide why a promise failed. A store that does not answer at all is asked only once.
    """
    why = _tried(partial(client.delete_bucket, Bucket=bucket))
    if not why or "nothing" in why:
        return None
    if why.partition(":")[0] in SILENT:
        return f"{bucket}: {why}"
    _tried(partial(client.delete_bucket_policy, Bucket=bucket))
    for _ in range(ROUNDS):
        _empty(client, bucket)
        why = _tried(partial(client.delete_bucket, Bucket=bucket))
        if not why or "nothing" in why:
            return None
    return f"{bucket}: {why}"


def _empty(client: Any, bucket: str) -> None:
    for upload in _listed(client, "list_multipart_uploads", bucket, "Uploads"):
        named = {"Bucket": bucket, "Key": upload["Key"], "UploadId": upload["UploadId"]}
        _tried(partial(client.abort_multipart_upload, **named))
    rows = [*_listed(client, "list_object_versions", bucket, "Versions", "DeleteMarkers")]
    rows = rows or [*_listed(client, "list_objects_v2", bucket, "Contents")]
    for row in rows:
        named = {"Bucket": bucket, "Key": row["Key"]}
        if row.get("VersionId") is not None:
            named["VersionId"] = row["VersionId"]
        if _tried(partial(client.delete_object, **named)):
            _tried(partial(client.put_object_legal_hold, **named, LegalHold={"Status": "OFF"}))
            _tried(partial(client.delete_object, **named, BypassGovernanceRetention=True))


def _listed(client: Any, operation: str, bucket: str, *members: str) -> Iterator[dict[str, Any]]:
    """Yield what a list has, of all its pages; nothing more from where the store does not answer as S3 does."""
    pages = iter(client.get_paginator(operation).paginate(Bucket=bucket))
    while True:
        try:
            page = next(pages, None)
        except Exception:  # noqa: BLE001  a store without versions or uploads has none to delete, and says so in its way
            return
        if page is None:
            return
        for member in members:
            yield from page.get(member, ())


def _tried(call: Callable[[], Any]) -> str:
    """Return "" where the service did it, else its error code, with the word "nothing" if the bucket is gone."""
    try:
        call()
    except Exception as error:  # noqa: BLE001  two packages have a ClientError each; what is left is told by its name
        response = getattr(error, "response", None)
        if response is None:
            return f"{type(error).__name__}: {error}"
        code = str(response.get("Error", {}).get("Code", ""))
        is_gone = code in GONE or response.get("ResponseMetadata", {}).get("HTTPStatusCode") == NOT_FOUND
        return f"{code} (nothing is there)" if is_gone else code or "no code"
    return ""
