"""The service models as data: which operations there are, and where each of their members stands on the wire.

`aws.json` and `ibm.json` are made from the service models of botocore and ibm_botocore by
`tools/make_wire_tables.py`; each names the version it was made from. In a table

- an operation has `method`, `level` (service, bucket, object), the query names with fixed values that mark it
  (`static`), the `query` names and `header`s without which a request is not this operation, its `status` if
  that is not 200, the `root` of its body if its members are the body, and its `input` and `output` shapes;
- a structure has `members` (`[shape, place, wire name]`; only `[shape]` when the member is an element of the
  body with its own name), the `required` ones, and the `payload` member that is the whole body;
- a list is `flat` (items one after the other, each under the list's name) or a `list` of `item` elements;
- `foreign` are the routes of operations that only the other service has: they are recognised by name, so that
  a request for one is refused and not taken for the plain request without its sub-resource (IBM's own answer
  to them is unknown, ibm-cos 10: refused, as assumed).

Shapes that are only compiled when used hang on the table: `requests` and `answers`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fakecos.facts import checksums
from fakecos.wire import model_overrides

SERVICE = "service"
BUCKET = "bucket"
OBJECT = "object"


class Table:
    """One service model. `requests`, `answers` and `routes` fill up as operations are used for the first time."""

    __slots__ = ("answers", "foreign", "operations", "package", "requests", "routes", "shapes", "version")

    def __init__(self, data: dict[str, Any]) -> None:
        self.package: str = data["package"]
        self.version: str = data["version"]
        self.operations: dict[str, Any] = data["operations"]
        self.shapes: dict[str, Any] = data["shapes"]
        self.foreign: dict[str, Any] = data.get("foreign", {})
        self.requests: dict[str, Any] = {}
        self.answers: dict[str, Any] = {}
        self.routes: dict[Any, Any] | None = None

    def members(self, shape: str) -> dict[str, tuple[str, str, Any]]:
        """Return a structure's members in the model's order as name -> (shape, place, wire name)."""
        return {
            name: (member[0], member[1], member[2]) if len(member) > 1 else (member[0], "body", name)
            for name, member in self.shapes[shape]["members"].items()
        }

    def __repr__(self) -> str:
        return f"<Table of {self.package} {self.version}>"


loaded: dict[str, Table] = {}
"""The tables that were read, by name."""


def load(name: str) -> Table:
    """Return the table `aws` or `ibm`, read on the first call. Raises FileNotFoundError for another name."""
    table = loaded.get(name)
    if table is None:
        text = Path(__file__).with_name(f"{name}.json").read_bytes()
        table = Table(json.loads(text))
        for shape, members in model_overrides.FURTHER_MEMBERS.get(name, {}).items():
            table.shapes[shape]["members"].update(members)
        for shape, names in model_overrides.UNTOLD_MEMBERS.get(name, {}).items():
            for member in names:
                del table.shapes[shape]["members"][member]
        table.shapes.update(model_overrides.FURTHER_SHAPES)
        for shape in table.shapes.values():
            if "members" in shape:
                _add_checksums(shape["members"])
        table = loaded.setdefault(name, table)
    return table


def _add_checksums(members: dict[str, list[Any]]) -> None:
    """Give a structure that has a checksum the others too, in the same place: models lack some (ibm-cos 2.2)."""
    one = members.get(checksums.CRC32.member)
    if one is None:
        return
    for algorithm in checksums.ALGORITHMS.values():
        # A header's place is its name; an element has the name of its member.
        place = [*one[:-1], algorithm.header] if one[-1] == checksums.CRC32.header else one
        members.setdefault(algorithm.member, place)
