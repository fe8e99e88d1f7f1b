"""What a promise says of an exception that its client raises."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self


class raises:  # noqa: N801  reads as a statement, as in pytest
    """Assert that the block raises an exception of a kind; `value` is it afterwards.

    `match` is a regular expression that its text must contain. AssertionError: nothing was raised, or another text.
    """

    value: Any

    def __init__(
        self, kind: type[BaseException] | tuple[type[BaseException], ...], *, match: str | None = None
    ) -> None:
        self._kind = kind
        self._match = match

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        assert error is not None, "it was to be refused, and was not"
        if not isinstance(error, self._kind):
            return False
        self.value = error
        assert self._match is None or re.search(self._match, str(error)), f"{str(error)!r} is not like {self._match!r}"
        return True
