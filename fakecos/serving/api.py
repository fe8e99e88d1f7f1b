"""The servers of one fake: opened for clients outside of this process, or out of reach of any patch."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.clients.activation import activation, fork_server
from fakecos.facts.exceptions import UsageError
from fakecos.facts.hosts import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.clients.activation.active_service import ActiveService
    from fakecos.clients.activation.patches import Overlay
    from fakecos.serving.listener import Listener
    from fakecos.serving.server import Server


class _Open(NamedTuple):
    """What there is of one server, and what it covers of the environment."""

    listener: Listener
    overlay: Overlay | None


class Servers:
    """What serves one fake on loopback addresses.

    `ended` is called when the last server was stopped and nothing else keeps the fake on, with the exception that is
    on its way, if any; `reset` when a client asks to forget everything.
    """

    def __init__(
        self, active: ActiveService, ended: Callable[[BaseException | None], None], reset: Callable[[], None]
    ) -> None:
        self._active = active
        self._ended = ended
        self._reset = reset
        self._open: dict[Server, _Open] = {}

    def serve(
        self,
        host: str,
        port: int,
        *,
        tls: bool,
        environment: bool | None,
        domain: str | None,
        keep_alive: bool,
    ) -> Server:
        """Open one. UsageError and OSError: as `FakeCOS.serve` says."""
        try:
            from fakecos.serving.front_door import FrontDoor
            from fakecos.serving.listener import Listener, require_domain, require_loopback, require_port
            from fakecos.serving.server import Server
        except ModuleNotFoundError as error:
            if error.name != "h11":
                raise
            message = "cos.serve() needs an HTTP library: pip install 'fakecos[server]'"
            raise UsageError(message) from None
        active = self._active
        address = (require_loopback(host), require_port(port))
        domain = require_domain(domain)
        door = FrontDoor(active, self._reset, [*LOOPBACK, *([domain.lower()] if domain else [])])
        listener = Listener(door, address, domain, tls=tls, keep_alive=keep_alive)
        server = Server(listener, active.signing_keys, self._stop)
        self._open[server] = _Open(listener, None)
        active.served_at.append(server.endpoint_url)
        if not active.keep_environment if environment is None else environment:
            variables = _variables(server, keep=active.keep_environment)
            overlay = activation.set_environment(variables, hermetic=not active.keep_environment)
            self._open[server] = _Open(listener, overlay)
            fork_server.renew()
        return server

    def stop_all(self) -> None:
        """Stop every server; what they leave is the caller's matter."""
        for server in list(self._open):
            self._close(server)

    def _stop(self, server: Server, error: BaseException | None) -> None:
        if server not in self._open:
            return
        self._close(server)
        if not self._active.is_active:
            self._ended(error)

    def _close(self, server: Server) -> None:
        listener, overlay = self._open[server]
        listener.close()
        if overlay is not None:
            activation.unset_environment(overlay)
            fork_server.renew()
        del self._open[server]
        self._active.served_at.remove(server.endpoint_url)


def _variables(server: Server, *, keep: bool) -> dict[str, str]:
    """Return what to put into the environment: with `keep` no credentials, which are the developer's then."""
    if not keep:
        return server.environment
    return {
        name: value for name, value in server.environment.items() if name in {"AWS_ENDPOINT_URL_S3", "AWS_CA_BUNDLE"}
    }
