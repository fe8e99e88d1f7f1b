"""A client of HTTP by hand: the bytes of a request out, and status, headers and body of the answer as they came."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

BODILESS = frozenset({204, 304})
CONTINUE = 100


class RawAnswer(NamedTuple):
    """An answer: its status, its headers as they came, and its body without HTTP's chunks."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class RawClient:
    """One connection to a server of this machine, kept from request to request, and opened again when it ended."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None
        self._stream: Any = None

    def send(self, method: str, target: str, headers: Sequence[tuple[bytes, bytes]], body: bytes) -> RawAnswer:
        """Send one request, just so, and return the answer. ConnectionError: none came.

        A body that waits for `100 Continue` is sent when that comes, one that goes in chunks as one of them, and one
        without a length is none.
        """
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port))
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._stream = self._socket.makefile("rb")
        lines = [f"{method} {target} HTTP/1.1".encode("latin-1"), *(b": ".join(pair) for pair in headers), b"", b""]
        names = dict(headers)
        if b"transfer-encoding" in names:
            body = (b"%x\r\n%b\r\n" % (len(body), body) if body else b"") + b"0\r\n\r\n"
        elif b"content-length" in names:
            body = body[: int(names[b"content-length"][-20:])]
        else:
            body = b""
        try:
            answer = self._exchange(method, b"\r\n".join(lines), body, waits=b"expect" in names)
        except OSError:
            self.close()
            raise
        if ("connection", "close") in ((name.lower(), value) for name, value in answer.headers):
            self.close()
        return answer

    def close(self) -> None:
        """End the connection."""
        if self._socket is not None:
            self._stream.close()
            self._socket.close()
            self._socket = None

    def _exchange(self, method: str, head: bytes, body: bytes, *, waits: bool) -> RawAnswer:
        assert self._socket is not None
        if waits:
            self._socket.sendall(head)
            status, headers = self._head()
            if status != CONTINUE:
                return RawAnswer(status, headers, self._body(method, status, headers))
            self._socket.sendall(body)
        else:
            self._socket.sendall(head + body)
        status = CONTINUE
        while status == CONTINUE:
            status, headers = self._head()
        return RawAnswer(status, headers, self._body(method, status, headers))

    def _line(self) -> bytes:
        line: bytes = self._stream.readline()
        if not line.endswith(b"\r\n"):
            message = "the connection ended without an answer"
            raise ConnectionError(message)
        return line[:-2]

    def _head(self) -> tuple[int, list[tuple[str, str]]]:
        status = int(self._line().split(b" ")[1])
        headers = []
        while line := self._line():
            name, _, value = line.decode("latin-1").partition(":")
            headers.append((name, value.strip(" ")))
        return status, headers

    def _body(self, method: str, status: int, headers: list[tuple[str, str]]) -> bytes:
        if method == "HEAD" or status in BODILESS:
            return b""
        lower = {name.lower(): value for name, value in headers}
        if lower.get("transfer-encoding") == "chunked":
            pieces = []
            while size := int(self._line(), 16):
                pieces.append(self._stream.read(size))
                self._line()
            self._line()
            return b"".join(pieces)
        body: bytes = self._stream.read(int(lower["content-length"]))
        return body
