"""The keywords of `FakeCOS.inject_events` and `deliver_events`, and what is said of those that do not fit."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from fakecos.facts.event_types import BY_NAME, NAMES, PREFIX
from fakecos.facts.exceptions import UsageError
from fakecos.notifications.delivery import EventFault, Which
from fakecos.usage import did_you_mean

if TYPE_CHECKING:
    from fakecos.notifications.delivery import Held

EVERY = "*"
ORDERS = ("sent", "reversed", "shuffled")


def fault_of(given: dict[str, Any]) -> EventFault:
    """Return what the keywords of `inject_events` say. UsageError: as it says."""
    written = _written(given)
    copies, delay, hold = given["copies"], given["delay"], given["hold"]
    set_ = [name for name, is_set in (("copies", copies != 1), ("delay", delay is not None), ("hold", hold)) if is_set]
    if len(set_) != 1:
        has = f"has {' and '.join(f'{name}=' for name in set_)}" if set_ else "has none of them"
        _refuse(written, f"give one of copies=2, delay=60 and hold=True; this {has}")
    if type(copies) is not int or not (copies > 1 or set_ != ["copies"]):
        _refuse(written, f"copies={copies!r} is how often an event arrives: 2 or more")
    if delay is not None and (type(delay) not in {int, float} or not 0 < delay < math.inf):
        _refuse(written, f"delay={delay!r} is not a number of seconds, more than 0")
    if not isinstance(hold, bool):
        _refuse(written, f"hold={hold!r} is not True or False")
    times = given["times"]
    if times is not None and (type(times) is not int or times < 1):
        _refuse(written, f"times={times!r} is a number from 1 up, or None for every one")
    for name in ("bucket", "prefix", "suffix"):
        if not isinstance(given[name], str) and not (name == "bucket" and given[name] is None):
            _refuse(written, f"{name}={given[name]!r} is not text")
    which = Which(_types(given["event"], written), given["bucket"], given["prefix"], given["suffix"])
    return EventFault(which, times, copies, None if delay is None else dt.timedelta(seconds=delay), written, hold=hold)


def _types(event: object, written: str) -> tuple[str, ...]:
    """Return the types of events that are named, "*" for all."""
    names = [event] if isinstance(event, str) else event
    if not isinstance(names, Collection) or not names or not all(isinstance(name, str) for name in names):
        _refuse(written, 'the event is a name such as "s3:ObjectCreated:*", several of them, or "*"')
        raise AssertionError
    found: list[str] = []
    for name in names:
        if name == EVERY:
            found += (PREFIX + each for each in BY_NAME)
        elif name in NAMES:
            found.append(name)
        else:
            full = name if name.startswith(PREFIX) else PREFIX + name
            near = f"; did you mean {full}?" if full in NAMES else did_you_mean(full, sorted(NAMES))
            _refuse(written, f"S3 has no event {name!r}{near or '. They begin with s3:, as in s3:ObjectCreated:Put'}")
    return tuple(found)


def arranged(held: Sequence[Held], order: object, seed: int | str | None) -> list[Held]:
    """Return what is held in an order. UsageError: as `FakeCOS.deliver_events` says."""
    if order == "sent":
        return list(held)
    if order == "reversed":
        return list(reversed(held))
    if order == "shuffled":
        found = list(held)
        random.Random(seed).shuffle(found)  # noqa: S311  no secret
        return found
    if isinstance(order, str) or not isinstance(order, Sequence):
        near = did_you_mean(order, ORDERS)
        orders = ", ".join(map(repr, ORDERS))
        message = f"deliver_events(order={order!r}): an order is {orders}, or a list of places{near or '.'}"
        raise UsageError(message)
    if sorted(order, key=repr) != sorted(range(len(held)), key=repr):
        texts = "; ".join(f"{place}: {each.text}" for place, each in enumerate(held))
        message = (
            f"deliver_events(order={list(order)!r}): {len(held)} events are held, so that is each of "
            f"{list(range(len(held)))}, once. {texts}"
        )
        raise UsageError(message)
    return [held[place] for place in order]


def _written(given: dict[str, Any]) -> str:
    defaults = {"event": EVERY, "bucket": None, "prefix": "", "suffix": "", "times": 1, "copies": 1, "delay": None}
    defaults["hold"] = False
    named = [
        repr(value) if name == "event" else f"{name}={value!r}"
        for name, value in given.items()
        if name not in defaults or value != defaults[name]
    ]
    return f"inject_events({', '.join(named)})"


def _refuse(written: str, why: str) -> None:
    message = f"{written}: {why}{'' if why.endswith(('.', '?')) else '.'}"
    raise UsageError(message)
