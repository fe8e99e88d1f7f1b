"""An access control list: who owns a bucket or an object, and what others may do with it.

It is replaced and never changed.
"""

from __future__ import annotations

from typing import NamedTuple

USER = "CanonicalUser"
GROUP = "Group"
ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers"
AUTHENTICATED_USERS = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
LOG_DELIVERY = "http://acs.amazonaws.com/groups/s3/LogDelivery"
GROUPS = frozenset({ALL_USERS, AUTHENTICATED_USERS, LOG_DELIVERY})  # documented: Amazon S3 predefined groups
PUBLIC_GROUPS = frozenset({ALL_USERS, AUTHENTICATED_USERS})  # documented: the meaning of "public"
EC2_ID = "6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c"
"""The account by which Amazon EC2 reads bundles: whom `aws-exec-read` names (public)."""

FULL_CONTROL = "FULL_CONTROL"
READ = "READ"
WRITE = "WRITE"
READ_ACP = "READ_ACP"
WRITE_ACP = "WRITE_ACP"
PERMISSIONS = frozenset({FULL_CONTROL, READ, WRITE, READ_ACP, WRITE_ACP})  # documented

PRIVATE = "private"
BUCKET_OWNER_READ = "bucket-owner-read"
BUCKET_OWNER_FULL_CONTROL = "bucket-owner-full-control"
# What each canned ACL grants besides FULL_CONTROL for the owner (documented: canned ACL).
CANNED: dict[str, tuple[tuple[str, str, str], ...]] = {
    PRIVATE: (),
    "public-read": ((GROUP, ALL_USERS, READ),),
    "public-read-write": ((GROUP, ALL_USERS, READ), (GROUP, ALL_USERS, WRITE)),
    "aws-exec-read": ((USER, EC2_ID, READ),),
    "authenticated-read": ((GROUP, AUTHENTICATED_USERS, READ),),
    BUCKET_OWNER_READ: (),
    BUCKET_OWNER_FULL_CONTROL: (),
    "log-delivery-write": ((GROUP, LOG_DELIVERY, WRITE), (GROUP, LOG_DELIVERY, READ_ACP)),
}


class Grant(NamedTuple):
    """One line: `kind` is USER or GROUP, `name` the canonical id or the URI of the group."""

    kind: str
    name: str
    permission: str


class Acl(NamedTuple):
    """`owner` is a canonical id; `grants` are Grants in the order in which they were given."""

    owner: str
    grants: tuple[Grant, ...]

    @property
    def is_public(self) -> bool:
        """Whether it grants anything to everybody, or to every account (documented: the meaning of "public")."""
        return any(grant.kind == GROUP and grant.name in PUBLIC_GROUPS for grant in self.grants)

    def gives(self, permission: str, user: str | None, *, ignore_public: bool) -> bool:
        """Whether it gives a permission to a canonical id, None for nobody; `ignore_public` passes groups over."""
        for kind, name, given in self.grants:
            if given in {permission, FULL_CONTROL} and (
                (kind == USER and name == user)
                or (name == ALL_USERS and not ignore_public)
                or (name == AUTHENTICATED_USERS and user is not None and not ignore_public)
            ):
                return True
        return False


def canned(name: str, owner: str, bucket_owner: str) -> Acl:
    """Return a canned ACL of what `owner` owns in a bucket of `bucket_owner`."""
    grants = [Grant(USER, owner, FULL_CONTROL), *(Grant(*line) for line in CANNED[name])]
    if owner != bucket_owner and name in {BUCKET_OWNER_READ, BUCKET_OWNER_FULL_CONTROL}:
        permission = READ if name == BUCKET_OWNER_READ else FULL_CONTROL
        grants.append(Grant(USER, bucket_owner, permission))
    return Acl(owner, tuple(grants))
