"""What an object carries besides its bytes, fixed when it is put, or when its upload is created."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from fakecos.model import encryption as sse
from fakecos.model.lock import NO_LOCK

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fakecos.model.acl import Acl
    from fakecos.model.encryption import Encryption
    from fakecos.model.lock import Lock
    from fakecos.model.restore import Restore
    from fakecos.model.retention import Retention

STANDARD = "STANDARD"


class Attributes:
    """What an object carries besides its bytes.

    - `headers`: system headers by the names of the service model (`ContentType`, `CacheControl` and so on).
    - `metadata`: user metadata; names in lower case, without `x-amz-meta-`.
    - `tags`: name to value.
    - `encryption`: as Encryption.
    - `storage_class`: such as STANDARD.
    - `acl`: as Acl, with the owner to be; None is `private` and the bucket's owner.
    - `redirect`: x-amz-website-redirect-location, or None.
    - `lock`: retention and legal hold, as Lock.
    - `moved`: when a lifecycle rule brought it into its storage class, or None.
    - `restore`: the last Restore of an archived object, or None.
    - `retention`: how long IBM's immutable storage keeps it and by which legal holds, as Retention, or None.

    They are replaced and never changed: `changed` returns others.
    """

    __slots__ = (
        "acl",
        "encryption",
        "headers",
        "lock",
        "metadata",
        "moved",
        "redirect",
        "restore",
        "retention",
        "storage_class",
        "tags",
    )

    def __init__(
        self,
        headers: Mapping[str, str] | None = None,
        metadata: Mapping[str, str] | None = None,
        encryption: Encryption = sse.DEFAULT,
        storage_class: str = STANDARD,
        tags: Mapping[str, str] | None = None,
        acl: Acl | None = None,
        redirect: str | None = None,
    ) -> None:
        self.headers = dict(headers or {})
        self.metadata = dict(metadata or {})
        self.encryption = encryption
        self.storage_class = storage_class
        self.tags = dict(tags or {})
        self.acl = acl
        self.redirect = redirect
        self.lock: Lock = NO_LOCK
        self.moved: dt.datetime | None = None
        self.restore: Restore | None = None
        self.retention: Retention | None = None

    def changed(self, **values: Any) -> Attributes:
        """Return attributes that differ in the given slots only."""
        made = copy(self)
        for name, value in values.items():
            setattr(made, name, value)
        return made
