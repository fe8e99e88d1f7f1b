"""What a program missed: operations that fakecos does not have, and buckets that were not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.service.journal import REFUSAL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from fakecos.service.journal import Journal

NO_BUCKET = "NoSuchBucket"
HINTS = 5


def what_was_missing(
    journal: Journal, made: Collection[str] = (), advice: str = "--bucket {} creates it first"
) -> list[str]:
    """Return a line for each; `made`: buckets that were there before all, `advice`: how one is made that is missing."""
    missing = [f"{name} was answered 501: fakecos does not have it" for name in sorted(_missing(journal.counts))]
    missing += [
        f"there was no bucket {name}: {advice.format(name)}" for name in _missing_buckets(journal) if name not in made
    ][:HINTS]
    return missing


def _missing_buckets(journal: Journal) -> list[str]:
    """Return the buckets that no request found, as far as the journal remembers."""
    missing: dict[str | None, None] = {request.bucket: None for request in journal if request.error == NO_BUCKET}
    for request in journal:
        if request.status and request.status < REFUSAL:
            missing.pop(request.bucket, None)
    return [name for name in missing if name is not None]


def _missing(names: Iterable[str]) -> set[str]:
    from fakecos.operations.registry import operations
    from fakecos.wire.operation_names import UNROUTED

    return set(names) - set(operations()) - {UNROUTED}
