"""Who signs: dummies stand for credentials that a client lacks, or would have to fetch from somewhere.

A client that was made before the fake has its credentials already. Static keys are kept: they sign, and
stay in the process. Refreshable ones (an assumed role, SSO, a process, instance metadata; source:
`RefreshableCredentials` in botocore) would ask another service for new keys while they sign, which would leave. An API
key is sent to IBM's IAM, which fakecos answers too: see `iam_tokens`.
"""

from __future__ import annotations

import copy
import functools
import sys
from typing import TYPE_CHECKING, Any

from fakecos.clients.activation import active
from fakecos.clients.base import Adapter
from fakecos.clients.botocore import iam_tokens

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.clients.activation.active import ActiveFake
    from fakecos.clients.activation.patches import Patches

PACKAGES = ("botocore", "ibm_botocore")
_OWNERS = ("aiobotocore", *PACKAGES)  # its signer is a subclass of botocore's


def patch_signers(module: ModuleType, patches: Patches) -> None:
    """Patch `botocore.signers`: a client that was made before signs with dummies, where it has no static keys."""
    patches.replace(module.RequestSigner, "get_auth_instance", _signed_with_dummies)
    patches.replace(module.RequestSigner, "get_auth", _signed_with_dummies)


def patch_async_signers(module: ModuleType, patches: Patches) -> None:
    """Patch `aiobotocore.signers` likewise: its methods are coroutines, called on the signer's copy."""
    patches.replace(module.AioRequestSigner, "get_auth_instance", _signed_with_dummies)
    patches.replace(module.AioRequestSigner, "get_auth", _signed_with_dummies)


def set_dummies(client: Any, fake: ActiveFake) -> None:
    """Give the signer of one client dummies, if it has no static keys: the fake's own keys and tokens."""
    signer = client._request_signer
    module = _credentials_of(type(signer))  # type: ignore[arg-type]  # a class is hashable
    dummies = _dummies(signer._credentials, module, fake)
    token_manager = getattr(signer._credentials, "token_manager", None)
    if dummies is None and isinstance(token_manager, getattr(module, "DefaultTokenManager", ())):
        dummies = copy.copy(signer._credentials)
        dummies.token_manager = iam_tokens.AttachedTokens(token_manager, fake)
    if dummies is not None:
        signer._credentials = _DummyCredentials(dummies, signer._credentials)


def restore_own(client: Any) -> None:
    """Give the signer its own credentials again, if `set_dummies` gave it dummies."""
    signer = client._request_signer
    if isinstance(signer._credentials, _DummyCredentials):
        signer._credentials = signer._credentials.own


def _signed_with_dummies(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def get_auth_instance(self: Any, *args: Any, **kwargs: Any) -> Any:
        if active.fakes:
            fake = active.fakes[-1]
            own = self._credentials
            # Another service's own keys are for requests that may pass, so they are fetched as always.
            if own is None or str(self._service_id).lower() == "s3":
                dummies = _dummies(own, _credentials_of(type(self)), fake)  # type: ignore[arg-type]  # as above
                if dummies is not None:
                    # A copy, since another thread may be signing with this signer, and after us it has its own again.
                    self = copy.copy(self)
                    self._credentials = dummies
        return original(self, *args, **kwargs)

    return get_auth_instance


def _dummies(own: Any, module: ModuleType, fake: ActiveFake) -> Any:
    """Return dummies for credentials that are not there or would be fetched, None for others."""
    if own is None or isinstance(own, module.RefreshableCredentials):
        kind = getattr(module, "AioCredentials", None) or module.Credentials
        return kind(*fake.signing_keys)
    return None


@functools.cache
def _credentials_of(signer: type) -> ModuleType:
    """Return the module `credentials` of the package whose signer this is, or is made from."""
    names = {kind.__module__.partition(".")[0] for kind in signer.__mro__}
    return sys.modules[f"{next(name for name in _OWNERS if name in names)}.credentials"]


class _DummyCredentials:
    """Dummy credentials, which keep the client's own for later."""

    def __init__(self, dummies: Any, own: Any) -> None:
        self._dummies = dummies
        self.own = own

    def __getattr__(self, name: str) -> Any:
        return getattr(self._dummies, name)


ADAPTER = Adapter(
    while_active={
        **{f"{name}.signers": patch_signers for name in PACKAGES},
        "aiobotocore.signers": patch_async_signers,
    }
)
