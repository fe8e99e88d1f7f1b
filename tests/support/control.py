"""A client of the control door, which holds every answer to the OpenAPI document."""

from __future__ import annotations

import http.client
import json
import re
from functools import cache, lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from jsonschema import Draft202012Validator

from fakecos.serving.control.routes import document


class Answered(NamedTuple):
    """An answer: its status, its headers, and its JSON."""

    status: int
    headers: http.client.HTTPMessage
    json: Any


class ControlClient:
    """Asks a control door; each answer must be one that the document has, in the form that it says."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname is not None
        self.host, self.port = parts.hostname, parts.port

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Answered:
        """Ask with JSON; the words of the query by name."""
        data = None if body is None else json.dumps(body).encode()
        return self.send(method, f"{path}?{urlencode(query, quote_via=quote)}" if query else path, data)

    def send(self, method: str, target: str, data: bytes | None = None, **headers: str) -> Answered:
        """Ask with bytes, and with further headers."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
        known = {"Content-Type": "application/json"} if data is not None else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, target, data, {**known, **named})
            answer = connection.getresponse()
            found = answer.read()
        finally:
            connection.close()
        assert answer.headers["Content-Type"] == "application/json"
        document = json.loads(found) if found else None
        if method != "HEAD":
            require_documented(method, target.partition("?")[0], answer.status, document)
        return Answered(answer.status, answer.headers, document)


def require_documented(method: str, path: str, status: int, found: Any) -> None:
    """Assert that the document has such an answer; of an address that it does not have, that it is an error."""
    described = operations().get((method, next((each for each in paths() if _fits(each, path)), "")))
    if described is None:
        assert status in {403, 404, 405}
        schema: Any = {"$ref": "#/components/schemas/Error"}
    else:
        assert str(status) in described["responses"], f"{method} {path} answers {status}, which the document lacks"
        schema = described["responses"][str(status)]["content"]["application/json"]["schema"]
    validator(json.dumps(schema)).validate(found)


@cache
def validator(schema: str) -> Draft202012Validator:
    """Return what judges by a form of the document."""
    return Draft202012Validator({**json.loads(schema), "components": document()["components"]})


@lru_cache(maxsize=1)
def operations() -> dict[tuple[str, str], dict[str, Any]]:
    """Return the operations of the document, by method and address."""
    found = document()["paths"].items()
    return {(method.upper(), path): each for path, methods in found for method, each in methods.items()}


def paths() -> list[str]:
    """Return the addresses of the document."""
    return list(document()["paths"])


def _fits(described: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", described), path) is not None
