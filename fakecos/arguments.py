"""What the keywords of FakeCOS take. UsageError: another value, with what to write instead."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fakecos.facts.exceptions import UsageError
from fakecos.facts.limits import Limits
from fakecos.facts.services import dialects
from fakecos.usage import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

API_KEY = "ibm_api_key_id"
OF_CLIENTS = frozenset({"aws_access_key_id", "aws_secret_access_key", "aws_session_token"})
"""Of clients: as names of access keys they are mistakes."""


_OTHER_NAMES = {"s3": "aws", "amazon": "aws", "cos": "ibm", "ibm-cos": "ibm", "ibm_cos": "ibm", "ibmcos": "ibm"}
"""What people call the services."""


def require_types(given: Mapping[str, object]) -> None:
    """Refuse what the keywords of FakeCOS do not take, but for those that are read below."""
    dialect, limits, id_seed = given["dialect"], given["limits"], given["id_seed"]
    for name in ("strict_tls", "sleep_between_retries", "share_models", "keep_environment"):
        if not isinstance(given[name], bool):  # any text would be true
            message = f"FakeCOS({name}={given[name]!r}): it is True or False."
            raise UsageError(message)
    if dialect is not None and dialect not in tuple(dialects.BY_NAME):
        names = ", ".join(f'"{name}"' for name in dialects.BY_NAME)
        near = _OTHER_NAMES.get(str(dialect).lower(), "")
        meant = f'; did you mean "{near}"?' if near else did_you_mean(dialect, dialects.BY_NAME) or "."
        message = f"FakeCOS(dialect={dialect!r}): there are {names}, and None for as each request shows{meant}"
        raise UsageError(message)
    if limits is not None and not isinstance(limits, Limits):
        message = f"FakeCOS(limits={limits!r}): write it as limits=Limits(min_part_size=1)."
        raise UsageError(message)
    if id_seed is not None and not isinstance(id_seed, (int, str)):
        message = f"FakeCOS(id_seed={id_seed!r}): a seed is a whole number, or text."
        raise UsageError(message)


def day_of(as_of: object) -> dt.date | None:
    """Return the day of `as_of`, None for the newest facts; of a date with a time its day."""
    if as_of is None:
        return None
    if isinstance(as_of, dt.datetime):
        return as_of.date()
    if isinstance(as_of, dt.date):
        return as_of
    if isinstance(as_of, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", as_of, re.ASCII):
        with suppress(ValueError):  # no such day
            return dt.date.fromisoformat(as_of)
    message = (
        f'FakeCOS(as_of={as_of!r}): write the day whose S3 is meant as "2026-03-31", or as a datetime.date; None is '
        "the newest that this version knows."
    )
    raise UsageError(message)


def credentials_of(given: object) -> tuple[dict[str, str] | None, frozenset[str] | None]:
    """Return the secrets by access key, and IBM's API keys: None where any is taken."""
    if given is None:
        return None, None
    pairs: dict[Any, Any] = dict(given) if isinstance(given, Mapping) else {}
    api_keys = pairs.pop(API_KEY, ())
    named = list(api_keys) if isinstance(api_keys, Collection) and not isinstance(api_keys, str) else [api_keys]
    texts = [*(text for pair in pairs.items() for text in pair), *named]
    if not texts or not all(isinstance(text, str) and text for text in texts) or not OF_CLIENTS.isdisjoint(pairs):
        message = (
            'FakeCOS(credentials=...): write secrets by access key, as in credentials={"AKIAEXAMPLE": "secret"}, and '
            f'API keys of IBM as "{API_KEY}": "a key", or several in a list.'
        )
        raise UsageError(message)
    return pairs or None, frozenset(named) or None


def names_of(passthrough: Iterable[str]) -> frozenset[str]:
    """Return names of services in lower case."""
    try:
        lowered = frozenset(map(str.lower, (passthrough,) if isinstance(passthrough, str) else passthrough))
    except TypeError:
        message = f'FakeCOS(passthrough={passthrough!r}): write names of services, as in passthrough=["sts"].'
        raise UsageError(message) from None
    if "s3" in lowered:
        message = "FakeCOS(passthrough=...) is for other services: S3 itself never leaves the process."
        raise UsageError(message)
    return lowered


def time_of(given: Mapping[str, object]) -> dt.timedelta:
    """Return the time of `advance`."""
    try:
        return dt.timedelta(**given)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        name, value = next((pair for pair in given.items() if not _is_number(pair[1])), ("days", given["days"]))
        message = f"cos.advance({name}={value!r}): a time is a number, as in cos.advance({name}=7)."
        raise UsageError(message) from None


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and abs(value) < float("inf")
