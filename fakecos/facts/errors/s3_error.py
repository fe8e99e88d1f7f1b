"""The one table of S3's errors: code, HTTP status, message, extra fields, and where each was learnt.

A row is an `ErrorSpec`; `S3Error(ROW, ...)` is what an operation raises. It becomes an answer in one place
only (`fakecos.service.service`). The rows stand in the files beside this one, one for each theme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fakecos.facts.dates import DatedFact


GIVEN = "given by a test"
"""Source of words that a test's author chose: no service says them otherwise."""


class ErrorSpec(NamedTuple):
    """One row: `fields` are the children of `<Error>` after Code and Message, in order on the wire.

    `message` may hold `{placeholders}`; `source` says recorded (with the fact), documented or assumed. `fact` is the
    dated one with which S3 began, or ceased, to refuse so.
    """

    code: str
    status: int
    message: str
    fields: tuple[str, ...]
    source: str
    fact: DatedFact | None = None


# How a row is written, and where its words come from.
MULTIPART = "recorded aws-multipart "
CHECKSUMS = "recorded aws-checksums-and-sse "
OBJECTS = "recorded aws-objects "
LISTING = "recorded aws-listing "
BUCKETS = "recorded aws-bucket-configuration "
CHANGES = "recorded aws-changes "
ARGUMENT = ("ArgumentName", "ArgumentValue")


def row(
    code: str, status: int, message: str, fields: tuple[str, ...], source: str, fact: DatedFact | None = None
) -> ErrorSpec:
    """Make a row; `fields` are the children of `<Error>` in the order of the wire."""
    return ErrorSpec(code, status, message, fields, source, fact)


def argument(message: str, source: str, fact: DatedFact | None = None) -> ErrorSpec:
    """Make an InvalidArgument row: the argument's name and, mostly, the value that came."""
    return ErrorSpec("InvalidArgument", 400, message, ARGUMENT, source, fact)


def request(message: str, source: str) -> ErrorSpec:
    """Make an InvalidRequest row: a sentence, and no further field."""
    return ErrorSpec("InvalidRequest", 400, message, (), source)


class S3Error(Exception):
    """A refusal in S3's own words. Keywords that are fields of the row become children of `<Error>`.

    The other keywords fill the placeholders of the message. A field given as None is an empty element; a
    field that is not given is absent. `headers` are
    added to the HTTP answer, with a time as an HTTP date. `keeps_code`: a test chose the code, so that no service says
    another one for it. `explanation` is for the author of a test, who finds it beside a failure: what made S3 refuse
    where S3's own words do not say it. No client sees it.
    """

    def __init__(
        self,
        spec: ErrorSpec,
        *,
        headers: Mapping[str, str | dt.datetime] | None = None,
        explanation: str | None = None,
        **values: object,
    ) -> None:
        self.spec = spec
        self.code = spec.code
        self.status = spec.status
        self.fields: dict[str, str | None] = {}
        for name in spec.fields:
            if name in values:
                value = values.pop(name)
                self.fields[name] = None if value is None else str(value)
        self.message = spec.message.format(**values) if values else spec.message
        self.headers: Mapping[str, str | dt.datetime] = headers or {}
        self.explanation = explanation
        self.keeps_code = False
        super().__init__(f"{self.code}: {self.message}")

    def reworded(self, code: str, message: str) -> S3Error:
        """Return the same refusal in another service's words."""
        made = S3Error(
            self.spec._replace(code=code, message=message), headers=self.headers, explanation=self.explanation
        )
        made.fields = self.fields
        return made
