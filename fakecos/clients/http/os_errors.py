"""What Python itself raises when a connection fails: the innermost cause, which each client library wraps.

They stand in tables of exceptions, and take whatever those are called with.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket
    import ssl


def refused(*_: object) -> OSError:
    """Return what connecting raises where no server listens."""
    return ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")


def reset(*_: object) -> OSError:
    """Return what a socket raises that the peer has reset."""
    return ConnectionResetError(errno.ECONNRESET, "Connection reset by peer")


def disconnected(*_: object) -> Exception:
    """Return what http.client raises when the peer closes instead of answering."""
    from http.client import RemoteDisconnected

    return RemoteDisconnected("Remote end closed connection without response")


def timed_out(*_: object) -> OSError:
    """Return what a socket raises that has waited as long as its timeout."""
    return TimeoutError("timed out")


def unknown_host(*_: object) -> socket.gaierror:
    """Return what looking up a host raises that is not there."""
    import socket

    return socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def untrusted(*_: object) -> ssl.SSLCertVerificationError:
    """Return what a handshake raises with a certificate of no known authority."""
    import ssl

    text = "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate"
    return ssl.SSLCertVerificationError(1, text)


def no_tunnel(*_: object) -> OSError:
    """Return what a proxy's refusal to connect raises."""
    return OSError("Tunnel connection failed: 503 Service Unavailable")
