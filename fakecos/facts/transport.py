"""What a network can do to a request: neutral names, which each adapter turns into its own library's exceptions."""

from __future__ import annotations

from enum import Enum

from fakecos.misnamed import NamedEnum


class Transport(Enum, metaclass=NamedEnum):
    """A failure of the connection, and no answer of S3. The client raises its own package's exception for it.

    `CONNECT` (refused), `CONNECT_TIMEOUT`, `DNS` (unknown host), `TLS` and `PROXY` come before anything is sent.
    `READ_TIMEOUT`, `RESET` and `CLOSED` (without an answer) come at any time, and are all that `cos.serve()` can do.
    """

    CONNECT = "CONNECT"
    CONNECT_TIMEOUT = "CONNECT_TIMEOUT"
    READ_TIMEOUT = "READ_TIMEOUT"
    RESET = "RESET"
    CLOSED = "CLOSED"
    TLS = "TLS"
    PROXY = "PROXY"
    DNS = "DNS"

    def __repr__(self) -> str:
        return f"Transport.{self.name}"

    @property
    def needs_connection(self) -> bool:
        """Whether it happens to a connection that was made."""
        return self in {Transport.READ_TIMEOUT, Transport.RESET, Transport.CLOSED}


class TransportFault(Exception):  # noqa: N818  no error of ours: it is what the test asked for
    """The connection fails as `kind` says; raised by the service, translated by the adapters."""

    def __init__(self, kind: Transport) -> None:
        self.kind = kind
        super().__init__(kind.value)
