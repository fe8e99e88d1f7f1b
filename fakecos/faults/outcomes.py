"""The words in which a test says what goes wrong, and when: values, which the service acts on.

Each function makes an outcome for a script; `FakeCOS.inject` has a keyword of the same name.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from fakecos.facts import iam
from fakecos.facts.exceptions import UsageError
from fakecos.facts.services import ibm
from fakecos.facts.transport import Transport
from fakecos.faults.corruption import ANSWER_ONLY, REQUEST_ONLY, Corrupt
from fakecos.faults.error_outcomes import Error, ErrorIn200, count, require
from fakecos.misnamed import NamedEnum, NamedType
from fakecos.usage import did_you_mean, explain_calls, explained

if TYPE_CHECKING:
    from collections.abc import Mapping

FOREVER = float("inf")


@explain_calls()
class When(metaclass=NamedType):
    """The moment at which a request fails. `When.BEFORE` is before anything of its body is read.

    `When.after_bytes(n)`: when n bytes of the body came; requests that promise fewer do not match.
    `When.VALIDATED`: all is checked, and nothing changed yet. `When.STORED`: the change is made, and the answer lost.
    `When.after_answer_bytes(n)`: when n bytes of the answer's body arrived.
    """

    __slots__ = ("moment", "size")

    BEFORE: ClassVar[When]
    VALIDATED: ClassVar[When]
    STORED: ClassVar[When]

    def __init__(self, moment: str, size: int = 0) -> None:
        self.moment = moment
        self.size = size

    @classmethod
    def after_bytes(cls, size: int) -> When:
        """Return the moment when `size` bytes of the request's body came, without its framing."""
        return cls("after_bytes", count(size, "When.after_bytes", 0))

    @classmethod
    def after_answer_bytes(cls, size: int) -> When:
        """Return the moment when `size` bytes of the answer's body arrived."""
        return cls("after_answer_bytes", count(size, "When.after_answer_bytes", 0))

    def __repr__(self) -> str:
        return f"When.{self.moment}" + (f"({self.size})" if self.moment.startswith("after") else "")


When.BEFORE = When("BEFORE")
When.VALIDATED = When("VALIDATED")
When.STORED = When("STORED")


class Meanwhile(Enum, metaclass=NamedEnum):
    """What somebody or something else does to the store just before the request is judged, or just after.

    `UPLOAD_ABORTED`: its upload was aborted, or expired. `UPLOAD_COMPLETED`: somebody completed it with the parts
    that it has. `BUCKET_GONE`: its bucket was deleted with all that is in it. `PART_LOST`: the part is gone after it
    was acknowledged. `DELIVERED_TWICE`: the network delivers the request twice, and the second answer arrives.
    `OBJECT_REPLACED`: somebody stored other bytes of the same length under the key that the request reads.
    `OBJECT_DELETED`: somebody deleted that object. `OBJECT_WRITTEN`: somebody stored an object under the request's own
    key: what was there and a line feed more, so that a condition on it fails.
    """

    UPLOAD_ABORTED = "UPLOAD_ABORTED"
    UPLOAD_COMPLETED = "UPLOAD_COMPLETED"
    PART_LOST = "PART_LOST"
    BUCKET_GONE = "BUCKET_GONE"
    DELIVERED_TWICE = "DELIVERED_TWICE"
    OBJECT_REPLACED = "OBJECT_REPLACED"
    OBJECT_DELETED = "OBJECT_DELETED"
    OBJECT_WRITTEN = "OBJECT_WRITTEN"

    def __repr__(self) -> str:
        return f"Meanwhile.{self.name}"


@explain_calls()
class Http:
    """A bare answer, as a proxy gives it: without XML, request id and the other marks of S3."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> None:
        if type(status) is not int or not 200 <= status <= 599:  # noqa: PLR2004  a final status of HTTP
            message = f"Http({status!r}): the status of an answer is a number from 200 to 599."
            raise UsageError(message)
        require(isinstance(body, bytes), f'Http({status}, body={body!r}): a body is bytes, such as b"Bad Gateway".')
        self.status = status
        self.body = body
        self.headers = dict(headers or {})

    def __repr__(self) -> str:
        more = [repr(value) for value in (self.body, self.headers) if value]
        return f"Http({', '.join([str(self.status), *more])})"


class _IamAnswer(Http):
    """An error of IBM's IAM, made by `iam_error`."""

    __slots__ = ("_code",)

    def __init__(self, code: str, status: int, body: bytes) -> None:
        super().__init__(status, body, {"Content-Type": "application/json"})
        self._code = code

    def __repr__(self) -> str:
        return f"iam_error({self._code!r})"


