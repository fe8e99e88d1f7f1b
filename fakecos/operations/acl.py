"""Access control lists: as requests give them, as they are stored, and as they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MAX_GRANTS
from fakecos.model.acl import (
    BUCKET_OWNER_FULL_CONTROL,
    CANNED,
    FULL_CONTROL,
    GROUP,
    GROUPS,
    PERMISSIONS,
    PRIVATE,
    READ,
    READ_ACP,
    USER,
    WRITE,
    WRITE_ACP,
    Acl,
    Grant,
    canned,
)
from fakecos.model.principal import ANONYMOUS_ID
from fakecos.operations.lookup import bucket_of, object_of, object_to_change
from fakecos.operations.public_access_block import blocks, has_acls, ownership_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.model.attributes import Attributes
    from fakecos.model.bucket import Bucket
    from fakecos.model.object import StoredObject
    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        AccessControlPolicy,
        GetBucketAclOutput,
        GetBucketAclRequest,
        GetObjectAclOutput,
        GetObjectAclRequest,
        NewObjectRequest,
        PutBucketAclOutput,
        PutBucketAclRequest,
        PutObjectAclOutput,
        PutObjectAclRequest,
    )
    from fakecos.wire.types import Grant as GrantDocument

GRANT_MEMBERS = {  # member: header, permission
    "GrantFullControl": ("x-amz-grant-full-control", FULL_CONTROL),
    "GrantRead": ("x-amz-grant-read", READ),
    "GrantReadACP": ("x-amz-grant-read-acp", READ_ACP),
    "GrantWrite": ("x-amz-grant-write", WRITE),
    "GrantWriteACP": ("x-amz-grant-write-acp", WRITE_ACP),
}
GIVING = frozenset({"ACL", *GRANT_MEMBERS})
HARMLESS = frozenset({PRIVATE, BUCKET_OWNER_FULL_CONTROL})
BUCKET_OWNER_PREFERRED = "BucketOwnerPreferred"
EMAIL = "AmazonCustomerByEmail"
# Which accounts there are cannot be known here: every id of an account's form is taken (assumed).
CANONICAL_ID_LENGTH = 64


def requested(params: Mapping[str, Any], owner: str, bucket_owner: str) -> Acl | None:
    """Return the ACL that the headers give, None if they give none.

    Raises InvalidArgument for an unknown canned ACL, header form, group or id, InvalidRequest for a canned ACL beside
    grants (recorded aws-bucket-configuration 22, aws-objects 63), MethodNotAllowed for an email address (documented).
    """
    if GIVING.isdisjoint(params):
        return None
    name = params.get("ACL")
    if name is not None and name not in CANNED:
        raise S3Error(errors.INVALID_CANNED_ACL, ArgumentName="x-amz-acl", ArgumentValue=name)
    grants = tuple(
        grant
        for member, (header, permission) in GRANT_MEMBERS.items()
        if member in params
        for grant in _header_grants(header, permission, params[member])
    )
    if name is None:
        return Acl(owner, grants)
    if not GRANT_MEMBERS.keys().isdisjoint(params):
        raise S3Error(errors.CANNED_AND_GRANTS)
    return canned(name, owner, bucket_owner)


def _header_grants(header: str, permission: str, text: str) -> list[Grant]:
    """Return the grants of one header: `id="...", uri="..."`; quotation marks are optional (documented)."""
    grants = []
    for item in text.split(","):
        kind, _, value = item.strip().partition("=")
        name = value.strip('"')
        if kind == "id":
            _require_id(name, "id")
            grants.append(Grant(USER, name, permission))
        elif kind == "uri":
            _require_group(name, "uri")
            grants.append(Grant(GROUP, name, permission))
        elif kind == "emailAddress":
            raise S3Error(errors.EMAIL_GRANTEE)
        else:
            raise S3Error(errors.INVALID_GRANT, ArgumentName=header, ArgumentValue=item.strip())
    return grants


def _require_id(name: str, argument: str) -> None:
    is_id = len(name) == CANONICAL_ID_LENGTH and not name.strip("0123456789abcdef")
    if name != ANONYMOUS_ID and not is_id:
        raise S3Error(errors.INVALID_GRANTEE_ID, ArgumentName=argument, ArgumentValue=name)


def _require_group(name: str, argument: str) -> None:
    if name not in GROUPS:
        raise S3Error(errors.INVALID_GROUP_URI, ArgumentName=argument, ArgumentValue=name)


def documented(document: AccessControlPolicy, owner: str) -> Acl:
    """Return the ACL of a request's document.

    Raises MalformedACLError without an owner or with an unknown permission or kind of grantee, InvalidArgument for an
    id or a group that is none (recorded aws-bucket-configuration 22, aws-objects 63), AccessDenied for another owner
    than there is (public).
    """
    given = (document.get("Owner") or {}).get("ID")
    lines = document.get("Grants")
    if not given or lines is None or len(lines) > MAX_GRANTS:
        raise S3Error(errors.MALFORMED_ACL)
    _require_id(given, "CanonicalUser/ID")
    grants = tuple(_document_grant(line) for line in lines)
    if given != owner:
        why = (
            f"the document names the Owner {given}, and the owner is {owner}: give the Owner that GetBucketAcl answers."
        )
        raise S3Error(errors.ACCESS_DENIED, explanation=why)
    return Acl(owner, grants)


def _document_grant(line: GrantDocument) -> Grant:
    grantee: Mapping[str, Any] = line.get("Grantee") or {}
    permission = line.get("Permission")
    kind = grantee.get("Type")
    if permission not in PERMISSIONS:
        raise S3Error(errors.MALFORMED_ACL)
    if kind == USER and grantee.get("ID"):
        _require_id(grantee["ID"], "CanonicalUser/ID")
        return Grant(USER, grantee["ID"], permission)
    if kind == GROUP and grantee.get("URI"):
        _require_group(grantee["URI"], "Group/URI")
        return Grant(GROUP, grantee["URI"], permission)
    if kind == EMAIL:
        raise S3Error(errors.EMAIL_GRANTEE)
    raise S3Error(errors.MALFORMED_ACL)


def owned(context: Context, bucket: Bucket, carried: Attributes, params: NewObjectRequest) -> Attributes:
    """Return the attributes with the ACL that a new object will have: the request's, or that of its writer alone.

    The writer owns it, unless the bucket's owner owns all, or is preferred and given full control (documented: Object
    Ownership). Raises what `requested` raises, AccessControlListNotSupported in a bucket without ACLs for one that
    gives anything away (documented), AccessDenied for a public one that is blocked (documented).
    """
    if not has_acls(context, bucket):
        if GIVING.isdisjoint(params):
            return carried
        requested(params, bucket.owner_id, bucket.owner_id)
        if params.get("ACL") not in HARMLESS:
            raise S3Error(errors.ACL_NOT_SUPPORTED)
        return carried
    writer = context.caller.canonical_id or ANONYMOUS_ID
    is_preferred = ownership_of(context, bucket) == BUCKET_OWNER_PREFERRED
    preferred = is_preferred and params.get("ACL") == BUCKET_OWNER_FULL_CONTROL
    owner = bucket.owner_id if preferred else writer
    given = requested(params, owner, bucket.owner_id)
    if given is not None:
        require_unblocked(context, bucket, given)
    elif owner != bucket.owner_id:
        given = canned(PRIVATE, owner, bucket.owner_id)
    return carried if given is None else carried.changed(acl=given)


def require_unblocked(context: Context, bucket: Bucket, acl: Acl) -> None:
    """Refuse a public ACL where new ones are blocked, as in every new bucket (documented: BlockPublicAcls)."""
    if acl.is_public and blocks(context, bucket, "BlockPublicAcls"):
        from fakecos.operations.why_denied import public_acl

        raise S3Error(errors.ACCESS_DENIED, explanation=public_acl(bucket))


def acl_of(context: Context, bucket: Bucket, stored: StoredObject) -> Acl:
    """Return the ACL of an object that counts: its bucket's owner has all where there are no ACLs (documented)."""
    acl = stored.attributes.acl
    if acl is None or not has_acls(context, bucket):
        return canned(PRIVATE, bucket.owner_id, bucket.owner_id)
    return acl


