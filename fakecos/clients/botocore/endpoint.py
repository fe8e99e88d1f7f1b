"""botocore and ibm_botocore: the hook at `Endpoint._send`, and the second guard at `URLLib3Session.send`.

Why these two (wire 1): `_send` is below signing, retries, Stubber and everybody's `before-send` handlers,
knows the service by `_endpoint_prefix` on any endpoint_url, and covers clients made before and after.
The two packages are one code base under two names, so one implementation serves both. All use of their
private names stands in this file, in `credentials` and in `bodies`.
"""

from __future__ import annotations

import functools
import re
import sys
import weakref
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.clients import base
from fakecos.clients.activation import active, network_guard, passage
from fakecos.clients.base import Adapter, Failures
from fakecos.clients.botocore import backoff, credentials, transport_exceptions
from fakecos.clients.botocore.bodies import SentBody
from fakecos.clients.streams import BrokenBody, raw_stream
from fakecos.facts.exceptions import UsageError
from fakecos.wire.messages import HttpRequest, header_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, ModuleType

    from fakecos.clients.activation.active import ActiveFake
    from fakecos.clients.activation.patches import Patches
    from fakecos.wire.messages import Body, HttpResponse

PACKAGES = credentials.PACKAGES
S3 = "s3"
NEW_LINE = re.compile(r"\n(?![ \t])|\r(?![ \t\n])")


class Package(NamedTuple):
    """The modules of one of the two packages that messages are made with."""

    name: str
    awsrequest: ModuleType
    checksums: ModuleType
    exceptions: ModuleType


def package_of(module: ModuleType | str) -> Package:
    """Return the package that a module of botocore or ibm_botocore belongs to; it is imported already."""
    name = (module if isinstance(module, str) else module.__name__).partition(".")[0]
    modules = sys.modules
    return Package(name, modules[f"{name}.awsrequest"], modules[f"{name}.httpchecksum"], modules[f"{name}.exceptions"])


# --- the neutral messages -------------------------------------------------------------------------------


def to_http(request: Any, endpoint_url: str, package: Package, body: Body | None = None) -> HttpRequest:
    """Return the neutral request. Its body is read late; its host is the URL's, never the Host header's.

    `body` stands for the request's own if that can only be awaited.
    """
    scheme, _, rest = request.url.partition("#")[0].partition("://")
    host, slash, path = rest.partition("/")
    if "?" in host:
        host, _, query = host.partition("?")
    else:
        path, _, query = (slash + path).partition("?")
    _, _, endpoint = endpoint_url.partition("://")
    endpoint_host, _, mount = endpoint.partition("/")
    mount = mount.rstrip("/")
    if body is None:
        body = SentBody(request.body, request.url, package.checksums, package.exceptions)
    message = HttpRequest(
        request.method, scheme, host, path or "/", query, _lower(request.headers), body, endpoint_host, package.name
    )
    if mount and f"{path}/".startswith(f"/{mount}/"):  # an endpoint that has a path: the bucket comes after it
        message.whole_path = message.path
        message.path = path[len(mount) + 1 :] or "/"
    return message


def _lower(headers: Any) -> dict[str, str]:
    # Its own dict is eight times faster to walk than its Mapping face, and this is on every request's path.
    # Blanks around a value are no part of it (RFC 9110, 5.5): a server takes them off.
    pairs = getattr(headers, "_dict", None)
    if pairs is None:
        return {name.lower(): _text(name.lower(), value).strip(" \t") for name, value in headers.items()}
    try:  # nearly always
        return {
            key._lower: (value if value.__class__ is str else value.decode("ascii")).strip(" \t")
            for key, value in pairs.items()
        }
    except UnicodeDecodeError:
        return {key._lower: _text(key._lower, value).strip(" \t") for key, value in pairs.items()}


def _text(name: str, value: bytes | str) -> str:
    return value if isinstance(value, str) else header_text(name, value)


