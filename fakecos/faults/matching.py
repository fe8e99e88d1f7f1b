"""Which requests a fault is for."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from fakecos.facts.numbers import natural
from fakecos.faults.outcomes import Delay, InRequest
from fakecos.misnamed import Named

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from fakecos.faults.corruption import Corrupt
    from fakecos.faults.outcomes import Outcome, When
    from fakecos.service.call import Call


SECRET_HEADERS = ("-customer-key", "authorization", "-security-token")


class Request(NamedTuple):
    """A request as the predicate `where` sees it.

    `operation` is the name in the service model; `part_number` is None if the query has none; `attempt` counts the
    attempts of a client from 1; `headers` have lower-case names; `size` is the length that the headers promise for
    the body without its framing, None if they do not say.
    """

    operation: str
    bucket: str | None
    key: str | None
    upload_id: str | None
    part_number: int | None
    attempt: int
    method: str
    headers: Mapping[str, str]
    size: int | None

    def __repr__(self) -> str:
        """Show it without a customer's key and without a signature."""
        shown = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items() if name != "headers")
        headers = {
            name: value if not name.endswith(SECRET_HEADERS) else "(redacted)" for name, value in self.headers.items()
        }
        return f"Request({shown}, headers={headers!r})"


if not TYPE_CHECKING:
    Request.__getattr__ = Named.__getattr__  # a NamedTuple has no other base


class Matcher(NamedTuple):
    """The requests that a fault is for; None in a field is any."""

    operations: frozenset[str] | None
    bucket: str | None
    key: str | None
    upload_id: str | None
    part_number: Container[int] | None
    attempt: Container[int] | None
    where: Callable[[Request], bool] | None

    def matches(self, request: Request) -> bool:
        """Whether a request is one of these."""
        return (
            (self.operations is None or request.operation in self.operations)
            and (self.bucket is None or fnmatchcase(request.bucket or "", self.bucket))
            and (self.key is None or (request.key is not None and fnmatchcase(request.key, self.key)))
            and (self.upload_id is None or request.upload_id == self.upload_id)
            and (self.part_number is None or request.part_number in self.part_number)
            and (self.attempt is None or request.attempt in self.attempt)
            and (self.where is None or bool(self.where(request)))
        )


def request_of(call: Call) -> Request:
    """Return what a predicate sees of a call."""
    place = call.address
    number = call.query.get("partNumber", "")
    return Request(
        call.operation,
        place.bucket if place else None,
        place.key if place else None,
        call.query.get("uploadId"),
        natural(number),
        call.attempt,
        call.request.method,
        call.request.headers,
        _size(call.request.headers),
    )


def read_place(request: Request) -> tuple[str, str]:
    """Return bucket and key of the object that a request reads: a copy's source, else that of its own key."""
    source = request.headers.get("x-amz-copy-source")
    if source is None:
        return request.bucket or "", request.key or ""
    bucket, _, key = unquote(source.partition("?")[0].lstrip("/")).partition("/")
    return bucket, key


def _size(headers: Mapping[str, str]) -> int | None:
    for name in ("x-amz-decoded-content-length", "content-length"):
        size = natural(headers.get(name, ""))
        if size is not None:
            return size
    return None if "transfer-encoding" in headers else 0


def why_impossible(outcome: Outcome, when: When, request: Request) -> str | None:
    """Say why an outcome cannot happen to a request, or None: a body has too few bytes, or no such trailer."""
    size = request.size
    if when.moment == "after_bytes" and size is not None and size < when.size:
        return f"the body had only {size} bytes"
    if isinstance(outcome, InRequest):
        return _why_not_corrupted(outcome.corrupt, request)
    if isinstance(outcome, Delay) and outcome.stall_after is not None and size and size < outcome.stall_after:
        return f"the body had only {size} bytes"
    return None


def _why_not_corrupted(corrupt: Corrupt, request: Request) -> str | None:
    if not corrupt.applies_to(request.size):
        return f"the body had only {request.size} bytes"
    if corrupt.kind == "trailer" and "x-amz-trailer" not in request.headers:
        return "the request announced no trailer"
    framed = request.headers.get("x-amz-content-sha256", "").startswith("STREAMING-")
    encoded = "aws-chunked" in request.headers.get("content-encoding", "")
    if corrupt.kind == "framing" and not framed and not encoded:
        return "the body was not aws-chunked"
    return None