def bucket_acl(context: Context, bucket: Bucket) -> Acl:
    """Return the ACL of a bucket that counts."""
    if bucket.acl is None or not has_acls(context, bucket):
        return canned(PRIVATE, bucket.owner_id, bucket.owner_id)
    return bucket.acl


def get_bucket_acl(context: Context, params: GetBucketAclRequest) -> GetBucketAclOutput:
    """Return the grants of a bucket (recorded aws-bucket-configuration 8)."""
    return _answer(bucket_acl(context, bucket_of(context, params)))


def get_object_acl(context: Context, params: GetObjectAclRequest) -> GetObjectAclOutput:
    """Return the grants of an object or a version of it (recorded aws-objects 64)."""
    bucket = bucket_of(context, params)
    return _answer(acl_of(context, bucket, object_of(bucket, params)))


def put_bucket_acl(context: Context, params: PutBucketAclRequest) -> PutBucketAclOutput:
    """Replace the grants of a bucket (recorded aws-bucket-configuration 22)."""
    bucket = bucket_of(context, params)
    bucket.acl = _replacing(context, bucket, params, bucket.owner_id)
    return {}


def put_object_acl(context: Context, params: PutObjectAclRequest) -> PutObjectAclOutput:
    """Replace the grants of an object or a version of it (recorded aws-objects 63); it is no write of the object.

    A delete marker takes none, named or not (public: an answer of AWS); one that is read is not there (`object_of`).
    """
    bucket = bucket_of(context, params)
    stored = object_to_change(bucket, params, "PUT")
    acl = _replacing(context, bucket, params, stored.owner or bucket.owner_id)
    changed = stored.changed(attributes=stored.attributes.changed(acl=acl))
    bucket.replace(changed)
    if not is_same(acl_of(context, bucket, stored), acl_of(context, bucket, changed)):
        context.note(bucket, "ObjectAcl:Put", changed)
    return {}


