"""How a row of the error table is written, and where its words come from."""

from __future__ import annotations

from fakecos.facts.errors.s3_error import ErrorSpec

MULTIPART = "recorded aws-multipart "
CHECKSUMS = "recorded aws-checksums-and-sse "
OBJECTS = "recorded aws-objects "
LISTING = "recorded aws-listing "
BUCKETS = "recorded aws-bucket-configuration "
ARGUMENT = ("ArgumentName", "ArgumentValue")


def row(code: str, status: int, message: str, fields: tuple[str, ...], source: str) -> ErrorSpec:
    """Make a row; `fields` are the children of `<Error>` in the order of the wire."""
    return ErrorSpec(code, status, message, fields, source)


def argument(message: str, source: str) -> ErrorSpec:
    """Make an InvalidArgument row: the argument's name and, mostly, the value that came."""
    return ErrorSpec("InvalidArgument", 400, message, ARGUMENT, source)


def request(message: str, source: str) -> ErrorSpec:
    """Make an InvalidRequest row: a sentence, and no further field."""
    return ErrorSpec("InvalidRequest", 400, message, (), source)
