"""A proxy before a served fake: it counts what comes, and changes answers as a test says."""

from __future__ import annotations

import http.client
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOP = frozenset({"transfer-encoding", "connection", "content-length"})


class Answer(NamedTuple):
    """An answer on its way through."""

    status: int
    headers: dict[str, str]
    body: bytes


class Proxy:
    """What came: `asked` are method, path and headers of each request. `plant` changes an answer."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.plant: Callable[[str, str, Answer], Answer] = lambda _, __, answer: answer

    def paths(self) -> list[str]:
        """Return the paths that were asked for, without queries."""
        return [path.partition("?")[0] for _, path, _ in self.asked]


@contextmanager
def proxy_before(url: str) -> Iterator[Proxy]:
    """Open a proxy before an address, on a port of its own."""
    proxy, host = Proxy(), urlsplit(url).netloc

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            if self.raw_requestline and self.parse_request():
                self._forward()
            else:
                self.close_connection = True

        def _forward(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            sent = dict(self.headers.items())
            proxy.asked.append((self.command, self.path, sent))
            connection = http.client.HTTPConnection(host, timeout=10)
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            found = connection.getresponse()
            headers = {name: value for name, value in found.getheaders() if name.lower() not in HOP}
            length = found.getheader("Content-Length")
            answer = Answer(found.status, headers, found.read())
            connection.close()
            answer = proxy.plant(self.command, self.path, answer)
            self.send_response_only(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            is_head = self.command == "HEAD"
            if answer.status != 204:
                self.send_header("Content-Length", str(length or 0) if is_head else str(len(answer.body)))
            self.end_headers()
            self.wfile.write(b"" if is_head else answer.body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    proxy.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield proxy
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
