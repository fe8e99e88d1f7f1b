"""The forms of JSON, as JSON Schema has them: how they are written here, and what is said of a value that has none.

One description serves two ends: it stands in the OpenAPI document, and it ends the sentence that refuses a value.
Only the words of JSON Schema are known that the functions below write.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.serving.control.hints import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Form = dict[str, Any]

SHOWN = 60
"""Characters of a value that a message shows."""
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}
KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
    "array": "a list",
}
"""What a value of a type is called in a message; of an object its own text speaks."""


class Misfit(NamedTuple):
    """Why a value does not fit a form: where it stands, what is said of it, and what to write instead."""

    place: str
    text: str
    hint: str


# --- how forms are written -----------------------------------------------------------------------------------


def text(about: str = "", **more: Any) -> Form:
    """Return the form of a text; `more` are further words of JSON Schema, such as pattern."""
    return _form("string", about, more)


def whole(about: str = "", least: int | None = 0, most: int | None = None) -> Form:
    """Return the form of a whole number."""
    return _form("integer", about, {"minimum": least, "maximum": most})


def number(about: str = "", **more: Any) -> Form:
    """Return the form of a number."""
    return _form("number", about, more)


def flag(about: str = "") -> Form:
    """Return the form of true or false."""
    return _form("boolean", about, {})


def one_of(names: Iterable[str], about: str = "") -> Form:
    """Return the form of a text that is one of some names."""
    return _form("string", about, {"enum": list(names)})


def listed(of: Form, about: str = "", **more: Any) -> Form:
    """Return the form of a list."""
    return _form("array", about, {"items": of, **more})


def mapping(of: Form, about: str = "") -> Form:
    """Return the form of an object whose members have any names."""
    return _form("object", about, {"additionalProperties": of})


def record(
    members: Mapping[str, Form], about: str = "", *, needs: Sequence[str] | None = None, title: str = "", **more: Any
) -> Form:
    """Return the form of an object of just these members; `needs`: which must be there, None: all of them."""
    needed = list(members if needs is None else needs)
    words = {"title": title or None, "properties": dict(members), "required": needed or None}
    return _form("object", about, {**words, "additionalProperties": False, **more})


def either(*forms: Form, about: str = "", title: str = "") -> Form:
    """Return the form of what has one of some forms."""
    words = {"title": title or None, "description": about or None, "anyOf": list(forms)}
    return {name: value for name, value in words.items() if value is not None}


def or_null(form: Form, about: str = "") -> Form:
    """Return the form of what may be null."""
    about = about or form.get("description", "")
    bare = {name: value for name, value in form.items() if name != "description"}
    return either(bare, {"type": "null"}, about=about)


def _form(kind: str, about: str, more: Mapping[str, Any]) -> Form:
    words = {"type": kind, "description": about or None, **more}
    return {name: value for name, value in words.items() if value is not None}


# --- what does not fit ------------------------------------------------------------------------------------------


def misfit(value: Any, form: Form, place: str, hints: Mapping[str, str] | None = None) -> Misfit | None:
    """Return why a value does not fit, None if it does. `hints`: members that people write, and what they are here."""
    if "anyOf" in form:
        return _of_none(value, form, place, hints)
    kind = form.get("type")
    if kind is not None and not has_type(value, kind):
        return _wrong(value, form, place)
    if "enum" in form and value not in form["enum"]:
        return Misfit(place, f"{place}: {shown(value)} is none of its values", nearest(value, form["enum"], "values"))
    if not _is_within(value, form):
        return _wrong(value, form, place)
    if kind == "array" and "items" in form:
        found = (misfit(each, form["items"], f"{place}[{at}]", hints) for at, each in enumerate(value))
        return next((each for each in found if each is not None), None)
    return _in_object(value, form, place, hints or {}) if kind == "object" else None


def has_type(value: Any, kind: str) -> bool:
    """Whether a value of JSON is of a type; true and false are no numbers."""
    return isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def shown(value: Any) -> str:
    """Return a value as JSON has it, shortened."""
    import json

    written = json.dumps(value)
    return written if len(written) <= SHOWN else f"{written[:SHOWN]}..."


_BOUNDS: dict[str, Callable[[Any, Any], bool]] = {
    "minimum": lambda value, bound: value >= bound,
    "maximum": lambda value, bound: value <= bound,
    "exclusiveMinimum": lambda value, bound: value > bound,
    "minLength": lambda value, bound: len(value) >= bound,
    "maxLength": lambda value, bound: len(value) <= bound,
    "minItems": lambda value, bound: len(value) >= bound,
    "maxItems": lambda value, bound: len(value) <= bound,
    "minProperties": lambda value, bound: len(value) >= bound,
    "maxProperties": lambda value, bound: len(value) <= bound,
    "pattern": lambda value, bound: re.search(bound, value) is not None,
}


def _is_within(value: Any, form: Form) -> bool:
    return all(holds(value, form[word]) for word, holds in _BOUNDS.items() if word in form)


def _of_none(value: Any, form: Form, place: str, hints: Mapping[str, str] | None) -> Misfit | None:
    """Judge a value by several forms; if it has none of them, that one speaks which it comes nearest to."""
    found = [misfit(value, each, place, hints) for each in form["anyOf"]]
    if any(each is None for each in found):
        return None
    flat = _flat(form)
    if isinstance(value, dict):
        records = [each for each in flat if each.get("type") == "object"]
        meant = next((each for each in records if value.keys() & each.get("properties", {}).keys()), None)
        if meant is not None:
            return misfit(value, meant, place, hints)
        names = [name for each in records for name in each.get("properties", {})]
        if value and names:
            wrong = next(iter(value))
            return Misfit(
                f"{place}.{wrong}", f"{place}: there is no member {shown(wrong)}", nearest(wrong, names, "members")
            )
    kind = "array" if isinstance(value, list) else "string"
    named = next((each for each in flat if each.get("type") == kind and {"enum", "items"} & each.keys()), None)
    named = named if named is not None and has_type(value, kind) else None
    return _wrong(value, form, place) if named is None else misfit(value, named, place, hints)


def _flat(form: Form) -> list[Form]:
    """Return the forms of which a value has to have one, those in turn made of several too."""
    return [inner for each in form["anyOf"] for inner in (_flat(each) if "anyOf" in each else [each])]


def _wrong(value: Any, form: Form, place: str) -> Misfit:
    takes = _takes(form)
    return Misfit(place, f"{place}: {shown(value)} is not what it takes{takes and f': {takes}'}", "")


def _takes(form: Form) -> str:
    """Return what a form takes, in words."""
    return ". ".join(filter(None, (_kinds(form), form.get("description", ""))))


def _kinds(form: Form) -> str:
    """Return which values a form takes, such as "a whole number from 1, or null"; "" where only its text can say."""
    flat = _flat(form) if "anyOf" in form else [form]
    if any(each.get("type") not in KINDS or "enum" in each for each in flat):
        return ""
    return ", or ".join(KINDS[each["type"]] + _bounds(each) for each in flat)


def _bounds(form: Form) -> str:
    """Return the bounds of a form in words; a pattern is explained by the form's own text."""
    least, most = form.get("minimum"), form.get("maximum")
    spoken = {"exclusiveMinimum": " above {:,}", "minLength": " that is not empty", "minItems": " that is not empty"}
    words = [text.format(form[word]) for word, text in spoken.items() if word in form]
    words += [f" from {least:,}"] if least is not None else []
    words += [f" {'to' if least is not None else 'up to'} {most:,}"] if most is not None else []
    return "".join([*words, f" of up to {form['maxLength']:,} characters" if "maxLength" in form else ""])


def _in_object(value: dict[str, Any], form: Form, place: str, hints: Mapping[str, str]) -> Misfit | None:
    members, others = form.get("properties", {}), form.get("additionalProperties", True)
    for name in value:
        if name not in members and others is False:
            hint = did_you_mean([hints[name]]) if name in hints else nearest(name, members, "members")
            return Misfit(f"{place}.{name}", f"{place}: there is no member {shown(name)}", hint)
    absent = [name for name in form.get("required", ()) if name not in value]
    if absent:
        return Misfit(place, f"{place}: the member {shown(absent[0])} is missing", _takes(members[absent[0]]))
    names = form.get("propertyNames", {}).get("pattern", "")
    for name, each in value.items():
        if re.search(names, name) is None:
            return Misfit(f"{place}.{name}", f"{place}: {shown(name)} is no name that a member may have", "")
        inner = members.get(name, others)
        found = misfit(each, inner, f"{place}.{name}", hints) if isinstance(inner, dict) else None
        if found is not None:
            return found
    return None
