"""The library `responses`: its rules for S3 win, and a request for S3 that meets none of them goes on to fakecos.

A `RequestsMock` replaces `HTTPAdapter.send` and refuses what no rule is for. Each active one is asked, from the
innermost on, as often as they are nested, before or after the fake. To ask must not use a rule up, and must not
disturb `assert_all_requests_are_fired`, `calls` and ordered registries: a request that no rule is for never gets there.
A URL that is none of S3's stays with `responses` alone.

`responses` is not imported here: it matters only where the code under test has imported it.
Source: `RequestsMock` of responses 0.23 and later.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from fakecos.clients.activation import active
from fakecos.clients.base import Adapter
from fakecos.clients.botocore import moto
from fakecos.clients.http import http_common
from fakecos.facts.exceptions import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.clients.activation.patches import Patches


def patch_mock(module: ModuleType, patches: Patches) -> None:
    """Patch `responses`: what is for S3 and meets no rule is sent on."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def _on_request(self: Any, adapter: Any, request: Any, **named: Any) -> Any:
            intercepted = http_common.intercept(str(request.url), request.headers.get("Authorization"))
            if intercepted is None or (not _is_motos(self, request) and _has_rule(self, request, named)):
                return original(self, adapter, request, **named)
            named.pop("retries", None)  # those that it makes itself
            return _below(self)(adapter, request, **named)

        return _on_request

    patches.replace(module.RequestsMock, "_on_request", make)


def _is_motos(mock: Any, request: Any) -> bool:
    """Whether it is moto's own, which refuses S3 where moto does not answer it: a rule for every host of AWS."""
    try:
        return moto.passes_by(mock, request.method, str(request.url))
    except UsageError as error:
        fake = active.innermost()
        if fake is not None:
            fake.record(error)
        raise


def _has_rule(mock: Any, request: Any, named: dict[str, Any]) -> bool:
    """Whether any rule matches, looked at as `responses` does, and without taking it."""
    rules = mock.registered()
    if not rules:
        return False
    request.params = mock._parse_request_params(request.path_url)
    request.req_kwargs = {name: value for name, value in named.items() if name != "retries"}
    if hasattr(request.body, "read"):  # a matcher may look at it, and it can be read only once
        request.body = request.body.read()
    return any(rule.matches(request)[0] for rule in rules)


def _below(mock: Any) -> Callable[..., Any]:
    """Return what the mock has replaced: another one, or the real `send`."""
    below: Callable[..., Any] = getattr(mock._patcher, "temp_original", None) or mock._real_send
    return below


ADAPTER = Adapter(while_answering={"responses": patch_mock})
