"""Transfers of boto3 and ibm_boto3 through the AWS CRT client, which would go round botocore: none takes that way."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from fakecos.clients.activation import active
from fakecos.clients.base import Adapter
from fakecos.facts.exceptions import EscapedRequestError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.clients.activation.patches import Patches

_attached_clients: set[int] = set()


def patch_transfer(module: ModuleType, patches: Patches) -> None:
    """Patch `boto3.s3.transfer`: the CRT client would ignore the endpoint and reach the real service (wire 7)."""

    def make(original: Callable[..., bool]) -> Callable[..., bool]:
        @functools.wraps(original)
        def _should_use_crt(config: Any) -> bool:
            # The original still refuses a CRT that is asked for and not there.
            return original(config) and active.innermost() is None and not _attached_clients

        return _should_use_crt

    patches.replace(module, "_should_use_crt", make)


def set_attached(client: object, *, attached: bool) -> None:
    """Note whether a client is attached to a fake: transfers take the classic path while any is."""
    (_attached_clients.add if attached else _attached_clients.discard)(id(client))


def patch_crt_transfer(module: ModuleType, patches: Patches) -> None:
    """Patch `s3transfer.crt`: a transfer that was set up before, or by hand, is refused loudly."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def _submit_transfer(self: Any, *args: Any, **kwargs: Any) -> Any:
            fake = active.innermost()
            if fake is None:
                return original(self, *args, **kwargs)
            error = EscapedRequestError(
                "A transfer through the AWS CRT client was stopped: it would reach the real S3, past any fake in "
                'this process. Use TransferConfig(preferred_transfer_client="classic").'
            )
            fake.record(error)
            raise error

        return _submit_transfer

    patches.replace(module.CRTTransferManager, "_submit_transfer", make)


ADAPTER = Adapter(
    while_active={
        "s3transfer.crt": patch_crt_transfer,
        "ibm_s3transfer.crt": patch_crt_transfer,
    },
    while_answering={
        "boto3.s3.transfer": patch_transfer,
        "ibm_boto3.s3.transfer": patch_transfer,
    },
)