def require_sendable(message: HttpRequest, package: Package) -> None:
    """Refuse headers that Python's http.client does not send: those that break into another line.

    Raises the client's own HTTPClientError, as for every other failure of its connection.
    """
    headers = message.headers
    sent = "".join(headers) + "".join(headers.values())  # one look: this is on every request's path
    if "\n" not in sent and "\r" not in sent:
        return
    for name, value in headers.items():
        if NEW_LINE.search(name):
            error = ValueError(f"Invalid header name {name.encode()!r}")
        elif NEW_LINE.search(value):
            error = ValueError(f"Invalid header value {value.encode()!r}")
        else:
            continue
        raise package.exceptions.HTTPClientError(error=error)


def from_http(response: HttpResponse, request: Any, package: Package) -> Any:
    """Return the package's own AWSResponse. HEAD has no body, else botocore parses it and sees a 500 (wire 1)."""
    raw: Any = raw_stream(b"" if request.method == "HEAD" else response.body)
    if response.cut is not None:
        error = transport_exceptions.BROKEN_OFF[response.cut.kind](request)
        raw = BrokenBody(raw.read(response.cut.size), error)
    return package.awsrequest.AWSResponse(request.url, response.status, response.headers, raw)


def exchange(fake: ActiveFake, endpoint: Any, request: Any, package: Package) -> Any:
    """Let `fake` answer one request of a client to S3."""
    message = to_http(request, endpoint.host, package)
    require_sendable(message, package)
    fake.endpoints[endpoint.host] = message.package
    if not active.fakes or fake is not active.fakes[-1]:
        backoff.note_answer(fake)
    message.read_timeout = functools.partial(transport_exceptions.read_timeout_of, request, endpoint)
    sent = (request, endpoint.http_session, package.exceptions)
    response = base.exchange(fake, message, transport_exceptions.UNANSWERED, *sent)
    if response.cut is not None and not request.stream_output:  # botocore reads it before it gives it to anyone
        raise transport_exceptions.UNANSWERED[response.cut.kind](*sent)
    return from_http(response, request, package)


# --- the hooks ------------------------------------------------------------------------------------------


