"""An annotation: a named text that is attached to one version of an object."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fakecos.model.checksum import Checksum
    from fakecos.model.content import Content


class Annotation(NamedTuple):
    """One annotation; its encryption is that of its object.

    - `content`: the text as Content, in UTF-8.
    - `etag`: without quotes.
    - `last_modified`: when it was put or copied, to the second.
    - `checksum`: a Checksum of the whole text.
    """

    content: Content
    etag: str
    last_modified: dt.datetime
    checksum: Checksum


NO_ANNOTATIONS: Mapping[str, Annotation] = MappingProxyType({})
"""What almost every object has; shared."""
