"""Asking a service for promises, one after the other, and comparing each answer with the fake's."""

from __future__ import annotations

import time
import traceback
from typing import TYPE_CHECKING

from fakecos.contract.bucket_names import NotAsked
from fakecos.contract.differences import CODE, STATUS, differences
from fakecos.contract.fake_service import FakeService
from fakecos.contract.instances import is_by_hand
from fakecos.contract.results import DIFFERS, HOLDS, NOT_OFFERED, NOT_RUN, SAME, Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fakecos.contract.differences import Difference
    from fakecos.contract.exchanges import Exchange
    from fakecos.contract.instances import Instance
    from fakecos.contract.real_service import RealService

REFUSES = frozenset({"NotImplemented", "MethodNotAllowed", "UnsupportedOperation", "XNotImplemented"})
BUSY = frozenset({429, 503})
TRIES = 3


class PromiseBroken(Exception):  # noqa: N818  it is a bug of fakecos, and says so
    """The fake itself does not keep a promise."""


def verify(service: RealService, instances: Iterable[Instance]) -> Iterator[Result]:
    """Yield what comes of each case. PromiseBroken: the fake itself does not keep it."""
    for instance in instances:
        yield verified(service, instance)


def verified(service: RealService, instance: Instance) -> Result:
    """Return what comes of one case of a promise at a service."""
    try:
        here = _asked_here(instance, service)
    except NotAsked as reason:
        return Result(instance, NOT_RUN, str(reason))
    for tried in range(1, TRIES + 1):
        result = _asked_there(service, instance, here)
        answers = zip(result.there, here, strict=False)
        if tried == TRIES or not any(there.status in BUSY and one.status not in BUSY for there, one in answers):
            break
        time.sleep(2**tried)  # the service asked for less
    return result


def _asked_here(instance: Instance, service: RealService) -> list[Exchange]:
    fake = FakeService(service.session, service.scheme, verifies=is_by_hand(instance.promise))
    try:
        fake.run(instance, service.dialect)
    except Exception as error:
        if service.scheme == "http":
            message = "over http S3 itself answers otherwise: give an https address"
            raise NotAsked(message) from error
        message = f"fakecos itself does not keep its promise {instance.id}: please report it"
        raise PromiseBroken(message) from error
    return fake.recorder.ordered()


def _asked_there(service: RealService, instance: Instance, here: list[Exchange]) -> Result:
    attempt = service.attempt()
    failure: Exception | None = None
    try:
        with attempt:
            attempt.run(instance, service.dialect)
    except NotAsked as reason:
        return Result(instance, NOT_RUN, str(reason), here=here, there=attempt.recorder.ordered())
    except Exception as error:  # noqa: BLE001  whatever its client raised: the promise is not kept
        failure = error
    there = attempt.recorder.ordered()
    found = differences(here, there)
    made = Result(instance, SAME, "", found, here, there)
    if failure is None and not any(each.kind in {STATUS, CODE} for each in found):
        made.outcome = HOLDS if found else SAME
        return made
    made.outcome = NOT_OFFERED if _is_not_offered(found) else DIFFERS
    made.why = _text(failure)
    return made


def _is_not_offered(found: list[Difference]) -> bool:
    """Whether the first answer that differs says that the service does not have this."""
    first = found[0] if found else None
    if first is None:
        return False
    same = [each for each in found if each.request == first.request]
    return any((each.kind == STATUS and each.there == "501") or each.there in REFUSES for each in same)


def _text(failure: Exception | None) -> str:
    """Return what failed, in one line: of a bare assertion the line itself."""
    if failure is None:
        return ""
    said = str(failure).partition("\n")[0]
    if isinstance(failure, AssertionError):
        return said or str(traceback.extract_tb(failure.__traceback__)[-1].line)
    return f"{type(failure).__name__}: {said}"
