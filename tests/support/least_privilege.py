"""A required policy is proved: enforced it suffices, and with any one action or resource less something is refused."""

from __future__ import annotations

import copy
import gc
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fakecos import FakeCOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakecos.service.call import Call
    from fakecos.service.journal import RecordedRequest

    Prepare = Callable[[FakeCOS], Any]
    Act = Callable[[FakeCOS, Any], Any]

DENIED = frozenset({"AccessDenied", "AllAccessDisabled"})
FORBIDDEN = 403


class Proof:
    """One act, and what is stored before it: by hand or by requests, which are not counted.

    `prepare` returns what the act is given; `keywords` are those of every fake.
    """

    def __init__(self, act: Act, prepare: Prepare | None = None, **keywords: Any) -> None:
        self._act = act
        self._keywords = keywords
        with FakeCOS(**keywords) as cos:
            self._given = None if prepare is None else prepare(cos)
            self._before = cos.snapshot()

    def derived(self, *, exact: bool = False) -> dict[str, Any]:
        """Return the policy of what the act asks for."""
        with FakeCOS(**self._keywords) as cos:
            cos.restore(self._before)
            self._act(cos, self._given)
            return cos.required_policy(exact=exact)

    def denied(self, policy: dict[str, Any]) -> list[str]:
        """Return what is refused for want of a permission when the act runs under a policy."""
        found: list[str] = []
        with FakeCOS(**self._keywords, identity_policy=policy) as cos:
            cos.restore(self._before)
            cos._service.watchers += (lambda call, recorded: found.extend(denials(call, recorded)),)
            with suppress(Exception):
                self._act(cos, self._given)
            gc.collect()  # files that were refused are closed once more by libraries: not in the next fake
            cos.errors.clear()
        return found

    def suffices(self, policy: dict[str, Any]) -> None:
        """Assert that the act ends as it does without a policy, and that nothing is denied."""
        with FakeCOS(**self._keywords, identity_policy=policy) as cos:
            cos.restore(self._before)
            self._act(cos, self._given)
        assert self.denied(policy) == []


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
    """Assert that the policy of an act suffices and is minimal, and return it."""
    proof = Proof(act, prepare, **keywords)
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
