"""A certificate authority to throw away, so that clients speak TLS to the server as they do in production."""

from __future__ import annotations

import functools
import os
import re
from typing import TYPE_CHECKING, Any

from fakecos.facts.exceptions import UsageError
from fakecos.facts.hosts import LOOPBACK

if TYPE_CHECKING:
    import ssl

_HOST = r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?"


@functools.cache
def authority() -> Any:
    """Return the authority of this process. UsageError: the extra is not installed."""
    try:
        import trustme
    except ModuleNotFoundError as error:
        if error.name != "trustme":
            raise
        message = "cos.serve(tls=True) needs trustme: pip install 'fakecos[server]'"
        raise UsageError(message) from None
    return trustme.CA(organization_name="fakecos, for tests only")


def write_bundle() -> str:
    """Write the authority's own certificate into a new file that a client can be made to trust; return its path."""
    import tempfile

    handle, path = tempfile.mkstemp(prefix="fakecos-ca-", suffix=".pem")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(authority().cert_pem.bytes())
    except BaseException:  # Ctrl-C too
        os.unlink(path)  # noqa: PTH108  pathlib is not needed here
        raise
    return path


@functools.cache
def context() -> ssl.SSLContext:
    """Return what makes TLS of a connection; each host name that a client asks for has a certificate of its own.

    A wildcard would not do: no client takes one for `*.localhost`.
    """
    from ssl import ALERT_DESCRIPTION_UNRECOGNIZED_NAME

    made = _context(*LOOPBACK)

    def choose(connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> int | None:
        if name is None or name in LOOPBACK:
            return None
        if not re.fullmatch(_HOST, name):
            return ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        connection.context = _of_name(name.lower())
        return None

    made.sni_callback = choose  # type: ignore[assignment,unused-ignore]
    return made


@functools.lru_cache(maxsize=256)
def _of_name(name: str) -> ssl.SSLContext:
    return _context(name)


def _context(*names: str) -> ssl.SSLContext:
    import ssl

    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # A ticket makes a client's socket readable, which botocore takes for an answer while it waits for `100 Continue`.
    made.num_tickets = 0
    made.set_alpn_protocols(["http/1.1"])
    authority().issue_cert(*names).configure_cert(made)
    return made
