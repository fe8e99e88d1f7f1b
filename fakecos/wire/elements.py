"""How the elements of an XML document become values: the loop over the children of a structure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.wire import xml

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    # member, reader of an element with children (None: a scalar), reader of a scalar's text, repeated
    Field = tuple[str, Callable[[Element], Any] | None, Callable[[str], Any] | None, bool]


def members_reader(fields: dict[str, Field], *, strict: bool) -> Callable[[Element], dict[str, Any]]:
    """Return the loop over the children of a structure: 10,000 parts of a Complete go through it."""
    known = fields.get

    def read_members(element: Element) -> dict[str, Any]:
        value: dict[str, Any] = {}
        if strict:
            _require_no_text(element.text)
        for child in element:
            field = known(child.tag) or known(xml.local(child.tag))
            if field is not None:
                member, read, convert, repeated = field
                item = read(child) if read is not None else _scalar(child, convert)
                if repeated:
                    value.setdefault(member, []).append(item)
                elif member in value:
                    raise xml.malformed()
                else:
                    value[member] = item
            elif strict:
                raise xml.malformed()
            if strict and child.tail is not None:
                _require_no_text(child.tail)
        return value

    return read_members


def _scalar(element: Element, convert: Callable[[str], Any] | None) -> Any:
    if len(element):
        raise xml.malformed()
    text = element.text or ""
    return text if convert is None else convert(text.strip())


def _require_no_text(text: str | None) -> None:
    if text is not None and text.strip():
        raise xml.malformed()


def wrapped_list(field: Field, name: str, *, strict: bool) -> Callable[[Element], list[Any]]:
    """Return a reader of `<TagSet><Tag>...</Tag></TagSet>`."""
    read_items = members_reader({name: (name, field[1], field[2], True)}, strict=strict)

    def read_list(element: Element) -> list[Any]:
        found: list[Any] = read_items(element).get(name, [])
        return found

    return read_list
