"""Everything that the service remembers, and the lock that guards it."""

from __future__ import annotations

import datetime as dt
import threading
from copy import copy
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from fakecos.facts.regions import US_EAST_1
from fakecos.model import principal, synthetic_bytes
from fakecos.model.bucket import Bucket
from fakecos.model.clock import now
from fakecos.model.ordered import OrderedKeys
from fakecos.model.recognised_bytes import recognised

if TYPE_CHECKING:
    from fakecos.model.access_log import AccessLog
    from fakecos.model.content import Content

NOT_WRITTEN = "not written by S3"
"""How a notice begins of what S3 would have written by itself, had it been allowed to."""
ACCOUNT = principal.ACCOUNT
OWNER_ID = principal.OWNER_ID
OWNER_NAME = "fakecos"
OWNER = principal.OWNER


class Store:
    """The buckets of one fake. Hold `lock` while reading or changing them; hash bodies outside of it.

    - `buckets`: name to Bucket, in the order of the names.
    - `notices`: what the service itself would have refused, where a test set other limits, and what S3 could not write.
    - `refused_actions`: what policies of the callers' own did not allow: action, resource and why to how often.
    - `replicates`: whether any bucket has, or had, a replication configuration: else nobody looks for what is due.
    - `access_log`: the records of server access logs that are not delivered yet; None as long as no bucket has had any.
    - `passed`: up to when it was done what falls due as time passes.
    - `lock`: a reentrant lock; needed only while threads of the code under test still run.
    """

    __module__ = "fakecos"

    __slots__ = (
        "__weakref__",
        "_contents",
        "access_log",
        "buckets",
        "lock",
        "notices",
        "passed",
        "refused_actions",
        "replicates",
    )

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.buckets: OrderedKeys[Bucket] = OrderedKeys()
        self.notices: list[str] = []
        self.refused_actions: dict[tuple[str, str, str], int] = {}
        self.replicates = False
        self.passed = dt.datetime.min.replace(tzinfo=dt.timezone.utc)
        self.access_log: AccessLog | None = None
        self._contents: WeakValueDictionary[tuple[int, bytes], Content] = WeakValueDictionary()

    def __copy__(self) -> Store:
        """Return a store with the same buckets and a lock of its own."""
        made = Store()
        made.buckets = copy(self.buckets)
        made.notices = list(self.notices)
        made.refused_actions = dict(self.refused_actions)
        made.replicates = self.replicates
        made.passed = self.passed
        made.access_log = copy(self.access_log)
        made._contents = self._contents.copy()
        return made

    def create_bucket(
        self,
        name: str,
        region: str = US_EAST_1,
        location: str | None = None,
        account: str = ACCOUNT,
        created: dt.datetime | None = None,
    ) -> Bucket:
        """Add a bucket of an account, made now or at a given time, and return it; the name is not judged here."""
        bucket = Bucket(name, region, location, created or now(), account)
        self.buckets[name] = bucket
        return bucket

    def intern(self, content: Content) -> Content:
        """Return the content to store: an equal one that is held already, so that its bytes are held once."""
        if synthetic_bytes.seeds_read:
            content = recognised(content)
        name = (content.size, content.md5)
        with self.lock:
            held = self._contents.get(name)
            if held is None:
                self._contents[name] = content
                return content
        if held is content or held.segments == content.segments:
            return held
        return content

    def notice(self, text: str) -> None:
        """Remember something that the test's author should hear at the end."""
        if text not in self.notices:
            self.notices.append(text)

    def note_refused(self, action: str, resource: str, why: str) -> None:
        """Remember an action that a caller's own policy did not allow; `why` is "" where no statement names it."""
        found = (action, resource, why)
        self.refused_actions[found] = self.refused_actions.get(found, 0) + 1

    def not_written(self, what: str, why: str) -> None:
        """Remember that S3 could not write something by itself."""
        self.notice(f"{NOT_WRITTEN}: {what}: {why}")

    def __repr__(self) -> str:
        return f"<Store: buckets {self.buckets!r}>"

    def rearm_lock(self) -> None:
        """Replace the locks in a forked child, where another thread may have held them for ever."""
        self.lock = threading.RLock()
        synthetic_bytes.rearm_lock()

    @property
    def billed_bytes(self) -> int:
        """Bytes that S3 would charge for: every version, and parts of uploads that are open (documented)."""
        return sum(
            sum(version.size for version in bucket.stored()) + sum(upload.size for upload in bucket.uploads.values())
            for bucket in self.buckets.values()
        )
