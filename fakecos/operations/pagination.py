"""What the lists share: integers and encodings of requests, and the walk over keys in order."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar
from urllib.parse import quote_plus

from fakecos.facts import errors
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fakecos.facts.errors import ErrorSpec
    from fakecos.wire.types import CommonPrefix, HeadBucketRequest, ListBucketReplicationFailuresRequest, ListRequest


L = TypeVar("L")
MAX_INTEGER = 2**31 - 1
MARK = "1"
UNENCODED = "/*"  # what stays as it is besides letters, digits and -._ (recorded aws-listing 5 for "/")


class Walked(Protocol):
    """Keys in byte order that a page is cut from: places are found in logarithmic time."""

    def at(self, place: int) -> str | None:
        """Return the key at a place, None after the last."""

    def place_of(self, key: str) -> int:
        """Return the place of the first key that is not before `key`."""

    def place_after_prefix(self, prefix: str) -> int:
        """Return the place after all keys that start with `prefix`."""


class Entry(NamedTuple):
    """One line of a page: a key at its place, or a common prefix (`place` is then that of its first key)."""

    name: str
    place: int
    is_prefix: bool


def integer(
    params: Mapping[str, Any],
    member: str,
    name: str,
    default: int,
    *,
    negative: str | None = None,
    smallest: int | None = 0,
) -> int:
    """Return a count or a marker of a request; an empty value is the default (recorded aws-multipart 56).

    `negative` is what the refusal of a negative number calls it, where that is not the name on the wire. With
    `smallest` None the caller judges its range.
    """
    value = params.get(member)
    if value is None or value == "":
        return default
    require_integer(params, member, name)
    assert isinstance(value, int)
    if smallest is not None and value < smallest:
        raise S3Error(errors.NEGATIVE, ArgumentName=negative or name, ArgumentValue=value, name=negative or name)
    return value


def require_integer(params: Mapping[str, Any], member: str, name: str) -> None:
    """Refuse a count or a marker that is no number of 32 bits: before the bucket (public: aws-measured 10)."""
    value = params.get(member)
    if value is None or value == "" or (type(value) is int and -MAX_INTEGER - 1 <= value <= MAX_INTEGER):
        return
    raise S3Error(errors.NOT_AN_INTEGER, ArgumentName=name, ArgumentValue=value, name=name)


def encoder(params: ListRequest | ListBucketReplicationFailuresRequest | HeadBucketRequest) -> Callable[[str], str]:
    """Return what encodes the keys of an answer: nothing, or percent-encoding for `url` (recorded aws-listing 13).

    `URL` is the same (public: aws-measured 11).
    """
    encoding = params.get("EncodingType")
    if encoding is None:
        return _plain
    if encoding.lower() != "url":
        raise S3Error(errors.INVALID_ENCODING, ArgumentName="encoding-type", ArgumentValue=encoding or None)
    return _url


def _plain(key: str) -> str:
    return key


def _url(key: str) -> str:
    return quote_plus(key, safe=UNENCODED)


def entries(keys: Walked, prefix: str, delimiter: str, start: int, marker: str) -> Iterator[Entry]:
    """Yield the keys that start with `prefix` from place `start` on, rolled up at the delimiter.

    A common prefix is skipped as one step, however many keys are below it, and not shown again when the
    marker lies inside it (recorded aws-listing 6, 21).
    """
    place = max(start, keys.place_of(prefix))
    while (key := keys.at(place)) is not None and key.startswith(prefix):
        end = key.find(delimiter, len(prefix)) if delimiter else -1
        if end < 0:
            yield Entry(key, place, is_prefix=False)
            place += 1
            continue
        common = key[: end + len(delimiter)]
        if not marker.startswith(common):
            yield Entry(common, place, is_prefix=True)
        place = keys.place_after_prefix(common)


def cut(lines: Iterator[L], maximum: int) -> tuple[list[L], bool]:
    """Return at most `maximum` lines, and whether there are more; asking for none is never truncated (public)."""
    page: list[L] = []
    if maximum == 0:
        return page, False
    for line in lines:
        if len(page) == maximum:
            return page, True
        page.append(line)
    return page, False


def prefixes_of(page: list[Entry], encode: Callable[[str], str]) -> list[CommonPrefix]:
    """Return the CommonPrefixes of a page."""
    return [{"Prefix": encode(line.name)} for line in page if line.is_prefix]


def token_of(key: str) -> str:
    """Return a continuation token: opaque to clients, and it holds all that the next page needs."""
    return MARK + base64.urlsafe_b64encode(key.encode("utf-8")).decode("ascii")


def key_of(token: str, refusal: ErrorSpec = errors.INVALID_CONTINUATION_TOKEN) -> str:
    """Return what a token stands for.

    Raises InvalidArgument for one that S3 never gave (recorded aws-listing 11), or the refusal of another list.
    """
    mark, text = token[:1], token[1:]
    try:
        key = base64.b64decode(text, altchars=b"-_", validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        key = ""
    if mark != MARK or not key:
        raise S3Error(refusal, ArgumentName="continuation-token")
    return key
