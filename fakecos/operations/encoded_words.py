"""User metadata beyond plain ASCII: encoded words of RFC 2047, as JavaMail writes and reads them.

Documented: values are "character decoded as per RFC 2047 before storing and encoded as per RFC 2047 ... before
returning", and plain ASCII comes back as it is. Recorded (aws-changes 19): what S3 answers fits the rule of JavaMail's
encodeText. That a long value becomes several words with a blank between them is public (a user of Amazon's SDK for iOS
shows one). That words within other text are read too is assumed, as the same library reads them.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_WORD = 63  # encoded characters of one word: JavaMail's 68 without the name of the charset
ASCII = re.compile(r"[\t\n\r\x20-\x7e]*")
_WORD = re.compile(r"=\?([^?]+)\?([BbQq])\?([^?]*)\?=")
_BLANKS = re.compile(r"([ \t\r\n]+)")
_BROKEN_ESCAPE = re.compile(rb"=(?![0-9A-Fa-f]{2})")


def decoded(value: str) -> str:
    """Return the text of a header: its encoded words are read, and blanks between two of them go."""
    if "=?" not in value:
        return value
    text, blanks, after_word = "", "", False
    for token in _BLANKS.split(value):
        if not token:
            continue
        if _BLANKS.fullmatch(token):
            blanks = token
            continue
        word = _read(token)
        if word is None or not after_word:
            text += blanks
        text += token if word is None else word
        blanks, after_word = "", word is not None
    return text + blanks


def _read(token: str) -> str | None:
    """Return the text of an encoded word, None for what is none, as with a charset that nobody knows."""
    found = _WORD.fullmatch(token)
    if found is None:
        return None
    charset, encoding, digits = found.groups()
    try:
        codecs.lookup(charset)
        octets = _from_base64(digits) if encoding in "Bb" else _from_quoted(digits)
        return None if octets is None else octets.decode(charset, "replace")
    except (LookupError, UnicodeError, ValueError):
        return None


def _from_base64(digits: str) -> bytes | None:
    """Return the bytes; a character that is not base64 counts as all ones (recorded aws-objects 9)."""
    kept = re.sub("[^A-Za-z0-9+/]", "/", digits.rstrip("="))
    kept = kept[: len(kept) - (len(kept) % 4 == 1)]
    return base64.b64decode(kept + "=" * (-len(kept) % 4)) if kept or not digits else None


def _from_quoted(digits: str) -> bytes | None:
    raw = digits.replace("_", " ").encode("ascii")
    return None if _BROKEN_ESCAPE.search(raw) else binascii.a2b_qp(raw)


def encoded(text: str) -> str:
    """Return text as a header shows it: plain ASCII as it is, else encoded words.

    They are in Q encoding where more characters are ASCII than not, else in B. A control character is none of ASCII,
    and one beyond the first plane counts twice.
    """
    return text if ASCII.fullmatch(text) else word(text)


def word(text: str) -> str:
    """Return text as encoded words, plain ASCII too."""
    units = [unit for character in text for unit in _units(character)]
    in_ascii = sum(ASCII.fullmatch(chr(unit)) is not None for unit in units)
    write, letter = (_quoted, "Q") if in_ascii > len(units) - in_ascii else (_base64, "B")
    return " ".join(f"=?UTF-8?{letter}?{write(piece)}?=" for piece in _pieces(text, write))


def _units(character: str) -> tuple[int, ...]:
    """Return the UTF-16 code units of a character: what Java counts."""
    return tuple(memoryview(character.encode("utf-16-le", "surrogatepass")).cast("H"))


def _pieces(text: str, write: Callable[[str], str]) -> list[str]:
    """Halve text, as Java sees its middle, until each half fits a word."""
    if len(write(text)) <= LONGEST_WORD or len(text) < 2:  # noqa: PLR2004  one character cannot be halved
        return [text]
    half = sum(len(_units(character)) for character in text) // 2
    at = 0
    while half >= len(_units(text[at])):
        half -= len(_units(text[at]))
        at += 1
    return [piece for part in (text[:at], text[at:]) if part for piece in _pieces(part, write)]


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")


def _quoted(text: str) -> str:
    return "".join(_OCTETS[octet] for octet in text.encode("utf-8", "replace"))


def _octet(octet: int) -> str:
    if octet == ord(" "):
        return "_"
    shown = chr(octet)
    return shown if shown.isascii() and shown.isprintable() and shown not in "=_?" else f"={octet:02X}"


_OCTETS = [_octet(octet) for octet in range(256)]
