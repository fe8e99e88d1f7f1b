"""Who asks: an account, a user of it, or nobody."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import NamedTuple

ACCOUNT = "123456789012"
ACCOUNT_DIGITS = 12
OWNER_ID = "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a"
ANONYMOUS_ID = "65a011a29cdf8ec533ec3d1ccaae921c"
"""The canonical id by which S3 names nobody as the owner of an object (public)."""


class Principal(NamedTuple):
    """Who sent a request.

    - `account`: the 12 digits of the account's id; None for a request that is not signed.
    - `canonical_id`: the 64 hexadecimal digits by which ACLs name the account; None for nobody.
    - `arn`: such as `arn:aws:iam::123456789012:root` or `...:user/alice`; None for nobody.
    - `is_root`: whether it is the account itself, and no user of it.
    - `policies`: the JSON texts of a user's own policies; None for a user whose policies are not judged.
    """

    account: str | None
    canonical_id: str | None
    arn: str | None
    is_root: bool = False
    policies: tuple[str, ...] | None = None

    @property
    def is_anonymous(self) -> bool:
        """Whether the request was not signed."""
        return self.account is None


def is_account_id(given: object) -> bool:
    """Whether it is the id of an account: text of 12 digits."""
    return isinstance(given, str) and len(given) == ACCOUNT_DIGITS and given.isascii() and given.isdigit()


@cache
def canonical_id_of(account: str) -> str:
    """Return the 64 hexadecimal digits that ACLs have for an account; the same ones in every process."""
    return OWNER_ID if account == ACCOUNT else hashlib.sha256(f"account {account}".encode()).hexdigest()


def root_of(account: str) -> Principal:
    """Return the principal that an account itself is."""
    return Principal(account, canonical_id_of(account), f"arn:aws:iam::{account}:root", is_root=True)


def user_of(account: str, name: str, policies: tuple[str, ...] | None = None) -> Principal:
    """Return the principal that a user of an account is."""
    return Principal(account, canonical_id_of(account), f"arn:aws:iam::{account}:user/{name}", policies=policies)


def user_id_of(caller: Principal) -> str | None:
    """Return the unique id that IAM has for a caller: of an account its digits, of a user AIDA and 17 more characters.

    Source: documented, aws-permissions 10; what stands in the id: assumed.
    """
    if caller.is_root or caller.arn is None:
        return caller.account
    digest = hashlib.sha256(f"user {caller.arn}".encode()).digest()
    return "AIDA" + base64.b32encode(digest).decode("ascii")[:17]


ANONYMOUS = Principal(None, None, None)
OWNER = root_of(ACCOUNT)
