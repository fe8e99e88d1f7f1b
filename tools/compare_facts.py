"""Compare recorded answers of services, docs/facts/recorded/, with what fakecos answers: `nox -s facts` runs this.

`python tools/compare_facts.py [FOLDER]...`: these folders instead. The exit code is 1 if fakecos differs from a service
that it imitates, or if a recorded promise is gone; how far other services differ is only told.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fakecos.contract.compared_facts import about, compare, is_imitated

RECORDED = Path(__file__).parent.parent / "docs" / "facts" / "recorded"
SHOWN = 3


def main(words: list[str]) -> int:
    """Compare each folder, and return the exit code."""
    folders = [Path(word) for word in words] or sorted(path for path in RECORDED.glob("*") if path.is_dir())
    if not folders:
        print("nothing is recorded yet: fakecos verify --record docs/facts/recorded/NAME writes what a service answers")
    return max([compare_folder(folder) for folder in folders], default=0)


def compare_folder(folder: Path) -> int:
    """Compare a folder, and return 1 if that matters."""
    service = about(folder)
    found = list(compare(folder))
    gone = [each for each in found if each.why]
    differing = [each for each in found if each.differences]
    print(f"{folder.name} ({service['service']}, {service['date']}): {len(found):,} cases, {len(differing):,} differ")
    for each in gone:
        print(f"  {each.id}: {each.why}")
    if is_imitated(service):
        for each in differing:
            print(f"  {each.id}", *map(str, each.differences[:SHOWN]), sep="\n    ")
    return int(bool(gone) or (is_imitated(service) and bool(differing)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
