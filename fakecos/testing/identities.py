"""Who has policies of its own: the user that FakeCOS(identity_policy=...) makes of the program under test, and others.

The property of FakeCOS is written out here: `self` is the fake.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

from fakecos.facts.exceptions import UsageError
from fakecos.model.principal import ACCOUNT, OWNER, user_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fakecos.model.principal import Principal
    from fakecos.service.service import Service

    Policy = Mapping[str, Any] | str
    Policies = Policy | Sequence[Policy] | None

USER = "fakecos"
"""The user that the program under test is, where it has a policy."""


class Obeyed(Protocol):
    """What this needs of the fake."""

    _service: Service
    _keywords: dict[str, Any]


def read(policy: Policies, written: str, *, dialect: str | None = None) -> tuple[str, ...]:
    """Return policies as JSON texts; None is no policy, which allows nothing.

    UsageError: one is no policy that is evaluated, or the fake is IBM COS alone.
    """
    if dialect == "ibm":
        message = f'{written} and dialect="ibm": IBM COS has no policies of AWS IAM, so nobody could obey one.'
        raise UsageError(message)
    if policy is None:
        return ()
    from fakecos.operations.policy.identity import texts_of

    return texts_of(policy, written)


def shown(policies: tuple[str, ...] | None) -> Any:
    """Return policies as they are written: a dict, a list of them, or None."""
    found = [json.loads(policy) for policy in policies or ()]
    return found[0] if len(found) == 1 else found or None


def known_user(service: Service, account: str, name: str) -> Principal:
    """Return a user with the policies that it has so far."""
    made = user_of(account, name)
    principals = (service.pipeline.usual, *(key.principal for key in service.pipeline.keys.values()))
    return next((principal for principal in principals if principal.arn == made.arn), made)


def give(service: Service, principal: Principal, policies: tuple[str, ...]) -> None:
    """Let a user have these policies from now on, with whatever key it signs."""
    pipeline = service.pipeline
    changed = principal._replace(policies=policies)
    if pipeline.usual.arn == changed.arn:
        pipeline.usual = changed
    for access_key, key in list(pipeline.keys.items()):
        if key.principal.arn == changed.arn:
            pipeline.keys[access_key] = key._replace(principal=changed)


def _get(self: Obeyed) -> Any:
    """The policy of the user that the program under test is; None: it is the account itself, which may do everything.

    It can be set, and counts for the requests that come then.
    """
    return shown(self._service.pipeline.usual.policies)


def _set(self: Obeyed, policy: Policies) -> None:
    pipeline = self._service.pipeline
    if policy is None:
        pipeline.usual = OWNER
        return
    texts = read(policy, "FakeCOS(identity_policy=...)", dialect=self._keywords["dialect"])
    pipeline.usual = user_of(ACCOUNT, USER)
    give(self._service, pipeline.usual, texts)


identity_policy = property(_get, _set)
