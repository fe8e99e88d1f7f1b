"""What a verification found, as JSON: dated and versioned, and without credentials, account ids and host ids.

`verification.schema.json` beside this file says its form.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fakecos.contract.measured import cost_of
from fakecos.contract.results import kept
from fakecos.facts.services.aws import GLOBAL_ENDPOINT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fakecos.contract.results import Result

FORMAT = 1
"""Changes when a reader of the form before could not read it."""
SCHEMA = Path(__file__).with_name("verification.schema.json")
SHORTEST_SECRET = 6
_ACCOUNT = re.compile(r"(?<![0-9a-zA-Z])\d{12}(?![0-9a-zA-Z])")
_CANONICAL = re.compile(r"(?<!SHA-256 )(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_KEY = re.compile(r"(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{8,}")


def document(results: Sequence[Result], about: Mapping[str, str], secrets: Iterable[str] = ()) -> Any:
    """Return the document. `about`: of whom and when; `secrets`: texts that must not be in it."""
    return scrubbed(
        {
            "format": FORMAT,
            **about,
            "outcomes": kept(results),
            "areas": {area: kept(found) for area, found in _by_area(results)},
            "promises": [_of_one(result) for result in results],
        },
        secrets,
    )


def host_of(endpoint_url: str | None) -> str:
    """Return the address without what stands before an `@` in it."""
    if endpoint_url is None:
        return GLOBAL_ENDPOINT
    url = urlsplit(endpoint_url)
    return url.hostname or "" if url.port is None else f"{url.hostname}:{url.port}"


def scrubbed(value: Any, secrets: Iterable[str] = ()) -> Any:
    """Return a value without ids of accounts, canonical ids and access keys, wherever they stand in a text."""
    words = [word for word in secrets if len(word) >= SHORTEST_SECRET]
    return _scrubbed(value, re.compile("|".join(map(re.escape, words))) if words else None)


def _scrubbed(value: Any, secrets: re.Pattern[str] | None) -> Any:
    if isinstance(value, str):
        text = value if secrets is None else secrets.sub("(secret)", value)
        return _KEY.sub("(access key)", _CANONICAL.sub("(canonical id)", _ACCOUNT.sub("(account)", text)))
    if isinstance(value, dict):
        return {name: _scrubbed(item, secrets) for name, item in value.items()}
    return [_scrubbed(item, secrets) for item in value] if isinstance(value, (list, tuple)) else value


def _by_area(results: Iterable[Result]) -> Iterable[tuple[str, list[Result]]]:
    areas: dict[str, list[Result]] = {}
    for result in results:
        areas.setdefault(result.instance.promise.area, []).append(result)
    return areas.items()


def _of_one(result: Result) -> dict[str, Any]:
    promise = result.instance.promise
    return {
        "id": result.instance.id,
        "area": promise.area,
        "title": promise.title,
        "source": promise.source,
        "sure": promise.sure,
        "operation": cost_of(promise).operation,
        "as_of": None if promise.as_of is None else promise.as_of.isoformat(),
        "outcome": result.outcome,
        "why": result.why,
        "differences": [difference._asdict() for difference in result.differences],
    }
