"""Explore released libraries, and say what came of it: a table, and docs/explanation/explored-libraries.md.

python tools/explore_libraries.py [--write] [--twice] [--full] [LIBRARY | LIBRARY:ACT]...
python tools/explore_libraries.py --check

Libraries that are not installed are named and left out. Each act is explored alone, with a fake of its own. `--write`
keeps what is found in tests/explore/libraries/found.json, and makes the page from it: libraries that were explored in
another environment stay as they are there. `--check` says whether the page is what that file makes.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import importlib
import importlib.util
import json
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

ROOT = Path(__file__).parent.parent

if TYPE_CHECKING:
    from fakecos import Exploration
    from tests.explore.libraries.acts import Act

FOUND = ROOT / "tests/explore/libraries/found.json"
MODULES = (
    *("aioboto3_acts", "awswrangler_acts", "boto3_acts", "cloudpathlib_acts", "django_storages_acts"),
    *("ibm_boto3_acts", "pyarrow_acts", "s3fs_acts", "smart_open_acts"),
)


class Explored(NamedTuple):
    """What came of one act; `seconds` are those of all its runs."""

    act: Act
    found: Exploration
    seconds: float


def acts() -> list[Act]:
    """Return every act of every library, installed or not."""
    for name in MODULES:
        importlib.import_module(f"tests.explore.libraries.{name}")
    from tests.explore.libraries.acts import ACTS

    return ACTS


def is_installed(act: Act) -> bool:
    """Whether its library is there."""
    return importlib.util.find_spec(act.imports) is not None


def explore(act: Act) -> Explored:
    """Explore one act to the depth of one failure."""
    from fakecos import FakeCOS, Limits
    from tests.explore.libraries.acts import BUCKET, SERVED, Place

    cos = FakeCOS(limits=Limits(min_part_size=1), dialect=act.dialect)  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as folder:
        if act.way == SERVED:
            with cos.serve() as server:
                cos.create_bucket(BUCKET)
                return timed(act, cos, act.build(Place(cos, Path(folder), server.endpoint_url)))
        with cos:
            cos.create_bucket(BUCKET)
            return timed(act, cos, act.build(Place(cos, Path(folder))))


def timed(act: Act, cos: Any, function: Any) -> Explored:
    """Explore a function, and take the time."""
    from tests.explore.libraries.acts import COROUTINE

    keywords = {"failures": act.failures, "raise_findings": False}
    began = time.monotonic()
    if act.way == COROUTINE:
        found = asyncio.run(cos.explore_async(function, **keywords))
    else:
        found = cos.explore(function, **keywords)
    return Explored(act, found, time.monotonic() - began)


def described(explored: Explored) -> list[str]:
    """Return one act as lines."""
    act, found = explored.act, explored.found
    each = f"{explored.seconds:.1f} s, {1000 * explored.seconds / max(found.runs, 1):.0f} ms a run"
    name = f"{act.library} {version(act.library)}: {act.text} ({act.name})"
    lines = [f"{name}: {len(found.sites)} sites, {found.runs} runs, {each}"]
    for before, several in (("", found.findings), ("note ", found.notes)):
        lines += [f"    {before}{one.kind} x{len(one.schedules)}: {one.schedule}: {one.text}" for one in several]
    lines += [f"    ({line})" for line in found.covered if not line.startswith("depth 1")]
    return lines


def signature(found: Exploration) -> tuple[list[Any], ...]:
    """Return what two explorations of the same act have in common."""
    return (
        sorted(found.sites),
        sorted((finding.kind, *sorted(finding.schedules)) for finding in (*found.findings, *found.notes)),
        sorted((run.schedule, run.ended, run.kinds) for run in found.results),
    )


def compared(one: Exploration, other: Exploration) -> list[str]:
    """Return how two explorations of the same act differ."""
    lines = []
    for first, second in zip(signature(one), signature(other), strict=True):
        lines += [f"    DIFFERS, only the first time: {item}" for item in first if item not in second]
        lines += [f"    DIFFERS, only the second time: {item}" for item in second if item not in first]
    return lines


# --- the page ---------------------------------------------------------------------------------------------


def row(explored: Explored) -> dict[str, Any]:
    """Return one act as the file keeps it."""
    act, found = explored.act, explored.found
    return {
        "library": act.library,
        "version": version(act.library),
        "with": with_client(act),
        "date": dt.datetime.now(dt.timezone.utc).date().isoformat(),
        "act": act.name,
        "text": act.text,
        "failures": act.failures,
        "sites": len(found.sites),
        "runs": found.runs,
        "findings": [
            {
                "kind": one.kind,
                "schedule": one.schedule,
                "runs": len(one.schedules),
                "failures": list(dict.fromkeys(written.partition("=")[2] for written in one.schedules)),
                "text": without_chance(one.text),
            }
            for one in found.findings
        ],
        "notes": sorted({one.kind for one in found.notes}),
    }


def with_client(act: Act) -> str:
    """Return by which client of S3 it speaks, as name and version; empty where that is the library itself."""
    if act.library in {"boto3", "pyarrow", "ibm-cos-sdk"}:
        return ""
    name = "aiobotocore" if act.library in {"s3fs", "aioboto3"} else "boto3"
    return f"{name} {version(name)}"


def without_chance(text: str) -> str:
    """Return a text without the names of temporary folders, and not longer than a cell of a table should be."""
    folder = tempfile.gettempdir()
    words = ["PATH" if folder in word else word for word in text.split()]
    short = " ".join(words)
    return short if len(short) <= 200 else f"{short[:200]}..."  # noqa: PLR2004 - a cell of a table


def keep(explored: list[Explored]) -> None:
    """Put acts into the file in the place of those of the same name."""
    rows = {(one["library"], one["act"]): one for one in (json.loads(FOUND.read_text()) if FOUND.exists() else [])}
    rows |= {(one.act.library, one.act.name): row(one) for one in explored}
    known = [(act.library, act.name) for act in acts()]
    kept = [rows[name] for name in known if name in rows]
    FOUND.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


def main() -> int:
    """Explore what is named, or all."""
    from tests.explore.libraries.page import PAGE, page

    parser = argparse.ArgumentParser(description="Explore released libraries.")
    parser.add_argument("names", nargs="*", help="libraries, or LIBRARY:ACT (all if none is named)")
    parser.add_argument("--twice", action="store_true", help="explore each act twice, and say what differs")
    parser.add_argument("--full", action="store_true", help="print the whole reports")
    parser.add_argument("--write", action="store_true", help="write what is found, and the page")
    parser.add_argument("--check", action="store_true", help="explore nothing; say whether the page is up to date")
    options = parser.parse_args()
    if options.check:
        is_right = PAGE.read_text() == page(json.loads(FOUND.read_text()))
        print(f"{PAGE.name} is {'' if is_right else 'not '}what {FOUND.name} makes")
        return 0 if is_right else 1
    names = set(options.names)
    chosen = [act for act in acts() if not names or {act.library, f"{act.library}:{act.name}"} & names]
    for library in sorted({act.library for act in chosen if not is_installed(act)}):
        print(f"{library}: not installed")
    done = []
    for act in filter(is_installed, chosen):
        done.append(explore(act))
        print(done[-1].found if options.full else "\n".join(described(done[-1])), flush=True)
        if options.twice:
            print("\n".join(compared(done[-1].found, explore(act).found)) or "    (twice the same)", flush=True)
    if options.write:
        keep(done)
        PAGE.write_text(page(json.loads(FOUND.read_text())))
    return 0


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]
    sys.exit(main())
