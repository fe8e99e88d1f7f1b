"""Answers that a service gave, kept as facts: written by `fakecos verify --record DIR`, and compared with the fake's.

A folder has `about.json` (service, day, who asked) and a file for each area. Each line of it is one case of a promise:
its id, and its requests in their order with the answers, normalised: no ids, times, owners, accounts, and no bodies of
objects but their size and SHA-256.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fakecos.comparison.differences import differences_of, shown
from fakecos.comparison.normalised import Answer, Normaliser
from fakecos.contract.results import NOT_RUN
from fakecos.contract.verification_json import scrubbed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from fakecos.comparison.differences import Difference
    from fakecos.comparison.exchange import Exchange
    from fakecos.contract.results import Result

ABOUT = "about.json"
Row = dict[str, Any]


def write(folder: Path, about: Mapping[str, str], results: Sequence[Result], secrets: Sequence[str] = ()) -> int:
    """Write what the service answered, and return how many cases. OSError: the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ABOUT).write_text(json.dumps(dict(about), indent=2) + "\n", encoding="utf-8")
    areas: dict[str, list[str]] = {}
    for result in results:
        if result.outcome != NOT_RUN:
            areas.setdefault(result.instance.promise.area, []).append(
                json.dumps(scrubbed(row_of(result), secrets), ensure_ascii=False)
            )
    for area, lines in areas.items():
        (folder / f"{area}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return sum(map(len, areas.values()))


def row_of(result: Result) -> Row:
    """Return what is kept of one case."""
    normaliser = Normaliser()
    return {"id": result.instance.id, "exchanges": [_kept(made, normaliser) for made in result.there]}


def _kept(made: Exchange, normaliser: Normaliser) -> Row:
    params = normaliser.asked(json.loads(json.dumps(made.params, default=str)))
    answer = normaliser.answer(made)
    request = {"operation": made.operation, "params": params}
    return dict(scrubbed({**request, "status": answer.status, "code": answer.code, **_parts(answer)}))


def _parts(answer: Answer) -> Row:
    return {"headers": answer.headers, "document": answer.document, "data": shown(answer.data) if answer.data else ""}


def rows(folder: Path) -> Iterator[Row]:
    """Yield the cases of a folder."""
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def compared(row: Row, exchanges: Sequence[Exchange]) -> list[Difference]:
    """Return where the fake's answers differ from those that are kept of a case."""
    normaliser = Normaliser()
    ours = [(made.operation, normaliser.answer(made)) for made in exchanges]
    here = [(operation, _answer(scrubbed(_row_parts(answer)))) for operation, answer in ours]
    there = [(kept["operation"], _answer(kept)) for kept in row["exchanges"]]
    return differences_of(here, there)


def _row_parts(answer: Answer) -> Row:
    parts: Row = json.loads(json.dumps({"status": answer.status, "code": answer.code, **_parts(answer)}))
    return parts


def _answer(kept: Row) -> Answer:
    document = None if kept["document"] is None else _tree(kept["document"])
    return Answer(kept["status"], kept["code"], dict(kept["headers"]), document, kept["data"].encode())


def _tree(value: Any) -> Any:
    name, text, children = value
    return name, text, tuple(map(_tree, children))
