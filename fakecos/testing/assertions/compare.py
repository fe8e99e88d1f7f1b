"""What pytest shows where a plain `==` of parts or objects fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.testing.assertions.bodies import body_lines, content_of
from fakecos.testing.assertions.values import value_lines
from fakecos.testing.views.objects import BODIES, COMPARED, ObjectView, PartView

if TYPE_CHECKING:
    from collections.abc import Mapping

SIDES = ("left", "right")
AS_BYTES = "a body is bytes: compare it with bytes, such as b'...', or compare .body.decode()"


def explain(op: str, left: object, right: object) -> list[str] | None:
    """Return lines for pytest's `pytest_assertrepr_compare`, None where it is not about a part or an object."""
    views = (PartView, ObjectView)
    if op != "==" or not (isinstance(left, views) or isinstance(right, views)):
        return None
    if isinstance(left, views) and isinstance(right, views):
        if type(left) is not type(right):
            return [f"{left!r} == {right!r}", "a part is not an object"]
        return [f"{left!r} == {right!r}", *_differences(left, right)]
    if isinstance(right, BODIES) and isinstance(left, views):
        body = content_of(right)
        return [f"{left!r} == {body.size:,} bytes", *body_lines(left.content, body, SIDES)]
    if isinstance(left, BODIES) and isinstance(right, views):
        body = content_of(left)
        return [f"{body.size:,} bytes == {right!r}", *body_lines(body, right.content, SIDES)]
    is_text = isinstance(left, str) or isinstance(right, str)
    return [f"{left!r} == {right!r}", AS_BYTES] if is_text else None


def _differences(left: PartView | ObjectView, right: PartView | ObjectView) -> list[str]:
    lines: list[str] = []
    for name in COMPARED[type(left)]:
        if name == "body":
            lines += body_lines(left.content, right.content, SIDES)
        elif name == "parts":
            lines += _part_lines(getattr(left, name), getattr(right, name))
        else:
            lines += value_lines(name, getattr(left, name), getattr(right, name), SIDES)
    return lines


def _part_lines(left: Mapping[int, PartView], right: Mapping[int, PartView]) -> list[str]:
    shapes = [{number: part.size for number, part in parts.items()} for parts in (left, right)]
    return value_lines("parts (number to size)", shapes[0], shapes[1], SIDES)
