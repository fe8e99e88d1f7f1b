"""AbortMultipartUpload: the upload ends, and its parts are freed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time

from fakecos.contract.promises.abort import abort
from fakecos.contract.steps.answers import http_status
from fakecos.contract.steps.names import BIG, BUCKET, KEY
from fakecos.contract.steps.refused import refused, stored_state
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, no_such_upload, upload_part

if TYPE_CHECKING:
    from fakecos import FakeCOS

DAY = dt.timedelta(days=1)


def test_the_parts_are_freed(cos: FakeCOS, client: Any) -> None:
    """Source: documented: after it no part is billed."""
    upload_id = create_upload(client)
    upload_part(client, upload_id, BIG)
    assert cos.store.billed_bytes == len(BIG)
    abort(client, upload_id)
    assert cos.store.billed_bytes == 0
    assert cos.store.buckets[BUCKET].uploads == {}


def test_other_uploads_of_the_key_stay(cos: FakeCOS, client: Any) -> None:
    first, second = create_upload(client), create_upload(client)
    abort(client, first)
    assert list(cos.store.buckets[BUCKET].uploads) == [second]


def test_a_second_abort_is_204_for_a_day_and_then_404(cos: FakeCOS, aws: Any) -> None:
    """Source: public, three projects that ran it on AWS: aws-changes 7."""
    with freeze_time("2026-05-04T10:30:00.5") as clock:
        upload_id = create_upload(aws)
        abort(aws, upload_id)
        before = stored_state(cos)
        assert http_status(abort(aws, upload_id)) == 204
        clock.tick(DAY - dt.timedelta(microseconds=1))
        assert http_status(abort(aws, upload_id)) == 204
        assert stored_state(cos) == before
        clock.tick(dt.timedelta(microseconds=1))
        with refused(cos, **no_such_upload(upload_id)):
            abort(aws, upload_id)


def test_an_abort_after_complete_is_204_for_a_day_and_leaves_the_object(cos: FakeCOS, aws: Any) -> None:
    """Source: public, as the second Abort: aws-changes 7."""
    with freeze_time("2026-05-04T10:30:00") as clock:
        upload_id = create_upload(aws)
        complete_upload(aws, upload_id, completed_part(1, upload_part(aws, upload_id)))
        assert http_status(abort(aws, upload_id)) == 204
        clock.tick(DAY)
        with refused(cos, **no_such_upload(upload_id)):
            abort(aws, upload_id)
        assert aws.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"x"


def test_an_upload_that_a_lifecycle_rule_aborted_may_be_aborted_for_a_day(cos: FakeCOS, aws: Any) -> None:
    """Source: assumed, as after an Abort: aws-changes 7."""
    upload_id = create_upload(aws)
    rule = {"ID": "1", "Status": "Enabled", "Filter": {}, "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}}
    aws.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [rule]})
    cos.advance(days=3)
    assert http_status(abort(aws, upload_id)) == 204


@pytest.mark.only_patch("it looks inside the fake")
def test_of_many_ended_uploads_the_oldest_are_forgotten_after_a_day(
    cos: FakeCOS, aws: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory does not grow without end: docs/explanation/decisions/operations.md."""
    monkeypatch.setattr("fakecos.model.bucket.MAX_ENDED", 2)
    remembered = cos.store.buckets[BUCKET].ended
    with freeze_time("2026-05-04T10:30:00") as clock:
        ids = [create_upload(aws) for _ in range(4)]
        for upload_id in ids[:3]:
            abort(aws, upload_id)
        assert list(remembered) == ids[:3]  # S3 knows each of them still
        clock.tick(DAY)
        abort(aws, ids[3])
        assert list(remembered) == ids[2:]


@pytest.mark.limits(min_part_size=1)
def test_a_new_upload_of_the_key_knows_nothing_of_the_aborted_one(cos: FakeCOS, client: Any) -> None:
    aborted = create_upload(client)
    old = upload_part(client, aborted, b"old")
    abort(client, aborted)
    upload_id = create_upload(client)
    with refused(cos, "InvalidPart"):
        complete_upload(client, upload_id, completed_part(1, old))
