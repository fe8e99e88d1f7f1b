"""Who asks: an account, a user of it, or nobody."""

from __future__ import annotations

from typing import NamedTuple


class Principal(NamedTuple):
    """Who sent a request.

    - `account`: the 12 digits of the account's id; None for a request that is not signed.
    - `canonical_id`: the 64 hexadecimal digits by which ACLs name the account; None for nobody.
    - `arn`: such as `arn:aws:iam::123456789012:root` or `...:user/alice`; None for nobody.
    """

    account: str | None
    canonical_id: str | None
    arn: str | None

    @property
    def is_anonymous(self) -> bool:
        """Whether the request was not signed."""
        return self.account is None


ANONYMOUS = Principal(None, None, None)
