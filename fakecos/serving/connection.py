"""One connection of a client: requests in, answers out, and what faults do to a socket.

Law of this file: whatever comes over the socket, the server goes on. h11 judges the head of a request, what follows
the last chunk of a body, and the head of an answer; what it refuses is answered 400 without a word of S3, and the
connection ends (assumed: S3 answers so what is no HTTP).
"""

from __future__ import annotations

import os
import re
import socket
import struct
from contextlib import suppress
from http.client import responses
from typing import TYPE_CHECKING, Any, Protocol

import h11

from fakecos.facts.exceptions import UsageError
from fakecos.facts.numbers import natural
from fakecos.facts.services.dialects import package_of
from fakecos.facts.transport import Transport, TransportFault
from fakecos.serving.http_chunks import BLOCK
from fakecos.serving.request_body import ReceivedBody
from fakecos.wire.messages import HttpRequest, header_bytes, header_text

if TYPE_CHECKING:
    import ssl

    from fakecos.wire.messages import HttpResponse

LONGEST_HEAD = 64 * 1024
"""Bytes of a request's line and headers. S3 takes 8 KB of headers (documented); the rest is for a long key."""
PIECE = 1024 * 1024
SMALL = 256 * 1024
"""Up to here a body goes out in one piece with its head: two small writes may wait 40 ms for each other."""
GOODBYE = 1.0
"""Seconds in which a client may still read an answer after which the connection ends."""
VERSIONS = frozenset({b"1.0", b"1.1"})
NO_CONTENT = 204
BODILESS = frozenset({NO_CONTENT, 304})
LINE_ENDS = frozenset({b"\r\n", b"\n", b""})
TLS_HANDSHAKE = b"\x16"
"""How a client begins that speaks TLS (RFC 8446, 5.1): it sends no line, and waits for an answer."""
FOLDS = frozenset({b" ", b"\t"})
"""How a line begins that continues a header. h11 joins it; refused, as by the patch (RFC 9112, 5.2)."""
NO_LINGER = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
OF_NO_BODY = b"Transfer-Encoding: chunked\r\n"
_BREAKS = re.compile(r"[\r\n\0]")


