"""What a row of the control door's table is: an address, what it takes, what it answers, and who does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.serving.control import forms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakecos.serving.control.controlled import Controlled

OK = 200
CREATED = 201
WHY = {
    "error": forms.record(
        {
            "code": forms.text("For programs."),
            "message": forms.text("For people: what came, and what is wrong with it."),
            "hint": forms.text('What to write instead, or which name was meant; "" if nobody can tell.'),
        }
    )
}
"""The member that each refusal has."""
ERROR = forms.record(WHY, "Why a request was refused. Nothing has changed then.", title="Error")
DONE = forms.record({"status": {"type": "string", "const": "ok"}}, title="Done")


class Parameter(NamedTuple):
    """What an address takes in its query, or in its path."""

    name: str
    form: forms.Form
    place: str = "query"


class Asked(NamedTuple):
    """A request that has the right form. `parameters` are those that were given; `body` is None if none came.

    `pause` lets time pass until the server closes, which ends the request.
    """

    control: Controlled
    parameters: Mapping[str, Any]
    body: Any
    pause: Callable[[float], None]


class Answer(NamedTuple):
    """An answer: its status, its JSON, and headers beside those of any answer."""

    status: int
    document: Any
    headers: Mapping[str, str] = {}


class Route(NamedTuple):
    """One row: a method and an address.

    - `name`: what it is called in the OpenAPI document, as clients that are generated from it do.
    - `summary` and `about`: a line, and what else there is to know.
    - `body`: the form of its JSON, None if it takes none; it may be left out unless `needs_body`.
    - `answers`: by status what it means, and its form. Those of any request are not among them.
    - `examples`: bodies to try, the first of which a message shows.
    """

    method: str
    path: str
    name: str
    summary: str
    answer: Callable[[Asked], Answer]
    answers: Mapping[int, tuple[str, forms.Form]]
    about: str = ""
    parameters: tuple[Parameter, ...] = ()
    body: forms.Form | None = None
    needs_body: bool = False
    examples: tuple[Any, ...] = ()
