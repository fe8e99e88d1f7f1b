"""FakeCOS without its brackets, and asked for what is called otherwise or is a client's."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NoReturn

from fakecos.facts.exceptions import UsageError
from fakecos.misnamed import Named, attribute_error, require_settable
from fakecos.wire import operation_names

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType


class WithoutBrackets(type):
    """The class of FakeCOS: it says what `with FakeCOS as cos` lacks, which Python would only call unsupported."""

    if not TYPE_CHECKING:  # a type checker is to refuse it, as it does without this

        def __enter__(cls) -> NoReturn:
            raise _without_brackets(cls, "with")

        def __exit__(cls, *_: object) -> None:
            """Stand here, or Python says that this is no context manager before it enters."""

        async def __aenter__(cls) -> NoReturn:
            raise _without_brackets(cls, "async with")

        async def __aexit__(cls, *_: object) -> None:
            """Stand here for the same reason."""


def _without_brackets(cls: type, word: str) -> UsageError:
    return UsageError(f"{word} {cls.__name__}: it is written with brackets: `{word} {cls.__name__}() as cos:`.")


GIVEN = frozenset(
    {
        "dialect",
        "as_of",
        "limits",
        "credentials",
        "passthrough",
        "strict_tls",
        "sleep_between_retries",
        "share_models",
        "id_seed",
    }
)
"""Keywords of FakeCOS that nothing can change later."""


class Face(Named):
    """What names the right attribute for a wrong one of FakeCOS, read or set, or the client whose request it is."""

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            __tracebackhide__ = True
            is_public = not name.startswith("_")
            is_request = is_public and (operation_names.find(name) or name in operation_names.OF_BOTO3)
            otherwise = f": that is a client's, as in cos.client().{name}(...)" if is_request else ""
            raise attribute_error(self, name, otherwise)

        def __setattr__(self, name: str, value: object) -> None:
            __tracebackhide__ = True
            if name in GIVEN:
                message = f"cos.{name} = ...: it is given when the fake is made, as in FakeCOS({name}=...)."
                raise UsageError(message)
            require_settable(self, name, "cos")
            object.__setattr__(self, name, value)

        def __getitem__(self, key: object) -> NoReturn:
            __tracebackhide__ = True
            message = f"cos[{key!r}]: a bucket is cos.bucket({key!r}); all of them are cos.store.buckets."
            raise UsageError(message)


class StartedHere:
    """Where a fake was started by `start()`, to tell `with cos.start() as cos:`, which would start it twice."""

    __slots__ = ("_place",)

    def __init__(self) -> None:
        self._place: tuple[int, CodeType, int] | None = None

    def note(self) -> None:
        """Keep the line that called the caller."""
        self._place = _place(sys._getframe(2))  # noqa: SLF001  the caller's caller is the author's line

    def require_elsewhere(self, stop: Callable[[], None]) -> None:
        """Refuse `with cos.start()`, after `stop`: nothing else would stop it after the block. UsageError."""
        if self._place is not None and self._place == _place(sys._getframe(2)):  # noqa: SLF001
            stop()
            message = "with cos.start(): the block starts it too, so nothing would stop it. Write `with cos:` alone."
            raise UsageError(message)


def _place(frame: FrameType) -> tuple[int, CodeType, int]:
    return id(frame), frame.f_code, frame.f_lineno
