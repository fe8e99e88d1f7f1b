"""What was asked for, so that a policy can be made of it: actions, on what, by whom.

A usual request is remembered by its shape alone, the operation and the names of its parameters (`access_control`); what
that needs is found out when somebody wants to know. What depends on values and on what is stored is found out at once:
versions, listings, copies, keys of KMS, objects that are not there. Both by `required_actions`, by which requests are
judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.facts.permissions import PREFIX, READS
from fakecos.operations.context import WIDE, keep

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from fakecos.model.bucket import Bucket
    from fakecos.operations.context import Asked, Context
    from fakecos.operations.required_actions import Need

ACTION = "(action)"
"""Stands for the operation in the shape of an action: caller, ACTION, action, and the resource without the key. Of an
action on a bucket the prefixes of listings are kept in the place of keys, "" for none."""
WITH_PREFIX = frozenset({"s3:ListBucket", "s3:ListBucketVersions"})
"""The actions whose condition key s3:prefix is (documented: actions defined by Amazon S3)."""
LISTS = frozenset({"ListObjects", "ListObjectsV2", "ListObjectVersions"})


class Permission(NamedTuple):
    """One thing that was needed: an action, such as `s3:GetObject`, on the ARN of a resource.

    `prefix` is that of a listing, "" for none. `is_wide`: of the key or the prefix only the beginning is known.
    """

    action: str
    resource: str
    prefix: str = ""
    is_wide: bool = False


def note_request(context: Context, bucket: Bucket | None, operation: str, params: Mapping[str, Any]) -> None:
    """Remember what a request needs besides the source of a copy, with the keys of KMS that it uses."""
    from fakecos.operations.required_actions import of_request

    if bucket is None or "Key" not in params:
        note(context, bucket, of_request(operation, params))
        return
    from fakecos.operations.kms_keys import known_of

    with context.store.lock:
        note(context, bucket, of_request(operation, params, known_of(context, bucket, operation, params)))


def note(context: Context, bucket: Bucket | None, needs: Iterable[Need]) -> None:
    """Remember these needs, and what else to learn that an object is not there.

    The key `aws/s3` needs no permission: it is there for who may use S3 (aws-permissions 3).
    """
    from fakecos.operations.required_actions import to_learn_that_it_is_missing

    for need in needs:
        if need.key is not None:
            if not need.key.is_managed:
                _add(context, need.action, need.resource, {})
            continue
        _add(context, need.action, need.resource, need.params if need.operation in LISTS else {})
        if bucket is not None and need.operation in READS and not _is_there(bucket, need.params):
            for missing in to_learn_that_it_is_missing(need.operation, need.params):
                _add(context, missing.action, missing.resource, {})


def _is_there(bucket: Bucket, params: Mapping[str, Any]) -> bool:
    key, version = params["Key"], params.get("VersionId")
    if version is None:
        return key in bucket.objects
    found = bucket.version(key, version)
    return found is not None and not found.is_delete_marker


def _add(context: Context, action: str, resource: str, params: Mapping[str, Any]) -> None:
    asked, arn = context.asked, context.caller.arn
    if asked is not None and arn is not None:
        before, key = split_resource(resource)
        shape = (arn, ACTION, action, before)
        keep(asked, shape, params.get("Prefix", "") if key is None else key)


def permissions(asked: Asked, arn: str | None = None) -> Iterator[Permission]:
    """Yield what was needed, by one caller or by all."""
    for shape, keys in tuple(asked.items()):
        is_wide = shape[-1] is WIDE
        caller, operation, *rest = shape[:-1] if is_wide else shape
        if arn not in {None, caller}:
            continue
        found = [tuple(rest)] if operation == ACTION else _of_shape(operation, rest)
        for action, before in found:
            for key in tuple(keys):
                is_object = before.endswith("/")
                yield Permission(action, before + key if is_object else before, "" if is_object else key, is_wide)


def _of_shape(operation: str, rest: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the actions of a shape, and what stands before the key."""
    from fakecos.operations.required_actions import of_request

    bucket, *names = rest
    for need in of_request(operation, {**dict.fromkeys(names, ""), "Bucket": bucket, "Key": ""}):
        yield need.action, need.resource


def split_resource(resource: str) -> tuple[str, str | None]:
    """Return the ARN of an object as what stands before its key, and the key; any other ARN has none."""
    before, found, key = resource.partition("/object/" if ":accesspoint/" in resource else "/")
    is_object = found and resource.startswith("arn:") and resource.split(":", 3)[2] == PREFIX[:-1]
    return (before + found, key) if is_object else (resource, None)