def patch_endpoint(module: ModuleType, patches: Patches) -> None:
    """Patch `botocore.endpoint`: requests are answered."""
    package = package_of(module)

    def make_send(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def _send(self: Any, request: Any) -> Any:
            if not active.fakes:
                return original(self, request)
            fake = active.fakes[-1]
            if self._endpoint_prefix == S3:
                if active.is_forked and fake.is_elsewhere(request.url):
                    return _send_for_real(original, self, request)
                return exchange(fake, self, request, package)
            require_passage(fake, self, request, sys._getframe(1))
            return _send_for_real(original, self, request)

        return _send

    patches.replace(module.Endpoint, "_send", make_send)


def patch_http_session(module: ModuleType, patches: Patches) -> None:
    """Patch `botocore.httpsession`: what reaches the network layer is refused, unless it was let pass."""
    exceptions = sys.modules[f"{module.__name__.partition('.')[0]}.exceptions"]

    def make_send(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def send(self: Any, request: Any) -> Any:
            fake = active.innermost()
            if fake is not None and not passage.is_open():
                network_guard.require_allowed(fake, request, exceptions)
            return original(self, request)

        return send

    patches.replace(module.URLLib3Session, "send", make_send)


# --- other services -------------------------------------------------------------------------------------


def require_passage(fake: ActiveFake, endpoint: Any, request: Any, caller: FrameType | None) -> None:
    """Raise UnclaimedRequestError unless a request to another service may leave; `caller` called `_send`."""
    prefix: str = endpoint._endpoint_prefix
    if fake.passes((prefix,)):
        return
    model = operation_model(caller)
    names = [prefix]
    operation = f"{request.method} {request.url.partition('?')[0]}"
    if model is not None:
        names = [model.service_model.service_name, prefix]
        operation = model.name
    if fake.passes(names):
        return
    error = network_guard.unclaimed_request(names[0], operation)
    fake.record(error)
    raise error


def operation_model(frame: FrameType | None) -> Any:
    """Find the operation among the callers' variables: `_send` is not given it, and each protocol has its own way."""
    for _ in range(4):
        if frame is None:
            return None
        model = frame.f_locals.get("operation_model")
        if model is not None:
            return model
        frame = frame.f_back
    return None


def _send_for_real(original: Callable[..., Any], endpoint: Any, request: Any) -> Any:
    with passage.opened():
        return original(endpoint, request)


# --- one client -----------------------------------------------------------------------------------------


class _AttachedSend(functools.partial[Any]):
    """The `_send` of one endpoint, that a fake answers: its first argument. `before` stood on the endpoint itself."""

    before: Any = None


def attach(client: Any, fake: ActiveFake, answer: Callable[..., Any] | None = None) -> None:
    """Let `fake` answer this one client, by names on its own endpoint and signer, without a global patch.

    `answer` is the exchange of a package built on botocore, None for botocore's own.
    """
    endpoint = client._endpoint
    if answer is None:
        answer = functools.partial(exchange, package=package_of(type(endpoint).__module__))
    attached = _AttachedSend(answer, fake, endpoint)
    attached.before = vars(endpoint).get("_send")
    endpoint._send = attached
    credentials.set_dummies(client, fake)


def attached_fake(client: Any) -> ActiveFake | None:
    """Return the fake that this client is attached to, or None."""
    send = vars(client._endpoint).get("_send")
    return send.args[0] if isinstance(send, _AttachedSend) else None


def detach(client: Any) -> None:
    """Put an attached client back as it was; nothing happens if it is so."""
    attached = vars(client._endpoint).get("_send")
    if isinstance(attached, _AttachedSend):
        if attached.before is not None:
            client._endpoint._send = attached.before
        else:
            del client._endpoint._send
    credentials.restore_own(client)


# --- the clients that a fake makes ------------------------------------------------------------------------


def keep(client: Any, fake: ActiveFake) -> None:
    """Let a client that `fake` made send nothing while it is not active: it never reaches the network.

    What stands on the client holds it weakly. A client of botocore is in no circle, so that one which a test drops is
    freed at once; 2,000 objects each would wait for the garbage collector, which costs a quarter of making them.
    """
    client._endpoint._send = functools.partial(_send_of_made, fake, weakref.ref(client._endpoint))
    # boto3 asks for these before it hands a transfer to the AWS CRT client, which would go past `_send` (wire 7).
    client._get_credentials = functools.partial(_credentials_of_made, fake, weakref.ref(client))


def _send_of_made(fake: ActiveFake, sender: weakref.ref[Any], request: Any) -> Any:
    endpoint: Any = sender()  # it calls this
    if fake in active.every():  # the innermost answers, as for every client that is not attached
        return type(endpoint)._send(endpoint, request)
    _require_active(fake)
    if endpoint._endpoint_prefix != S3:
        raise _inactive()
    return exchange(fake, endpoint, request, package_of(type(endpoint).__module__))


def _credentials_of_made(fake: ActiveFake, caller: weakref.ref[Any]) -> Any:
    _require_active(fake)
    client: Any = caller()
    return type(client)._get_credentials(client)


def _require_active(fake: ActiveFake) -> None:
    if not fake.is_active:
        raise _inactive()


def _inactive() -> UsageError:
    return UsageError(
        "The fake that made this client is not active any more, so nobody answers: a client of cos.client() never "
        "reaches the real S3. Use it while its fake is active, start that again, or make a client of your own."
    )


ADAPTER = Adapter(
    while_active={
        **{f"{name}.endpoint": patch_endpoint for name in PACKAGES},
        **{f"{name}.httpsession": patch_http_session for name in PACKAGES},
    },
    failures=(Failures(transport_exceptions.UNANSWERED, transport_exceptions.BROKEN_OFF),),
)
