"""ListObjects and ListObjectsV2. A page costs by its length, not by the number of stored keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.operations.lookup import bucket_of
from fakecos.operations.pagination import cut, encoder, entries, integer, key_of, prefixes_of, require_integer, token_of
from fakecos.operations.restore_object import asks_restore, restore_status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.model.object import StoredObject
    from fakecos.operations.context import Context
    from fakecos.operations.pagination import Entry
    from fakecos.wire.types import (
        KeyListOutput,
        KeyListRequest,
        ListObjectsOutput,
        ListObjectsRequest,
        ListObjectsV2Output,
        ListObjectsV2Request,
        Object,
    )


def list_objects(context: Context, params: ListObjectsRequest) -> ListObjectsOutput:
    """Return a page of keys; NextMarker only with a delimiter (recorded aws-listing 1, 4-7).

    Who does not sign does not learn who owns them (public: an answer of AWS).
    """
    require_list_parameters(params)
    bucket = bucket_of(context, params)
    encode = encoder(params)
    marker: str = params.get("Marker") or ""
    page, truncated, maximum = page_of(context, bucket, params, marker)
    result = frame(bucket, params, encode, maximum)
    if context.dialect.empty_delimiter:
        result.setdefault("Delimiter", "")
    result["Marker"] = encode(marker)
    result["IsTruncated"] = truncated
    if truncated and params.get("Delimiter"):
        result["NextMarker"] = encode(page[-1].name)
    fill(result, bucket, page, encode, with_owner=not context.caller.is_anonymous, with_restore=asks_restore(params))
    result.update(context.rules(bucket).list_fields(bucket))
    return result


def list_objects_v2(context: Context, params: ListObjectsV2Request) -> ListObjectsV2Output:
    """Return a page of keys after a continuation token or a start (recorded aws-listing 8-12)."""
    require_list_parameters(params, version=2)
    bucket = bucket_of(context, params)
    encode = encoder(params)
    token = params.get("ContinuationToken")
    if token == "" and context.dialect.empty_token:
        token = None
    start: str = params.get("StartAfter") or ""
    marker = start if token is None else key_of(token)
    page, truncated, maximum = page_of(context, bucket, params, marker)
    result = frame(bucket, params, encode, maximum)
    if context.dialect.empty_delimiter:
        result.setdefault("Delimiter", "")
    result["KeyCount"] = len(page)
    result["IsTruncated"] = truncated
    if token is not None:
        result["ContinuationToken"] = token
    elif "StartAfter" in params:  # an empty one too (public: aws-measured 11)
        result["StartAfter"] = encode(start)
    if truncated:
        result["NextContinuationToken"] = token_of(page[-1].name)
    with_owner = params.get("FetchOwner") is True
    fill(result, bucket, page, encode, with_owner=with_owner, with_restore=asks_restore(params))
    return result


def require_list_parameters(params: Mapping[str, Any], version: int = 1) -> None:
    """Refuse what either list is refused for before its bucket is looked up (public: aws-measured 10, 11).

    Raises InvalidArgument for max-keys that is no number, and for a parameter of the other version of the list.
    """
    require_integer(params, "MaxKeys", "max-keys")
    if version == 1:
        if "ContinuationToken" in params:
            raise S3Error(errors.TOKEN_OF_V2, ArgumentName="continuation-token")
        if "StartAfter" in params:
            raise S3Error(errors.START_OF_V2, ArgumentName="start-after")
    elif "Marker" in params:
        raise S3Error(errors.MARKER_OF_V1, ArgumentName="marker")


def page_of(context: Context, bucket: Bucket, params: KeyListRequest, marker: str) -> tuple[list[Entry], bool, int]:
    """Return the lines of a page, whether more follow, and the number of lines that was asked for.

    The answer repeats that number, though no page has more than 1,000 (public: aws-measured 11).
    """
    largest = context.limits.max_keys
    maximum = integer(params, "MaxKeys", "max-keys", largest, negative="maxKeys")  # public
    keys = bucket.objects
    prefix, delimiter = params.get("Prefix") or "", params.get("Delimiter") or ""
    start = keys.place_after(marker) if marker else 0
    page, truncated = cut(entries(keys, prefix, delimiter, start, marker), min(maximum, largest))
    return page, truncated, maximum


def frame(bucket: Bucket, params: KeyListRequest, encode: Callable[[str], str], maximum: int) -> KeyListOutput:
    """Return what both lists begin with; an empty delimiter is not answered (recorded aws-listing 5)."""
    result: KeyListOutput = {"Name": bucket.name, "Prefix": encode(params.get("Prefix") or ""), "MaxKeys": maximum}
    result["BucketRegion"] = bucket.region
    if params.get("Delimiter"):
        result["Delimiter"] = encode(params["Delimiter"])
    if params.get("EncodingType"):
        result["EncodingType"] = params["EncodingType"]
    return result


def fill(
    result: KeyListOutput,
    bucket: Bucket,
    page: list[Entry],
    encode: Callable[[str], str],
    *,
    with_owner: bool,
    with_restore: bool,
) -> None:
    """Add Contents and CommonPrefixes, each only if there are any."""
    owner = bucket.owner_id if with_owner else None
    contents = [
        line_of(bucket.objects[line.name], encode, owner, with_restore=with_restore)
        for line in page
        if not line.is_prefix
    ]
    if contents:
        result["Contents"] = contents
    prefixes = prefixes_of(page, encode)
    if prefixes:
        result["CommonPrefixes"] = prefixes


def line_of(
    stored: StoredObject, encode: Callable[[str], str], owner: str | None, *, with_restore: bool = False
) -> Object:
    """Return one item of Contents (recorded aws-listing 1, 8); without a bucket's owner it has no Owner."""
    item: Object = {
        "Key": encode(stored.key),
        "LastModified": stored.last_modified,
        "ETag": f'"{stored.etag}"',
        "Size": stored.size,
        "StorageClass": stored.attributes.storage_class,
    }
    if stored.checksum is not None:
        item["ChecksumAlgorithm"] = [stored.checksum.algorithm.name]
        item["ChecksumType"] = stored.checksum.type
    if owner is not None:
        item["Owner"] = {"ID": stored.owner or owner}
    if with_restore:
        item.update(restore_status(stored.attributes.restore))
    return item
