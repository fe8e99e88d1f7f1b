"""A promise of the service: a function that asks a client, and asserts what comes; and what is known of it.

    @promise
    @cases("number", [0, 10_001])
    def a_part_number_must_be_1_to_10000(cos: Service, client: Any, number: int) -> None:
        # docstring: Source: recorded aws-multipart 11.
        upload_id = create_upload(client)
        with refused(cos, "InvalidArgument", status=400):
            upload_part(client, upload_id, number=number)

What it names as parameters it is given: `client` of the service that is asked, in the words of either client package;
`aws` of boto3 in any case; `other`, of boto3 and of another account; `make_client`, `anonymous`, `dialect`; `send`, for
requests that no client sends (by_hand.py); `wait`, by which seconds pass; and `cos`, which `refused` asks what is
stored. Each has a fresh bucket, `photos`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Target = TypeVar("Target", bound=Callable[..., None])

KNOWN = "__promise__"
BEFORE = "__before_each__"
AS_OF = "AS_OF"
"""What a file calls the day since which S3 has its subject, as in "2026-06-16"."""
DIALECT = "DIALECT"
"""What a file calls the service that alone it is about, as in "ibm"."""
SURE = ("recorded", "documented", "public", "reported", "assumed")
"""How sure a rule is, the surest first; `public`: another project's suite or report that ran on AWS shows it."""
UNSETTLED = frozenset({"reported", "assumed"})
NO_SOURCE = "no source is noted"


class Service(Protocol):
    """Who is asked: a fake, or what stands for a service that can only be asked."""


class Case(NamedTuple):
    """Values of one case, and its name; None: made of the values."""

    values: tuple[Any, ...]
    id: str | None = None


class Cases(NamedTuple):
    """Names of parameters, and the cases that a promise is tried with."""

    names: tuple[str, ...]
    cases: tuple[Case, ...]
    ids: Callable[[Any], object] | Sequence[str] | None


@dataclass
class Marks:
    """What decorators say of a promise, gathered until it is made. Each reason says why a test suite leaves it out."""

    cases: list[Cases] = field(default_factory=list)
    fixtures: tuple[str, ...] = ()
    only_boto3: str | None = None
    one_door: str | None = None
    as_of: dt.date | None = None


@dataclass(frozen=True)
class Promise:
    """One thing that the service promises, for all of its cases.

    - `id`: area and name, such as `upload_part.an_empty_part_is_taken`; `title`: its name as a sentence.
    - `source`: where the rule is from, in the words of its docstring; `sure`: one of SURE, or "" without a source.
    - `function`: what asks and asserts. `before`: what is done before it, as for each promise of its area.
    - `area_as_of`: the day since which there is its area, as its file says it by AS_OF; None: it always was.
    - `area_dialect`: the service that alone has its area, as its file says it by DIALECT; None: its clients tell.
    """

    id: str
    function: Callable[..., None]
    marks: Marks
    before: tuple[Callable[..., None], ...] = ()
    area_as_of: dt.date | None = None
    area_dialect: str | None = None

    @property
    def area(self) -> str:
        """The subject: the name of its file."""
        return self.id.partition(".")[0]

    @property
    def title(self) -> str:
        """Its name as a sentence."""
        return self.id.partition(".")[2].replace("_", " ")

    @property
    def as_of(self) -> dt.date | None:
        """The day since which S3 does so; None: as long as anybody knows."""
        return self.marks.as_of or self.area_as_of

    @property
    def source(self) -> str:
        """Where the rule is from; NO_SOURCE if its docstring does not say."""
        text = " ".join((self.function.__doc__ or "").split())
        found = re.search(r"Source: (.*)", text)
        if found:
            return found[1].removesuffix(".")
        return text.removesuffix(".") if self.sure else NO_SOURCE

    @property
    def sure(self) -> str:
        """How sure the rule is: the surest word that its docstring says, "" if it has no source."""
        return next(iter(self.said), "")

    @property
    def said(self) -> tuple[str, ...]:
        """Every word of SURE that its docstring says, the surest first: parts of a rule may be less sure."""
        words = set(re.findall(r"[a-z]+", (self.function.__doc__ or "").lower()))
        return tuple(word for word in SURE if word in words)

    @property
    def is_unsettled(self) -> bool:
        """Whether nobody has recorded some part of it: assumed, reported, or without a source."""
        return not self.said or bool(UNSETTLED & set(self.said))


def promise(function: Target) -> Target:
    """Make a promise of a function."""
    marks_of(function)
    return function


def before_each(function: Target) -> Target:
    """Do this before each promise of the file; it is given what it names, as a promise is.

    `own` is a client by which it arranges, of whichever package: a promise of AWS alone has it too.
    """
    setattr(function, BEFORE, True)
    return function


def marks_of(function: Callable[..., None]) -> Marks:
    """Return what decorators said of a function so far."""
    known: Marks | None = getattr(function, KNOWN, None)
    if known is None:
        known = Marks()
        setattr(function, KNOWN, known)
    return known


def case(*values: Any, id: str | None = None) -> Case:  # noqa: A002  as in pytest
    """Return the values of a case with its name."""
    return Case(values, id)


def cases(
    names: str | Sequence[str], values: Iterable[Any], *, ids: Callable[[Any], object] | Sequence[str] | None = None
) -> Callable[[Target], Target]:
    """Try a promise with each of these values; several decorators give each combination.

    `names` are the parameters, `"number"` or `"number, message"`; each value is one, a tuple of as many, or a `case`.
    """
    listed = tuple(name.strip() for name in names.split(",")) if isinstance(names, str) else tuple(names)
    made = tuple(value if isinstance(value, Case) else _case_of(value, len(listed)) for value in values)

    def decorate(function: Target) -> Target:
        marks_of(function).cases.append(Cases(listed, made, ids))
        return function

    return decorate


def _case_of(value: Any, count: int) -> Case:
    return Case((value,) if count == 1 else tuple(value))


def uses(*names: str) -> Callable[[Target], Target]:
    """Have something ready for a promise that does not name it: `two_objects`, `locked_bucket`."""

    def decorate(function: Target) -> Target:
        marks_of(function).fixtures += names
        return function

    return decorate


def as_of(day: str) -> Callable[[Target], Target]:
    """Say since which day S3 does so, as in "2026-04-06": before, it did otherwise."""

    def decorate(function: Target) -> Target:
        marks_of(function).as_of = dt.date.fromisoformat(day)
        return function

    return decorate


def only_boto3(reason: str) -> Callable[[Target], Target]:
    """Say why no other client than boto3 can ask for it."""

    def decorate(function: Target) -> Target:
        marks_of(function).only_boto3 = reason
        return function

    return decorate


def one_door(reason: str) -> Callable[[Target], Target]:
    """Say why it cannot go through two doors at once."""

    def decorate(function: Target) -> Target:
        marks_of(function).one_door = reason
        return function

    return decorate
