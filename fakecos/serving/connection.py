"""One connection of a client: requests in, answers out, and what faults do to a socket.

Law of this file: whatever comes over the socket, the server goes on. h11 judges what follows the last chunk of a body,
and all heads that are not of the usual form; what it refuses is answered 400 without a word of S3, and the connection
ends (assumed: S3 answers so what is no HTTP).
"""

from __future__ import annotations

import os
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
from fakecos.serving.answer_form import declared_size, judged_head, usual_answer
from fakecos.serving.http_chunks import BLOCK, HttpChunks
from fakecos.serving.request_body import ReceivedBody
from fakecos.serving.request_head import NotHttpError, read_head
from fakecos.wire.messages import BODILESS, CONTINUE, HttpRequest

if TYPE_CHECKING:
    import ssl

    from fakecos.serving.request_head import RequestHead
    from fakecos.wire.messages import HttpResponse

PIECE = 1024 * 1024
SMALL = 256 * 1024
"""Up to here a body goes out in one piece with its head: two small writes may wait 40 ms for each other."""
GOODBYE = 1.0
"""Seconds in which a client may still read an answer after which the connection ends."""
NO_LINGER = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
OF_NO_BODY = b"Transfer-Encoding: chunked\r\n"


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
        try:
            head = read_head(self._stream)
        except NotHttpError as error:
            return self._refuse(error.wire, error.status)
        if head is None:
            return False
        body = self._body(head)
        request = self._request(head, body)
        if request is None:
            return self._refuse(head.wire, 400)
        return self._exchange(head, request, body)

    def _body(self, head: RequestHead) -> ReceivedBody:
        # lengths that contradict each other are refused with the head
        length = natural(head.headers.get("content-length", "0")) or 0
        size = HttpChunks(self._stream, head) if "transfer-encoding" in head.headers else length
        return ReceivedBody(self._stream, size, self._go_on if head.waits else None)

    def _request(self, head: RequestHead, body: ReceivedBody) -> HttpRequest | None:
        """Return the neutral request, None if its target is no path: it is taken as it stands, never normalised."""
        headers, target = head.headers, head.target
        host = headers.get("host", "")
        if not target.startswith("/"):
            scheme, found, rest = target.partition("://")
            if not found or scheme not in {"http", "https"}:
                return None
            host, slash, path = rest.partition("/")
            target = slash + path
        path, _, query = target.partition("?")
        request = HttpRequest(head.method, self._scheme, host, path or "/", query, headers, body, package="")
        request.endpoint_host = self._door.endpoint_of(host)
        request.pause = self._pause
        request.package = package_of(headers.get("user-agent", ""))
        return request

    def _go_on(self) -> None:
        self._send([CONTINUE])

    def _pause(self, seconds: float) -> None:
        self._door.wait(seconds)
        if self._door.is_closing:
            raise TransportFault(Transport.CLOSED)

    # --- an answer ---------------------------------------------------------------------------------------

    def _exchange(self, head: RequestHead, request: HttpRequest, received: ReceivedBody) -> bool:
        """Let the fake answer, and send that; return whether another request may follow."""
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
        usual = usual_answer(response, request.method) if head.is_usual and not close else None
        if usual is None:
            return self._send_judged(response, request, received, head.wire, close=close)
        self._send(usual)
        received.drain()
        return True

    def _send_judged(
        self, response: HttpResponse, request: HttpRequest, received: ReceivedBody, wire: h11.Connection, *, close: bool
    ) -> bool:
        """Send an answer whose head h11 writes, and do what a fault asks for; return whether another may follow."""
        head = wire.send(judged_head(response, request.method, close=close)) or b""
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
        if sum(map(len, pieces)) != declared_size(response):
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
        return len(response.body) == declared_size(response)

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
