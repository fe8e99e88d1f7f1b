"""Every client adapter: one line each, with the libraries at whose import it is imported.

What an adapter patches stands in its own file, as `ADAPTER`: see `fakecos.clients.base`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.clients.base import Adapter

ADAPTERS: dict[str, tuple[str, ...]] = {
    "fakecos.clients.botocore.aio_endpoint": ("aiobotocore",),
    "fakecos.clients.botocore.backoff": ("botocore", "ibm_botocore", "aiobotocore"),
    "fakecos.clients.botocore.boto3_session": ("boto3", "ibm_boto3"),
    "fakecos.clients.botocore.boto3_transfer": ("boto3", "ibm_boto3", "s3transfer", "ibm_s3transfer"),
    "fakecos.clients.botocore.credentials": ("botocore", "ibm_botocore", "aiobotocore"),
    "fakecos.clients.botocore.endpoint": ("botocore", "ibm_botocore"),
    "fakecos.clients.botocore.iam_tokens": ("ibm_botocore",),
    "fakecos.clients.botocore.moto": ("moto",),
    "fakecos.clients.botocore.shared_models": ("botocore", "ibm_botocore"),
    "fakecos.clients.botocore.shared_rules": ("botocore", "ibm_botocore"),
    "fakecos.clients.http.aiohttp": ("aiohttp",),
    "fakecos.clients.http.httpx": ("httpx", "pytest_httpx"),
    "fakecos.clients.http.responses": ("responses",),
    "fakecos.clients.http.urllib3": ("urllib3",),
    "fakecos.clients.http.urllib_request": ("urllib",),
}
"""The adapter's file, and the top-level packages that hold the modules which it patches."""


def libraries() -> frozenset[str]:
    """Return the top-level packages of every library that has an adapter."""
    return frozenset(library for found in ADAPTERS.values() for library in found)


def of_library(library: str) -> Iterator[Adapter]:
    """Yield the adapters of a top-level package; each is imported now, if it was not before."""
    for name, found in ADAPTERS.items():
        if library in found:
            yield importlib.import_module(name).ADAPTER
