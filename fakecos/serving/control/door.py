"""The control door itself: a request of HTTP is judged by the table, and answered with JSON.

Law of this file: what is refused has changed nothing, and no page in a browser gets in. A page can send requests to
this machine, and by a name of its own that it lets lead here even read the answers; the first has an Origin or, as what
an image asks for, a Sec-Fetch-Site; the second a Host that is none of this machine's.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

from fakecos.facts.errors import S3Error
from fakecos.facts.exceptions import UsageError
from fakecos.facts.hosts import LOOPBACK, bare_name
from fakecos.serving.control import forms
from fakecos.serving.control.fault_requests import HINTS
from fakecos.serving.control.hints import nearest
from fakecos.serving.control.in_json import refusal_of
from fakecos.serving.control.refusals import (
    BAD_REQUEST,
    FORBIDDEN,
    IMPOSSIBLE,
    METHOD_NOT_ALLOWED,
    NO_LENGTH,
    NOT_FOUND,
    NOT_JSON,
    REQUEST_TIMEOUT,
    TOO_LARGE,
    Refused,
)
from fakecos.serving.control.routes import ROUTES
from fakecos.serving.control.table import Answer, Asked
from fakecos.wire.messages import HttpResponse, as_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.serving.control.controlled import Controlled
    from fakecos.serving.control.table import Parameter, Route
    from fakecos.wire.messages import HttpRequest

LARGEST = 1024 * 1024
"""Bytes of a body; a fault with a long body to answer is far below."""
JSON = "application/json"
BY_HAND = "none"
"""Sec-Fetch-Site where a person typed the address into a browser (documented: Fetch Metadata Request Headers, W3C)."""
NUMBER = re.compile(r"-?[0-9]{1,18}")


class ControlDoor:
    """What answers the requests of a control door; `record` keeps an error until the fake stops."""

    def __init__(self, control: Controlled, record: Callable[[Exception], None]) -> None:
        self._control = control
        self.record = record

    def exchange(self, request: HttpRequest) -> HttpResponse:
        """Answer one request. Raises TransportFault when the server closes while it waits, and bugs of fakecos."""
        try:
            _require_local(request)
            route, parts = _route(request.method, request.path)
            parameters = _parameters(route, request.query, parts)
            asked = Asked(self._control, parameters, _body(route, request), request.pause or _no_time)
            return _response(route.answer(asked))
        except Refused as refused:
            return _response(Answer(refused.status, refused.document, refused.headers))
        except S3Error:  # the body does not come: S3's word for it, and no answer of S3 here
            document = Refused(REQUEST_TIMEOUT, "the body did not come").document
            return _response(Answer(REQUEST_TIMEOUT, document))
        except UsageError as error:
            return _response(Answer(IMPOSSIBLE, refusal_of(str(error), {}).document))


def _no_time(_: float) -> None:
    """Stand in for what lets time pass: a request that came over no socket does not wait."""


def _response(answer: Answer) -> HttpResponse:
    text = f"{json.dumps(answer.document, indent=1)}\n".encode()
    headers = {
        "Content-Type": JSON,
        "Content-Length": str(len(text)),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        **answer.headers,
    }
    return HttpResponse(answer.status, headers, text)


# --- who asks, and for what ------------------------------------------------------------------------------------


def _require_local(request: HttpRequest) -> None:
    headers = request.headers
    site = headers.get("sec-fetch-site", BY_HAND)
    named = "an Origin" if "origin" in headers else f"Sec-Fetch-Site: {site}" if site != BY_HAND else None
    if named is not None:
        message = f"a page in a browser may not control a fake: this request has {named}"
        raise Refused(FORBIDDEN, message, "ask from a test's own process")
    if bare_name(request.host) not in LOOPBACK:
        message = f"the Host {forms.shown(request.host)} is no name of this machine"
        raise Refused(FORBIDDEN, message, f"ask for {', '.join(LOOPBACK)}")


def _route(method: str, path: str) -> tuple[Route, dict[str, str]]:
    """Return the row for an address, and what of it stands in the place of names. Refused: there is none."""
    there: list[tuple[Route, dict[str, str]]] = []
    for route in ROUTES:
        match = _PATTERNS[route.path].fullmatch(path)
        if match is not None:
            there.append((route, {name: unquote(text) for name, text in match.groupdict().items()}))
    if not there:
        raise Refused(NOT_FOUND, f"there is no address {path}", nearest(path, dict.fromkeys(_PATTERNS), "addresses"))
    method = "GET" if method == "HEAD" else method
    found = next((pair for pair in there if pair[0].method == method), None)
    if found is None:
        allowed = ", ".join(sorted({route.method for route, _ in there}))
        raise Refused(METHOD_NOT_ALLOWED, f"{path} does not take {method}", f"it takes {allowed}", Allow=allowed)
    return found


def _pattern(path: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", path)  # text, and the names between
    return re.compile("".join(f"(?P<{each}>[^/]+)" if at % 2 else re.escape(each) for at, each in enumerate(pieces)))


_PATTERNS = {route.path: _pattern(route.path) for route in ROUTES}


# --- what it takes ----------------------------------------------------------------------------------------------


def _parameters(route: Route, query: str, parts: dict[str, str]) -> dict[str, Any]:
    """Return the parameters of an address as values. Refused: one is unknown, given twice, or does not fit."""
    pairs = parse_qsl(query, keep_blank_values=True)
    known = {each.name: each for each in route.parameters}
    given: dict[str, Any] = {}
    for name, text in (*parts.items(), *pairs):
        if name not in known or (known[name].place == "path") is not (name in parts):
            names = [each.name for each in route.parameters if each.place == "query"]
            hint = nearest(name, names, "parameters")
            raise Refused(BAD_REQUEST, f"{route.path} has no parameter {forms.shown(name)}", hint)
        if name in given:
            raise Refused(BAD_REQUEST, f"{name} is given twice", "give it once")
        given[name] = _value(known[name], text)
    return given


def _value(parameter: Parameter, text: str) -> Any:
    """Return the value that a text of the address spells. Refused: it does not fit."""
    form = parameter.form
    kind = form["type"]
    value: Any = text
    if kind == "boolean":
        value = {"true": True, "false": False}.get(text, text)
    elif kind == "integer" and NUMBER.fullmatch(text):
        value = int(text)
    elif kind == "number":
        value = _number(text)
    found = forms.misfit(value, form, parameter.name)
    if found is not None:
        status = NOT_FOUND if parameter.place == "path" else BAD_REQUEST
        raise Refused(status, found.text, found.hint)
    return value


def _number(text: str) -> float | str:
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def _body(route: Route, request: HttpRequest) -> Any:
    """Return the JSON of a request. Refused: it is none, it is too large, or it does not fit."""
    if "transfer-encoding" in request.headers:  # it has no end that is known before it is read
        raise Refused(NO_LENGTH, "the body comes in chunks", "send it with a Content-Length")
    if int(request.headers.get("content-length", "0")) > LARGEST:
        raise Refused(TOO_LARGE, f"a body has {LARGEST:,} bytes at most")
    data = as_bytes(request.body.read())
    if not data:
        if route.needs_body:
            raise Refused(BAD_REQUEST, f"{route.method} {route.path} needs a body", _example(route))
        return None
    if route.body is None:
        if data.strip() in {b"", b"{}", b"null"}:
            return None
        raise Refused(BAD_REQUEST, f"{route.method} {route.path} takes no body", "leave it out")
    _require_json(request.headers.get("content-type", ""))
    value = _json(data)
    found = forms.misfit(value, route.body, "body", HINTS if route.path == "/v1/faults" else None)
    if found is not None:
        raise Refused(BAD_REQUEST, found.text.removeprefix("body."), found.hint or _example(route))
    return value


def _example(route: Route) -> str:
    return f"for example {json.dumps(route.examples[0])}" if route.examples else ""


def _require_json(content_type: str) -> None:
    kind = content_type.partition(";")[0].strip().lower()
    if kind != JSON:
        message = f"the body is said to be {kind or 'of no type'}, and not {JSON}"
        raise Refused(NOT_JSON, message, "send the header Content-Type: application/json; curl does so by --json")


def _json(data: bytes) -> Any:
    """Read JSON: its numbers are finite, and a whole number is one however it is written. Refused: it is none."""
    try:
        return json.loads(data, parse_float=_whole_if_it_is, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Refused(BAD_REQUEST, f"the body is no JSON: {error}") from None


def _whole_if_it_is(text: str) -> float:
    found = float(text)
    if not math.isfinite(found):
        return _no_number(text)
    return int(found) if found.is_integer() else found


def _no_number(text: str) -> float:
    message = f"{text} is no number of JSON"
    raise ValueError(message)
