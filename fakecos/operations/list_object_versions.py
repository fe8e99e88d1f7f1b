"""ListObjectVersions. A page costs by its length, not by the number of stored versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.model.object import NULL_VERSION
from fakecos.operations.list_objects import frame, line_of
from fakecos.operations.lookup import bucket_of
from fakecos.operations.pagination import cut, encoder, entries, integer, require_integer
from fakecos.operations.restore_object import asks_restore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fakecos.model.bucket import Bucket
    from fakecos.model.delete_marker import DeleteMarker
    from fakecos.model.object import StoredObject
    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        DeleteMarkerEntry,
        KeyListOutput,
        ListObjectVersionsOutput,
        ListObjectVersionsRequest,
        ObjectVersion,
    )

MARKER = "version-id-marker"


class Line(NamedTuple):
    """One line of a page: a version or a delete marker of the key `name`, or the common prefix `name`."""

    name: str
    version: StoredObject | DeleteMarker | None = None
    is_latest: bool = False


def list_object_versions(context: Context, params: ListObjectVersionsRequest) -> ListObjectVersionsOutput:
    """Return a page of versions and delete markers by key, the newest first (recorded aws-listing 14-19)."""
    require_integer(params, "MaxKeys", "max-keys")
    require_marker(params)
    bucket = bucket_of(context, params)
    key_marker, before = start_of(bucket, params)
    encode = encoder(params)
    maximum = max_keys(context, params)
    prefix, delimiter = params.get("Prefix") or "", params.get("Delimiter") or ""
    is_nothing = not key_marker and "VersionIdMarker" in params  # `null` of an empty key (public: aws-measured 12)
    most = 0 if is_nothing else min(maximum, context.limits.max_keys)
    page, truncated = cut(lines(bucket, prefix, delimiter, key_marker, before), most)
    result = frame(bucket, params, encode, maximum)
    result["KeyMarker"] = encode(key_marker)
    result["VersionIdMarker"] = params.get("VersionIdMarker") or ""
    result["IsTruncated"] = truncated
    if truncated:
        last = page[-1]
        result["NextKeyMarker"] = encode(last.name)
        if last.version is not None:  # a common prefix has none (recorded aws-listing 16)
            result["NextVersionIdMarker"] = last.version.version_id
    fill(result, bucket, page, encode, with_restore=asks_restore(params))
    return result


def max_keys(context: Context, params: ListObjectVersionsRequest) -> int:
    """Return the number of lines that is asked for, which the answer repeats.

    Raises InvalidArgument for a negative one (public).
    """
    given = params.get("MaxKeys")
    if type(given) is int and given < 0:
        raise S3Error(errors.NEGATIVE_MAX_KEYS, ArgumentName="max-keys")
    return integer(params, "MaxKeys", "max-keys", context.limits.max_keys)


def require_marker(params: ListObjectVersionsRequest) -> None:
    """Refuse a version without a key (recorded aws-listing 15) and an empty one: before the bucket (public).

    Raises InvalidArgument.
    """
    version = params.get("VersionIdMarker")
    if version == "":
        raise S3Error(errors.EMPTY_VERSION_MARKER, ArgumentName=MARKER, ArgumentValue=None)
    if version is not None and "KeyMarker" not in params:
        raise S3Error(errors.VERSION_MARKER_ALONE, ArgumentName=MARKER, ArgumentValue=version)


def start_of(bucket: Bucket, params: ListObjectVersionsRequest) -> tuple[str, int | None]:
    """Return the key that a page begins after, and the place in time if it begins within the key's versions.

    A version that was deleted meanwhile still has its place (recorded aws-listing 18).

    Raises InvalidArgument for a version that never was of that key (assumed).
    """
    key: str = params.get("KeyMarker") or ""
    version: str | None = params.get("VersionIdMarker")
    if version is None:
        return key, None
    if version == NULL_VERSION and (bucket.versioning is None or not key):
        return key, None
    place = bucket.versions.place_of(key, version)
    if place is None:
        raise S3Error(errors.INVALID_VERSION_ID, ArgumentName=MARKER, ArgumentValue=version)
    return key, place


def lines(
    bucket: Bucket, prefix: str, delimiter: str, key_marker: str = "", before: int | None = None
) -> Iterator[Line]:
    """Yield the lines after `key_marker`; with a place in time, also its versions that are older."""
    keys = bucket.objects if bucket.versioning is None else bucket.versions.keys
    is_in_part = before is not None or not key_marker
    place = keys.place_of(key_marker) if is_in_part else keys.place_after(key_marker)
    for entry in entries(keys, prefix, delimiter, place, key_marker):
        if entry.is_prefix:
            yield Line(entry.name)
            continue
        for version in bucket.versions_of(entry.name, before if entry.name == key_marker else None):
            yield Line(entry.name, version, version is bucket.newest(entry.name))


def fill(
    result: KeyListOutput, bucket: Bucket, page: Iterable[Line], encode: Callable[[str], str], *, with_restore: bool
) -> None:
    """Add Versions, DeleteMarkers and CommonPrefixes, each only if there are any (recorded aws-listing 14, 17).

    `Mix` gives the order of the first two: in the document they are one list (documented: ListObjectVersions).
    """
    kinds: dict[str, list[Any]] = {"Versions": [], "DeleteMarkers": [], "CommonPrefixes": [], "Mix": []}
    for line in page:
        if line.version is None:
            kinds["CommonPrefixes"].append({"Prefix": encode(line.name)})
        elif line.version.is_delete_marker:
            kinds["DeleteMarkers"].append(marker_line(line.version, encode, bucket.owner_id, is_latest=line.is_latest))
            kinds["Mix"].append("DeleteMarkers")
        else:
            item: ObjectVersion = {  # recorded aws-listing 14
                **line_of(line.version, encode, bucket.owner_id, with_restore=with_restore),
                "VersionId": line.version.version_id,
                "IsLatest": line.is_latest,
            }
            kinds["Versions"].append(item)
            kinds["Mix"].append("Versions")
    result.update({kind: items for kind, items in kinds.items() if items})  # type: ignore[typeddict-item]  # its keys


def marker_line(
    marker: DeleteMarker, encode: Callable[[str], str], owner: str, *, is_latest: bool
) -> DeleteMarkerEntry:
    """Return one item of DeleteMarkers (recorded aws-objects 49)."""
    return {
        "Key": encode(marker.key),
        "VersionId": marker.version_id,
        "IsLatest": is_latest,
        "LastModified": marker.last_modified,
        "Owner": {"ID": marker.owner or owner},
    }
