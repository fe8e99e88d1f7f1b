"""A server between a client and another server over http that does not always answer as S3 does."""

from __future__ import annotations

import http.client
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OF_THE_CONNECTION = frozenset({"connection", "transfer-encoding", "content-length"})
LONG = 60.0


class Page(NamedTuple):
    """An answer in the place of the server's own."""

    status: int
    text: str = "<html><head><title>Sorry</title></head><body>Nothing is <br>here</body></html>"
    content_type: str = "text/html"


class Close(NamedTuple):
    """End the connection without an answer."""


class Hang(NamedTuple):
    """Keep the connection open, and never answer."""


class Header(NamedTuple):
    """Answer with one more header."""

    name: str
    value: str


Misbehaviour = Page | Close | Hang | Header | None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, url: str, misbehave: Callable[[str, str], Misbehaviour]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.origin = urlsplit(url).netloc
        self.misbehave = misbehave
        self.is_over = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def handle_expect_100(self) -> bool:
        going_on = super().handle_expect_100()
        self.wfile.flush()  # or the client waits a second for it
        return going_on

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        how = self.server.misbehave(self.command, self.path)
        if isinstance(how, Hang):
            self.server.is_over.wait(LONG)
        if isinstance(how, (Hang, Close)):
            self.close_connection = True
        elif isinstance(how, Page):
            self.answer(how.status, {"Content-Type": how.content_type}, how.text.encode())
        else:
            self.hand_on(body, {how.name: how.value} if isinstance(how, Header) else {})

    def hand_on(self, body: bytes, more: dict[str, str]) -> None:
        connection = http.client.HTTPConnection(self.server.origin, timeout=LONG)
        connection.request(self.command, self.path, body, dict(self.headers.items()))
        answer = connection.getresponse()
        self.answer(answer.status, {**dict(answer.getheaders()), **more}, answer.read())
        connection.close()

    def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        is_head = self.command == "HEAD"
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in OF_THE_CONNECTION or (is_head and name.lower() == "content-length"):
                self.send_header(name, value)
        if not is_head:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not is_head:
            self.wfile.write(body)

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = handle_any  # noqa: N815  names of the standard library

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def unruly(url: str, misbehave: Callable[[str, str], Misbehaviour]) -> Iterator[str]:
    """Serve what the server at `url` answers, unless `misbehave(method, target)` says otherwise; yields the address."""
    server = _Server(url, misbehave)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.is_over.set()
        server.shutdown()
        server.server_close()
        thread.join()
