"""Exploring: every request of the code under test, with every failure, and what is lost then."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fakecos.explore.strategies import schedules

__all__ = ["schedules"]

if not TYPE_CHECKING:  # a type checker would take every name for one of ours

    def __getattr__(name: str) -> Any:
        if name != "schedules":
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        from fakecos.explore.strategies import schedules

        return schedules
