"""Which actions one request needs, and on what: what is enforced here, and what a smallest policy is made of.

Source: documented, "Required permissions for Amazon S3 API operations" of the user guide, and the pages of the
operations; the tables are in facts/permissions.py. `required_actions` says all that a request needs, by its parameters
and by what is `Known` of what is stored. Who may do it is asked in the places where S3 asks: of the request itself on
the way in, of the source of a copy when it is looked up, and of each key of a DeleteObjects in its turn. Each of these
places uses its part, so that what is enforced and what is derived cannot differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.facts.permissions import (
    BYPASS,
    EVERY_BUCKET,
    EXTRAS,
    FURTHER,
    KMS,
    KMS_TO_READ,
    KMS_TO_WRITE,
    OF_NEW_BUCKETS,
    ON_ETAG,
    PREFIX,
    READS,
    TAGS_OF_BUCKET,
    WITH_EXTRAS,
    action_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LISTING = "ListBucket"
"""What who may do it learns: that an object is not there."""
ANY = "*"
"""The resource of an action that is about no bucket."""


class KmsKey(NamedTuple):
    """A key of KMS, as a request uses it.

    - `arn`: of the key; for an alias an ARN that is made from it, since no policy that names an alias allows its key.
    - `is_managed`: it is the key `aws/s3` of the account, which lets everybody in the account use it by S3.
    - `context`: the encryption context, by which conditions judge.
    """

    arn: str
    is_managed: bool
    context: Mapping[str, str]


class Known(NamedTuple):
    """What is known of a request besides its parameters (operations/kms_keys.py finds it in the store).

    - `written`: the key of KMS that what it writes is encrypted with, None for none; `read`: that of what it reads.
    - `tags`: whether it copies tags of its source.
    """

    written: KmsKey | None = None
    read: KmsKey | None = None
    tags: bool = False


NOTHING = Known()


class Need(NamedTuple):
    """One action that a request needs.

    - `action`: such as `s3:GetObject`; `resource`: the ARN that a policy must name.
    - `operation`: the operation whose action it is: of the source of a copy GetObject.
    - `params`: the parameters by which conditions judge it: of a key of DeleteObjects those of its entry too.
    - `key`: of an action of KMS the key that it is about.
    """

    action: str
    resource: str
    operation: str
    params: Mapping[str, Any]
    key: KmsKey | None = None

    @property
    def name(self) -> str:
        """The action without `s3:`; of KMS the whole."""
        return self.action.removeprefix(PREFIX)


def required_actions(
    operation: str,
    params: Mapping[str, Any],
    known: Known = NOTHING,
    source: Mapping[str, Any] | None = None,
) -> Iterator[Need]:
    """Yield all that a request needs.

    `source`: of a copy, where it is read from: its Bucket, its Key, and its VersionId if one was named; the key of
    KMS that `known` has as `read` is the source's.
    """
    if operation == "DeleteObjects":
        for entry in (params.get("Delete") or {}).get("Objects") or ():
            yield from of_entry(entry, params)
        return
    yield from of_request(operation, params, known)
    if source is not None:
        yield from of_source(source, params, known)


def of_request(operation: str, params: Mapping[str, Any], known: Known = NOTHING) -> Iterator[Need]:
    """Yield what a request needs besides the source of a copy, the action of the operation first."""
    where = ANY if operation in EVERY_BUCKET else arn_of(params.get("Bucket"), params.get("Key"))
    for action in actions(operation, params):
        yield Need(PREFIX + action, where, operation, params)
    if known.written is not None:
        yield from of_key(known.written, KMS_TO_WRITE.get(operation, ()), operation, params)
    if known.read is not None and (operation != "HeadObject" or "ChecksumMode" in params):
        yield from of_key(known.read, KMS_TO_READ.get(operation, ()), operation, params)


def of_key(key: KmsKey, names: tuple[str, ...], operation: str, params: Mapping[str, Any]) -> Iterator[Need]:
    """Yield what is needed of a key of KMS."""
    for name in names:
        yield Need(KMS + name, key.arn, operation, params, key)


def actions(operation: str, params: Mapping[str, Any]) -> Iterator[str]:
    """Yield the actions of an operation by its parameters, without `s3:`."""
    version = params.get("VersionId") is not None
    yield action_of(operation, version=version)
    if operation in FURTHER:
        yield action_of(FURTHER[operation], version=version)
    if operation in WITH_EXTRAS:
        yield from dict.fromkeys(action for member, action in EXTRAS.items() if member in params)
    if operation in ON_ETAG and _is_on_etag(operation, params):
        yield "GetObject"
    if operation == "CreateBucket":
        yield from dict.fromkeys(
            action for member, needed in OF_NEW_BUCKETS.items() if _is_given(member, params) for action in needed
        )
    if params.get(BYPASS) is True:
        yield BYPASS


def _is_on_etag(operation: str, given: Mapping[str, Any]) -> bool:
    """Whether a write or a delete is to happen only if the object has an ETag; of a key of DeleteObjects: `ETag`."""
    if operation != "DeleteObject":
        return given.get("IfMatch") is not None
    return given.get("IfMatch", given.get("ETag")) not in {None, "*"}


def _is_given(member: str, params: Mapping[str, Any]) -> bool:
    """Whether CreateBucket is given a parameter that needs an action of its own."""
    value = params.get(member)
    if member == TAGS_OF_BUCKET:
        return bool(value and value.get("Tags"))
    return bool(value) and (member, value) != ("ACL", "private")


def of_entry(entry: Mapping[str, Any], params: Mapping[str, Any]) -> Iterator[Need]:
    """Yield what one key of a DeleteObjects needs (recorded aws-objects 47)."""
    yield from of_request("DeleteObject", {**params, **entry})


def of_source(source: Mapping[str, Any], params: Mapping[str, Any], known: Known = NOTHING) -> Iterator[Need]:
    """Yield what the source of a copy needs, and its tags if they are copied (documented: aws-permissions 1 and 2)."""
    yield from of_request("GetObject", source, Known(read=known.read))
    if known.tags:
        yield from of_request("GetObjectTagging", source)
        yield Need("s3:PutObjectTagging", arn_of(params.get("Bucket"), params.get("Key")), "CopyObject", params)


def to_learn_that_it_is_missing(operation: str, params: Mapping[str, Any]) -> Iterator[Need]:
    """Yield what else a request that reads an object needs to be told that it is not there (documented)."""
    if operation in READS:
        yield Need(PREFIX + LISTING, arn_of(params.get("Bucket"), None), operation, params)


def arn_of(bucket: str | None, key: str | None) -> str:
    """Return the ARN of a bucket, or of an object in it."""
    return f"arn:aws:s3:::{bucket}" + ("" if key is None else f"/{key}")
