"""moto beside fakecos: its `before-send` handler answers before `Endpoint._send`, so S3 must pass it by."""

from __future__ import annotations

import functools
import re
import sys
from typing import TYPE_CHECKING, Any

from fakecos.clients.activation import active
from fakecos.clients.base import Adapter
from fakecos.facts.exceptions import UsageError
from fakecos.facts.services.aws import GLOBAL_ENDPOINT

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.clients.activation.patches import Patches

MOCK_AWS = 'mock_aws(config={"core": {"passthrough": {"services": ["s3"]}}})'


def require_pass_through() -> None:
    """Raise UsageError if moto is active now and keeps S3 for itself."""
    stubber = sys.modules.get("moto.core.models")
    if stubber is not None and stubber.botocore_stubber.enabled and not _passes(f"https://{GLOBAL_ENDPOINT}/"):
        raise _conflict()


def patch_stubber(module: ModuleType, patches: Patches) -> None:
    """Patch `moto.core.botocore_stubber`, for a moto that starts after the fake: S3 passes, or an error says so."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def __call__(self: Any, event_name: str, request: Any, **kwargs: Any) -> Any:  # noqa: N807
            fake = active.innermost()
            if fake is None or not self.enabled or not event_name.startswith("before-send.s3."):
                return original(self, event_name, request, **kwargs)
            if not _passes(request.url):
                error = _conflict()
                fake.record(error)
                raise error
            return None

        return __call__

    patches.replace(module.BotocoreStubber, "__call__", make)


def _passes(url: str) -> bool:
    core = sys.modules["moto.core.config"].default_user_config.get("core", {})
    passthrough = core.get("passthrough", {})
    clean = url.partition("?")[0]
    return "s3" in passthrough.get("services", ()) or any(re.match(p, clean) for p in passthrough.get("urls", ()))


def _conflict() -> UsageError:
    return UsageError(f"moto is active and answers S3 before fakecos can. Let S3 pass it by: {MOCK_AWS}")


ADAPTER = Adapter(while_active={"moto.core.botocore_stubber": patch_stubber})
