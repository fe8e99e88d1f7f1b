"""What the tests of aiobotocore share. They run where it is installed: it pins a botocore of its own.

Each module begins with `pytest.importorskip`, so that elsewhere every file is told as skipped.
"""

from __future__ import annotations

import asyncio
import inspect
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BUCKET = "photos"


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine function on a loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted}))
    return True


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No credentials of the machine, and no search for them."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_DEFAULT_REGION", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    """A fake with one bucket and parts of any size."""
    with FakeCOS(limits=Limits(min_part_size=1)) as fake:
        fake.create_bucket(BUCKET)
        yield fake


@pytest.fixture(params=["aiohttp", "httpx"])
def backend(request: pytest.FixtureRequest) -> str:
    """Each of the two HTTP sessions that a client can send by."""
    return str(request.param)


@pytest.fixture
def make(backend: str) -> Callable[..., Any]:
    """Return what makes a client, to be entered with `async with`; `config` are keywords of its AioConfig."""
    from aiobotocore.config import AioConfig
    from aiobotocore.session import get_session

    def client(service: str = "s3", **keywords: Any) -> Any:
        options = dict(keywords.pop("config", {}))
        if backend == "httpx":
            from aiobotocore.httpxsession import HttpxSession

            options["http_session_cls"] = HttpxSession
        keywords.setdefault("region_name", "us-east-1")
        return get_session().create_client(service, config=AioConfig(**options), **keywords)

    return client


ONCE = {"retries": {"total_max_attempts": 1}}


@pytest.fixture
def once(make: Callable[..., Any]) -> Callable[..., Any]:
    """Make a client that tries once."""

    def client(**keywords: Any) -> Any:
        return make(config={**ONCE, **keywords.pop("config", {})}, **keywords)

    return client
