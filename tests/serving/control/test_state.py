"""What is stored, by the control door: read, arranged, put back, grown older; and what was left behind."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from freezegun import freeze_time

from fakecos import FakeCOS, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from freezegun.api import FrozenDateTimeFactory

    from tests.support.control import ControlClient

pytestmark = pytest.mark.loopback


def test_the_state_has_what_is_stored_and_no_bytes(cos: FakeCOS, control: ControlClient, s3: Any) -> None:
    given = {"ContentType": "image/jpeg", "Metadata": {"who": "me"}, "ChecksumAlgorithm": "SHA256", "Tagging": "a=1"}
    s3.put_object(Bucket="photos", Key="a/1.jpg", Body=b"holiday", **given)
    upload = cos.start_upload("photos", "b/film.mp4", [b"one", b"two!"], ChecksumAlgorithm="CRC32")
    (bucket,) = control.ask("GET", "/v1/state").json["buckets"]
    (stored,) = bucket["objects"]
    view = cos.bucket("photos").objects["a/1.jpg"]
    assert (stored["key"], stored["size"], stored["etag"]) == ("a/1.jpg", 7, view.etag)
    assert stored["checksum"] == {"algorithm": "SHA256", "type": "FULL_OBJECT", "value": view.checksums["SHA256"]}
    assert (stored["content_type"], stored["metadata"], stored["tags"]) == ("image/jpeg", {"who": "me"}, {"a": "1"})
    (left,) = bucket["uploads"]
    assert (left["upload_id"], left["size"]) == (upload.upload_id, 7)
    assert [(part["number"], part["size"]) for part in left["parts"]] == [(1, 3), (2, 4)]
    assert left["parts"][0]["checksum"] == {"algorithm": "CRC32", "value": upload.parts[1].checksums["CRC32"]}
    assert len(cos.journal) == 1  # reading is no request


def test_the_state_is_narrowed(cos: FakeCOS, control: ControlClient) -> None:
    cos.create_bucket("films")
    for key in ("a/1", "a/2", "b/1"):
        cos.put_object("photos", key, b"1")
    (bucket,) = control.ask("GET", "/v1/state", bucket="photos", prefix="a/", limit=1).json["buckets"]
    assert ([each["key"] for each in bucket["objects"]], bucket["is_truncated"]) == (["a/1"], True)
    assert len(control.ask("GET", "/v1/state").json["buckets"]) == 2
    missing = control.ask("GET", "/v1/state", bucket="photo")
    assert (missing.status, missing.json["error"]["hint"]) == (404, 'did you mean "photos"?')


def test_a_bucket_that_is_there_already_is_told(control: ControlClient, cos: FakeCOS) -> None:
    cos.put_object("photos", "a", b"1")
    answer = control.ask("POST", "/v1/buckets", {"name": "photos"})
    assert (answer.status, answer.json["error"]["message"]) == (422, 'there is a bucket "photos" already')
    assert "POST /v1/reset" in answer.json["error"]["hint"]
    assert list(cos.bucket("photos").objects) == ["a"]


def test_versions_and_delete_markers_are_there(control: ControlClient, s3: Any) -> None:
    s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    version_id = s3.put_object(Bucket="photos", Key="a", Body=b"1")["VersionId"]
    s3.delete_object(Bucket="photos", Key="a")
    (bucket,) = control.ask("GET", "/v1/state").json["buckets"]
    assert bucket["objects"] == []
    marker, version = bucket["versions"]
    assert marker["delete_marker"] is True
    assert version["version_id"] == version_id


def test_a_bucket_is_created_by_hand(cos: FakeCOS, control: ControlClient) -> None:
    body = {"name": "films", "region": "eu-west-1", "sse_c": "allowed"}
    answer = control.ask("POST", "/v1/buckets", body)
    assert (answer.status, answer.json["region"]) == (201, "eu-west-1")
    assert cos.bucket("films").region == "eu-west-1"
    for wrong, status in (({"name": "films"}, 422), ({"name": "F"}, 422), ({}, 400), ({"name": "x", "acl": "a"}, 400)):
        assert control.ask("POST", "/v1/buckets", wrong).status == status
    assert set(cos.store.buckets) == {"films", "photos"}


def test_a_reset_forgets_everything(cos: FakeCOS, control: ControlClient, s3: Any) -> None:
    s3.put_object(Bucket="photos", Key="a", Body=b"1")
    control.ask("POST", "/v1/faults", {"operation": "GetObject", "error": "SlowDown"})
    assert control.ask("POST", "/v1/reset").json == {"status": "ok"}
    assert control.ask("POST", "/v1/reset", {}).json == {"status": "ok"}
    assert not cos.store.buckets
    assert len(cos.journal) == 0
    assert cos.unfired_faults() == []
    assert control.ask("POST", "/v1/reset", {"really": True}).status == 400


def test_a_snapshot_is_put_back_as_often_as_needed(cos: FakeCOS, control: ControlClient) -> None:
    assert control.ask("POST", "/v1/restore").status == 404
    cos.put_object("photos", "a", b"1")
    taken = control.ask("POST", "/v1/snapshot", {"name": "seeded"})
    assert taken.json == {"snapshot": "seeded", "buckets": 1, "objects": 1, "uploads": 0}
    for _ in range(2):
        cos.put_object("photos", "b", b"2")
        assert control.ask("POST", "/v1/restore", {"snapshot": "seeded"}).status == 200
        assert list(cos.bucket("photos").objects) == ["a"]
    control.ask("POST", "/v1/reset")
    assert control.ask("POST", "/v1/snapshot").json["snapshot"] == "snapshot-2"
    assert control.ask("POST", "/v1/restore").json["snapshot"] == "snapshot-2"
    unknown = control.ask("POST", "/v1/restore", {"snapshot": "seded"})
    assert unknown.status == 404
    assert '"seeded"' in unknown.json["error"]["hint"]
    assert not cos.store.buckets


@pytest.fixture
def clock() -> Iterator[FrozenDateTimeFactory]:
    """A clock that the test sets, so that no process's own is changed."""
    with freeze_time("2026-06-01T12:00:00Z", tick=True, real_asyncio=True) as frozen:
        yield frozen  # type: ignore[misc,unused-ignore]


