"""A server between a client and another server over http, that alters answers on their way."""

from __future__ import annotations

import http.client
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OF_THE_CONNECTION = frozenset({"connection", "transfer-encoding", "content-length"})
WITHOUT_BODY = frozenset({204, 304})


@dataclass
class Asked:
    """A request as it came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Answered:
    """An answer before it is handed on; the length is that of the body, but for HEAD."""

    status: int
    headers: dict[str, str]
    body: bytes


@contextmanager
def altering(url: str, alter: Callable[[Asked, Answered], Answered | None]) -> Iterator[str]:
    """Serve what the server at `url` answers, as `alter` changes it (in place, or by another); yields the address.

    `alter` is called by the thread of each connection.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body of an answer go out together
        disable_nagle_algorithm = True

        def handle_one(self) -> None:
            asked = Asked(self.command, self.path, dict(self.headers.items()), self._read())
            answered = handed_on(url, asked)
            answered = alter(asked, answered) or answered
            self.send_response_only(answered.status)
            is_head = asked.method == "HEAD"
            for name, value in answered.headers.items():
                if name.lower() not in OF_THE_CONNECTION or (is_head and name.lower() == "content-length"):
                    self.send_header(name, value)
            if not is_head and answered.status not in WITHOUT_BODY:
                self.send_header("Content-Length", str(len(answered.body)))
            self.end_headers()
            if not is_head:
                self.wfile.write(answered.body)

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = handle_one  # noqa: N815

        def handle_expect_100(self) -> bool:
            self.send_response_only(100)
            self.end_headers()
            self.wfile.flush()
            return True

        def _read(self) -> bytes:
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def handed_on(url: str, asked: Asked) -> Answered:
    """Return what the server at an address answers."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    try:
        headers = {name: value for name, value in asked.headers.items() if name.lower() not in {"connection", "expect"}}
        connection.request(asked.method, asked.target, asked.body, headers)
        answer = connection.getresponse()
        return Answered(answer.status, dict(answer.getheaders()), answer.read())
    finally:
        connection.close()
