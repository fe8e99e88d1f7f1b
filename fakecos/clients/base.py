"""The contract of a client adapter: what one file of this room declares, so that one more client library is answered.

A new client is one file, which declares `ADAPTER`, and one line in `fakecos.clients.adapters`. The file is imported
when its library is (start-up is a budget, law 10), so it may not import the library itself at its top.

An adapter that answers requests has four parts:
- a patch function for each module that it patches. It replaces the one function of the library below which a request
  leaves the process, so that the library's own retries, redirects and signing stay real;
- `to_http`, from the client's request to the neutral HttpRequest;
- `from_http`, from the neutral HttpResponse to the client's own answer;
- `Failures`, from the neutral failures of a connection to the exceptions that the library itself raises.
`exchange`, below, stands between `to_http` and `from_http`, for every client.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.facts.transport import Transport, TransportFault

if TYPE_CHECKING:
    from types import ModuleType

    from fakecos.clients.activation.active import ActiveFake
    from fakecos.clients.activation.patches import Patches
    from fakecos.wire.messages import HttpRequest, HttpResponse

    Patch = Callable[[ModuleType, Patches], None]

Exceptions = Mapping[Transport, "Callable[..., BaseException] | None"]
"""What makes the client's own exception for each failure; all functions of one table take the same arguments.

None: the library raises its own exception, once the adapter has ended the connection in that way.
"""


class Failures(NamedTuple):
    """The exceptions of one kind of connection. A test holds both tables complete."""

    unanswered: Exceptions
    """No answer came: every member of Transport."""
    broken_off: Exceptions
    """The answer broke off while its body was read: every member that needs a connection."""


_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Adapter(NamedTuple):
    """What one file declares of a client library."""

    while_active: Mapping[str, Patch] = _NOTHING
    """Patch functions by the full name of the module that each patches, in place while a fake is active.

    Each is called once the module is imported, with the module and the `Patches` that undo what it replaces.
    """
    while_sharing: Mapping[str, Patch] = _NOTHING
    """The same for what sessions share while a fake is active, or serves this process."""
    while_answering: Mapping[str, Patch] = _NOTHING
    """The same for what a client needs too that is attached to a fake which is not active."""
    failures: tuple[Failures, ...] = ()
    """One for each kind of connection that the library has; empty: the adapter answers no requests."""


def exchange(fake: ActiveFake, request: HttpRequest, unanswered: Exceptions, *sent: Any) -> HttpResponse:
    """Let the fake answer one request; a connection that fails raises what `unanswered` makes of `sent`.

    TransportFault: the adapter has to end the connection itself, and its table says None.
    What the fake itself raises is recorded, since the code under test may swallow it; a failure of the client's own
    body while it is read is not, since that is the client's.
    """
    try:
        return fake.exchange(request)
    except TransportFault as fault:
        make = unanswered[fault.kind]
        if make is None:
            raise
        raise make(*sent) from None
    except Exception as error:
        if error is not getattr(request.body, "failure", None):
            fake.record(error)
        raise
