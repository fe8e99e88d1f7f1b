"""A required policy is proved: enforced it suffices, and with any one action or resource less something is refused."""

from __future__ import annotations

import copy
import gc
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from fakecos import FakeCOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typing_extensions import Self

    from fakecos.service.call import Call
    from fakecos.service.journal import RecordedRequest

    Prepare = Callable[[FakeCOS], Any]
    Act = Callable[[FakeCOS, Any], Any]

DENIED = frozenset({"AccessDenied", "AllAccessDisabled"})
FORBIDDEN = 403


CLIENTS: WeakKeyDictionary[FakeCOS, Any] = WeakKeyDictionary()


def client_of(cos: FakeCOS) -> Any:
    """Return a client of a fake, always the same one: making it takes longer than what it is asked for."""
    if cos not in CLIENTS:
        CLIENTS[cos] = cos.client()
    return CLIENTS[cos]


class Proof:
    """One act, and what is stored before it: by hand or by requests, which are not counted.

    `prepare` returns what the act is given; `keywords` are those of the fake. `closes`: the library writes when a file
    that was refused is collected as garbage, which must not happen in the next run.
    """

    def __init__(self, act: Act, prepare: Prepare | None = None, *, closes: bool = False, **keywords: Any) -> None:
        self._act, self._prepare, self._closes = act, prepare, closes
        self._cos = FakeCOS(**keywords)
        self._denied: list[str] = []

    def __enter__(self) -> Self:
        cos = self._cos.start()
        self._given = None if self._prepare is None else self._prepare(cos)
        self._before = cos.snapshot()
        cos._service.watchers += (lambda call, recorded: self._denied.extend(denials(call, recorded)),)
        return self

    def __exit__(self, *error: object) -> None:
        self._cos.errors.clear()
        self._cos.stop()

    def _run(self, policy: dict[str, Any] | None) -> None:
        """Run the act from its beginning, under a policy or under none."""
        self._cos.restore(self._before)
        self._cos.identity_policy = policy
        self._denied.clear()
        try:
            self._act(self._cos, self._given)
        finally:
            if self._closes:
                gc.collect()
            self._cos.errors.clear()

    def derived(self, *, exact: bool = False) -> dict[str, Any]:
        """Return the policy of what the act asks for."""
        self._run(None)
        return self._cos.required_policy(exact=exact)

    def denied(self, policy: dict[str, Any]) -> list[str]:
        """Return what is refused for want of a permission when the act runs under a policy, however it ends."""
        with suppress(Exception):
            self._run(policy)
        return [*self._denied]

    def suffices(self, policy: dict[str, Any]) -> None:
        """Assert that the act ends as it does without a policy, and that nothing is denied."""
        self._run(policy)
        assert self._denied == []


def denials(call: Call, recorded: RecordedRequest) -> Iterator[str]:
    """Yield what of a request was refused for want of a permission: all of it, or some keys of a DeleteObjects."""
    if recorded.error in DENIED or recorded.status == FORBIDDEN:
        yield str(recorded)
    yield from (
        f"{recorded.operation} {error['Key']}"
        for error in (call.result or {}).get("Errors", ())
        if error["Code"] in DENIED
    )


def prove(act: Act, prepare: Prepare | None = None, *, exact: bool = False, **keywords: Any) -> dict[str, Any]:
    """Assert that the policy of an act suffices and is minimal, and return it. `keywords`: those of Proof."""
    with Proof(act, prepare, **keywords) as proof:
        policy = proof.derived(exact=exact)
        assert policy == proof.derived(exact=exact), "the same act has the same policy"
        proof.suffices(policy)
        for what, less in smaller(policy):
            assert proof.denied(less), f"{what} is not needed: {policy}"
        return policy


def smaller(policy: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the policy without one action of a statement, one resource, or one value of a condition."""
    for number, statement in enumerate(policy["Statement"]):
        for element in ("Action", "Resource"):
            for value in statement[element]:
                yield f"{statement['Sid']} {value}", without(policy, number, element, value)
        for operator, keys in statement.get("Condition", {}).items():
            for key, values in keys.items():
                for value in values:
                    less = copy.deepcopy(policy)
                    left = [other for other in values if other != value]
                    less["Statement"][number]["Condition"][operator][key] = left or ["(no such prefix)"]
                    yield f"{statement['Sid']} {key}={value}", less


def without(policy: dict[str, Any], number: int, element: str, value: str) -> dict[str, Any]:
    """Return a policy without one value of a statement; a statement without any goes with it."""
    less = copy.deepcopy(policy)
    statements: list[dict[str, Any]] = less["Statement"]
    statements[number][element].remove(value)
    if not statements[number][element]:
        del statements[number]
    if not statements:  # a policy has at least one; this one allows nothing that is asked for
        statements.append({"Effect": "Allow", "Action": ["s3:GetBucketLogging"], "Resource": ["arn:aws:s3:::(none)"]})
    return less
