"""Each request through both doors: in process, and as bytes over a socket to a service in the same state.

Before a service answers in process, a copy of it (the same store, clock and source of ids) gets the request over a
socket: method, target, Host, headers and body as they would go over the wire. Then both answers are compared: status,
headers and body, and with them what is stored and what the journal says. So nothing has to be left out of the
comparison for being random. What may differ is in `REASONS`, and why.
"""

from __future__ import annotations

import datetime as dt
import random
import threading
from contextlib import contextmanager
from copy import copy
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from fakecos.clients.botocore import endpoint
from fakecos.contract.steps.refused import stored_state
from fakecos.facts.transport import TransportFault
from fakecos.model import clock
from fakecos.model.snapshot import copied
from fakecos.service.journal import Journal
from fakecos.service.service import Service
from fakecos.serving.listener import Listener
from tests.support import replayed_bodies
from tests.support.raw_http import RawAnswer, RawClient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fakecos.facts.ids import Ids
    from fakecos.service.journal import RecordedRequest
    from fakecos.serving.connection import Connection
    from fakecos.serving.listener import ServedFake
    from fakecos.wire.messages import HttpRequest, HttpResponse

    Handle = Callable[[Service, HttpRequest], HttpResponse]

AGENTS = {"botocore": "Boto3/1 Botocore/1", "ibm_botocore": "IBMBoto3/1", "": ""}
"""How a client of each package names itself: in process its package is known without that."""
READS = frozenset({"GET", "HEAD"})


class Difference(NamedTuple):
    """What differs between the doors. `kind`: status, header, body, stored, journal or error; `name`: which header."""

    kind: str
    name: str
    in_process: Any
    over_socket: Any
    status: int
    request: str

    def __str__(self) -> str:
        what = f"{self.kind} {self.name}".strip()
        return f"{self.request}: {what}\n  in process {self.in_process!r:.600}\n  by socket  {self.over_socket!r:.600}"


class Reason(NamedTuple):
    """Why something may differ: which differences it is about, and what in HTTP or in the clients says so."""

    why: str
    covers: Callable[[Difference], bool]


def _is_header(name: str) -> Callable[[Difference], bool]:
    return lambda it: it.kind == "header" and it.name == name


REASONS = (
    Reason("Whether a connection goes on is its own matter (RFC 9110, 7.6.1): here is none", _is_header("connection")),
)


class Skip(NamedTuple):
    """Why a request goes through one door only, and which ones do."""

    why: str
    covers: Callable[[Service, HttpRequest], bool]


SKIPS = (
    Skip("a fault is set, which acts once", lambda service, _: service.wrapper is not None),
    Skip("IBM's tokens are drawn from the system", lambda _, request: request.service != "s3"),
    Skip("the client's endpoint has a path: a server has none", lambda _, request: request.whole_path is not None),
    Skip(
        "a header that goes on in the next line is no HTTP (RFC 9112, 5.2): refused before the service sees it",
        lambda _, request: any("\n" in value for value in request.headers.values()),
    ),
    Skip(
        "a length that is no number is no HTTP (RFC 9112, 6.3): refused before the service sees it",
        lambda _, request: not request.headers.get("content-length", "0").encode().isdigit(),
    ),
    Skip(
        "blanks around a value never arrive (RFC 9110, 5.5): only a message by hand has them",
        lambda _, request: any(value != value.strip(" \t") for value in request.headers.values()),
    ),
)
TOGETHER = "another request is under way, which changes what this one finds"
FAILS = "the client's body fails while it is read, or ends before it should: on a socket its client goes away"


class Skipped(NamedTuple):
    """A request that went through one door only, and why."""

    request: str
    why: str


class _Sent(NamedTuple):
    """A request on its way through both doors: its line, its body, and its number."""

    line: str
    body: bytes
    arrived: int


class _Listener(Listener):
    """A server whose plain connections count as TLS ones: what is compared is what TLS carries."""

    def __init__(self, fake: ServedFake, scheme: str) -> None:
        self._counts_as = scheme
        super().__init__(fake, ("127.0.0.1", 0), None, tls=False)

    def _serve(self, connection: Connection) -> None:
        connection._scheme = self._counts_as
        super()._serve(connection)

    def endpoint_of(self, host: str) -> str | None:
        """Return the endpoint of a client that has one of its own, as `cos.serve(domain=...)` makes it known."""
        return self._fake.endpoint_host  # type: ignore[attr-defined, no-any-return]


class _Served:
    """What the servers ask: the copy of the service whose turn it is."""

    def __init__(self) -> None:
        self.service: Service | None = None
        self.handle: Handle = Service.handle
        self.endpoint_host: str | None = None
        self.errors: list[Exception] = []

    def exchange(self, request: HttpRequest) -> HttpResponse:
        """Let the copy answer."""
        assert self.service is not None
        return self.handle(self.service, request)

    def record(self, error: Exception) -> None:
        """Keep what is no answer."""
        self.errors.append(error)


