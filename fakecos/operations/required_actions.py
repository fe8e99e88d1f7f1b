"""Which actions one request needs, and on what: what is enforced here, and what a smallest policy is made of.

Source: documented, "Required permissions for Amazon S3 API operations" of the user guide, and the pages of the
operations; the tables are in facts/permissions.py. `required_actions` says all that a request needs. Who may do it is
asked in the places where S3 asks: of the request itself on the way in, of the source of a copy when it is looked up,
and of each key of a DeleteObjects in its turn. Each of these places uses its part, so that what is enforced and what is
derived cannot differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.facts.permissions import (
    BYPASS,
    EVERY_BUCKET,
    EXTRAS,
    FURTHER,
    OF_NEW_BUCKETS,
    PREFIX,
    READS,
    WITH_EXTRAS,
    action_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ANY = "*"
"""The resource of an action that is about no bucket."""


class Need(NamedTuple):
    """One action that a request needs.

    - `action`: such as `s3:GetObject`; `resource`: the ARN that a policy must name.
    - `operation`: the operation whose action it is: of the source of a copy GetObject.
    - `params`: the parameters by which conditions judge it: of a key of DeleteObjects those of its entry too.
    """

    action: str
    resource: str
    operation: str
    params: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The action without `s3:`; of other services the whole."""
        return self.action.removeprefix(PREFIX)


def required_actions(
    operation: str, params: Mapping[str, Any], source: Mapping[str, Any] | None = None
) -> Iterator[Need]:
    """Yield all that a request needs.

    `source`: of a copy, where it is read from: its Bucket, its Key, and its VersionId if one was named.
    """
    if operation == "DeleteObjects":
        for entry in (params.get("Delete") or {}).get("Objects") or ():
            yield from of_entry(entry, params)
        return
    yield from of_request(operation, params)
    if source is not None:
        yield from of_source(source)


def of_request(operation: str, params: Mapping[str, Any]) -> Iterator[Need]:
    """Yield what a request needs besides the source of a copy, the action of the operation first."""
    where = ANY if operation in EVERY_BUCKET else arn_of(params.get("Bucket"), params.get("Key"))
    for action in actions(operation, params):
        yield Need(PREFIX + action, where, operation, params)


def actions(operation: str, params: Mapping[str, Any]) -> Iterator[str]:
    """Yield the actions of an operation by its parameters, without `s3:`."""
    yield action_of(operation, version=params.get("VersionId") is not None)
    yield from FURTHER.get(operation, ())
    if operation in WITH_EXTRAS:
        yield from dict.fromkeys(action for member, action in EXTRAS.items() if member in params)
    if operation == "CreateBucket":
        yield from dict.fromkeys(
            action for member, needed in OF_NEW_BUCKETS.items() if params.get(member) for action in needed
        )
    if params.get(BYPASS) is True:
        yield BYPASS


def of_entry(entry: Mapping[str, Any], params: Mapping[str, Any]) -> Iterator[Need]:
    """Yield what one key of a DeleteObjects needs (recorded aws-objects 47)."""
    yield from of_request("DeleteObject", {**params, **entry})


def of_source(source: Mapping[str, Any]) -> Iterator[Need]:
    """Yield what the source of a copy needs (documented: CopyObject, UploadPartCopy)."""
    yield from of_request("GetObject", source)


def where_it_is_missing(need: Need) -> Need | None:
    """Return what else is needed to learn that an object is not there, None for what does not read one (documented)."""
    if need.operation not in READS:
        return None
    bucket = need.params.get("Bucket")
    return Need(PREFIX + "ListBucket", arn_of(bucket, None), "ListObjects", need.params)


def arn_of(bucket: str | None, key: str | None) -> str:
    """Return the ARN of a bucket, or of an object in it."""
    return f"arn:aws:s3:::{bucket}" + ("" if key is None else f"/{key}")
