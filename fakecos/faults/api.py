"""The part of FakeCOS that breaks things on purpose: `inject`, `corrupt_stored`, and what never happened."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from fakecos.facts.exceptions import FakecosWarning, UnfiredFaultError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from fakecos.faults.injection import FaultInjection
    from fakecos.faults.matching import Matcher
    from fakecos.faults.outcomes import Outcome, When
    from fakecos.faults.schedule import Fault, Frequency
    from fakecos.service.service import Service


class InjectedFaults:
    """What fails on purpose in a fake: the part of FakeCOS that `inject` and its relatives ask."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def inject(self, given: dict[str, Any], move_clock: Callable[[float], None]) -> Fault:
        """Set a fault by the arguments of `FakeCOS.inject`. UsageError: as it says.

        `move_clock` lets the clock that the test has set, if any, see the seconds that a delay takes.
        """
        from fakecos.faults import injection, schedule, validation

        written = _written(given)
        _require_types(given, written)
        outcomes = _outcomes(given, written)
        matcher = _matcher(given)
        moment = given["when"] or _before()
        validation.require_possible(matcher, moment, tuple(o for o in outcomes if o is not None), written)
        fault = schedule.Fault(matcher, _frequency(given, written), moment, outcomes, written)
        injection.install(self._service, move_clock).faults.append(fault)
        return fault

    def corrupt_stored(self, bucket: str, key: str, bit: int, part_number: int | None, upload_id: str | None) -> None:
        """Turn round one bit of what is stored. UsageError: as `FakeCOS.corrupt_stored` says."""
        from fakecos.faults import store_changes

        store_changes.corrupt_stored(self._service.store, bucket, key, bit, part_number, upload_id)

    def every(self) -> list[Fault]:
        """Return all faults, in the order in which they were set."""
        found = _installed(self._service)
        return [] if found is None else list(found.faults)

    def unfired(self) -> list[Fault]:
        """Return the faults that never happened and were not cancelled."""
        found = _installed(self._service)
        return [] if found is None else found.unfired()

    @property
    def virtual_seconds(self) -> float:
        """Seconds of virtual time that delays took since the start or the last reset."""
        found = _installed(self._service)
        return 0.0 if found is None else found.virtual_seconds

    def unfinished(self) -> list[Fault]:
        """Return the faults that happened less often than they were to, and were not cancelled."""
        found = _installed(self._service)
        return [] if found is None else found.unfinished()

    def unfinished_warning(self) -> FakecosWarning | None:
        """Return the warning for the faults that happened less often than they were to, if there are any."""
        left = self.unfinished()
        if not left:
            return None
        from fakecos.faults import unused

        return FakecosWarning(unused.story_of_unfinished(left, self._service.journal))

    def unfired_error(self) -> UnfiredFaultError | None:
        """Return the error for the faults that never happened, if there are any."""
        left = self.unfired()
        if not left:
            return None
        from fakecos.faults import unused

        return UnfiredFaultError(unused.story(left, self._service.journal))


def _installed(service: Service) -> FaultInjection | None:
    """Return what injects the faults of a service; without any, nothing of it is loaded (start-up is a budget)."""
    if service.wrapper is None:
        return None
    from fakecos.faults import injection

    return injection.installed(service)


# --- reading the keywords of `inject` ----------------------------------------------------------------------

_WHAT = ("error", "http", "error_in_200", "transport", "corrupt", "corrupt_answer", "delay", "meanwhile", "outcomes")
_EXAMPLES = {
    "error": 'error="SlowDown"',
    "http": "http=Http(502)",
    "error_in_200": 'error_in_200="InternalError"',
    "transport": "transport=Transport.RESET",
    "corrupt": "corrupt=Corrupt.flip()",
    "corrupt_answer": "corrupt_answer=Corrupt.flip()",
    "delay": "delay=30",
    "meanwhile": "meanwhile=Meanwhile.PART_LOST",
}
_DEFAULTS = {"times": 1, "after": 0, "every": 1}


def _written(given: dict[str, Any]) -> str:
    """Return the call as the test wrote it."""
    named = [
        f"{name}={_shown(value)}"
        for name, value in given.items()
        if name != "operation" and value is not None and value != _DEFAULTS.get(name)
    ]
    if given["times"] is None:
        named.append("times=None")
    return f"inject({', '.join([_shown(given['operation']), *named])})"


def _shown(value: object) -> str:
    """Return a value as the test wrote it; of a function or class its name."""
    return str(value.__name__) if hasattr(value, "__name__") else repr(value)


_NEVER_NONE = ("operation", "after", "every")


def _require_types(given: dict[str, Any], written: str) -> None:
    """Raise UsageError for a value that its keyword does not take: compared with a request, it would never fit."""
    from fakecos.faults import mistaken

    for name, fits, wanted in _rules():
        if (given[name] is not None or name in _NEVER_NONE) and not fits(given[name]):
            better = mistaken.instead(name, given[name])
            more = f"; {better}" if better else ""
            message = f"{written}: that is not what {name}= takes: {wanted}{more}."
            raise UsageError(message)


