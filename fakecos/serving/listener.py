"""The listening socket: one thread that accepts, one for each connection, all of them gone when it is closed."""

from __future__ import annotations

import errno
import functools
import os
import selectors
import socket
import threading
import weakref
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from fakecos.facts.exceptions import UsageError
from fakecos.facts.hosts import LOOPBACK, LOOPBACK_NAME
from fakecos.serving import certificates
from fakecos.serving.connection import Connection

if TYPE_CHECKING:
    from fakecos.wire.messages import HttpRequest, HttpResponse

LAST_PORT = 65535
NOT_IN_NAMES = frozenset("/:@?# ")
PATIENCE = 20.0
"""Seconds in which a request or an answer must go on: about what S3 allows (public)."""
GRACE = 0.5
"""Seconds that requests have to end when the server is closed; then their connections are broken off."""
FULL = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
PAUSE = 0.05
"""Seconds between two tries to take a connection, while the process can have no more of them."""


class ServedFake(Protocol):
    """What a listener needs of its fake."""

    def exchange(self, request: HttpRequest) -> HttpResponse:
        """Answer one request to S3."""

    def record(self, error: Exception) -> None:
        """Keep an error, so that it is raised again when the fake stops."""


class Listener:
    """The socket of a server: it takes connections, and lets the fake answer what comes over them.

    - `endpoint_url`: the address for clients, empty before it is open. `ca_bundle`: with TLS the path of the
      certificate to trust, else None.
    - `keeps_alive`: whether a connection goes on after its first answer.
    """

    def __init__(
        self,
        fake: ServedFake,
        address: tuple[str, int],
        domain: str | None,
        *,
        tls: bool,
        keep_alive: bool = True,
    ) -> None:
        self._fake = fake
        self.keeps_alive = keep_alive
        self._names = tuple(name.lower() for name in (domain, LOOPBACK_NAME, LOOPBACK[0]) if name)
        self._context = certificates.context() if tls else None
        self._connections: dict[Connection, threading.Thread] = {}
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self.patience = PATIENCE
        self._address = address
        self._held: list[socket.socket | selectors.BaseSelector] = []
        self._thread: threading.Thread | None = None
        self.ca_bundle: str | None = None
        self.endpoint_url = ""

    # --- on and off --------------------------------------------------------------------------------------

    def open(self) -> None:
        """Open it. If this fails, even half-way, `close` undoes it. OSError: the port is taken."""
        _open.add(self)
        _watch_forks()
        host, _ = self._address
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server(self._address, family=family, backlog=128)
        self._held.append(self._socket)
        if self._context is not None:
            self.ca_bundle = certificates.write_bundle()
        self._bell, self._button = socket.socketpair()
        self._held += [self._bell, self._button]
        self._selector = selectors.DefaultSelector()
        self._held.append(self._selector)
        bare = f"[{host}]" if ":" in host else host
        scheme = "http" if self._context is None else "https"
        self.endpoint_url = f"{scheme}://{bare}:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, name=f"fakecos at {self.endpoint_url}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Close the socket and all connections. Twice is as once; if it is broken off, the next call finishes."""
        self._closing.set()
        _open.discard(self)
        if self._thread is not None and self._thread.ident is not None:
            with suppress(OSError):  # its connection is closed already
                self._button.send(b"!")
            self._thread.join()
        for held in self._held:
            held.close()
        self._end_connections()
        if self.ca_bundle is not None:
            with suppress(OSError):
                Path(self.ca_bundle).unlink()

    def _end_connections(self) -> None:
        threads = dict(self._connections)  # none is added any more
        for connection in threads:
            if connection.is_idle:
                connection.wake()
        for thread in threads.values():
            thread.join(GRACE)
            if thread.is_alive():  # then it is over for all, or many slow clients would add up
                break
        for connection, thread in threads.items():
            if thread.is_alive():
                connection.wake()
        for thread in threads.values():
            thread.join()

    def after_fork(self) -> None:
        """Let go of what a forked child has of it, or a connection would not end when the server ends it."""
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._closing.set()
        for held in self._held:
            held.close()
        for connection in self._connections:
            connection.forget()
        self._connections = {}
        self.ca_bundle = None  # the file is the parent's, whose clients still trust it

    def _accept(self) -> None:
        with self._socket, self._bell, self._selector as selector:
            if self.is_closing:
                return
            selector.register(self._socket, selectors.EVENT_READ)
            selector.register(self._bell, selectors.EVENT_READ)
            self._socket.settimeout(0)
            while True:
                ready = [key.fileobj for key, _ in selector.select()]
                if self._bell in ready:
                    return
                try:
                    accepted = self._socket.accept()[0]
                except OSError as error:  # the client is gone already, or this process has too many files open
                    if error.errno in FULL:
                        self._closing.wait(PAUSE)
                    continue
                self._take(accepted)

    def _take(self, accepted: socket.socket) -> None:
        accepted.settimeout(None)
        connection = Connection(self, accepted, self._context)
        thread = threading.Thread(
            target=self._serve, args=(connection,), name=f"connection of {self.endpoint_url}", daemon=True
        )
        with self._lock:
            self._connections[connection] = thread
        try:
            thread.start()
        except RuntimeError:  # no more threads: this client is lost, the next may be answered
            with self._lock:
                del self._connections[connection]
            accepted.close()

    def _serve(self, connection: Connection) -> None:
        try:
            connection.run()
        finally:
            with self._lock:
                self._connections.pop(connection, None)

    # --- what connections ask ----------------------------------------------------------------------------

    @property
    def is_closing(self) -> bool:
        """Whether it is closed, or about to be."""
        return self._closing.is_set()

    def wait(self, seconds: float) -> None:
        """Let time pass, until the server closes."""
        self._closing.wait(seconds)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Let the fake answer."""
        return self._fake.exchange(request)

    def tell(self, error: Exception) -> None:
        """Hand an error to the fake, which raises it when it stops."""
        self._fake.record(error)

    def endpoint_of(self, host: str) -> str | None:
        """Return the name of the endpoint that a host ends with, None for one that is not ours."""
        bare = host.lower().partition(":")[0]
        return next((name for name in self._names if bare == name or bare.endswith(f".{name}")), None)


