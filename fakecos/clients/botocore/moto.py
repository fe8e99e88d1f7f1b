"""moto beside fakecos: its `before-send` handler answers before `Endpoint._send`, so S3 must pass it by.

What moto answers is asked of moto itself, since its versions differ (source: the code of moto 4.2.14 and 5.2.5, read):
- moto 5 has one mock for all services, and a configuration that says what passes;
- moto 4 has a mock for each, which registers the addresses of its service. What none registered passes.
"""

from __future__ import annotations

import functools
import re
import sys
from typing import TYPE_CHECKING, Any

from fakecos import urls
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
    models = sys.modules.get("moto.core.models")
    stubber = getattr(models, "botocore_stubber", None)
    if stubber is not None and stubber.enabled and not _passes(stubber, "GET", f"https://{GLOBAL_ENDPOINT}/"):
        raise _conflict()


def patch_stubber(module: ModuleType, patches: Patches) -> None:
    """Patch `moto.core.botocore_stubber`, for a moto that starts after the fake: S3 passes, or an error says so."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def __call__(self: Any, event_name: str, request: Any, **kwargs: Any) -> Any:  # noqa: N807
            fake = active.innermost()
            if fake is None or not self.enabled or not event_name.startswith("before-send.s3."):
                return original(self, event_name, request, **kwargs)
            if not _passes(self, request.method, request.url):
                error = _conflict()
                fake.record(error)
                raise error
            return None

        return __call__

    patches.replace(module.BotocoreStubber, "__call__", make)


def passes_by(mock: Any, method: str, url: str) -> bool:
    """Whether a mock of `responses` is the one that moto has for requests of plain HTTP, and S3 passes by it.

    Raises UsageError if it is, and moto would answer this request for S3 itself.
    """
    models = sys.modules.get("moto.core.models")
    if models is None or mock is not getattr(models, "responses_mock", None) or not models.botocore_stubber.enabled:
        return False
    if not _passes(models.botocore_stubber, method, url):
        raise _conflict()
    return True


def is_loaded() -> bool:
    """Whether moto has put its handler where every session of botocore takes it from."""
    return "moto.core.models" in sys.modules


def answers(service: str, url: str) -> bool:
    """Whether moto is active now and answers a service, which is asked at this address."""
    stubber = getattr(sys.modules.get("moto.core.models"), "botocore_stubber", None)
    return stubber is not None and stubber.enabled and not _passes(stubber, "POST", url, service)


def _passes(stubber: Any, method: str, url: str, service: str = "s3") -> bool:
    clean = url.partition("?")[0]
    configuration = sys.modules.get("moto.core.config")
    if configuration is None:  # moto 4
        return not any(pattern.match(clean) for pattern, _ in stubber.methods.get(method, ()))
    passthrough = configuration.default_user_config.get("core", {}).get("passthrough", {})
    return service in passthrough.get("services", ()) or any(re.match(p, clean) for p in passthrough.get("urls", ()))


def _conflict() -> UsageError:
    steps = f"Let S3 pass it by: {MOCK_AWS}"
    if "moto.core.config" not in sys.modules:
        steps = (
            "Remove mock_s3; the mocks of other services may stay (mock_sts, mock_sqs, ...). "
            "In the place of mock_all, name the services that moto is to answer"
        )
    return UsageError(f"moto is active and answers S3 before fakecos can. {steps}. See {urls.page(PAGE)}")


PAGE = "how-to/use-beside-moto"
ADAPTER = Adapter(while_active={"moto.core.botocore_stubber": patch_stubber})
