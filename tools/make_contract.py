"""Make fakecos/contract/measured.json: what each promise of the contract costs and needs. `--check`: compare only."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fakecos.contract import promises
from fakecos.contract.fake_service import FakeService
from fakecos.contract.given import AWS, IBM
from fakecos.contract.instances import instances_of, is_by_hand
from fakecos.contract.measured import FILE, as_json, measured


def made() -> str:
    """Return the text of the file, by asking the fake for each promise."""
    import boto3

    session = boto3.session.Session()
    rows = {}
    for promise in promises():
        runs = []
        for instance in instances_of(promise):
            fake = FakeService(session, verifies=is_by_hand(promise))
            fake.run(instance, IBM if instance.values.get("dialect") == IBM else AWS)
            runs.append((instance, fake.recorder.exchanges))
        rows[promise.id] = measured(promise, runs)
    return as_json(rows)


def main() -> None:
    """Write the file, or say that it is not what it should be."""
    text = made()
    if "--check" not in sys.argv:
        FILE.write_text(text, encoding="utf-8")
    elif FILE.read_text(encoding="utf-8") != text:
        sys.exit("fakecos/contract/measured.json is out of date: python tools/make_contract.py")


if __name__ == "__main__":
    main()