def test_how_long_and_until_when_are_not_both_taken(clock: FrozenDateTimeFactory, control: ControlClient) -> None:
    answer = control.ask("POST", "/v1/clock", {"days": 1, "to": "2040-01-01T00:00:00Z"})
    assert (answer.status, answer.json["error"]["hint"]) == (422, "give one of them")
    assert clock().year == 2026


def test_time_passes_and_says_what_s3_did(clock: FrozenDateTimeFactory, cos: FakeCOS, control: ControlClient) -> None:
    s3 = cos.client()
    rules = [
        {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": "old/"}, "Expiration": {"Days": 1}},
        {
            "ID": "up",
            "Status": "Enabled",
            "Filter": {"Prefix": ""},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
        },
        {
            "ID": "cold",
            "Status": "Enabled",
            "Filter": {"Prefix": "cold/"},
            "Transitions": [{"Days": 1, "StorageClass": "GLACIER"}],
        },
    ]
    s3.put_bucket_lifecycle_configuration(Bucket="photos", LifecycleConfiguration={"Rules": rules})
    big = b"1" * 200_000  # smaller objects are not moved (documented)
    for key, body in (("old/a", b"1"), ("cold/a", big), ("new/a", b"1")):
        cos.put_object("photos", key, body)
    upload = cos.start_upload("photos", "left", [b"1"])
    before = dt.datetime.fromisoformat(control.ask("GET", "/v1/clock").json["now"])
    passed = control.ask("POST", "/v1/clock", {"days": 3}).json
    assert dt.datetime.fromisoformat(passed["now"]) - before > dt.timedelta(days=2, hours=23)
    assert passed["removed"] == [{"bucket": "photos", "key": "old/a", "version_id": "null"}]
    assert passed["aborted_uploads"] == [{"bucket": "photos", "key": "left", "upload_id": upload.upload_id}]
    (moved,) = passed["transitions"]
    assert (moved["key"], moved["from"], moved["to"]) == ("cold/a", "STANDARD", "GLACIER")
    assert (passed["stored"], passed["delete_markers"]) == ([], [])
    s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    cos.put_object("photos", "old/b", b"1")
    marked = control.ask("POST", "/v1/clock", {"to": "2026-07-01T00:00:00Z"}).json
    assert [each["key"] for each in marked["delete_markers"]] == ["old/b"]
    assert marked["now"].startswith("2026-07-01T00:00:0")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"days": -1}, 400),
        ({"months": 1}, 400),
        ({"days": "7"}, 400),
        ({"to": "yesterday"}, 422),
        ({"to": "2026-05-01T00:00:00Z"}, 422),
        ({"to": "9999-12-31T23:59:59Z"}, 422),
        ({"days": 36_500, "weeks": 36_500}, 422),
    ],
)
def test_a_time_that_is_none_is_refused(
    clock: FrozenDateTimeFactory, control: ControlClient, body: dict[str, Any], status: int
) -> None:
    assert control.ask("POST", "/v1/clock", body).status == status
    assert control.ask("GET", "/v1/clock").json["now"].startswith("2026-06-01T12:00")


def test_the_report_says_what_was_left_behind(cos: FakeCOS, control: ControlClient, s3: Any) -> None:
    assert control.ask("GET", "/v1/report").json["is_clean"] is True
    upload = cos.start_upload("photos", "left", [b"1"])
    control.ask("POST", "/v1/faults", {"operation": "GetObject", "error": "SlowDown"})
    control.ask("POST", "/v1/faults", {"operation": "PutObject", "error": "AccessDenied", "times": 2})
    with pytest.raises(ClientError):
        s3.put_object(Bucket="photos", Key="a", Body=b"1")
    with pytest.raises(ClientError):
        s3.list_objects_v2(Bucket="films")
    report = control.ask("GET", "/v1/report").json
    assert report["is_clean"] is False
    assert [each["upload_id"] for each in report["uploads_left_open"]] == [upload.upload_id]
    assert ["GetObject" in each["written"] for each in report["unfired_faults"]] == [True]
    assert [each["asked"] for each in report["unfired_faults"]] == [{"operation": "GetObject", "error": "SlowDown"}]
    assert [(each["hits"], each["wanted_hits"]) for each in report["unfinished_faults"]] == [(1, 2)]
    assert "no further request of its kind came" in report["unfinished_faults"][0]["why_not"]
    assert report["requests"]["PutObject"] == {"ok": 0, "refused": {"AccessDenied": 1}}
    assert "there was no bucket films: POST /v1/buckets creates one by hand" in report["notices"]
    for fault in control.ask("GET", "/v1/faults").json["faults"]:
        control.ask("DELETE", f"/v1/faults/{fault['id']}")


def test_the_report_has_what_was_raised(cos: FakeCOS, control: ControlClient) -> None:
    cos.errors.append(UsageError("a mistake of the test"))
    report = control.ask("GET", "/v1/report").json
    assert (report["errors"], report["is_clean"]) == (
        [{"type": "UsageError", "message": "a mistake of the test"}],
        False,
    )
    cos.errors.clear()
