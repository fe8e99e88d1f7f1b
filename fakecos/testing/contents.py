"""What one fake holds and was asked, to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from fakecos.facts.exceptions import UsageError

if TYPE_CHECKING:
    from fakecos.model.store import Store
    from fakecos.service.journal import Journal
    from fakecos.service.service import Service
    from fakecos.testing.views import BucketView, UploadView


BUCKETS_SHOWN = 10
"""How many buckets a notebook shows of a fake."""


class Inspectable(Protocol):
    """What assertions look at: a FakeCOS, or the contents of one."""

    @property
    def store(self) -> Store:
        """Everything that is stored."""

    @property
    def journal(self) -> Journal:
        """The requests that came."""

    @property
    def open_uploads(self) -> list[UploadView]:
        """The uploads that are neither completed nor aborted."""

    def bucket(self, name: str) -> BucketView:
        """Return a view of a bucket. UsageError: there is no bucket of that name."""


class Contents:
    """The buckets of one fake, and the requests that came for them: the part of FakeCOS that is looked at."""

    def __init__(self, service: Service) -> None:
        self._service = service

    @property
    def store(self) -> Store:
        """Everything that is stored, which `reset` and `restore` replace; what is due to be replicated is, before."""
        self._service.replicate()
        return self._service.store

    @property
    def journal(self) -> Journal:
        """The requests that came, the last at the end, and their counts by operation."""
        return self._service.journal

    def text(self, state: str, dialect: str | None) -> str:
        """Return the fake in a line: its state, the service, what is stored, and how many requests came."""
        from fakecos.model.summary import counted, text_of

        came = counted(sum(list(self.journal.counts.values())), "request")
        return f"<FakeCOS {state}, {dialect or 'aws and ibm'}, {text_of(self._service.store)}, {came}>"

    def html(self, title: str) -> str:
        """Return the fake as a notebook shows it: the line, and its first buckets."""
        from fakecos.model.summary import size_text, summary_of
        from fakecos.service.notebook import html

        summary = summary_of(self._service.store)
        buckets = () if summary is None else summary.buckets
        rows = [
            (
                each.name,
                each.region,
                f"{each.objects:,}",
                size_text(each.size),
                f"{each.uploads:,}",
            )
            for each in buckets[:BUCKETS_SHOWN]
        ]
        more = f"and {len(buckets) - BUCKETS_SHOWN:,} more" if len(buckets) > BUCKETS_SHOWN else ""
        return html(title, ("bucket", "region", "objects", "size", "open uploads"), rows, below=more)

    @property
    def open_uploads(self) -> list[UploadView]:
        """The uploads that are neither completed nor aborted, of all buckets, in order of bucket, key and time."""
        return [upload for name in self.store.buckets for upload in self.bucket(name).uploads.values()]

    @property
    def billed_bytes(self) -> int:
        """Bytes that S3 would charge for."""
        with self.store.lock:
            return self.store.billed_bytes

    def bucket(self, name: str) -> BucketView:
        """Return a view of a bucket. UsageError: there is no bucket of that name."""
        from fakecos.testing.text import nearest
        from fakecos.testing.views import BucketView

        if not isinstance(name, str) or name not in self.store.buckets:
            there = nearest(name, self.store.buckets, "buckets")
            step = f" cos.create_bucket({name!r}) makes it." if isinstance(name, str) else " It is named by text."
            message = f"There is no bucket {name!r}; {there}.{step}"
            raise UsageError(message)
        return BucketView(lambda: self.store, name)
