"""How many requests came, by operation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from fakecos.wire import operation_names


class Counts(Counter[str]):
    """How many requests came, by operation: 0 for one that did not come.

    Operations may be written as in a client, `counts["delete_object"]`. UsageError: S3 has no such operation.
    """

    __module__ = "fakecos"

    def __missing__(self, name: object) -> int:
        return dict.get(self, operation_names.operation(name, "cos.journal.counts"), 0)

    def __contains__(self, name: object) -> bool:
        return dict.__contains__(self, operation_names.operation(name, "cos.journal.counts"))

    def get(self, name: str, default: Any = None) -> Any:
        """Return how many came, or `default` if none did. UsageError: S3 has no such operation."""
        return dict.get(self, operation_names.operation(name, "cos.journal.counts"), default)

    def __eq__(self, other: object) -> bool:
        """Whether the same came; operations that did not come may be left out."""
        if not isinstance(other, Mapping):
            return NotImplemented
        named = {operation_names.operation(name, "cos.journal.counts"): count for name, count in other.items()}
        return {name: count for name, count in self.items() if count} == {
            n: count for n, count in named.items() if count
        }

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment]
