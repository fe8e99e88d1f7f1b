"""The part of FakeCOS that opens a door for clients outside of this process, or of no patch's reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.clients.activation import activation, fork_server
from fakecos.facts.exceptions import UsageError

if TYPE_CHECKING:
    from fakecos.clients.activation.patches import Overlay
    from fakecos.serving.server import Server


class Servable:
    """What serves a fake on a loopback address."""

    keep_environment: bool
    _servers: dict[Server, Overlay | None]

    if TYPE_CHECKING:  # what FakeCOS has

        @property
        def is_active(self) -> bool:
            """Whether it is on, or answers a client that is attached to it, or is served."""

        def _stop_clock(self) -> None: ...
        def _tell(self) -> None: ...

    def serve(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        tls: bool = False,
        environment: bool | None = None,
        domain: str | None = None,
    ) -> Server:
        """Serve this fake on a loopback address, for clients that are not Python's or run in another process.

        Returns a Server, ready: use it in a `with` or `async with` block, or stop it. The fake need not be on. It stops
        with the fake.

        - `host`, `port`: 127.0.0.1, localhost or ::1; port 0 is a free one.
        - `tls`: speak https, with a certificate of an authority that lives as long as the process (`ca_bundle`).
        - `environment`: while it serves, AWS_ENDPOINT_URL_S3 and dummy credentials stand in the environment, so that
          child processes come here. None: as FakeCOS(keep_environment=...) says.
        - `domain`: a name, such as "s3.test", that clients reach it by: of `photos.s3.test` the bucket is photos.
          So it is with localhost in any case.

        UsageError: the extra `server` is not installed, the host is not of this machine, or port or domain is none.
        OSError: the port is taken.
        """
        try:
            from fakecos.serving.server import Server, require_domain, require_loopback, require_port
        except ModuleNotFoundError as error:
            if error.name != "h11":
                raise
            message = "cos.serve() needs an HTTP library: pip install 'fakecos[server]'"
            raise UsageError(message) from error
        address = (require_loopback(host), require_port(port))
        server = Server(self, address, require_domain(domain), tls=tls)  # type: ignore[arg-type]
        wanted = not self.keep_environment if environment is None else environment
        self._servers[server] = None
        if wanted:
            self._servers[server] = activation.set_environment(
                _variables(server, keep=self.keep_environment), hermetic=not self.keep_environment
            )
            fork_server.renew()
        return server

    def close_server(self, server: Server, *, quietly: bool = False) -> None:
        """Close a server; if nothing else keeps the fake on, tell what is to be told, unless `quietly`."""
        if server not in self._servers:
            return
        overlay = self._servers[server]
        server.close()
        if overlay is not None:
            activation.unset_environment(overlay)
            fork_server.renew()
        del self._servers[server]
        if not self.is_active:  # it was all that kept the fake on
            self._stop_clock()
            if not quietly:
                self._tell()


def _variables(server: Server, *, keep: bool) -> dict[str, str]:
    """Return what to put into the environment: with `keep` no credentials, which are the developer's then."""
    if not keep:
        return server.environment
    return {
        name: value for name, value in server.environment.items() if name in {"AWS_ENDPOINT_URL_S3", "AWS_CA_BUNDLE"}
    }