class BothDoors:
    """Watches every service of the process, and compares. `differences` and `skipped` are what it found.

    `compared` counts the requests that went through both doors.
    """

    def __init__(self) -> None:
        self._served = _Served()
        self._listeners = {scheme: _Listener(self._served, scheme) for scheme in ("http", "https")}
        for listener in self._listeners.values():
            listener.open()
        self._clients = {
            scheme: RawClient(int(listener.endpoint_url.rpartition(":")[2]))
            for scheme, listener in self._listeners.items()
        }
        self._lock = threading.Lock()
        self._arrived = self._under_way = 0
        self._headers: dict[int, tuple[HttpRequest, dict[str, bytes | str]]] = {}  # by the id of a message, and it
        self.compared = 0
        self.differences: list[Difference] = []
        self.skipped: list[Skipped] = []

    def close(self) -> None:
        """Close connections and servers."""
        for client in self._clients.values():
            client.close()
        for listener in self._listeners.values():
            listener.close()

    def take(self) -> list[Difference]:
        """Return the differences that no reason covers, and forget all of them."""
        found = [one for one in self.differences if not any(reason.covers(one) for reason in REASONS)]
        self.differences.clear()
        return found

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Send each request that any fake gets in process through both doors, inside the block."""
        answer = self._served.handle

        def handle(service: Service, request: HttpRequest) -> HttpResponse:
            if service is self._served.service:
                return answer(service, request)
            return self._both(service, request, answer)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Service, "handle", handle)
            patch.setattr(endpoint, "SentBody", replayed_bodies.KeptBody)
            patch.setattr(endpoint, "to_http", self._kept(endpoint.to_http))
            yield

    def _kept(self, to_http: Callable[..., HttpRequest]) -> Callable[..., HttpRequest]:
        """Return botocore's `to_http`, which remembers the bytes of the headers."""

        def kept(request: Any, *rest: Any, **named: Any) -> HttpRequest:
            message = to_http(request, *rest, **named)
            self._headers[id(message)] = message, {name.lower(): value for name, value in request.headers.items()}
            return message

        return kept

    def _both(self, service: Service, request: HttpRequest, answer: Handle) -> HttpResponse:
        line = f"{request.method} {request.scheme}://{request.host}{request.signed_path}?{request.query}"
        with self._lock:
            self._arrived += 1
            self._under_way += 1
            arrived, is_alone = self._arrived, self._under_way == 1
        try:
            why = next((skip.why for skip in SKIPS if skip.covers(service, request)), None)
            body = None
            if not is_alone:
                why = TOGETHER
            elif why is None:
                body = replayed_bodies.taken(request)
            if body is None or len(body) < _declared(request):
                self.skipped.append(Skipped(line, why or FAILS))
                return answer(service, request)
            return self._one_by_one(service, request, answer, _Sent(line, body, arrived))
        finally:
            with self._lock:
                self._under_way -= 1
                self._headers.pop(id(request), None)

    def _one_by_one(self, service: Service, request: HttpRequest, answer: Handle, sent: _Sent) -> HttpResponse:
        twin = _copy_of(service)
        raised: Exception | None = None
        response: HttpResponse | None = None
        with _one_moment():
            over_socket = self._over_socket(twin, request, sent.body)
            try:
                response = answer(service, request)
            except Exception as error:  # noqa: BLE001  it is raised again
                raised = error
        if self._arrived != sent.arrived:
            self.skipped.append(Skipped(sent.line, TOGETHER))
        elif isinstance(raised, TransportFault):
            self.skipped.append(Skipped(sent.line, FAILS))
        else:
            self.compared += 1
            if response is None:
                assert raised is not None
                self.differences += compare(sent.line, raised, over_socket)
            else:
                in_process = in_process_answer(response, request.method)
                self.differences += compare(sent.line, in_process, over_socket)
                self.differences += _compare_services(sent.line, service, twin, response.status, request.method)
        if raised is not None:
            raise raised
        assert response is not None
        return response

    def _over_socket(self, twin: Service, request: HttpRequest, body: bytes) -> RawAnswer | Exception:
        served = self._served
        served.service, served.endpoint_host = twin, request.endpoint_host
        served.errors.clear()
        _, sent = self._headers.get(id(request), (request, {}))
        target = request.signed_path + (f"?{request.query}" if request.query else "")
        try:
            return self._clients[request.scheme].send(request.method, target, headers_of(request, sent), body)
        except ConnectionError as error:
            return served.errors[0] if served.errors else error
        finally:
            served.service = None


