"""Make the tables fakecos/wire/aws.json and ibm.json from the service models of botocore and ibm_botocore.

Run `python tools/make_wire_tables.py` with both packages installed; `--check` writes nothing and fails if a
file would change. `fakecos.wire.service_model` describes what stands in a table.
"""

from __future__ import annotations

import gzip
import importlib
import json
import sys
from pathlib import Path
from typing import Any

WIRE = Path(__file__).resolve().parent.parent / "fakecos" / "wire"
PACKAGES = {"aws": "botocore", "ibm": "ibm_botocore"}
SCALARS = {"string", "integer", "long", "boolean", "timestamp", "blob", "map"}
LOCATIONS = {"uri": "uri", "querystring": "query", "header": "header", "headers": "headers"}
HEADER_STAMP = "rfc822"
BODY_STAMP = "iso8601"

# Members whose place on the wire the model leaves out: IBM's CopyObject names no location for the redirect
# (its client raises KeyError, ibm-cos 6.5); the header is the one of every other operation that has it.
MISPLACED = {("CopyObjectRequest", "WebsiteRedirectLocation"): ["string", "header", "x-amz-website-redirect-location"]}


def read_model(package: str) -> dict[str, Any]:
    """Return the S3 service model that an installed package ships. Raises ImportError."""
    folder = Path(str(importlib.import_module(package).__file__)).parent / "data" / "s3" / "2006-03-01"
    packed = folder / "service-2.json.gz"
    text = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / "service-2.json").read_bytes()
    model: dict[str, Any] = json.loads(text)
    extras = folder / "service-2.sdk-extras.json"
    if extras.exists():
        for name, extra in json.loads(extras.read_text())["merge"]["shapes"].items():
            model["shapes"][name].update(extra)
    return model


class Compactor:
    """Turns one service model into a table without its documentation, enums, errors and unused shapes."""

    def __init__(self, model: dict[str, Any]) -> None:
        self.model = model
        self.shapes: dict[str, Any] = {}

    def operations(self) -> dict[str, Any]:
        """Return the operations; fills `shapes` with what they reach."""
        return {name: self.operation(name, spec) for name, spec in sorted(self.model["operations"].items())}

    def operation(self, name: str, spec: dict[str, Any]) -> dict[str, Any]:
        """Return one operation: method, level, what its route asks for, status and shapes."""
        path, _, query = spec["http"]["requestUri"].partition("?")
        static, labels = self.static_query(query)
        level = "object" if "{Key+}" in path else "bucket" if "{Bucket}" in path or name in path else "service"
        compact: dict[str, Any] = {"method": spec["http"]["method"], "level": level}
        if static:
            compact["static"] = static
        if "responseCode" in spec["http"]:
            compact["status"] = spec["http"]["responseCode"]
        if "input" in spec:
            compact["input"] = self.shape(spec["input"]["shape"])
            self.place_labels(compact["input"], labels)
            if "locationName" in spec["input"]:
                compact["root"] = spec["input"]["locationName"]
            compact.update(self.demands(compact["input"], labels))
        if "output" in spec:
            compact["output"] = self.shape(spec["output"]["shape"])
        return compact

    @staticmethod
    def static_query(query: str) -> tuple[dict[str, str], dict[str, str]]:
        """Split a request URI's query into fixed names with values and labels (`add={Id}`)."""
        static: dict[str, str] = {}
        labels: dict[str, str] = {}
        for pair in filter(None, query.split("&")):
            name, _, value = pair.partition("=")
            if value.startswith("{"):
                labels[value.strip("{}")] = name
            else:
                static[name] = value
        return static, labels

    def place_labels(self, shape: str, labels: dict[str, str]) -> None:
        """Make a member that the model writes into the query of the URI an ordinary query member.

        Two operations may share a shape and differ in the name (`add=`, `remove=`): both names then lead to
        the member, as a list.
        """
        for label, name in labels.items():
            member = self.shapes[shape]["members"][label]
            names = member[2] if member[1] == "query" else []
            self.shapes[shape]["members"][label] = ["string", "query", sorted({*names, name})]

    def demands(self, shape: str, labels: dict[str, str]) -> dict[str, list[str]]:
        """Return the query names and headers that a request must have to be this operation."""
        spec = self.shapes[shape]
        found: dict[str, list[str]] = {}
        for kind in ("query", "header"):
            names = [
                member[2]
                for name, member in spec["members"].items()
                if name in spec.get("required", ()) and member[1:2] == [kind] and isinstance(member[2], str)
            ]
            if kind == "query":
                names += labels.values()
            if names:
                found[kind] = sorted(names)
        return found

    def shape(self, name: str, *, flat: bool = False) -> str:
        """Add a structure or list to the table and return its name; scalars are named by their type."""
        spec = self.model["shapes"][name]
        if spec["type"] in SCALARS:
            return str(spec["type"])
        if spec.get("eventstream"):
            return "events"
        key = f"{name}.flat" if flat else name
        if key not in self.shapes:
            self.shapes[key] = {}
            self.shapes[key].update(self.a_list(spec, flat=flat) if spec["type"] == "list" else self.structure(name))
        return key

    def a_list(self, spec: dict[str, Any], *, flat: bool) -> dict[str, Any]:
        """Return a list: the shape of an item and, if wrapped, its element's name."""
        item = self.shape(spec["member"]["shape"])
        if flat or spec.get("flattened"):
            return {"flat": item}
        return {"list": item, "item": spec["member"].get("locationName", "member")}

    def structure(self, name: str) -> dict[str, Any]:
        """Return a structure: members, required ones, and the one that is the body."""
        spec = self.model["shapes"][name]
        compact: dict[str, Any] = {"members": {}}
        for member, reference in spec["members"].items():
            misplaced = None if "location" in reference else MISPLACED.get((name, member))
            compact["members"][member] = misplaced or self.member(member, reference)
        for trait in ("required", "payload"):
            if trait in spec:
                compact[trait] = spec[trait]
        return compact

    def member(self, name: str, reference: dict[str, Any]) -> list[Any]:
        """Return `[shape, place, wire name]`, shortened from the right where it says nothing new."""
        target = self.model["shapes"][reference["shape"]]
        shape = self.shape(reference["shape"], flat=bool(reference.get("flattened")))
        wire = reference.get("locationName", target.get("locationName", name))
        if target["type"] == "list" and self.shapes[shape].get("flat"):
            wire = target["member"].get("locationName", wire)
        place = LOCATIONS.get(reference.get("location", ""), "body")
        if reference.get("xmlAttribute"):
            place = "attribute"
        if reference.get("streaming"):
            shape = "stream"
        if shape == "timestamp":
            usual = BODY_STAMP if place in {"body", "query"} else HEADER_STAMP
            stamp = reference.get("timestampFormat", target.get("timestampFormat", usual))
            shape = shape if stamp == usual else f"timestamp {stamp}"
        return [shape] if place == "body" and wire == name else [shape, place, wire]


