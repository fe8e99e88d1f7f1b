"""A delete marker: the newest version of a key whose object was deleted in a versioned bucket."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    import datetime as dt


class DeleteMarker:
    """What a delete without a version id leaves in a versioned bucket (recorded aws-objects 45-48).

    - `key` and `version_id`; `last_modified`: when, to the second; on COS to the millisecond.
    - `owner`: canonical id of who deleted, None for the bucket's owner.
    - `write`: the bucket's count at its write, 0 until then.
    """

    __slots__ = ("key", "last_modified", "owner", "version_id", "write")

    is_delete_marker: ClassVar[Literal[True]] = True  # of a StoredObject it is False: types tell the two apart by it

    def __init__(self, key: str, version_id: str, last_modified: dt.datetime, owner: str | None = None) -> None:
        self.key = key
        self.version_id = version_id
        self.last_modified = last_modified
        self.owner = owner
        self.write = 0

    def __repr__(self) -> str:
        return f"<DeleteMarker {self.key!r}, version {self.version_id}>"