def _declared(request: HttpRequest) -> int:
    """Return how long the body is said to be; a length of many digits, which int() may refuse, is too long anyhow."""
    length = request.headers.get("content-length", "0")
    return int(length[:20])


def headers_of(request: HttpRequest, client_sends: Mapping[str, bytes | str]) -> list[tuple[bytes, bytes]]:
    """Return the headers as bytes: those that the client has itself, and what the neutral message adds to them."""
    headers: dict[str, bytes | str] = {"host": request.host, **request.headers}
    headers |= {name: value for name, value in client_sends.items() if name in headers}
    if "user-agent" not in headers:
        headers["user-agent"] = AGENTS[request.package]
    return [(name.encode("latin-1"), _as_sent(value)) for name, value in headers.items()]


def _as_sent(value: bytes | str) -> bytes:
    """Return the bytes of a header's value: http.client writes text as ISO 8859-1."""
    if isinstance(value, bytes):
        return value
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode("utf-8")


def in_process_answer(response: HttpResponse, method: str) -> RawAnswer:
    """Return what botocore gets of an answer in process."""
    asked = SimpleNamespace(method=method, url="")
    got = endpoint.from_http(response, asked, endpoint.package_of("botocore"))
    return RawAnswer(got.status_code, list(got.headers.items()), got.content)


def compare(line: str, in_process: RawAnswer | Exception, over_socket: RawAnswer | Exception) -> list[Difference]:
    """Return what differs between two answers; the case and the order of headers mean nothing (RFC 9110, 5.1, 5.3)."""
    if isinstance(in_process, Exception) or isinstance(over_socket, Exception):
        texts = [f"{type(one).__name__}: {one}" for one in (in_process, over_socket)]
        return [] if texts[0] == texts[1] else [Difference("error", "", in_process, over_socket, 0, line)]
    status = in_process.status
    found = []
    if status != over_socket.status:
        found.append(Difference("status", "", status, over_socket.status, status, line))
    ours, theirs = (_by_name(one.headers) for one in (in_process, over_socket))
    found += [
        Difference("header", name, ours.get(name), theirs.get(name), status, line)
        for name in sorted({*ours, *theirs})
        if ours.get(name) != theirs.get(name)
    ]
    if in_process.body != over_socket.body:
        found.append(Difference("body", "", in_process.body, over_socket.body, status, line))
    return found


def _by_name(headers: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in headers:
        found.setdefault(name.lower(), []).append(value)
    return found


def _timeless(record: RecordedRequest) -> RecordedRequest:
    """Return what is written of a request whenever and by whichever thread it came."""
    return record._replace(started=0.0, duration=0.0, thread="")


def _compare_services(line: str, ours: Service, theirs: Service, status: int, method: str) -> Iterator[Difference]:
    """Yield what differs in the journals, and, if the request could change that, in what is stored."""
    records = [[_timeless(each) for each in [*service.journal][-1:]] for service in (ours, theirs)]
    if records[0] != records[1]:
        yield Difference("journal", "", records[0], records[1], status, line)
    if method in READS:
        return
    stored = [stored_state(SimpleNamespace(store=service.store)) for service in (ours, theirs)]
    if stored[0] != stored[1] and _plain(stored[0]) != _plain(stored[1]):
        yield Difference("stored", "", stored[0], stored[1], status, line)


def _copy_of(service: Service) -> Service:
    made = copy(service)
    made.pipeline = copy(service.pipeline)
    made.pipeline.store = copied(service.store)
    made.pipeline.ids = _copied_ids(service.ids)
    made.pipeline.access_points = dict(service.pipeline.access_points)
    made.journal, made.unimplemented = Journal(), set()
    return made


def _copied_ids(ids: Ids) -> Ids:
    """Return a source that gives the same ids next."""
    generator: random.Random = ids._bytes.__self__  # type: ignore[attr-defined]
    made, same = copy(ids), random.Random()
    same.setstate(generator.getstate())
    made._bytes = same.randbytes
    return made


def _plain(value: Any) -> Any:
    """Return a value that compares by what is in it: some of fakecos's own compare by identity."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    kind: Any = type(value)
    if not kind.__module__.startswith("fakecos.") or kind.__eq__ is not object.__eq__:
        return value
    return kind.__name__, [_plain(getattr(value, name)) for name in kind.__slots__ if name[0] != "_"]


@contextmanager
def _one_moment() -> Iterator[None]:
    """Let both doors see the same time, which is that of the test's own clock."""
    moment = clock.instant()
    still = SimpleNamespace(datetime=SimpleNamespace(now=lambda _: moment), timezone=dt.timezone)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "dt", still)
        yield
