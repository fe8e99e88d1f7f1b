"""Asking a service for promises, one after the other, and comparing each answer with the fake's."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from fakecos.comparison.differences import CODE, STATUS, differences
from fakecos.contract.bucket_names import NotAsked
from fakecos.contract.fake_service import FakeService
from fakecos.contract.instances import is_by_hand
from fakecos.contract.measured import LARGE, cost_of, waits_of
from fakecos.contract.needs import lacking, why_not_alone
from fakecos.contract.results import DIFFERS, HOLDS, NOT_OFFERED, NOT_RUN, SAME, Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fakecos.comparison.differences import Difference
    from fakecos.comparison.exchange import Exchange
    from fakecos.contract.instances import Instance
    from fakecos.contract.real_service import RealService

REFUSES = frozenset({"NotImplemented", "MethodNotAllowed", "UnsupportedOperation", "XNotImplemented", "405", "501"})
TIMED_OUT = frozenset({"ReadTimeoutError", "ConnectTimeoutError", "TimeoutError"})
CLOSED = frozenset(
    {
        *("ConnectionClosedError", "EndpointConnectionError", "ResponseStreamingError", "IncompleteReadError"),
        *("RemoteDisconnected", "ConnectionResetError", "BrokenPipeError", "IncompleteRead"),  # of requests by hand
    }
)
UNREADABLE = frozenset({"ResponseParserError", "ParseError"})
PATIENCE, PATIENCE_WITH_MUCH = 30, 600
"""Seconds in which a service must answer, and in which it must one that sends more than 100 MiB."""
BUSY = frozenset({429, 503})
TRIES = 3
WAITS = 2.0
"""Seconds before the second try where a service asks for less; twice as many before the third."""
BROKEN = "fakecos itself does not keep it with the installed clients"
OF_AN_OLD_CLIENT = frozenset({"AttributeError", "ParamValidationError", "UnknownClientMethodError"})


def verify(service: RealService, instances: Iterable[Instance]) -> Iterator[Result]:
    """Yield what comes of each case. Raises what the client raises if no bucket can be made any more."""
    for instance in instances:
        yield verified(service, instance)


def verified(service: RealService, instance: Instance) -> Result:
    """Return what comes of one case of a promise at a service."""
    reason = why_not_alone(instance.promise, waits_of(instance.promise), service.asking)
    if reason is not None:
        return Result(instance, NOT_RUN, reason)
    try:
        here = _asked_here(instance, service)
    except NotAsked as not_asked:
        return Result(instance, NOT_RUN, str(not_asked))
    reason = lacking(here, service.asking, known=service.known)
    if reason is not None:
        return Result(instance, NOT_RUN, reason, here=here)
    for tried in range(1, TRIES + 1):
        result = _asked_there(service, instance, here)
        answers = zip(result.there, here, strict=False)
        if tried == TRIES or not any(there.status in BUSY and one.status not in BUSY for there, one in answers):
            break
        service.pace.sleep(WAITS * tried)
    return result


def _asked_here(instance: Instance, service: RealService) -> list[Exchange]:
    fake = FakeService(service.asking.scheme, verifies=is_by_hand(instance.promise))
    try:
        fake.run(instance, service.dialect)
    except Exception as error:
        message = f"{BROKEN} (please report it: {_text(error)})"
        if type(error).__name__ in OF_AN_OLD_CLIENT:
            message = "the installed client package is too old to ask for it"
        if service.asking.scheme == "http":
            message = "over http S3 itself answers otherwise: give an https address"
        raise NotAsked(message) from error
    return fake.recorder.ordered()


def _asked_there(service: RealService, instance: Instance, here: list[Exchange]) -> Result:
    patience = PATIENCE if cost_of(instance.promise).sent <= LARGE else PATIENCE_WITH_MUCH
    attempt = service.attempt(patience)
    failure: Exception | None = None
    with attempt:
        try:
            attempt.run(instance, service.dialect)
        except NotAsked as reason:
            return Result(instance, NOT_RUN, str(reason), here=here, there=attempt.recorder.ordered())
        except Exception as error:  # noqa: BLE001  whatever its client raised: the promise is not kept
            failure = error
            if type(error).__name__ in CLOSED:
                service.wait_for_it()  # what the promise made is deleted then
    there = attempt.recorder.ordered()
    found = differences(here, there)
    made = Result(instance, SAME, "", found, here, there)
    if failure is None and not any(each.kind in {STATUS, CODE} for each in found):
        made.outcome = HOLDS if found else SAME
        return made
    made.outcome = NOT_OFFERED if _is_not_offered(found) else DIFFERS
    made.why = _text(failure, patience)
    return made


def _is_not_offered(found: list[Difference]) -> bool:
    """Whether the first answer of another status or error says that the service does not have this."""
    decisive = [each for each in found if each.kind in {STATUS, CODE}]
    first = [each for each in decisive if each.request == decisive[0].request]
    return any(each.there in REFUSES for each in first)


def _text(failure: Exception | None, patience: int = PATIENCE) -> str:
    """Return what failed, in one line: of a bare assertion the line itself."""
    if failure is None:
        return ""
    said = str(failure).partition("\n")[0]
    if type(failure).__name__ in TIMED_OUT:
        return f"no answer within {patience} s"
    if type(failure).__name__ in CLOSED:
        return "the connection ended without an answer"
    if type(failure).__name__ in UNREADABLE:
        return "the answer is no document that the client can read"
    if isinstance(failure, AssertionError):
        return said or str(traceback.extract_tb(failure.__traceback__)[-1].line)
    return f"{type(failure).__name__}: {said}"
