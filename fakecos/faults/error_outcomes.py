"""The errors of S3 by which a test lets requests fail: rows of its table, or a test's own."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fakecos import urls
from fakecos.facts.errors.s3_error import GIVEN, ErrorSpec, S3Error
from fakecos.facts.exceptions import UsageError
from fakecos.usage import did_you_mean, explained

if TYPE_CHECKING:
    from collections.abc import Mapping


class Error:
    """An error of S3, made by `error` or `redirect`. `headers` are further ones of the answer."""

    __slots__ = ("_status", "_values", "code", "headers", "message", "spec")

    def __init__(
        self,
        spec: ErrorSpec,
        message: str | None,
        values: Mapping[str, object],
        headers: Mapping[str, str],
        status: int | None = None,
    ) -> None:
        self._status = status
        self.spec = spec
        self.code = spec.code
        self.message = message
        self.headers = headers
        self._values = dict(values)

    def refusal(self, known: Mapping[str, object]) -> S3Error:
        """Return what to raise; fields that the test left open are filled from what is `known` of the request."""
        filled = {name: known[name] for name in self.spec.fields if name in known and known[name] is not None}
        spec = self.spec
        if self.message is not None:
            spec = spec._replace(message=self.message.replace("{", "{{").replace("}", "}}"), source=GIVEN)
        return S3Error(spec, headers=self.headers, explanation=None, **{**filled, **self._values, **_FORMATTED})

    def __repr__(self) -> str:
        named = {"message": self.message, "status": self._status, **self._values, "headers": self.headers or None}
        given = [repr(self.code), *(f"{name}={value!r}" for name, value in named.items() if value is not None)]
        return f"error({', '.join(given)})"


# S3Error formats a message only when it is given values: this one is for none of the messages' names.
_FORMATTED: dict[str, object] = {"formatted": True}


class ErrorIn200:
    """An error of S3 in an answer whose status is 200, made by `error_in_200`."""

    __slots__ = ("error", "white_space")

    def __init__(self, error: Error, white_space: int) -> None:
        self.error = error
        self.white_space = white_space

    def __repr__(self) -> str:
        more = f", white_space={self.white_space}" if self.white_space else ""
        return f"error_in_200({self.error.code!r}{more})"


@explained
def error(
    code: str,
    message: str | None = None,
    *,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
    **fields: Any,
) -> Error:
    """Return an error of S3's table by its code: its status, its XML, and its message unless you give another.

    `fields` are further children of `<Error>`, or values for the message's placeholders. With `message` and `status`
    it may be any error, with any fields, also one that is not in the table.
    UsageError: there is no such code, the row has no such field, or its message needs values; or no such status.
    """
    if status is not None:
        return Error(_own(code, message, status, fields), message, fields, headers or {}, status)
    by_code = f'error({code!r}): S3 names an error by its code, as in error("SlowDown"); a bare answer is http(503).'
    require(isinstance(code, str), by_code)
    rows = _rows().get(code)
    if rows is None:
        suggestion = did_you_mean(code, _rows())
        text = (
            f"There is no error {code!r} in S3's table{suggestion or '.'} "
            f"If S3 has it all the same, give its message and status: error({code!r}, 'its message', status=403). "
            f"The table: {urls.page('reference/errors')}"
        )
        raise UsageError(text)
    found = next((row for row in rows if _fits(row, message, fields)), None)
    if found is None:
        wanted = "; or ".join(", ".join(sorted({*row.fields, *_placeholders(row)})) or "none" for row in rows)
        near = next((hint for name in fields if (hint := did_you_mean(name, ("message", "status", "headers")))), "")
        text = f"error({code!r}): the names {sorted(fields)} do not fit{near or '.'} What its rows take: {wanted}."
        raise UsageError(text)
    return Error(found, message, fields, headers or {})


@explained
def redirect(region: str, *, status: int = 301) -> Error:
    """Return the redirect of a bucket that lies in another region, with x-amz-bucket-region.

    Let the bucket be in that region (`cos.create_bucket(name, region)`), or the client is sent back at once.
    `status`: 301 PermanentRedirect, 307 TemporaryRedirect, or 400 AuthorizationHeaderMalformed with its Region.
    UsageError: another status.
    """
    headers = {"x-amz-bucket-region": region}
    if status == 400:  # noqa: PLR2004
        return error("AuthorizationHeaderMalformed", given="us-east-1", expected=region, Region=region, headers=headers)
    code = {301: "PermanentRedirect", 307: "TemporaryRedirect"}.get(status)
    if code is None:
        message = f"redirect(status={status}): S3 redirects with 301, 307 and 400."
        raise UsageError(message)
    from fakecos.facts.services import aws  # rarely needed

    return error(code, headers=headers, Endpoint=aws.AWS.endpoint.format(region=region))


@explained
def error_in_200(code: str, message: str | None = None, *, white_space: int = 0, **fields: Any) -> ErrorIn200:
    """Return an error inside an answer of status 200, after `white_space` spaces that kept the connection alive.

    UsageError: as `error`.
    """
    return ErrorIn200(error(code, message, **fields), count(white_space, "white_space", 0))


def codes() -> list[str]:
    """Return the codes of S3's table."""
    return sorted(_rows())


@lru_cache(maxsize=1)
def _rows() -> dict[str, list[ErrorSpec]]:
    from fakecos.facts import errors

    rows: dict[str, list[ErrorSpec]] = {}
    for name, spec in vars(errors).items():
        if isinstance(spec, ErrorSpec):
            same = rows.setdefault(spec.code, [])
            is_plain = name.replace("_", "") == spec.code.upper()  # the row that is named as its code speaks for it
            same.insert(0 if is_plain else len(same), spec)
    return rows


def _own(code: str, message: str | None, status: int, fields: Mapping[str, Any]) -> ErrorSpec:
    """Return a row for an error of the test's own."""
    if message is None or type(status) is not int or not 300 <= status <= 599:  # noqa: PLR2004  what is no success
        text = f"error({code!r}, {message!r}, status={status!r}): it needs a message, and a status from 300 to 599."
        raise UsageError(text)
    return ErrorSpec(code, status, message, tuple(fields), "the test")


def _placeholders(spec: ErrorSpec) -> set[str]:
    from string import Formatter

    return {name for _, name, _, _ in Formatter().parse(spec.message) if name}


def _fits(spec: ErrorSpec, message: str | None, values: Mapping[str, object]) -> bool:
    needed = set() if message is not None else _placeholders(spec)
    return needed <= values.keys() <= {*spec.fields, *needed}


def require(fits: bool, message: str) -> None:  # noqa: FBT001  a question, and what is said where the answer is no
    """Refuse what does not fit. Raises UsageError with the message."""
    if not fits:
        raise UsageError(message)


def count(number: int, name: str, least: int) -> int:
    """Return a whole number from `least` up. Raises UsageError for another."""
    if type(number) is not int or number < least:
        message = f"{name}({number!r}): it is a whole number from {least} up."
        raise UsageError(message)
    return number