def _rules() -> Iterator[tuple[str, Callable[[Any], bool], str]]:
    from fakecos.faults.outcomes import When

    moments = "When.BEFORE, When.after_bytes(n), When.VALIDATED, When.STORED or When.after_answer_bytes(n)"
    yield "operation", _are_names, 'one operation at least, such as "UploadPart", or "*"'
    for name in ("bucket", "key", "upload_id"):
        yield name, lambda value: isinstance(value, str), "text, which may be a pattern such as *.zip"
    yield "part_number", lambda value: _are_numbers(value, 0), "a number, a set or a range"
    yield "attempt", lambda value: _are_numbers(value, 1), "a number from 1 up, a set or a range"
    for name in ("times", "after", "every"):
        yield name, lambda value: type(value) is int, "a whole number"
    yield "probability", lambda value: isinstance(value, (int, float)), "a number above 0 and at most 1"
    yield "where", _is_predicate, "a function of one Request, such as lambda request: request.part_number == 3"
    yield "when", lambda value: isinstance(value, When), moments
    script = 'a list of what fakecos.faults makes, and of None, such as outcomes=[error("SlowDown"), None]'
    yield "outcomes", lambda value: isinstance(value, (list, tuple)), script


def _is_predicate(value: Any) -> bool:
    from fakecos.usage import takes

    return callable(value) and takes(value, 1)


def _are_names(value: Any) -> bool:
    names = {value} if isinstance(value, str) else value
    return isinstance(names, Collection) and bool(names) and all(isinstance(name, str) for name in names)


def _are_numbers(value: Any, least: int) -> bool:
    if isinstance(value, range):  # its ends tell, however long it is
        return bool(value) and min(value[0], value[-1]) >= least
    numbers = {value} if isinstance(value, int) else value
    return (
        isinstance(numbers, Collection)
        and bool(numbers)
        and all(type(number) is int and number >= least for number in numbers)
    )


def _before() -> When:
    from fakecos.faults.outcomes import When

    return When.BEFORE


def _matcher(given: dict[str, Any]) -> Matcher:
    from fakecos.faults.matching import Matcher
    from fakecos.wire import operation_names

    operation = given["operation"]
    names = {operation} if isinstance(operation, str) else set(operation)
    known = frozenset(name if name == "*" else operation_names.operation(name, "cos.inject") for name in names)
    return Matcher(
        None if "*" in known else known,
        given["bucket"],
        given["key"],
        given["upload_id"],
        _numbers(given["part_number"]),
        _numbers(given["attempt"]),
        given["where"],
    )


def _numbers(given: int | Collection[int] | None) -> Container[int] | None:
    if given is None or isinstance(given, range):
        return given
    return frozenset({given} if isinstance(given, int) else given)


def _frequency(given: dict[str, Any], written: str) -> Frequency:
    import random

    from fakecos.faults.schedule import Frequency

    times, after, every = given["times"], given["after"], given["every"]
    probability, seed = given["probability"], given["seed"]
    if (times is not None and times < 1) or after < 0 or every < 1:
        message = (
            f"{written}: times and every are 1 at least, and after is 0 at least. times=None has no end; "
            "a fault that is not to happen is left out."
        )
        raise UsageError(message)
    if probability is None:
        if seed is not None:
            message = f"{written}: seed is for probability=, which is not given."
            raise UsageError(message)
        return Frequency(times, after, every, None)
    if seed is None or not 0 < probability <= 1:
        message = f"{written}: probability is above 0 and at most 1, and needs a seed=, so that a test can be repeated."
        raise UsageError(message)
    return Frequency(times, after, every, (probability, random.Random(seed)))  # noqa: S311  chance that can be repeated


def _outcomes(given: dict[str, Any], written: str) -> list[Outcome | None]:
    chosen = [name for name in _WHAT if given[name] is not None]
    if len(chosen) != 1:
        came = f"{' and '.join(chosen)} are given" if chosen else "nothing says what happens"
        message = f"{written}: {came}; give just one of {', '.join(_WHAT)}."
        raise UsageError(message)
    name = chosen[0]
    values = list(given[name]) if name == "outcomes" else [_outcome(name, given[name], written)]
    from fakecos.faults import outcomes

    for value in values:
        if value is not None and not isinstance(value, outcomes.OUTCOMES):
            message = (
                f"{written}: {value!r} is no outcome. The functions of fakecos.faults make them, as in "
                f"outcomes=[error({value!r}), None]."
                if isinstance(value, str)
                else f"{written}: {value!r} is no outcome. The functions of fakecos.faults make them, as in "
                'outcomes=[error("SlowDown"), None].'
            )
            raise UsageError(message)
    if not any(value is not None for value in values):
        message = f"{written}: a script that lets every request pass is no fault."
        raise UsageError(message)
    return values


def _outcome(name: str, value: Any, written: str) -> Outcome:
    """Make the outcome of one keyword, which also takes the short form of its value."""
    from fakecos.faults import error_outcomes, outcomes
    from fakecos.faults.corruption import Corrupt

    if name in {"error", "error_in_200"} and isinstance(value, str):
        made: Outcome = getattr(error_outcomes, name)(value)
    elif name in {"corrupt", "corrupt_answer"} and isinstance(value, Corrupt):
        made = getattr(outcomes, name)(value)
    elif name == "delay" and isinstance(value, (int, float)):
        made = outcomes.delay(value)
    else:
        made = value
    if not isinstance(made, outcomes.BY_KEYWORD[name]):
        from fakecos.faults import mistaken

        better = mistaken.instead(name, value, _EXAMPLES[name])
        message = f"{written}: that is not what {name}= takes: {better}."
        raise UsageError(message)
    return made
