"""The methods of FakeCOS that break things, written out here: `self` is the fake.

They are not in `fakecos.faults`, which is imported with the first fault (start-up is a budget).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from fakecos.facts.literals import ErrorCode, OperationName
    from fakecos.facts.transport import Transport
    from fakecos.faults.api import InjectedFaults
    from fakecos.faults.corruption import Corrupt
    from fakecos.faults.error_outcomes import Error, ErrorIn200
    from fakecos.faults.matching import Request
    from fakecos.faults.outcomes import Delay, Http, InAnswer, InRequest, Meanwhile, Outcome, When
    from fakecos.faults.schedule import Fault


class Injectable(Protocol):
    """What faults need of the fake: those that are set, and what lets time pass."""

    def _faults(self) -> InjectedFaults: ...

    def _let_pass(self, seconds: float, /) -> None: ...


def inject(
    self: Injectable,
    operation: OperationName | str | Collection[OperationName | str],
    *,
    bucket: str | None = None,
    key: str | None = None,
    upload_id: str | None = None,
    part_number: int | Collection[int] | None = None,
    attempt: int | Collection[int] | None = None,
    where: Callable[[Request], bool] | None = None,
    times: int | None = 1,
    after: int = 0,
    every: int = 1,
    probability: float | None = None,
    seed: int | str | None = None,
    when: When | None = None,
    error: ErrorCode | Error | None = None,
    http: Http | None = None,
    error_in_200: ErrorCode | ErrorIn200 | None = None,
    transport: Transport | None = None,
    corrupt: Corrupt | InRequest | None = None,
    corrupt_answer: Corrupt | InAnswer | None = None,
    delay: float | Delay | None = None,
    meanwhile: Meanwhile | None = None,
    outcomes: Sequence[Outcome | None] | None = None,
) -> Fault:
    """Let requests fail, and return the Fault, which counts its `hits` and can be cancelled.

    The first keywords say which requests, those from `times` on how often, `when` at which moment, and just one
    of those from `error` on what happens. The page "Faults" has them all. `bucket` and `key` are patterns;
    `part_number` and `attempt` are a number, a set or a range; `where` is asked with a Request. `times=None` has
    no end. `outcomes` is a script: one entry for each request, and None lets it pass.
    A fault that never happened is reported when the fake stops (UnfiredFaultError).
    UsageError: an operation or error that S3 does not have, or what no request could meet.
    """
    given: dict[str, Any] = {**locals()}
    del given["self"]
    return self._faults().inject(given, self._let_pass)


def corrupt_stored(
    self: Injectable,
    bucket: str,
    key: str,
    *,
    bit: int = 0,
    part_number: int | None = None,
    upload_id: str | None = None,
) -> None:
    """Turn round one bit of what is stored, as a failing disk would: of an object, or of one part.

    With `part_number` it is a part of the open upload of that key, if there is one, else of the object.
    `bit` counts from the first, or with a minus sign from the last. ETag and checksums stay what they were.
    UsageError: there is no such object, part or bit, or several open uploads have that part.
    """
    self._faults().corrupt_stored(bucket, key, bit, part_number, upload_id)


def unfired_faults(self: Injectable) -> list[Fault]:
    """Return the faults that never happened and were not cancelled."""
    return self._faults().unfired()
