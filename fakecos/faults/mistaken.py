"""What to write in the place of a value that a keyword of `FakeCOS.inject` does not take: made of what stands there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import ErrorSpec
from fakecos.facts.transport import Transport
from fakecos.faults.outcomes import Meanwhile
from fakecos.usage import close

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_TRANSPORT_WORDS = {
    "connecttimeout": Transport.CONNECT_TIMEOUT,
    "connectiontimeout": Transport.CONNECT_TIMEOUT,
    "timeout": Transport.READ_TIMEOUT,
    "timedout": Transport.READ_TIMEOUT,
    "endpointconnection": Transport.CONNECT,
    "connectionrefused": Transport.CONNECT,
    "newconnection": Transport.CONNECT,
    "refused": Transport.CONNECT,
    "reset": Transport.RESET,
    "brokenpipe": Transport.RESET,
    "connectionclosed": Transport.CLOSED,
    "disconnect": Transport.CLOSED,
    "closed": Transport.CLOSED,
    "abort": Transport.CLOSED,
    "ssl": Transport.TLS,
    "tls": Transport.TLS,
    "certificate": Transport.TLS,
    "proxy": Transport.PROXY,
    "gaierror": Transport.DNS,
    "resolution": Transport.DNS,
    "dns": Transport.DNS,
    "hostname": Transport.DNS,
    "connection": Transport.RESET,
}
"""Parts of the names of exceptions and words of people, the longer of two before the shorter."""
_CORRUPT = {
    "flip": "Corrupt.flip()",
    "cut": "Corrupt.cut(100)",
    "short": "Corrupt.short(100)",
    "pad": "Corrupt.pad(1)",
    "repeat": "Corrupt.repeat(1)",
    "trailer": "Corrupt.trailer(None)",
    "framing": "Corrupt.framing()",
    "etag": "Corrupt.etag(None)",
    "checksum": "Corrupt.checksum(None)",
    "xml": "Corrupt.xml()",
    "white_space": "Corrupt.white_space(1)",
}
_FIRST_STATUS, _LAST_STATUS = 200, 599


def instead(keyword: str, value: Any, example: str = "") -> str:
    """Return what to write: made of the value, else the example of the keyword, "" if it has none."""
    make = _MAKE.get(keyword)
    made = make(value) if make is not None else ""
    if not made and not example:
        return ""
    return f"write {made or f'it as {example}'}"


def _http(value: Any) -> str:
    if _is_status(value):
        return f"http=Http({int(value)})"
    code = _code(value)
    return f'error="{code}", an error of S3; http= is for a bare answer such as Http(502)' if code else ""


def _error(value: Any) -> str:
    if _is_status(value):
        codes = [code for code in _codes(int(value)) if code in _COMMON] or _codes(int(value))[:3]
        listed = " or ".join(f'error="{code}"' for code in codes)
        bare = f"http=Http({int(value)}) for a bare answer"
        return f"{listed}, or {bare}" if listed else bare
    if isinstance(value, Transport):
        return f"transport={value!r}"
    code = _code(value)
    if code:
        return f'error="{code}"'
    kind = _transport_of(value)
    return f"transport={kind!r}" if kind is not None else ""


_COMMON = ("SlowDown", "InternalError", "AccessDenied", "NoSuchKey", "RequestTimeout", "ServiceUnavailable")


def _error_in_200(value: Any) -> str:
    code = _code(value)
    return f'error_in_200="{code}"' if code else ""


def _transport(value: Any) -> str:
    kind = _transport_of(value)
    return f"transport={kind!r}" if kind is not None else ""


def _corrupt(keyword: str) -> Callable[[Any], str]:
    def make(value: Any) -> str:
        if not isinstance(value, str):
            name = getattr(value, "__name__", "")
            return f"{keyword}={_CORRUPT[name]}, with its brackets" if name in _CORRUPT else ""
        found = close(value, _CORRUPT)
        return f"{keyword}={_CORRUPT[found[0]]}" if found else ""

    return make


def _delay(value: Any) -> str:
    import datetime as dt

    if isinstance(value, dt.timedelta):
        return f"delay={value.total_seconds():g}: it is in seconds"
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(ms|s|sec|seconds?|m|min|minutes?|)\s*", str(value))
    if match is None:
        return ""
    factor = {"ms": 0.001, "m": 60}.get(match[2], 60 if match[2].startswith("min") else 1)
    return f"delay={float(match[1]) * factor:g}: it is in seconds"


def _meanwhile(value: Any) -> str:
    found = close(value, [member.name for member in Meanwhile])
    return f"meanwhile=Meanwhile.{found[0]}" if found else ""


def _when(value: Any) -> str:
    found = close(value, ("BEFORE", "VALIDATED", "STORED"))
    return f"when=When.{found[0]}" if found else f"when=When.after_bytes({value})" if type(value) is int else ""


def _number(keyword: str) -> Callable[[Any], str]:
    def make(value: Any) -> str:
        text = str(value).strip() if isinstance(value, str) else ""
        whole = isinstance(value, float) and value.is_integer()
        if keyword == "times" and (value == float("inf") or str(value).lower() in {"always", "forever", "inf"}):
            return "times=None, which has no end"
        return f"{keyword}={int(text or value)}" if text.isdecimal() or whole else ""

    return make


def _name(keyword: str) -> Callable[[Any], str]:
    def make(value: Any) -> str:
        if isinstance(value, bytes):
            return f"{keyword}={value.decode(errors='replace')!r}"
        found = getattr(value, "name", None) or getattr(value, keyword, None)
        return f"{keyword}={found!r}" if isinstance(found, str) else ""

    return make


_MAKE: dict[str, Callable[[Any], str]] = {
    "http": _http,
    "error": _error,
    "error_in_200": _error_in_200,
    "transport": _transport,
    "corrupt": _corrupt("corrupt"),
    "corrupt_answer": _corrupt("corrupt_answer"),
    "delay": _delay,
    "meanwhile": _meanwhile,
    "when": _when,
    **{name: _number(name) for name in ("part_number", "attempt", "times", "after", "every", "probability")},
    **{name: _name(name) for name in ("bucket", "key", "upload_id")},
}


# --- what is meant by a class, an instance or a word ----------------------------------------------------------


def _is_status(value: Any) -> bool:
    number = int(value) if isinstance(value, str) and value.isdecimal() else value
    return type(number) is int and _FIRST_STATUS <= number <= _LAST_STATUS


def _words(value: Any) -> str:
    """Return the name of an exception, or of its class, or the text; of a ClientError the code that it has."""
    answer = getattr(value, "response", None)
    if isinstance(answer, dict):
        return str(answer.get("Error", {}).get("Code", ""))
    if isinstance(value, str):
        return value
    return value.__name__ if isinstance(value, type) else type(value).__name__


def _code(value: Any) -> str:
    """Return the code of S3 that is meant, "" if none is."""
    found = close(_words(value), _all_codes())
    return found[0] if found else ""


def _all_codes() -> Iterable[str]:
    return dict.fromkeys(spec.code for spec in vars(errors).values() if isinstance(spec, ErrorSpec))


def _codes(status: int) -> list[str]:
    specs = [spec for spec in vars(errors).values() if isinstance(spec, ErrorSpec) and spec.status == status]
    return list(dict.fromkeys(spec.code for spec in specs))


def _transport_of(value: Any) -> Transport | None:
    plain = re.sub(r"[^a-z]", "", _words(value).lower())
    named = next((kind for kind in Transport if plain == kind.name.lower().replace("_", "")), None)
    return named or next((kind for word, kind in _TRANSPORT_WORDS.items() if word in plain), None)
