"""A budget: how many requests may come while a block runs, and the failure that names the first one over it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from fakecos import urls
from fakecos.facts.exceptions import BudgetExceededError, UsageError
from fakecos.misnamed import Named
from fakecos.service.counts import Counts
from fakecos.service.text_table import NAME_WIDTH, shortened
from fakecos.testing import place_in_code
from fakecos.testing.text import count
from fakecos.usage import did_you_mean
from fakecos.wire import operation_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from typing_extensions import Self

    from fakecos.clients.activation.active_service import ActiveService
    from fakecos.service.call import Call
    from fakecos.service.service import Service

    Watched = tuple[Service, ActiveService]

TOTAL, RETRIES, BYTES_SENT = "total", "retries", "bytes_sent"
OWN = (TOTAL, RETRIES, BYTES_SENT)
"""What a budget limits beside the requests of one operation."""
METHOD = "cos.budget"


class BudgetUse(NamedTuple):
    """What came while a budget held.

    `total` is how many requests came, `retries` how many of them were a second or later attempt of a client, and
    `bytes_sent` the bytes of their bodies. `counts` says how many came of each operation.
    """

    total: int
    retries: int
    bytes_sent: int
    counts: Counts


if not TYPE_CHECKING:
    BudgetUse.__getattr__ = Named.__getattr__  # a NamedTuple has no other base
BudgetUse.__module__ = "fakecos"


def limits_of(given: Mapping[str, object], written: str = METHOD) -> dict[str, int]:
    """Return the limits that a budget is given, by name; None is none. `written`: who gave them.

    UsageError: a name is neither one of OWN nor an operation, or a limit is no whole number from 0 on.
    """
    limits: dict[str, int] = {}
    for name, value in given.items():
        found = name if name in OWN else _operation(name, value, written)
        if value is None:
            continue
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            message = f"{written}({name}={value!r}): it is a whole number from 0 on, as in {name}=8."
            raise UsageError(message)
        if found in limits:
            message = f"{written}(...): {found} is given twice, by its name and in snake case."
            raise UsageError(message)
        limits[found] = value
    return limits


def _operation(name: str, value: object, written: str) -> str:
    found = operation_names.find(name)
    if found is None:
        from fakecos.usage_hints import KEYWORDS

        hint = KEYWORDS[METHOD].get(name)
        if hint is not None:
            message = f"{written}({name}=...): there is no such limit; write {hint.format(value=repr(value))}."
            raise UsageError(message)
        meant = did_you_mean(name, OWN)
        if meant:
            message = f"{written}({name}=...): there is no such limit{meant}"
            raise UsageError(message)
    return operation_names.operation(name, written)


class Budget(Named):
    """How many requests may come: those of every client of the fake, while its `with` block runs.

    `used` is what came so far; `str(budget)` shows it beside what is allowed. Requests that a test arranges by hand
    (`cos.put_object`) are none. At the end of the block a BudgetExceededError that the code under test swallowed is
    raised again; `cos.errors.clear()` in the block forgives it.
    """

    __module__ = "fakecos"

    __slots__ = ("_counts", "_fakes", "_limits", "_lock", "_written", "error")

    def __init__(self, limits: Mapping[str, int], *fakes: Watched, written: str = METHOD) -> None:
        self._limits = dict(limits)
        self._fakes: list[Watched] = list(fakes)
        self._written = written
        self._counts: dict[str, int] = {}
        self.error: BudgetExceededError | None = None
        self.rearm_lock()

    def rearm_lock(self) -> None:
        """Make a new lock, for a forked child."""
        self._lock = threading.Lock()

    # --- the block ----------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self._note_use()
        fakes, self._fakes = self._fakes, []
        self._counts, self.error = {}, None
        for fake in fakes:
            self.watch(*fake)
        return self

    def _note_use(self) -> None:
        """Let the fakes not say at their end that it was never entered."""
        for _, active in self._fakes:
            active.not_begun = [pair for pair in active.not_begun if pair[0] is not self]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        __tracebackhide__ = True
        self.end(error)

    if not TYPE_CHECKING:  # a type checker refuses these by itself

        def __call__(self, *_: object, **__: object) -> NoReturn:
            """Say that it is no decorator."""
            __tracebackhide__ = True
            self._note_use()
            message = (
                "@cos.budget(...) is no decorator: write `with cos.budget(...):` in the test. The pytest plugin has a "
                "marker for a whole test: @pytest.mark.fakecos_budget(...)."
            )
            raise UsageError(message)

        async def __aenter__(self) -> NoReturn:
            __tracebackhide__ = True
            self._note_use()
            message = "async with cos.budget(...): write `with cos.budget(...):`, also around what is awaited."
            raise UsageError(message)

        async def __aexit__(self, *_: object) -> None:
            """Stand here, or Python says that this is no asynchronous context manager before it enters."""

    def watch(self, service: Service, active: ActiveService) -> None:
        """Count the requests to a fake from now on."""
        if not any(self is other for other in service.budgets):
            self._fakes.append((service, active))
            service.budgets = (*service.budgets, self)

    def end(self, error: BaseException | None) -> None:
        """Count no more. Raises the BudgetExceededError that nobody has seen; none while `error` is on its way."""
        __tracebackhide__ = True
        for service, _ in self._fakes:
            service.budgets = tuple(other for other in service.budgets if other is not self)
        if self.error is None or (error is not None and not _tells_of(error, self.error)):
            return  # another exception is on its way: it stays recorded, and the fake raises it when it stops
        if self.forgive(self.error) and error is None:
            raise self.error

    def forgive(self, error: BudgetExceededError) -> bool:
        """Let the fakes not raise an error when they stop; return whether they were about to."""
        was_recorded = False
        for _, active in self._fakes:
            left = [other for other in active.errors if other is not error]
            was_recorded |= len(left) < len(active.errors)
            active.errors[:] = left
        return was_recorded

    # --- counting -----------------------------------------------------------------------------------------

    def spend(self, call: Call, known: BudgetExceededError | None) -> BudgetExceededError | None:
        """Count a call that is about to be answered; return what it raises if it is one too many, else None.

        `known`: what a budget inside of this one raises for it already.
        """
        operation, size = call.operation, call.payload.declared_size or 0
        with self._lock:
            counts, limits = self._counts, self._limits
            over = None
            for name, more in ((TOTAL, 1), (RETRIES, call.attempt > 1), (BYTES_SENT, size), (operation, 1)):
                if more:
                    counts[name] = now = counts.get(name, 0) + more
                    if now > limits.get(name, now):
                        over = over or name
            if over is None:
                return known
            if self.error is None:
                self.error = known or self._exceeded(call, over)
                return self.error
            if known is not None:
                return known
        again = BudgetExceededError(f"The budget was exceeded before, and {_named(call)} came all the same.")
        again.__cause__ = self.error
        again.is_repeated = True
        return again

    @property
    def used(self) -> BudgetUse:
        """What came so far."""
        with self._lock:
            counts = dict(self._counts)
        total, retries, size = (counts.pop(name, 0) for name in OWN)
        return BudgetUse(total, retries, size, Counts(counts))

    def state(self) -> dict[str, int]:
        """Return what came so far, for `go_back_to`."""
        with self._lock:
            return dict(self._counts)

    def go_back_to(self, state: Mapping[str, int]) -> None:
        """Forget what came since then, and the error: each run of an exploration begins with the same."""
        if self.error is not None:
            self.forgive(self.error)
        with self._lock:
            self._counts = dict(state)
            self.error = None

    def _exceeded(self, call: Call, over: str) -> BudgetExceededError:
        error = BudgetExceededError(self._message(call, over))
        error.budget = self
        return error

    # --- words --------------------------------------------------------------------------------------------

    def __str__(self) -> str:
        return "\n".join(self._rows(self.state()))

    def __repr__(self) -> str:
        counts = self.state()
        return f"<Budget: {', '.join(f'{name} {counts.get(name, 0):,} of {most:,}' for name, most in self._shown())}>"

    def _shown(self) -> list[tuple[str, int]]:
        return sorted(self._limits.items(), key=lambda item: OWN.index(item[0]) if item[0] in OWN else len(OWN))

    def _rows(self, counts: Mapping[str, int]) -> Iterator[str]:
        shown = self._shown()
        width = max((len(name) for name, _ in shown), default=0)
        came = max((len(f"{counts.get(name, 0):,}") for name, _ in shown), default=0)
        allowed = max((len(f"{most:,}") for _, most in shown), default=0)
        for name, most in shown:
            used = counts.get(name, 0)
            over = "  <- over" if used > most else ""
            yield f"  {name:<{width}}  {used:>{came},} of {most:>{allowed},}{over}"
        operations = [f"{name} ({number:,})" for name, number in counts.items() if name not in OWN]
        yield f"  came: {', '.join(operations) or 'nothing'}"

    def _message(self, call: Call, over: str) -> str:
        counts, most = self._counts, self._limits[over]
        size = count(call.payload.declared_size or 0, "byte")
        what = f"sends {size}, too many" if over == BYTES_SENT else "is one too many"
        next_step = f"Let the code send less, or allow more in {self._written}({over}=...)."
        return "\n".join(
            (
                f"{_named(call)} {what}: the budget is {over}={most}.",
                place_in_code.asked_at(),
                *self._why_again(call),
                *self._rows(counts),
                f"It was refused before S3 saw it. {next_step} See {urls.page('how-to/budgets')}",
            )
        )

    def _why_again(self, call: Call) -> Iterator[str]:
        """Yield what the attempt before was answered, if there was one."""
        if call.attempt > 1:
            key = call.address.key if call.address is not None else None
            came = [request for service, _ in self._fakes for request in service.journal]
            before = [each for each in came if (each.operation, each.key) == (call.operation, key)]
            yield f"attempt {call.attempt} of the client{f'; before it: {before[-1]}' if before else ''}"


class BudgetsOfRuns:
    """The budgets that hold around an exploration or a race: each run begins with what had come before all of them."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._held = [(each, each.state()) for each in service.budgets if isinstance(each, Budget)]
        self._left = self._held

    def begin_run(self) -> None:
        """Forget what came in other runs."""
        self._service.over = []
        for budget, state in self._held:
            budget.go_back_to(state)

    def end_run(self, *, is_kept: bool = False) -> BudgetExceededError | None:
        """Return the error of a budget that was exceeded in a run, also of one inside of it, and raise it nowhere else.

        `is_kept`: what came in this run is what counts in the end.
        """
        if is_kept:
            self._left = [(budget, budget.state()) for budget, _ in self._held]
        over, self._service.over = self._service.over, None
        for error in over or ():
            error.budget.forgive(error)
        return over[0] if over else None

    def end(self) -> None:
        """Count what came in the run that was kept; without one nothing."""
        for budget, state in self._left:
            budget.go_back_to(state)


def _named(call: Call) -> str:
    place = call.address
    names = [name for name in (place.bucket, place.key) if name] if place is not None else []
    text = "/".join(names)
    where = f" {shortened(text if text.isprintable() else repr(text)[1:-1], NAME_WIDTH)}" if text else ""
    part = call.query.get("partNumber")
    return f"{call.operation}{where}{f' part {part}' if part else ''}"


def _tells_of(error: BaseException, mine: BaseException) -> bool:
    """Whether an exception is that one, follows from it as its repetition, or is a group that holds it."""
    if error is mine or getattr(error, "is_repeated", False):
        return True
    inside: Any = getattr(error, "exceptions", ())
    return isinstance(inside, (tuple, list)) and any(_tells_of(each, mine) for each in inside)
