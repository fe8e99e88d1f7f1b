"""The servers of one fake: opened for clients outside of this process, or out of reach of any patch."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from fakecos.clients.activation import activation, fork_server
from fakecos.facts.exceptions import UsageError
from fakecos.facts.hosts import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.clients.activation.active_service import ActiveService
    from fakecos.clients.activation.patches import Overlay
    from fakecos.service.service import Service
    from fakecos.serving.control.controlled import Controllable
    from fakecos.serving.listener import Listener
    from fakecos.serving.server import Server


class _Open:
    """What there is of one server, and what it covers of the environment."""

    __slots__ = ("control", "listener", "overlay", "server")

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.control: Listener | None = None
        self.server: Server | None = None
        self.overlay: Overlay | None = None

    def cover(self, overlay: Overlay) -> None:
        """Note what it covers."""
        self.overlay = overlay


class Servers:
    """What serves one fake on loopback addresses.

    `ended` is called when the last server was stopped and nothing else keeps the fake on, with the exception that is
    on its way, if any. `cos` is the fake as its control door has it, and `service` what answers S3.
    """

    def __init__(
        self,
        active: ActiveService,
        ended: Callable[[BaseException | None], None],
        cos: Controllable,
        service: Service,
    ) -> None:
        self._active = active
        self._ended = ended
        self._cos = cos
        self._service = service
        self._open: list[_Open] = []

    def serve(
        self,
        host: str,
        port: int,
        *,
        tls: bool,
        environment: bool | None,
        domain: str | None,
        keep_alive: bool,
        control: bool,
        control_port: int,
    ) -> Server:
        """Open one. UsageError and OSError: as `FakeCOS.serve` says."""
        try:
            from fakecos.serving import listener as sockets
            from fakecos.serving.front_door import FrontDoor
            from fakecos.serving.server import Server
        except ModuleNotFoundError as error:
            if error.name != "h11":
                raise
            message = "cos.serve() needs an HTTP library: pip install 'fakecos[server]'"
            raise UsageError(message) from None
        active = self._active
        address = (sockets.require_loopback(host), sockets.require_port(port))
        control_at = (address[0], sockets.require_control_port(control_port, port, control=control))
        domain = sockets.require_domain(domain)
        door = FrontDoor(active, self._service, [*LOOPBACK, *([domain.lower()] if domain else [])])
        listener = sockets.Listener(door, address, domain, tls=tls, keep_alive=keep_alive)
        opened = _Open(listener)
        try:
            self._open.append(opened)  # noted before anything is opened
            active.doors.append(listener)
            listener.open()
            if active.share_models:
                activation.share_models(listener)
            if control:
                self._open_control(opened, control_at)
            server = opened.server = Server(listener, active.signing_keys, self._stop, opened.control)
            if not active.keep_environment if environment is None else environment:
                variables = _variables(server, keep=active.keep_environment)
                activation.set_environment(variables, opened.cover, hermetic=not active.keep_environment)
                fork_server.renew()
            return server  # noqa: TRY300  what comes here is undone too
        except BaseException:  # Ctrl-C too
            self._close(opened)
            raise

    def _open_control(self, opened: _Open, address: tuple[str, int]) -> None:
        """Open the control door of a server: in plain HTTP, whatever the other one speaks."""
        from fakecos.serving.control.controlled import Controlled
        from fakecos.serving.control.door import ControlDoor
        from fakecos.serving.listener import Listener

        controlled = Controlled(self._cos, self._service, opened.listener.endpoint_url)
        opened.control = Listener(ControlDoor(controlled, self._active.record), address, None, tls=False)
        opened.control.open()

    def stop_all(self) -> None:
        """Stop every server, each though another failed; what they leave is the caller's matter."""
        with ExitStack() as steps:
            for opened in self._open:
                steps.callback(self._close, opened)

    def _stop(self, server: Server, error: BaseException | None) -> None:
        opened = next((opened for opened in self._open if opened.server is server), None)
        if opened is None:
            return
        try:
            self._close(opened)
        except BaseException as broken_off:
            self._close(opened)  # what was broken off is finished
            if not self._active.is_active:
                self._ended(broken_off)
            raise
        if not self._active.is_active:
            self._ended(error)

    def _close(self, opened: _Open) -> None:
        """Close one door; nothing happens if it is closed."""
        with ExitStack() as steps:
            if opened.overlay is not None:
                steps.callback(fork_server.renew)
                steps.callback(activation.unset_environment, opened.overlay)
            steps.callback(activation.unshare_models, opened.listener)
            steps.callback(opened.listener.close)
            if opened.control is not None:
                steps.callback(opened.control.close)
        self._active.doors = [door for door in self._active.doors if door is not opened.listener]
        self._open = [other for other in self._open if other is not opened]


def _variables(server: Server, *, keep: bool) -> dict[str, str]:
    """Return what to put into the environment: with `keep` no credentials, which are the developer's then."""
    if not keep:
        return server.environment
    from fakecos.serving.server import CONTROL_URL

    kept = {"AWS_ENDPOINT_URL_S3", "AWS_CA_BUNDLE", CONTROL_URL}
    return {name: value for name, value in server.environment.items() if name in kept}
