"""Patches of aiobotocore that test suites copy so that it takes moto's answers: they are named where they break here.

moto answers a client of aiobotocore with what belongs to botocore, whose content cannot be awaited. So suites replace
`convert_to_response_dict`, the answer's class or how a body is read, by something that wraps bytes in a coroutine; and
delete methods of the wrapper that frames a body in chunks (public: aiobotocore's issue 755 and the patches there).
fakecos answers as aiobotocore itself does, and such a patch wraps a coroutine in another one. One that also takes what
can be awaited does no harm, and is left alone: each is tried, once, with an answer of one byte.
"""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING, Any

from fakecos import urls
from fakecos.facts.exceptions import UsageError
from fakecos.wire.messages import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

REPLACED = (
    ("aiobotocore.endpoint", ("convert_to_response_dict",)),
    ("aiobotocore.awsrequest", ("AioAWSResponse", "content")),
    ("aiobotocore.awsrequest", ("AioAWSResponse", "_content_prop")),
    ("aiobotocore.response", ("StreamingBody", "read")),
)
"""What such patches replace: the module, and the names in it."""
DELETED = ("_make_chunk", "read")
"""What they delete of AioAwsChunkedWrapper, so that botocore's own is called, which awaits nothing."""
PAGE = urls.page("how-to/use-with-asyncio", "a-patch-for-moto")
_harmless: set[tuple[Any, ...]] = set()


def replaced() -> dict[str, Any]:
    """Return what is in the place of aiobotocore's own, by the full name of that."""
    found = {}
    for module_name, names in REPLACED:
        module = sys.modules[module_name]
        value: Any = module
        for name in names:
            value = vars(value).get(name) if isinstance(value, type) else getattr(value, name, None)
        function = value.fget if isinstance(value, property) else value
        if function is not None and getattr(function, "__globals__", None) is not vars(module):
            found[".".join((module_name, *names))] = function
    return found


async def require_harmless(
    found: dict[str, Any], make: Callable[[HttpResponse], Any], request: Any, model: Any
) -> None:
    """Raise UsageError if what `replaced` found breaks the answers to this operation.

    `make` makes aiobotocore's own answer; `model` is the model of the operation, None if nobody knows it.
    """
    if model is None or model.has_event_stream_output:
        return
    statuses = (200, 404) if model.has_streaming_output else (200,)
    kind = (*found.values(), statuses, request.method == "HEAD")
    if kind in _harmless:
        return
    for status in statuses:
        try:
            works = await _is_read(make, b"" if request.method == "HEAD" else b"1", status, model)
        except Exception as error:
            _close_coroutines(error)
            raise _broken(found) from error
        if not works:
            raise _broken(found)
    _harmless.add(kind)


async def _is_read(make: Callable[[HttpResponse], Any], body: bytes, status: int, model: Any) -> bool:
    """Whether the client reads the body of an answer."""
    answer = make(HttpResponse(status, {"content-length": str(len(body))}, body))
    got = (await sys.modules["aiobotocore.endpoint"].convert_to_response_dict(answer, model))["body"]
    if hasattr(got, "read"):
        got = await got.read()
    if inspect.iscoroutine(got):
        got.close()  # else Python warns that nobody awaited it
    return isinstance(got, bytes) and got == body


def _close_coroutines(error: BaseException) -> None:
    """Close what a patch got where it wanted bytes, as it failed: else Python warns of it, in some later test."""
    trace = error.__traceback__
    while trace is not None:
        for value in trace.tb_frame.f_locals.values():
            if inspect.iscoroutine(value) and inspect.getcoroutinestate(value) == inspect.CORO_CREATED:
                value.close()
        trace = trace.tb_next


def require_chunks(checksums: ModuleType, error: BaseException | None) -> None:
    """Raise UsageError if a body could not be read because methods of AioAwsChunkedWrapper were deleted."""
    gone = [name for name in DELETED if name not in vars(checksums.AioAwsChunkedWrapper)]
    if gone and isinstance(error, TypeError):
        names = " and ".join(f"AioAwsChunkedWrapper.{name}" for name in gone)
        what = f"{names} of aiobotocore.httpchecksum {'is' if len(gone) == 1 else 'are'} deleted"
        raise _usage_error(what, "this body cannot be sent") from error


def _broken(found: dict[str, Any]) -> UsageError:
    said = [f"{name} is replaced by {_described(value)}" for name, value in found.items()]
    return _usage_error(", and ".join(said), "the answer cannot be read")


def _described(value: Any) -> str:
    code = getattr(value, "__code__", None)
    name = getattr(value, "__qualname__", None) or repr(value)
    return name if code is None else f"{name} ({code.co_filename}:{code.co_firstlineno})"


def _usage_error(what: str, then: str) -> UsageError:
    return UsageError(
        f"{what}, as suites do that use moto with aiobotocore. With it {then}. Delete this patch: fakecos answers "
        f"aiobotocore itself. See {PAGE}"
    )