_open: weakref.WeakSet[Listener] = weakref.WeakSet()


@functools.cache
def _watch_forks() -> None:
    """Watch forks from the first listener on; Python has no way to stop that."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_after_fork)


def _after_fork() -> None:
    for listener in tuple(_open):
        listener.after_fork()
    _open.clear()


def require_loopback(host: object) -> str:
    """Return the address of a host of this machine. UsageError: it is another, or nobody knows which."""
    if isinstance(host, int) and not isinstance(host, bool):
        message = f"cos.serve({host}): the host comes first; write cos.serve(port={host})."
        raise UsageError(message)
    if not isinstance(host, str) or host not in LOOPBACK:
        message = (
            f"cos.serve(host={host!r}): it serves this machine only, at {', '.join(LOOPBACK)}. "
            "By default any access key is taken, so that others must not reach it."
        )
        raise UsageError(message)
    return LOOPBACK[0] if host == LOOPBACK_NAME else host


def require_port(port: int) -> int:
    """Return a port. UsageError: it is none."""
    if type(port) is not int or not 0 <= port <= LAST_PORT:
        message = f"cos.serve(port={port!r}): a port is a whole number up to {LAST_PORT}; 0 is a free one."
        raise UsageError(message)
    return port


def require_control_port(port: object, s3_port: int, *, control: object) -> int:
    """Return the port of a control door. UsageError: it is none, that of S3, or no control door was asked for."""
    if type(control) is not bool:
        message = f"cos.serve(control={control!r}): write control=True, and for a port of its own control_port=9001."
        raise UsageError(message)
    if type(port) is not int or not 0 <= port <= LAST_PORT:
        message = f"cos.serve(control_port={port!r}): a port is a whole number up to {LAST_PORT}; 0 is a free one."
        raise UsageError(message)
    if port and not control:
        message = f"cos.serve(control_port={port}): there is no control door; write control=True too."
        raise UsageError(message)
    if port and port == s3_port:
        message = f"Port {port} is asked for twice, by S3 and by the control door: give each its own, or 0."
        raise UsageError(message)
    return port


def require_domain(domain: str | None) -> str | None:
    """Return the name of an endpoint. UsageError: it is a URL, has a port, or is no text."""
    if domain is None or (isinstance(domain, str) and domain and not NOT_IN_NAMES & set(domain)):
        return domain
    message = f'cos.serve(domain={domain!r}): write the name alone, without scheme and port, as in domain="s3.test".'
    raise UsageError(message)
