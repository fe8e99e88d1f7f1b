"""Make the tables of docs/explanation/what-does-my-store-do.md of what is kept in docs/facts/stores/.

    python tools/make_stores_page.py                    # the tables, of all that is kept
    python tools/make_stores_page.py --check            # compare only
    python tools/make_stores_page.py --keep FILE --store NAME --release VERSION --started COMMAND --seconds N

FILE is what `fakecos verify --json FILE` wrote. Of it are kept the outcomes of each promise, and no answers.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from fakecos.comparison.differences import REQUESTS
from fakecos.contract.results import DIFFERS, HOLDS, NOT_OFFERED, NOT_RUN, OUTCOMES, SAME

DOCS = Path(__file__).parent.parent / "docs"
STORES = DOCS / "facts" / "stores"
PAGE = DOCS / "explanation" / "what-does-my-store-do.md"
BEGIN, END = "<!-- Made by tools/make_stores_page.py: {} -->", "<!-- end -->"
NO_CASE = "-"
FREQUENT, LONGEST = 6, 60
Kept = dict[str, Any]


def kept_of(found: Kept, about: Kept) -> Kept:
    """Return what is kept of a document of `fakecos verify --json`."""
    promises: dict[str, Counter[str]] = {}
    for row in found["promises"]:
        promises.setdefault(row["id"].partition("[")[0], Counter())[row["outcome"]] += 1
    reasons = Counter(row["why"] for row in found["promises"] if row["outcome"] == NOT_RUN)
    return {
        **about,
        "date": found["date"],
        "made_by": found["made_by"],
        "dialect": found["dialect"],
        "outcomes": found["outcomes"],
        "not_run": dict(reasons.most_common()),
        "most_frequent": _most_frequent(found["promises"]),
        "promises": {name: _in_order(counts) for name, counts in promises.items()},
    }


def _most_frequent(rows: list[Kept]) -> list[tuple[str, int]]:
    """Return the differences that most cases have, whatever the operation, each with how many."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update({_said(each) for each in row.get("differences", ()) if each["kind"] != REQUESTS})
    return counts.most_common(FREQUENT)


def _said(difference: Kept) -> str:
    part = f"{difference['kind']} {difference['name']}".strip()
    here, there = (" ".join(difference[side].split())[:LONGEST] for side in ("here", "there"))
    return f"{part}: {here} here, {there} there"


def _in_order(counts: Counter[str]) -> dict[str, int]:
    return {outcome: counts[outcome] for outcome in OUTCOMES if counts[outcome]}


def as_json(kept: Kept) -> str:
    """Return the text of a kept file: a line for each promise."""
    rows = [f"  {json.dumps(name)}: {json.dumps(counts)}" for name, counts in kept["promises"].items()]
    head = [
        f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)},"
        for name, value in kept.items()
        if name != "promises"
    ]
    return "\n".join(["{", *head, ' "promises": {', ",\n".join(rows), " }", "}"]) + "\n"


def stores() -> list[Kept]:
    """Return what is kept, by the names of the stores."""
    found = [json.loads(file.read_text(encoding="utf-8")) for file in STORES.glob("*.json")]
    return sorted(found, key=lambda kept: str(kept["store"]).lower())


def areas_of(kept: Kept) -> dict[str, Counter[str]]:
    """Return how many cases of each area came to each outcome."""
    areas: dict[str, Counter[str]] = {}
    for name, counts in kept["promises"].items():
        areas.setdefault(name.partition(".")[0], Counter()).update(counts)
    return areas


def summary(found: list[Kept]) -> str:
    """Return the table of stores, with how often each outcome came."""
    rows = [
        "| store | day | promises | " + " | ".join(OUTCOMES) + " | it took |",
        "| --- | --- | ---: |" + " ---: |" * len(OUTCOMES) + " ---: |",
    ]
    for kept in found:
        counts = " | ".join(f"{kept['outcomes'][outcome]:,}" for outcome in OUTCOMES)
        minutes = max(1, round(kept["seconds"] / 60))
        name, count = f"{kept['store']} {kept['release']}", len(kept["promises"])
        rows.append(f"| {name} | {kept['date']} | {count:,} | {counts} | {minutes} min |")
    return "\n".join(rows)


def started(found: list[Kept]) -> str:
    """Return how each store was started."""
    return "\n".join(f"- {kept['store']} {kept['release']}: {kept['started']}" for kept in found)


def most_frequent(found: list[Kept]) -> str:
    """Return the differences that most cases of each store have."""
    return "\n".join(
        f"- {kept['store']}: " + "; ".join(f"`{said}` ({count:,})" for said, count in kept["most_frequent"])
        for kept in found
        if "most_frequent" in kept
    )


def by_area(found: list[Kept]) -> str:
    """Return the table of areas: of the cases that were asked, in how many the promise holds."""
    rows = ["| area | " + " | ".join(kept["store"] for kept in found) + " |", "| --- |" + " ---: |" * len(found)]
    every = [areas_of(kept) for kept in found]
    names = sorted({name for areas in every for name in areas})
    cells = [" | ".join(_cell(areas.get(name, Counter())) for areas in every) for name in names]
    return "\n".join([*rows, *(f"| {name} | {row} |" for name, row in zip(names, cells, strict=True))])


def _cell(counts: Counter[str]) -> str:
    kept = counts[SAME] + counts[HOLDS]
    asked = kept + counts[DIFFERS] + counts[NOT_OFFERED]
    if not asked:
        return NO_CASE
    return "not offered" if counts[NOT_OFFERED] == asked else f"{kept} of {asked}"


TABLES = {"summary": summary, "started": started, "frequent": most_frequent, "areas": by_area}


def made(text: str) -> str:
    """Return the text of the page with its tables made anew."""
    found = stores()
    for name, table in TABLES.items():
        begin = BEGIN.format(name)
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(END)
        text = f"{before}{begin}\n\n{table(found)}\n\n{END}{after}"
    return text


def main() -> None:
    """Keep what was found, and make the tables, or say that they are out of date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare only")
    parser.add_argument("--keep", metavar="FILE", help="what `fakecos verify --json FILE` wrote")
    for name in ("store", "release", "started"):
        parser.add_argument(f"--{name}", default="")
    parser.add_argument("--seconds", type=int, default=0)
    options = parser.parse_args()
    if options.keep:
        about = {name: getattr(options, name) for name in ("store", "release", "started", "seconds")}
        kept = kept_of(json.loads(Path(options.keep).read_text(encoding="utf-8")), about)
        STORES.mkdir(exist_ok=True)
        name = f"{options.store.lower().replace(' ', '-')}-{options.release}-{kept['date']}.json"
        (STORES / name).write_text(as_json(kept), encoding="utf-8")
    text = PAGE.read_text(encoding="utf-8")
    if not options.check:
        PAGE.write_text(made(text), encoding="utf-8")
    elif made(text) != text:
        sys.exit(f"{PAGE} is out of date: python tools/make_stores_page.py")


if __name__ == "__main__":
    main()