class Door(Protocol):
    """What a connection needs of its server."""

    patience: float
    keeps_alive: bool

    @property
    def is_closing(self) -> bool:
        """Whether it is closed, or about to be."""

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Let the fake answer."""

    def endpoint_of(self, host: str) -> str | None:
        """Return the name of the endpoint that a host ends with: what stands before it is the bucket."""

    def tell(self, error: Exception) -> None:
        """Hand an error to the fake, which raises it when it stops."""

    def wait(self, seconds: float) -> None:
        """Let time pass, until the server closes."""


class Connection:
    """A client's connection, in a thread of its own. `is_idle`: nothing is lost if it ends now."""

    def __init__(self, door: Door, accepted: socket.socket, context: ssl.SSLContext | None) -> None:
        self._door = door
        self._socket = accepted
        self._context = context
        self._scheme = "http" if context is None else "https"
        self._stream: Any = None
        self.is_idle = True

    def run(self) -> None:
        """Answer requests until one side ends the connection; a client that breaks it is no error of anybody."""
        try:
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.settimeout(self._door.patience)
            if self._context is not None:
                self._socket = self._context.wrap_socket(self._socket, server_side=True, do_handshake_on_connect=False)
                self._socket.do_handshake()
            self._stream = self._socket.makefile("rb", BLOCK)
            while not self._door.is_closing and self._next_head():
                pass
        except (OSError, TransportFault):
            pass
        finally:
            self._close()

    def wake(self) -> None:
        """End what the thread waits for on the socket; called by other threads."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def forget(self) -> None:
        """Let go of the socket in a forked child; the connection goes on in the parent."""
        with suppress(OSError):
            os.close(self._socket.detach())

    def _close(self) -> None:
        if self._stream is not None:
            self._stream.close()
        self._socket.close()

    # --- a request ---------------------------------------------------------------------------------------

    def _next_head(self) -> bool:
        """Wait for a request and answer it; return whether another may follow."""
        self.is_idle = True
        self._socket.settimeout(None)
        if not self._stream.peek(1):
            return False
        self.is_idle = False
        self._socket.settimeout(self._door.patience)
        wire = h11.Connection(h11.SERVER, max_incomplete_event_size=LONGEST_HEAD)
        try:
            wire.receive_data(self._head())
            head = wire.next_event()
        except (h11.RemoteProtocolError, ValueError) as error:  # the latter: a length of which int() reads no more
            return self._refuse(wire, getattr(error, "error_status_hint", 400))
        if not isinstance(head, h11.Request):  # it broke off
            return False
        if head.http_version not in VERSIONS:
            return self._refuse(wire, 505)
        body = self._body(head, wire)
        request = self._request(head, body)
        if request is None:
            return self._refuse(wire, 400)
        return self._exchange(request, body, wire)

    def _head(self) -> bytes:
        """Return the bytes up to the empty line after the headers, or what there is if they are too many."""
        if self._stream.peek(1)[:1] == TLS_HANDSHAKE:
            message = "a client speaks TLS to plain HTTP"
            raise h11.RemoteProtocolError(message, error_status_hint=400)
        lines: list[bytes] = []
        size = 0
        while size <= LONGEST_HEAD:
            line: bytes = self._stream.readline(LONGEST_HEAD + 1)
            size += len(line)
            if lines and line[:1] in FOLDS:
                message = "a header goes on in the next line"
                raise h11.RemoteProtocolError(message, error_status_hint=400)
            if lines or line not in LINE_ENDS or not line:  # an empty line before a request is let pass: RFC 9112, 2.2
                lines.append(line)
                if line in LINE_ENDS:
                    return b"".join(lines)
        message = "the head of the request is too long"
        raise h11.RemoteProtocolError(message, error_status_hint=431)

    def _body(self, head: h11.Request, wire: h11.Connection) -> ReceivedBody:
        headers = dict(head.headers)  # h11 has refused lengths that contradict each other
        left = (
            None if b"transfer-encoding" in headers else natural(headers.get(b"content-length", b"0").decode("ascii"))
        )
        go_on = (lambda: self._go_on(wire)) if wire.they_are_waiting_for_100_continue else None
        return ReceivedBody(self._stream, wire, left, go_on)

    def _request(self, head: h11.Request, body: ReceivedBody) -> HttpRequest | None:
        """Return the neutral request, None if its target is no path: it is taken as it stands, never normalised."""
        headers: dict[str, str] = {}
        for raw_name, raw in head.headers:
            name = raw_name.decode("ascii")
            value = header_text(name, raw)
            headers[name] = f"{headers[name]},{value}" if name in headers else value
        host = headers.get("host", "")
        target = head.target.decode("ascii")
        if not target.startswith("/"):
            scheme, found, rest = target.partition("://")
            if not found or scheme not in {"http", "https"}:
                return None
            host, slash, path = rest.partition("/")
            target = slash + path
        path, _, query = target.partition("?")
        method = head.method.decode("ascii")
        request = HttpRequest(method, self._scheme, host, path or "/", query, headers, body, package="")
        request.endpoint_host = self._door.endpoint_of(host)
        request.pause = self._pause
        request.package = package_of(headers.get("user-agent", ""))
        return request

    def _go_on(self, wire: h11.Connection) -> None:
        # botocore does not know it without its words (source: `_is_100_continue_status` in its awsrequest)
        leave = h11.InformationalResponse(status_code=100, headers=[], reason="Continue")
        self._send([wire.send(leave) or b""])

    def _pause(self, seconds: float) -> None:
        self._door.wait(seconds)
        if self._door.is_closing:
            raise TransportFault(Transport.CLOSED)

    # --- an answer ---------------------------------------------------------------------------------------

    def _exchange(self, request: HttpRequest, received: ReceivedBody, wire: h11.Connection) -> bool:
        try:
            response = self._door.answer(request)
        except TransportFault as fault:
            self._break_off(fault.kind)
            return False
        except Exception as error:  # noqa: BLE001  the fake records it, and raises it when it stops: never a 500
            self._door.tell(error)
            self._reset()
            return False
        close = received.ends_connection or self._door.is_closing or not self._door.keeps_alive
        head = wire.send(_head_of(response, request.method, close=close)) or b""
        if request.method == "HEAD" or response.status in BODILESS:
            # h11 says how a body would come that is none; in this process nobody does.
            self._send([head if response.is_chunked else head.replace(OF_NO_BODY, b"", 1)])
        elif response.cut is not None:
            self._send([head, response.first(response.cut.size)])
            self._arrive()
            self._break_off(response.cut.kind)
            return False
        elif response.is_chunked:
            sent = [wire.send(h11.Data(data=bytes(piece))) or b"" for piece in response.chunks()]
            self._send([head, *sent, wire.send(h11.EndOfMessage()) or b""])
            return self._may_go_on(received, wire)
        elif not self._send_body(head, response, wire):  # a fault cut it short: the client waits for more
            self._say_goodbye()
            return False
        wire.send(h11.EndOfMessage())
        return self._may_go_on(received, wire)

    def _send_body(self, head: bytes, response: HttpResponse, wire: h11.Connection) -> bool:
        """Send an answer with its body; return whether that is as long as the head says."""
        if not response.is_held:
            return self._send_made(head, response, wire)
        pieces = list(response.chunks())
        self._send([head, *pieces])
        if sum(map(len, pieces)) != _declared(response):
            return False
        for piece in pieces:
            wire.send_with_data_passthrough(h11.Data(data=piece))  # type: ignore[arg-type]
        return True

    def _send_made(self, head: bytes, response: HttpResponse, wire: h11.Connection) -> bool:
        """Do the same with a body that no memory holds: piece by piece."""
        self._send([head])
        for piece in response.chunks():
            self._send([piece])
            wire.send_with_data_passthrough(h11.Data(data=piece))  # type: ignore[arg-type]
        return len(response.body) == _declared(response)

    def _may_go_on(self, received: ReceivedBody, wire: h11.Connection) -> bool:
        """End a request; return whether another may follow."""
        if wire.our_state is not h11.DONE:
            self._say_goodbye()
            return False
        received.drain()
        return True

    def _send(self, pieces: list[bytes | memoryview]) -> None:
        if sum(map(len, pieces)) <= SMALL:
            self._socket.sendall(b"".join(pieces))
            return
        for piece in pieces:
            view = memoryview(piece)
            for at in range(0, len(view), PIECE):  # a time-out is for each call
                self._socket.sendall(view[at : at + PIECE])

    def _refuse(self, wire: h11.Connection, status: int) -> bool:
        """Answer what is no HTTP."""
        if wire.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            headers = [("Connection", "close"), ("Content-Length", "0")]
            reason = responses.get(status, "")
            self._send([wire.send(h11.Response(status_code=status, headers=headers, reason=reason)) or b""])
            self._say_goodbye()
        return False

    # --- how a connection ends ---------------------------------------------------------------------------

    def _break_off(self, kind: Transport) -> None:
        """Do to the socket what a fault asks for."""
        if kind is Transport.RESET:
            self._reset()
        elif kind is Transport.CLOSED:
            self._say_goodbye()
        elif kind is Transport.READ_TIMEOUT:
            self._stall()
        else:
            message = (
                f"{kind!r} comes before a request is sent, and this one came over cos.serve(): it met a reset instead. "
                "Use Transport.RESET, CLOSED or READ_TIMEOUT for clients of the server."
            )
            self._door.tell(UsageError(message))
            self._reset()

    def _reset(self) -> None:
        """End the connection so that the client sees it reset."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)

    def _stall(self) -> None:
        """Send nothing more until the client gives up: its own time-out is the only clock, so nothing sleeps."""
        self.is_idle = True
        self._socket.settimeout(None)
        if not self._door.is_closing:
            while self._socket.recv(BLOCK):
                pass

    def _say_goodbye(self) -> None:
        """End our side, and read on for a moment: closing with unread bytes would reset what the client shall read."""
        self.is_idle = True
        self._socket.settimeout(GOODBYE)
        self._socket.shutdown(socket.SHUT_WR)
        if not self._door.is_closing:
            while self._socket.recv(BLOCK):
                pass

    def _arrive(self) -> None:
        """Wait until the client's side has what was sent: a reset takes back what has not."""
        try:
            from fcntl import ioctl
            from termios import TIOCOUTQ
        except ImportError:  # not on Windows, where a short wait must do
            self._door.wait(0.05)
            return
        for _ in range(200):
            left = struct.unpack("i", ioctl(self._socket.fileno(), TIOCOUTQ, b"\0\0\0\0"))[0]
            if not left:
                return
            self._door.wait(0.005)


def _declared(response: HttpResponse) -> int:
    """Return the length that the answer's headers promise; without a header it is the body's own."""
    for name, value in response.headers.items():
        if name.lower() == "content-length":
            return int(value)
    return sum(map(len, response.chunks()))


def _head_of(response: HttpResponse, method: str, *, close: bool) -> h11.Response:
    """Return the status and headers for h11, which adds what keeps the connection, or ends it."""
    headers = [
        (name.encode(), header_bytes(_BREAKS.sub(" ", value).strip())) for name, value in response.headers.items()
    ]
    names = {name.lower() for name in response.headers}
    if response.status == NO_CONTENT:
        headers = [(name, value) for name, value in headers if name.lower() != b"content-length"]  # RFC 9110, 8.6
    elif not names & {"content-length", "transfer-encoding"} and method != "HEAD" and response.status not in BODILESS:
        headers.append((b"Content-Length", str(_declared(response)).encode()))
    if close:
        headers.append((b"Connection", b"close"))
    reason = responses.get(response.status, "")
    return h11.Response(status_code=response.status, headers=headers, reason=reason)
