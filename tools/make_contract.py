"""Make fakecos/contract/measured.json: what each promise of the contract costs and needs. `--check`: compare only."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from fakecos.contract import promises
from fakecos.contract.fake_service import FakeService
from fakecos.contract.given import AWS, IBM
from fakecos.contract.instances import instances_of, is_by_hand
from fakecos.contract.measured import FILE, as_json, measured

if TYPE_CHECKING:
    from fakecos.contract import Promise
    from fakecos.contract.measured import Cost


def made() -> str:
    """Return the text of the file, by asking the fake for each promise."""
    return as_json({promise.id: row_of(promise) for promise in promises()})


def row_of(promise: Promise) -> Cost:
    """Return what a promise costs and needs, by asking the fake for all of its cases."""
    runs = []
    waited = 0.0
    for instance in instances_of(promise):
        fake = FakeService(verifies=is_by_hand(promise))
        fake.run(instance, IBM if instance.values.get("dialect") == IBM else AWS)
        runs.append((instance, fake.recorder.exchanges))
        waited += fake.waited
    return measured(promise, runs, waited)


def main() -> None:
    """Write the file, or say that it is not what it should be."""
    text = made()
    if "--check" not in sys.argv:
        FILE.write_text(text, encoding="utf-8")
    elif FILE.read_text(encoding="utf-8") != text:
        sys.exit("fakecos/contract/measured.json is out of date: python tools/make_contract.py")


if __name__ == "__main__":
    main()
