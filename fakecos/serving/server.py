"""A server, as the author of a test has it: where it is, and how to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.clients.activation import environment
from fakecos.clients.activation.patches import ABSENT
from fakecos.misnamed import Named

CONTROL_URL = "FAKECOS_CONTROL_URL"
"""The variable that leads a child process to the control door."""

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from typing_extensions import Self

    from fakecos.serving.listener import Listener


class Server(Named):
    """An open door to one fake: what `FakeCOS.serve` gives. Use it in a `with` or `async with` block, or stop it.

    - `endpoint_url`: the address for clients, as `http://127.0.0.1:49152`.
    - `ca_bundle`: with TLS the path of a file with the certificate to trust, else None. It is deleted in the end.
    - `control_url`: the address of its control door, as `http://127.0.0.1:49153`; None without `control=True`.
    """

    __module__ = "fakecos"

    def __init__(
        self,
        listener: Listener,
        signing_keys: tuple[str, str],
        stop: Callable[[Server, BaseException | None], None],
        control: Listener | None = None,
    ) -> None:
        self._listener = listener
        self._signing_keys = signing_keys
        self._stop = stop
        self.endpoint_url = listener.endpoint_url
        self.ca_bundle = listener.ca_bundle
        self.control_url = None if control is None else control.endpoint_url

    @property
    def port(self) -> int:
        """The port, chosen freely if none was asked for."""
        return int(self.endpoint_url.rpartition(":")[2])

    @property
    def environment(self) -> dict[str, str]:
        """Variables for a child process, so that its clients come here, and nowhere else, with dummy credentials."""
        mask = environment.mask(self._signing_keys)
        variables = {name: str(value) for name, value in mask.items() if value is not ABSENT}
        variables["AWS_ENDPOINT_URL_S3"] = self.endpoint_url
        if self.ca_bundle is not None:
            variables["AWS_CA_BUNDLE"] = self.ca_bundle
        if self.control_url is not None:
            variables[CONTROL_URL] = self.control_url
        return variables

    def stop(self) -> None:
        """Close it: requests end, connections are closed, the address is free again. Twice is as once.

        If nothing else keeps its fake on, what was recorded meanwhile is raised, as by `FakeCOS.stop`.
        """
        self._stop(self, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop(self, error)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop(self, error)

    def __repr__(self) -> str:
        control = "" if self.control_url is None else f", control door at {self.control_url}"
        return f"<Server at {self.endpoint_url}{control}{' (closed)' if self._listener.is_closing else ''}>"
