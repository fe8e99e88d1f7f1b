"""Who caused an event, as its message says it: a request, or S3 itself."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from fakecos.facts.services.aws import GLOBAL_ENDPOINT

if TYPE_CHECKING:
    from fakecos.facts.ids import Ids
    from fakecos.model.principal import Principal

S3 = GLOBAL_ENDPOINT
"""Who S3 is in its own messages, and where it asks from (documented)."""
LOOPBACK = "127.0.0.1"
ANONYMOUS = "Anonymous"
"""Who nobody is (assumed)."""
_USER, _ROLE = "AIDA", "AROA"  # documented: "IAM identifiers", unique ids
_UNIQUE = 17  # letters and digits after these


class Cause(NamedTuple):
    """What caused an event.

    - `caller`: who sent the request; None where S3 did it by itself.
    - `request_id` and `host_id`: as its answer has them; S3 makes some up where there was no request.
    """

    caller: Principal | None
    request_id: str
    host_id: str

    @property
    def source_ip(self) -> str:
        """Where the request came from: the process itself, or a loopback address."""
        return S3 if self.caller is None else LOOPBACK

    @property
    def principal_id(self) -> str:
        """The unique id of who caused it, as `userIdentity` has it."""
        return S3 if self.caller is None else f"AWS:{unique_id(self.caller)}"


def by_itself(ids: Ids) -> Cause:
    """Return the cause of what S3 does by itself."""
    return Cause(None, ids.request_id(), ids.host_id())


def unique_id(caller: Principal) -> str:
    """Return the unique id of a principal: of an account its digits, of a user AIDA..., of a role AROA...:session.

    Its form is documented, its letters are made of the ARN.
    """
    if caller.account is None or caller.arn is None:
        return ANONYMOUS
    if caller.is_root:
        return caller.account
    kind, _, name = caller.arn.rpartition(":")[2].partition("/")
    if kind == "assumed-role":
        role, _, session = name.partition("/")
        return f"{_ROLE}{_made_of(f'{caller.account} {role}')}:{session}"
    return _USER + _made_of(caller.arn)


@cache
def customer_id(account: str) -> str:
    """Return the id of an account as a customer of Amazon, such as `A3NL1KOZZKE...`: messages name owners by it."""
    return f"A{_made_of(f'customer {account}')[:13]}"


@cache
def _made_of(text: str) -> str:
    return base64.b32encode(hashlib.sha256(text.encode()).digest()).decode("ascii")[:_UNIQUE]