@explain_calls()
class Delay:
    """Time on a virtual clock; a wait beyond the client's read timeout raises it. Real for clients of `cos.serve()`.

    - `seconds`: the answer comes so much later; with `stall_after` the length of the stall, for ever if it is None.
    - `bytes_per_second`: how fast bodies go both ways.
    - `stall_after`: bytes after which the body stops: the request's if it has one, else the answer's.
    """

    __slots__ = ("bytes_per_second", "seconds", "stall_after")

    def __init__(
        self, seconds: float | None = None, *, bytes_per_second: float | None = None, stall_after: int | None = None
    ) -> None:
        for name, value in {
            "seconds": seconds,
            "bytes_per_second": bytes_per_second,
            "stall_after": stall_after,
        }.items():
            require(
                value is None or isinstance(value, (int, float)),
                f"Delay({name}={value!r}): it is a number, of {_UNITS[name]}.",
            )
        if (seconds is None) == (bytes_per_second is None) and stall_after is None:
            message = "Delay: give seconds, bytes_per_second, or stall_after (with or without seconds)."
            raise UsageError(message)
        if bytes_per_second is not None and stall_after is not None:
            message = "Delay: bytes_per_second and stall_after do not go together."
            raise UsageError(message)
        if (seconds or 0) < 0 or (stall_after or 0) < 0 or (bytes_per_second is not None and bytes_per_second <= 0):
            message = "Delay: time and sizes are not negative, and bytes_per_second is above 0."
            raise UsageError(message)
        try:
            self.seconds = FOREVER if seconds is None else float(seconds)
        except OverflowError:
            message = "Delay: seconds is too large a number."
            raise UsageError(message) from None
        self.bytes_per_second = bytes_per_second
        self.stall_after = stall_after

    def __repr__(self) -> str:
        given = [] if self.seconds == FOREVER else [f"{self.seconds:g}"]
        named = {"bytes_per_second": self.bytes_per_second, "stall_after": self.stall_after}
        given += [f"{name}={value!r}" for name, value in named.items() if value is not None]
        return f"Delay({', '.join(given)})"


_UNITS = {"seconds": "seconds", "bytes_per_second": "bytes", "stall_after": "bytes"}


class InRequest:
    """A corruption of a request, made by `corrupt`."""

    __slots__ = ("corrupt",)

    def __init__(self, corrupt: Corrupt) -> None:
        self.corrupt = corrupt

    def __repr__(self) -> str:
        return f"corrupt({self.corrupt!r})"


class InAnswer:
    """A corruption of an answer, made by `corrupt_answer`."""

    __slots__ = ("corrupt",)

    def __init__(self, corrupt: Corrupt) -> None:
        self.corrupt = corrupt

    def __repr__(self) -> str:
        return f"corrupt_answer({self.corrupt!r})"


Outcome = Error | Http | ErrorIn200 | Transport | InRequest | InAnswer | Delay | Meanwhile
BY_KEYWORD: dict[str, type] = {
    "error": Error,
    "http": Http,
    "error_in_200": ErrorIn200,
    "transport": Transport,
    "corrupt": InRequest,
    "corrupt_answer": InAnswer,
    "delay": Delay,
    "meanwhile": Meanwhile,
}
OUTCOMES = tuple(BY_KEYWORD.values())


# --- the functions ---------------------------------------------------------------------------------------


@explained
def http(status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Http:
    """Return a bare answer."""
    return Http(status, body, headers)


@explained
def iam_error(code: str, message: str | None = None, *, status: int | None = None) -> Http:
    """Return an error of IBM's IAM for `inject("IAMToken", http=...)`: a document of JSON, as IAM gives it.

    The codes that are known, such as BXNIM0415E for a wrong API key, bring their message and status.
    UsageError: the code is not known and message or status is missing.
    """
    import json

    known = iam.BY_CODE.get(code)
    if known is not None:
        message, status = message or known.message, status or known.status
    if message is None or status is None:
        suggestion = did_you_mean(str(code), iam.BY_CODE)
        text = f"iam_error({code!r}): the code is not known, so give message= and status={suggestion or '.'}"
        raise UsageError(text)
    context = {"requestId": "fakecos", "requestType": "incoming.Identity_Token", "url": ibm.TOKEN_URL}
    document = {"errorCode": code, "errorMessage": message, "context": context}
    return _IamAnswer(code, status, json.dumps(document).encode())


@explained
def transport(kind: Transport) -> Transport:
    """Return a failure of the connection. UsageError: it is no Transport."""
    example = "it takes a member of Transport, such as Transport.RESET"
    require(isinstance(kind, Transport), f"transport({kind!r}): {example}.")
    return kind


@explained
def corrupt(change: Corrupt) -> InRequest:
    """Return a corruption of the request. UsageError: it can only happen to answers, or is no Corrupt."""
    _require_corrupt(change, "corrupt")
    if change.kind in ANSWER_ONLY:
        message = f"{change!r} happens to answers: write corrupt_answer={change!r}."
        raise UsageError(message)
    return InRequest(change)


@explained
def corrupt_answer(change: Corrupt) -> InAnswer:
    """Return a corruption of the answer. UsageError: it can only happen to requests, or is no Corrupt."""
    _require_corrupt(change, "corrupt_answer")
    if change.kind in REQUEST_ONLY:
        message = f"{change!r} happens to requests: write corrupt={change!r}."
        raise UsageError(message)
    return InAnswer(change)


def _require_corrupt(change: object, name: str) -> None:
    require(isinstance(change, Corrupt), f"{name}({change!r}): it takes what Corrupt makes, such as Corrupt.flip().")


@explained
def delay(
    seconds: float | None = None, *, bytes_per_second: float | None = None, stall_after: int | None = None
) -> Delay:
    """Return a Delay."""
    return Delay(seconds, bytes_per_second=bytes_per_second, stall_after=stall_after)


@explained
def meanwhile(change: Meanwhile) -> Meanwhile:
    """Return a change of the store by somebody else. UsageError: it is no Meanwhile."""
    example = "it takes a member of Meanwhile, such as Meanwhile.UPLOAD_ABORTED"
    require(isinstance(change, Meanwhile), f"meanwhile({change!r}): {example}.")
    return change
