"""XML as S3 reads and writes it: what is refused before the shapes are looked at, and escaping."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.services.dialect import DECLARATION
from fakecos.wire.model_overrides import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.facts.services.dialect import Dialect

_DECLARED = DECLARATION.encode()


# Tab and line feed stand for themselves; carriage return must not, since every reader turns it into a line
# feed. The other control characters are no XML 1.0 at all: S3 writes them as references all the same, which is
# what encoding-type=url is for (wire 4).
_NO_XML = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
CONTROLS = "\x00-\x08\x0b-\x1f\ufffe\uffff"


@cache
def special() -> Callable[[str], re.Match[str] | None]:
    """Return what says whether there is anything in a text to `escape`; compiled for the first answer that needs it."""
    return re.compile(f'[&<>"{CONTROLS}]').search


def malformed() -> S3Error:
    """Return the refusal of a body that is not well-formed or not what the operation asks for."""
    return S3Error(errors.MALFORMED_XML)


def read(body: bytes) -> ET.Element:
    """Return the root of a request body. Raises S3Error MALFORMED_XML.

    A document type is refused wherever it stands, since it is where entities are declared (assumed; a body
    that only names it in a comment is refused too).
    """
    if b"<!DOCTYPE" in body or b"\x00" in body:  # a zero byte: UTF-16, in which the former would be hidden
        raise malformed()
    try:
        return ET.fromstring(body)  # noqa: S314  without a document type there are no entities to expand
    except (ET.ParseError, LookupError, ValueError) as error:  # the latter: an encoding that does not exist
        raise malformed() from error


def local(tag: str) -> str:
    """Return an element's name without its namespace."""
    return tag.rpartition("}")[2]


def escape(text: str) -> str:
    """Return text as it stands in an element; quotes are escaped too, as S3 does in ETags.

    `special` says whether there is anything to escape.
    """
    named = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return named if named.isprintable() else re.sub(f"[{CONTROLS}]", _reference, named)


def escape_echo(text: str) -> str:
    """Return what a request said as it stands in a refusal: what no XML holds becomes U+FFFD.

    In results S3 writes references to such characters (wire 4), at which every reader stops. What its refusals have is
    not known (assumed): they must be read, or clients find no code in them.
    """
    return escape(text if text.isprintable() else re.sub(_NO_XML, "\ufffd", text))


def escape_attribute(text: str) -> str:
    """Return text as it stands in an attribute, where a reader would turn tabs and line feeds into spaces."""
    return escape(text).replace("\t", "&#9;").replace("\n", "&#10;")


def _reference(match: re.Match[str]) -> str:
    return "&#13;" if match.group() == "\r" else f"&#x{ord(match.group()):x};"


def empty_document(root: str) -> bytes:
    """Return a whole body that is one empty-element tag (recorded aws-changes 17)."""
    return f'{DECLARATION}<{root} xmlns="{NAMESPACE}"/>'.encode()


def document(root: str, inner: str, namespace: str | None = NAMESPACE) -> bytes:
    """Return a whole body: declaration, line feed, and the root around text that is XML already."""
    opened = f'{root} xmlns="{namespace}"' if namespace else root
    return f"{DECLARATION}<{opened}>{inner}</{root}>".encode()


def undeclared(body: bytes) -> bytes:
    """Return a document without its declaration, whichever it has."""
    return body.partition(b"?>")[2].lstrip() if body.startswith(b"<?xml") else body


def in_form(dialect: Dialect, body: bytes) -> bytes:
    """Return a document of ours as a service writes it; what is none comes back as it is."""
    if dialect.declaration != DECLARATION and body.startswith(_DECLARED):
        body = dialect.declaration.encode() + body[len(_DECLARED) :]
    return body if dialect.escapes_quotes or not body.startswith(b"<") else body.replace(b"&quot;", b'"')