def compact(package: str) -> dict[str, Any]:
    """Return the table of one package."""
    compactor = Compactor(read_model(package))
    operations = compactor.operations()
    version = str(importlib.import_module(package).__version__)
    return {
        "package": package,
        "version": version,
        "operations": operations,
        "shapes": dict(sorted(compactor.shapes.items())),
    }


def foreign(own: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return the routes of operations that only the other model has and that a sub-resource marks."""
    route = ("method", "level", "static", "query", "header")
    return {
        name: {part: spec[part] for part in route if part in spec}
        for name, spec in other["operations"].items()
        if name not in own["operations"] and "static" in spec
    }


def tables() -> dict[str, str]:
    """Return the text of every table by its name. Raises ImportError if a package is not installed."""
    made = {name: compact(package) for name, package in PACKAGES.items()}
    made["ibm"]["foreign"] = foreign(made["ibm"], made["aws"])
    return {name: render(table) for name, table in made.items()}


def render(table: dict[str, Any]) -> str:
    """Return JSON with one operation or shape a line, so that a difference can be read."""
    lines = []
    for key, value in table.items():
        if isinstance(value, dict):
            rows = ",\n".join(
                f"{json.dumps(name)}:{json.dumps(row, separators=(',', ':'))}" for name, row in value.items()
            )
            lines.append(f"{json.dumps(key)}:{{\n{rows}\n}}")
        else:
            lines.append(f"{json.dumps(key)}:{json.dumps(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> int:
    """Write the tables, or with `--check` compare them. Returns the exit code."""
    changed = 0
    for name, text in tables().items():
        path = WIRE / f"{name}.json"
        if path.exists() and path.read_text() == text:
            continue
        changed += 1
        print(f"{path.name} differs" if "--check" in sys.argv else f"{path.name}: {len(text)} characters")
        if "--check" not in sys.argv:
            path.write_text(text)
    return 1 if changed and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
