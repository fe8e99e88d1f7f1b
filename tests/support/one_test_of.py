"""One test that asks the same of many values, and names each that fails.

pytest takes 3 ms for a test that does nothing: a rule of each of 700 modules is one test and not 700.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")


def one_test_of(
    values: Iterable[T], name: Callable[[T], str] = str
) -> Callable[[Callable[[T], None]], Callable[[], None]]:
    """Make a test of a function that takes one of these values, and asserts."""
    given = tuple(values)
    assert given, "a test of nothing cannot fail"

    def of(check: Callable[[T], None]) -> Callable[[], None]:
        def test() -> None:
            failed = []
            for value in given:
                try:
                    check(value)
                except AssertionError as error:
                    failed.append(f"{name(value)}: {error}")
            assert not failed, "\n".join(failed)

        test.__name__, test.__qualname__, test.__module__ = check.__name__, check.__qualname__, check.__module__
        test.__doc__ = check.__doc__
        return test

    return of
