"""Recorded answers of a service, compared with what the fake answers now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from fakecos.contract.catalogue import promises
from fakecos.contract.fake_service import FakeService
from fakecos.contract.given import AWS
from fakecos.contract.instances import instances_of, is_by_hand
from fakecos.contract.recorded_answers import ABOUT, compared, rows
from fakecos.facts.services import aws, ibm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fakecos.comparison.differences import Difference

IMITATED = (*aws.HOSTS.domains, *ibm.HOSTS.domains)
"""Hosts of the services that fakecos is to answer like; of others it is only told how far they differ."""


class Compared(NamedTuple):
    """One recorded case: `why` it could not be compared, "" if it was; and where the fake differs."""

    id: str
    why: str
    differences: list[Difference]


def about(folder: Path) -> dict[str, str]:
    """Return who answered, and when. OSError, ValueError: the folder has no such file."""
    found: dict[str, str] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    return found


def is_imitated(service: dict[str, str]) -> bool:
    """Whether fakecos is to answer as this service does."""
    return f".{service['service'].partition(':')[0]}".endswith(IMITATED)


def compare(folder: Path) -> Iterator[Compared]:
    """Yield each recorded case of a folder, asked again of the fake."""
    service = about(folder)
    known = {instance.id: instance for promise in promises() for instance in instances_of(promise)}
    for row in rows(folder):
        instance = known.get(row["id"])
        if instance is None:
            yield Compared(row["id"], "there is no such promise any more", [])
            continue
        day = instance.promise.as_of
        if day is not None and service.get("date", day.isoformat()) < day.isoformat():
            yield Compared(row["id"], f"S3 does so since {day}, and this was answered before", [])
            continue
        fake = FakeService(service.get("scheme", "https"), verifies=is_by_hand(instance.promise))
        try:
            fake.run(instance, service.get("dialect", AWS))
        except Exception as error:
            if not isinstance(error, AssertionError) and not hasattr(error, "response"):
                raise
            # what it was answered until then is compared
        yield Compared(row["id"], "", compared(row, fake.recorder.ordered()))
