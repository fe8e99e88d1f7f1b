"""What a verification found, as JSON: dated and versioned, and without credentials, account ids and host ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fakecos.contract.results import kept
from fakecos.facts.services.aws import GLOBAL_ENDPOINT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fakecos.contract.results import Result

VERSION = 1
_ACCOUNT = re.compile(r"(?<![0-9a-zA-Z])\d{12}(?![0-9a-zA-Z])")
_CANONICAL = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_KEY = re.compile(r"(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{8,}")


def document(results: Sequence[Result], *, endpoint_url: str | None, dialect: str, date: str, made_by: str) -> Any:
    """Return the document: `date` is that of the run, `made_by` the version of fakecos."""
    return scrubbed(
        {
            "version": VERSION,
            "made_by": made_by,
            "date": date,
            "service": host_of(endpoint_url),
            "dialect": dialect,
            "outcomes": kept(results),
            "areas": {area: kept(found) for area, found in _by_area(results)},
            "promises": [_of_one(result) for result in results],
        }
    )


def host_of(endpoint_url: str | None) -> str:
    """Return the address without what stands before an `@` in it."""
    if endpoint_url is None:
        return GLOBAL_ENDPOINT
    url = urlsplit(endpoint_url)
    return url.hostname or "" if url.port is None else f"{url.hostname}:{url.port}"


def scrubbed(value: Any) -> Any:
    """Return a value without ids of accounts, canonical ids and access keys, wherever they stand in a text."""
    if isinstance(value, str):
        return _KEY.sub("(access key)", _CANONICAL.sub("(canonical id)", _ACCOUNT.sub("(account)", value)))
    if isinstance(value, dict):
        return {name: scrubbed(item) for name, item in value.items()}
    return [scrubbed(item) for item in value] if isinstance(value, (list, tuple)) else value


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
        "outcome": result.outcome,
        "why": result.why,
        "differences": [difference._asdict() for difference in result.differences],
    }
