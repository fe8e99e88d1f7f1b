"""Requests of many threads, and an upload that ends while a part is on its way."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.digests import md5
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, no_such_upload, upload_part
from fakecos.wire.messages import RawBody
from tests.support.objects import stored_object
from tests.support.uploads import upload_raw_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

pytestmark = [pytest.mark.limits(min_part_size=1), pytest.mark.one_door("its requests run at the same time")]


class Meanwhile(RawBody):
    """A body during whose reading something else happens."""

    def __init__(self, action: Callable[[], object], body: bytes = b"late") -> None:
        self.action, self.body = action, body

    def read(self) -> bytes:
        self.action()
        return self.body


LATE = {"content-length": "4"}


def test_a_part_is_refused_when_its_upload_was_aborted_meanwhile(cos: FakeCOS, aws: Any) -> None:
    """Source: public: the loser of the race is NoSuchUpload."""
    upload_id = create_upload(aws)
    body = Meanwhile(lambda: aws.abort_multipart_upload(Bucket=BUCKET, Key=KEY, UploadId=upload_id))
    with pytest.raises(Exception, match="NoSuchUpload"):
        upload_raw_part(cos, upload_id, body, LATE)
    assert cos.store.billed_bytes == 0


def test_a_part_is_refused_when_its_upload_was_completed_meanwhile(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    first = completed_part(1, upload_part(aws, upload_id, b"first"))
    body = Meanwhile(lambda: complete_upload(aws, upload_id, first))
    with pytest.raises(Exception, match="NoSuchUpload"):
        upload_raw_part(cos, upload_id, body, LATE, number="2")
    assert stored_object(cos).body == b"first"


def test_a_part_is_refused_when_its_bucket_was_deleted_meanwhile(cos: FakeCOS, aws: Any) -> None:
    """Source: assumed."""
    upload_id = create_upload(aws)
    body = Meanwhile(lambda: aws.delete_bucket(Bucket=BUCKET))
    with pytest.raises(Exception, match="NoSuchBucket"):
        upload_raw_part(cos, upload_id, body, LATE)


def test_a_copied_part_is_refused_when_its_upload_was_aborted_meanwhile(
    cos: FakeCOS, aws: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hashing happens outside the lock, so the upload is looked for again."""
    from fakecos.model.content import Content

    aws.put_object(Bucket=BUCKET, Key="source", Body=b"source")
    upload_id = create_upload(aws)
    take = Content.take

    def slow(self: Content, algorithms: Any) -> None:
        monkeypatch.setattr(Content, "take", take)
        aws.abort_multipart_upload(Bucket=BUCKET, Key=KEY, UploadId=upload_id)
        take(self, algorithms)

    monkeypatch.setattr(Content, "take", slow)
    with pytest.raises(Exception, match="NoSuchUpload"):
        aws.upload_part_copy(Bucket=BUCKET, Key=KEY, UploadId=upload_id, PartNumber=1, CopySource=f"{BUCKET}/source")


def test_of_two_parts_of_a_number_the_one_that_arrives_last_stays(cos: FakeCOS, aws: Any) -> None:
    upload_id = create_upload(aws)
    upload_raw_part(cos, upload_id, Meanwhile(lambda: upload_part(aws, upload_id, b"fast")), LATE)
    with refused(cos, "InvalidPart"):
        complete_upload(aws, upload_id, {"PartNumber": 1, "ETag": md5(b"fast")})
    complete_upload(aws, upload_id, {"PartNumber": 1, "ETag": md5(b"late")})
    assert stored_object(cos).body == b"late"


def test_a_body_is_read_outside_the_lock(cos: FakeCOS, aws: Any) -> None:
    """A slow body of one thread does not hold up the others."""
    upload_id = create_upload(aws)
    answers = []

    def list_elsewhere() -> None:
        thread = threading.Thread(target=lambda: answers.append(aws.list_buckets()))
        thread.start()
        thread.join(timeout=10)

    upload_raw_part(cos, upload_id, Meanwhile(list_elsewhere), LATE)
    assert len(answers) == 1


def test_parts_from_many_threads_are_all_stored(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    bodies = {number: b"%d" % number * 50 for number in range(1, 65)}
    with ThreadPoolExecutor(8) as pool:
        parts = list(
            pool.map(
                lambda item: completed_part(item[0], upload_part(client, upload_id, item[1], item[0])), bodies.items()
            )
        )
    complete_upload(client, upload_id, *parts)
    assert stored_object(cos).body == b"".join(bodies.values())


def test_uploads_of_a_key_from_many_threads_never_mix(cos: FakeCOS, client: Any) -> None:
    def upload(letter: str) -> None:
        upload_id = create_upload(client)
        parts = [
            completed_part(number, upload_part(client, upload_id, letter.encode() * 10, number)) for number in (1, 2, 3)
        ]
        complete_upload(client, upload_id, *parts)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(upload, "abcdefghijklmnop"))
    body = stored_object(cos).body
    assert len(body) == 30
    assert len(set(body)) == 1
    assert cos.store.buckets[BUCKET].uploads == {}


def test_only_one_of_many_completes_makes_the_object(cos: FakeCOS, client: Any) -> None:
    """Complete is repeated by eight threads at once: one object, one answer."""
    upload_id = create_upload(client)
    part = completed_part(1, upload_part(client, upload_id))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: members_of(complete_upload(client, upload_id, part)), range(16)))
    assert all(answer == answers[0] for answer in answers)
    assert len(cos.store.buckets[BUCKET].objects) == 1


def test_aborts_and_parts_of_many_threads_leave_nothing_behind(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    codes = []

    def part(number: int) -> None:
        try:
            upload_part(client, upload_id, b"x", number)
        except Exception as error:  # noqa: BLE001  its code is looked at below
            codes.append(getattr(error, "response", {}).get("Error", {}).get("Code", repr(error)))

    with ThreadPoolExecutor(8) as pool:
        for number in range(1, 40):
            pool.submit(part, number)
            if number == 20:
                pool.submit(client.abort_multipart_upload, Bucket=BUCKET, Key=KEY, UploadId=upload_id)
    assert set(codes) <= {"NoSuchUpload"}
    assert cos.store.billed_bytes == 0
    with refused(cos, **no_such_upload(upload_id)):
        upload_part(client, upload_id)


def test_every_request_of_every_thread_is_in_the_journal(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: upload_part(client, upload_id, b"x", number), range(1, 33)))
    assert cos.journal.counts["UploadPart"] == 32