def is_same(acl: Acl, other: Acl) -> bool:
    """Whether two ACLs give the same, in whatever order (of no change there is no event: recorded)."""
    return acl.owner == other.owner and set(acl.grants) == set(other.grants)


def _replacing(context: Context, bucket: Bucket, params: PutBucketAclRequest | PutObjectAclRequest, owner: str) -> Acl:
    """Return the ACL that a PutBucketAcl or PutObjectAcl asks for.

    Its form is judged before the ownership of the bucket (assumed). A bucket without ACLs takes none but the canned
    ones that give nothing away (documented; that it takes those: assumed).
    """
    document = params.get("AccessControlPolicy")
    acl = requested(params, owner, bucket.owner_id)
    if acl is not None and document is not None:
        raise S3Error(errors.UNEXPECTED_CONTENT)
    if acl is None and document is None:
        raise S3Error(errors.MISSING_SECURITY_HEADER, MissingHeaderName="x-amz-acl")
    acl = documented(document, owner) if acl is None and document is not None else acl
    assert acl is not None
    if not has_acls(context, bucket) and params.get("ACL") not in HARMLESS:
        raise S3Error(errors.ACL_NOT_SUPPORTED)
    require_unblocked(context, bucket, acl)
    return acl


def _answer(acl: Acl) -> GetObjectAclOutput:
    """Return the members of an answer: the owner has only an ID (recorded aws-objects 64)."""
    grants: list[Any] = [
        {"Grantee": {"Type": kind, "ID" if kind == USER else "URI": name}, "Permission": permission}
        for kind, name, permission in acl.grants
    ]
    return {"Owner": {"ID": acl.owner}, "Grants": grants}
