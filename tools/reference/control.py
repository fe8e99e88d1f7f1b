"""The page on the control door, and its OpenAPI document, both made of the door's own table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fakecos.serving.control import openapi
from fakecos.serving.control.door import LARGEST
from fakecos.serving.control.forms import TYPES
from fakecos.serving.control.refusals import CODES
from fakecos.serving.control.routes import ROUTES, document
from tools.reference.markdown import cell, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakecos.serving.control.table import Route

DOCUMENT = "control-openapi.json"
INTRODUCTION = f"""\
# The control door

What `cos.serve(control=True)` and `fakecos serve --control` answer at `server.control_url`, in JSON. How it is used:
[test in other languages](../how-to/control-door.md). The same for programs: [{DOCUMENT}]({DOCUMENT}), an OpenAPI
document of version 3.1, which the door gives at `/v1/openapi.json` too.

"""
REFUSALS = f"""\
## What is refused

Every refusal is `{{"error": {{"code": ..., "message": ..., "hint": ...}}}}`, and has changed nothing. `hint` says what
to write instead, or which name was meant. A body has {LARGEST:,} bytes at most.

"""
WORDS = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "array": "list"}
WHY = {
    **openapi.OF_ANY,
    **openapi.OF_WHAT_IS_TAKEN,
    **openapi.OF_BODIES,
    404: "There is no such address, fault, bucket or snapshot.",
    408: "The body of the request did not come.",
    409: "Fewer requests, or events, came than were waited for. What came is in the answer.",
}


def control_page() -> str:
    """Return the page."""
    assert set(WORDS) | {"object", "null"} == set(TYPES)
    lines = [
        INTRODUCTION,
        table(("address", "what it does"), [(_link(route), cell(route.summary)) for route in ROUTES]),
    ]
    lines += [
        "\n",
        REFUSALS,
        table(("status", "code", "when"), [(str(n), f"`{CODES[n]}`", WHY[n]) for n in sorted(CODES)]),
    ]
    return "".join([*lines, *(_route(route) for route in ROUTES)])


def openapi_document() -> str:
    """Return the document as text."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def _title(route: Route) -> str:
    return f"{route.method} {route.path}"


def _link(route: Route) -> str:
    anchor = "".join(each for each in _title(route).lower() if each.isalnum() or each in " _-").replace(" ", "-")
    return f"[`{_title(route)}`](#{anchor})"


def _route(route: Route) -> str:
    text = f"\n## {_title(route)}\n\n{route.summary} {route.about}".rstrip() + "\n"
    if route.parameters:
        rows = [(f"`{each.name}`", cell(each.form.get("description", ""))) for each in route.parameters]
        text += f"\n{table(('parameter', 'what it says'), rows)}"
    if route.body is not None:
        text += f"\n{table(('member', 'what it says'), list(_members(route.body)))}"
    if route.examples:
        shown = "\n".join(json.dumps(each) for each in route.examples)
        text += f"\n```json\n{shown}\n```\n"
    for status, (about, form) in sorted(route.answers.items()):
        members = ", ".join(f"`{name}`" for name in form.get("properties", ()))
        text += f"\n{status}: {about}" + (f" {members}." if members and status < 300 else "") + "\n"  # noqa: PLR2004
    return text


def _members(form: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, member in form["properties"].items():
        needed = " It must be there." if name in form.get("required", ()) else ""
        yield f"`{name}`", cell(f"{member.get('description', '')}{needed}")
