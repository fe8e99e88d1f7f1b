"""What the code under test returned, as far as two right runs return the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from io import BytesIO, StringIO
from types import AsyncGeneratorType, GeneratorType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

AN_ID = "(an id)"
PLAIN = (str, bytes, bytearray, int, float, complex, bool, type(None))
DIFFER = frozenset({"ResponseMetadata", "VersionId", "UploadId", "LastModified", "ETag", "Initiated", "Expiration"})
"""Members of an answer that differ between two right runs, or depend on how the parts were cut."""


def read_to_end(value: object) -> object:
    """Return a value whose generators and bodies of answers are read: reading them is a part of the act.

    A generator becomes a list, and a body a BytesIO; both also as a member of a dict.
    """
    if isinstance(value, GeneratorType):
        return [read_to_end(item) for item in value]
    if type(value).__name__ == "StreamingBody" and hasattr(value, "read"):
        return BytesIO(value.read())
    if type(value) is dict:
        return {key: read_to_end(item) for key, item in value.items()}
    return value


async def read_to_end_async(value: object) -> object:
    """Do the same where the parts come asynchronously."""
    if isinstance(value, AsyncGeneratorType):
        return [await read_to_end_async(item) async for item in value]
    if type(value).__name__ in {"StreamingBody", "AioAwsChunkedWrapper"} and hasattr(value, "read"):
        data = value.read()
        return BytesIO(await data if hasattr(data, "__await__") else data)
    if type(value) is dict:
        return {key: await read_to_end_async(item) for key, item in value.items()}
    return read_to_end(value)


def comparable(value: object, ids: Collection[str] = (), differ: Collection[str] = DIFFER) -> object:  # noqa: PLR0911 - one for each kind of value
    """Return what is compared in the place of a value: dates and objects without a value of their own by their type.

    `ids` are those that S3 gave in the run: they differ between two right runs.
    """
    if isinstance(value, PLAIN):
        return AN_ID if isinstance(value, str) and value in ids else value
    if isinstance(value, (BytesIO, StringIO)) and not value.closed:
        return value.getvalue()
    if isinstance(value, (dt.date, dt.time)):
        return type(value)
    if isinstance(value, Mapping):
        return {key: comparable(item, ids, differ) for key, item in value.items() if key not in differ}
    if isinstance(value, (list, tuple)):
        return [comparable(item, ids, differ) for item in value]
    if isinstance(value, AbstractSet):
        return frozenset(repr(comparable(item, ids, differ)) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: comparable(getattr(value, field.name), ids, differ) for field in fields(value)}
    if type(value).__eq__ is not object.__eq__:
        return value
    return type(value)
