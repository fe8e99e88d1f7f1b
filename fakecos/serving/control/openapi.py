"""The OpenAPI document of the control door: made of the table that its requests are judged by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos import urls
from fakecos.serving.control.refusals import (
    BAD_REQUEST,
    FORBIDDEN,
    IMPOSSIBLE,
    METHOD_NOT_ALLOWED,
    NO_LENGTH,
    NOT_FOUND,
    NOT_JSON,
    TOO_LARGE,
)
from fakecos.serving.control.table import ERROR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fakecos.serving.control.forms import Form
    from fakecos.serving.control.table import Route

VERSION = "1"
"""Of the addresses, which begin with it. Members may be added meanwhile; one that goes away makes another version."""
ABOUT = (
    "Arrange, break and look at a fake S3 from any language. It listens on a loopback address, and refuses what a page "
    "in a browser sends. Bodies are JSON. The page for people: " + urls.page("how-to/control-door")
)
OF_ANY = {
    FORBIDDEN: "A browser asks for another site, or the Host is no name of this machine.",
    METHOD_NOT_ALLOWED: "The address is there, and takes another method: Allow has them.",
}
OF_WHAT_IS_TAKEN = {
    BAD_REQUEST: "It does not have this form.",
    IMPOSSIBLE: "It has this form, and cannot be: S3 has no such operation, or no request could meet it.",
}
OF_BODIES = {
    NO_LENGTH: "The body comes in chunks.",
    TOO_LARGE: "The body is too large.",
    NOT_JSON: "The body is not said to be JSON.",
}

_OF_A_FAULT = {"parameters": {"id": "$response.body#/id"}}
LINKS = {"Fault": {name: {"operationId": name, **_OF_A_FAULT} for name in ("getFault", "cancelFault")}}
"""By the form of an answer: what may be asked of it then."""


def document(routes: Iterable[Route]) -> dict[str, Any]:
    """Return the document. Forms that have a title are its components."""
    components: dict[str, Form] = {}
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, components)
    return {
        "openapi": "3.1.0",
        "info": {"title": "The control door of fakecos", "version": VERSION, "description": ABOUT},
        "paths": paths,
        "components": {"schemas": dict(sorted(components.items()))},
    }


def _operation(route: Route, components: dict[str, Form]) -> dict[str, Any]:
    found: dict[str, Any] = {"operationId": route.name, "summary": route.summary}
    if route.about:
        found["description"] = route.about
    if route.parameters:
        found["parameters"] = [
            {
                "name": each.name,
                "in": each.place,
                "required": each.place == "path",
                "description": each.form.get("description", ""),
                "schema": {word: value for word, value in each.form.items() if word != "description"},
            }
            for each in route.parameters
        ]
    if route.body is not None:
        content: dict[str, Any] = {"schema": _referred(route.body, components)}
        if route.examples:
            content["examples"] = {str(number): {"value": each} for number, each in enumerate(route.examples, 1)}
        found["requestBody"] = {"required": route.needs_body, "content": {"application/json": content}}
    found["responses"] = {
        str(status): _response(about, form, components) for status, (about, form) in sorted(answers(route).items())
    }
    return found


def answers(route: Route) -> dict[int, tuple[str, Form]]:
    """Return all answers that a row may give, with those that any may give."""
    others = dict(OF_ANY)
    others |= OF_WHAT_IS_TAKEN
    if route.body is not None:
        others |= OF_BODIES
    if any(each.place == "path" for each in route.parameters):
        others[NOT_FOUND] = "There is no such address."
    return {**{status: (about, ERROR) for status, about in others.items()}, **route.answers}


def _response(about: str, form: Form, components: dict[str, Form]) -> dict[str, Any]:
    links = LINKS.get(form.get("title", ""), {})
    found = _described(about, form, components)
    return {**found, "links": links} if links else found


def _described(about: str, form: Form, components: dict[str, Form]) -> dict[str, Any]:
    return {"description": about, "content": {"application/json": {"schema": _referred(form, components)}}}


def _referred(form: Any, components: dict[str, Form]) -> Any:
    """Return a form in which every one with a title is a reference; those become components."""
    if isinstance(form, list):
        return [_referred(each, components) for each in form]
    if not isinstance(form, dict):
        return form
    made = {word: _referred(value, components) for word, value in form.items()}
    title = form.get("title")
    if not isinstance(title, str) or not {"type", "anyOf"} & form.keys():
        return made
    components[title] = made
    return {"$ref": f"#/components/schemas/{title}"}
