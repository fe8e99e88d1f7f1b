"""Calls that do not fit, and names that are nearly right: what is said to the author of a test about them.

Python's own words for a call that does not fit ("got an unexpected keyword argument") name neither the nearest keyword
nor what to write. A public function that is `explained` says both, as a UsageError. Its signature stays what it is, for
editors, type checkers and `inspect`, and a call that fits pays for one more call and nothing else.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import inspect
    from collections.abc import Callable, Iterable, Mapping

    F = TypeVar("F", bound=Callable[..., Any])
    C = TypeVar("C", bound=type[Any])

ALIKE = 0.65
"""How alike two names must be, of 1, for one to be taken for the other."""
CO_COROUTINE = 0x80  # inspect.CO_COROUTINE: inspect is imported for a mistake only (start-up is a budget)


# --- names ----------------------------------------------------------------------------------------------------


def close(name: object, names: Iterable[object], most: int = 1) -> list[str]:
    """Return the names most like `name`, the best first; capitals, underscores and hyphens do not count."""
    if not isinstance(name, str):
        return []
    return [found for _, found in _ranked(name, names)[:most]]


def did_you_mean(name: object, names: Iterable[object]) -> str:
    """Return `; did you mean X?` for the most similar name, for two that are equally so `X or Y`, or nothing."""
    ranked = _ranked(name, names) if isinstance(name, str) else []
    best = [found for alike, found in ranked[:2] if alike == ranked[0][0]]
    return f"; did you mean {' or '.join(best)}?" if best else ""


def _ranked(name: str, names: Iterable[object]) -> list[tuple[float, str]]:
    """Return how alike the names are, the most alike first, in their own order where two are equally so."""
    from difflib import SequenceMatcher

    plain: dict[str, str] = {}
    for other in map(str, names):
        plain.setdefault(_plain(other), other)
    matcher = SequenceMatcher()
    matcher.set_seq2(_plain(name))
    found = []
    for short, other in plain.items():
        matcher.set_seq1(short)
        if matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE:
            found.append((matcher.ratio(), other))
    return sorted(found, key=lambda each: -each[0])


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


# --- calls ----------------------------------------------------------------------------------------------------


def explained(function: F, written: str | None = None) -> F:
    """Let a function refuse a call that does not fit its parameters by a UsageError that says what fits.

    `written`: how its caller writes it, such as `cos.inject`; None: its name. A TypeError from inside goes on as it is.
    """
    name = written or function.__name__
    if function.__code__.co_flags & CO_COROUTINE:

        @functools.wraps(function)
        async def awaited(*args: Any, **keywords: Any) -> Any:
            __tracebackhide__ = True
            try:
                return await function(*args, **keywords)
            except TypeError as error:
                text = _misfit(error, function, name, args, keywords)
                if text is None:
                    raise
            raise _usage_error(text)

        return awaited  # type: ignore[return-value]

    @functools.wraps(function)
    def called(*args: Any, **keywords: Any) -> Any:
        __tracebackhide__ = True
        try:
            return function(*args, **keywords)
        except TypeError as error:
            text = _misfit(error, function, name, args, keywords)
            if text is None:
                raise
        raise _usage_error(text)  # out of the handler: nothing of Python's own error is shown

    return called  # type: ignore[return-value]


def _usage_error(text: str) -> Exception:
    from fakecos.facts.exceptions import UsageError  # when needed: this module lies below the limits, which use it

    return UsageError(text)


def explained_as(written: str) -> Callable[[F], F]:
    """Return the decorator `explained` for a function that its caller writes so."""
    return lambda function: explained(function, written)


def explain_calls(instance: str = "") -> Callable[[C], C]:
    """Return a decorator that explains what a class is made with, and all of its public methods with parameters.

    `instance`: how an instance is written in front of its methods, such as `cos`; "": by the name of the class.
    """

    def decorate(cls: C) -> C:
        front = instance or cls.__name__
        for name, value in list(vars(cls).items()):
            kind = type(value) if isinstance(value, (staticmethod, classmethod)) else None
            function = value.__func__ if kind else value
            if name == "__init__":
                setattr(cls, name, explained(function, cls.__name__))
            elif not name.startswith("_") and hasattr(function, "__code__") and _has_parameters(function):
                wrapped = explained(function, f"{front}.{name}")
                setattr(cls, name, kind(wrapped) if kind else wrapped)
        return cls

    return decorate


def _has_parameters(function: Any) -> bool:
    code = function.__code__
    return bool(code.co_argcount + code.co_kwonlyargcount > 1 or code.co_varnames[:1] not in {("self",), ("cls",)})


def takes(function: Any, number: int) -> bool:
    """Whether a function may be called with so many values; True if nobody can tell."""
    import inspect

    try:
        inspect.signature(function).bind(*range(number))
    except TypeError:
        return False
    except ValueError:  # one of C
        return True
    return True


# --- what does not fit ------------------------------------------------------------------------------------------


def _misfit(
    error: TypeError, function: Callable[..., Any], written: str, args: tuple[Any, ...], keywords: Mapping[str, Any]
) -> str | None:
    """Return what to say about a call whose arguments do not fit; None if the TypeError is about something else."""
    trace = error.__traceback__
    if trace is None or trace.tb_next is not None:  # it was raised inside of the function
        return None
    import inspect

    from fakecos.usage_hints import KEYWORDS, by_name

    signature = inspect.signature(function)
    try:
        signature.bind(*args, **keywords)
    except TypeError:
        parameters = list(signature.parameters.values())
        if parameters[:1] and parameters[0].name in {"self", "cls"}:
            if not args:
                return f"{written}() is called on the class: make a fake first, as in `with FakeCOS() as cos:`."
            parameters, args = parameters[1:], args[1:]
        return (
            _unknown(parameters, written, keywords, KEYWORDS)
            or _too_many(parameters, written, args, by_name)
            or _missing(parameters, written, args, keywords)
            or f"{written}(): {error}. {_form(parameters, written)}"
        )
    return None


def _unknown(
    parameters: list[inspect.Parameter],
    written: str,
    keywords: Mapping[str, Any],
    meant: Mapping[str, Mapping[str, str]],
) -> str | None:
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return None
    named = [p.name for p in parameters if p.kind in {p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY}]
    for name, value in keywords.items():
        if name in named:
            continue
        hint = meant.get(written, {}).get(name)
        if hint is not None:
            return f"{written}({name}=...): there is no keyword {name!r}; write {hint.format(value=_shown(value))}."
        near = did_you_mean(name, named)
        return f"{written}({name}=...): there is no keyword {name!r}{near or '.'} {_takes(named, written)}"
    return None


def _takes(named: list[str], written: str) -> str:
    return f"{written} takes {', '.join(named)}." if named else f"{written} takes no keywords."


def _too_many(
    parameters: list[inspect.Parameter], written: str, args: tuple[Any, ...], by_name: Callable[[str, Any], str]
) -> str | None:
    places = [p for p in parameters if p.kind in {p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD}]
    if len(args) <= len(places) or any(p.kind is p.VAR_POSITIONAL for p in parameters):
        return None
    extra = args[len(places)]
    hint = by_name(written, extra)
    if hint:
        return f"{written}(...): {hint}"
    named = [p.name for p in parameters if p.kind is p.KEYWORD_ONLY]
    first = ", ".join(p.name for p in places) or "nothing"
    more = f" Write a name in front of {_shown(extra)}: {', '.join(f'{name}=' for name in named)}." if named else ""
    return f"{written}(...): {first} may be given without a name, and {len(args)} values were.{more}"


def _missing(
    parameters: list[inspect.Parameter], written: str, args: tuple[Any, ...], keywords: Mapping[str, Any]
) -> str | None:
    places = [p for p in parameters if p.kind in {p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD}]
    twice = [p.name for p in places[: len(args)] if p.name in keywords]
    if twice:
        return f"{written}(...): {twice[0]} is given twice, by its place and by its name."
    open_ones = [p for p in parameters if p.kind is p.KEYWORD_ONLY or p in places[len(args) :]]
    absent = [p.name for p in open_ones if p.default is p.empty and p.name not in keywords]
    if not absent:
        return None
    capital = [name for name in keywords if name.lower() in absent]
    as_boto3 = f" {capital[0]}= is boto3's; here it is {capital[0].lower()}=." if capital else ""
    return f"{written}(...): {' and '.join(absent)} {_is(absent)} missing.{as_boto3} {_form(parameters, written)}"


def _is(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _form(parameters: list[inspect.Parameter], written: str) -> str:
    """Return how a call is written: by an example, or the names of what it takes, with `=...` what may be left out."""
    from fakecos.usage_hints import EXAMPLES

    if written in EXAMPLES:
        return f"It is written {EXAMPLES[written]}"
    words = []
    for p in parameters:
        if p.kind is p.VAR_KEYWORD:
            words.append(f"{p.name} by name")
        elif p.kind is p.VAR_POSITIONAL:
            words.append(f"{p.name}...")
        else:
            words.append(p.name if p.default is p.empty else f"{p.name}=...")
    return f"It is written {written}({', '.join(words)})."


def _shown(value: object) -> str:
    """Return a value as a test would write it, if that is short."""
    text = value.__name__ if isinstance(value, type) else repr(value)
    return text if len(text) <= 60 else "..."  # noqa: PLR2004  half of a line
