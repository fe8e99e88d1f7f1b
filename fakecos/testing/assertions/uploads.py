"""assert_upload_open, _completed, _aborted and assert_no_open_uploads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from fakecos.service.text_table import short_id, shortened
from fakecos.testing.assertions.failure import bucket_of, failure
from fakecos.testing.text import count, nearest, ranges

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fakecos.model.bucket import Bucket
    from fakecos.testing.assertions.failure import Place
    from fakecos.testing.contents import Inspectable
    from fakecos.testing.views import UploadView

ID_WIDTH = 28
"""Of an id that a test gave: enough of both ends to see which one it is, and whether it is one at all."""

UploadState = Literal["open", "completed", "aborted"]


def assert_open(fake: Inspectable, place: Place, upload_id: str | None) -> UploadView:
    """Assert that an upload is open, and return it."""
    __tracebackhide__ = True
    found = _require_state(fake, place, upload_id, "open")
    return fake.bucket(place[0]).uploads[found]


def assert_ended(fake: Inspectable, place: Place, upload_id: str | None, state: UploadState) -> None:
    """Assert that an upload was completed, or aborted."""
    __tracebackhide__ = True
    _require_state(fake, place, upload_id, state)


def assert_none_open(fake: Inspectable, bucket: str | None) -> None:
    """Assert that no upload is open: in the bucket, or at all."""
    __tracebackhide__ = True
    if bucket is not None:
        bucket_of(fake, (bucket, ""))
    uploads = [upload for upload in fake.open_uploads if bucket in {None, upload.bucket}]
    if not uploads:
        return
    title = f"{count(len(uploads), 'upload')} left open: S3 bills for the parts until it is completed or aborted"
    place = (uploads[0].bucket, uploads[0].key if len(uploads) == 1 else None)
    raise failure(fake, title, described(uploads), place)


def described(uploads: Iterable[UploadView]) -> list[str]:
    """Return a line for each upload: bucket and key, parts, bytes, age, and its id."""
    return [
        f"{upload.bucket}/{upload.key}: {f'parts {ranges(upload.parts)}' if upload.parts else 'no parts'}, "
        f"{count(upload.size, 'byte')}, created {upload.initiated:%Y-%m-%d %H:%M:%S}, id {short_id(upload.upload_id)}"
        for upload in uploads
    ]


def _require_state(fake: Inspectable, place: Place, upload_id: str | None, wanted: UploadState) -> str:
    """Return the id of the upload that is meant, if it is in the state."""
    __tracebackhide__ = True
    bucket_of(fake, place)
    bucket = fake.store.buckets[place[0]]
    states = states_of(bucket, place[1])
    chosen = upload_id if upload_id is not None else next(reversed(states), None)
    if chosen is None or chosen not in states:
        raise failure(fake, _missing(place, upload_id), _others(fake, bucket, place, states), place)
    if states[chosen] == wanted:
        return chosen
    still = "still " if states[chosen] == "open" else ""
    which = [] if still else [f"id {short_id(chosen)}"]  # an open one is described with its id
    title = f"the upload of {place[0]}/{place[1]} is {still}{states[chosen]}; it was expected to be {wanted}"
    raise failure(fake, title, [*which, *_others(fake, bucket, place, states)], place)


def states_of(bucket: Bucket, key: str) -> dict[str, UploadState]:
    """Return the state of every upload of a key, by id, in the order of their creation."""
    found: list[tuple[int, str, UploadState]] = [
        (upload.sequence, upload.upload_id, "open") for upload in bucket.uploads.values() if upload.key == key
    ]
    for upload_id, ended in bucket.ended.items():
        if ended.key == key:
            found.append((ended.sequence, upload_id, "aborted" if ended.answer is None else "completed"))
    return {upload_id: state for _, upload_id, state in sorted(found)}


def _missing(place: Place, upload_id: str | None) -> str:
    which = "upload" if upload_id is None else f"upload with the id {shortened(upload_id, ID_WIDTH)}"
    return f"no {which} of {place[0]}/{place[1]} was ever created"


def _others(fake: Inspectable, bucket: Bucket, place: Place, states: dict[str, UploadState]) -> list[str]:
    lines = described(upload for upload in fake.bucket(place[0]).uploads.values() if upload.key == place[1])
    if len(states) > 1:
        lines.insert(0, f"uploads of this key, the oldest first: {', '.join(states.values())}")
    if not states:
        held = (bucket.uploads, bucket.ended)
        keys = sorted({upload.key for uploads in held for upload in uploads.values()})
        lines.append(f"keys with uploads: {nearest(place[1], keys, 'uploads')}")
    return lines
