"""Who sent a request: the account or the user that its access key belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.model.principal import ANONYMOUS, OWNER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.model.principal import Principal


class Key(NamedTuple):
    """A registered access key: its secret, and whose it is."""

    secret: str
    principal: Principal


def principal_of(
    keys: Mapping[str, Key], access_key: str | None, headers: Mapping[str, str], usual: Principal = OWNER
) -> Principal:
    """Return who sent a request that was signed by an access key, None for none.

    A key that is not registered is `usual`, the fake's own account or a user of it, which accepts any; so is a token
    of IBM's IAM.
    """
    if access_key is None:
        return usual if headers.get("authorization") else ANONYMOUS
    key = keys.get(access_key)
    return usual if key is None else key.principal
