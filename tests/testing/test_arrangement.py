"""Arranging by hand: by the rules of S3, without requests, journal or faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from fakecos import FakeCOS, UsageError

if TYPE_CHECKING:
    from pathlib import Path

KEY = "k" * 32


def test_put_stores_what_a_client_would_have(cos: FakeCOS, s3: Any) -> None:
    parameters = {
        "ContentType": "text/plain",
        "Metadata": {"Who": "me"},
        "Tagging": "a=b",
        "StorageClass": "STANDARD_IA",
        "ChecksumAlgorithm": "SHA256",
    }
    by_hand = cos.put_object("photos", "a", "text", **parameters)
    s3.put_object(Bucket="photos", Key="b", Body=b"text", **parameters)
    assert by_hand == cos.bucket("photos").objects["b"]
    assert len(cos.journal) == 1


def test_put_with_a_customers_key(cos: FakeCOS, s3: Any) -> None:
    cos.put_object("photos", "a", b"secret", SSECustomerKey=KEY)
    with pytest.raises(ClientError, match="400"):
        s3.head_object(Bucket="photos", Key="a")
    sse_c = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": KEY}
    assert s3.get_object(Bucket="photos", Key="a", **sse_c)["Body"].read() == b"secret"


@pytest.mark.parametrize("algorithm", [None, "CRC32", "CRC64NVME", "SHA256"])
def test_an_upload_that_was_started_can_be_completed(cos: FakeCOS, s3: Any, algorithm: str | None) -> None:
    parameters = {"ChecksumAlgorithm": algorithm} if algorithm else {}
    upload = cos.start_upload("photos", "a", [b"1", b"22"], **parameters)
    assert all([*part.checksums] == ([algorithm] if algorithm else []) for part in upload.parts.values())
    listed = s3.list_parts(Bucket="photos", Key="a", UploadId=upload.upload_id)["Parts"]
    members = ("PartNumber", "ETag", f"Checksum{algorithm}")
    parts = [{name: part[name] for name in members if name in part} for part in listed]
    named = {"Bucket": "photos", "Key": "a", "UploadId": upload.upload_id}
    s3.complete_multipart_upload(**named, MultipartUpload={"Parts": parts})
    cos.assert_object("photos", "a", body=b"122", parts=[b"1", b"22"])


def test_an_upload_that_was_started_with_a_customers_key(cos: FakeCOS) -> None:
    upload = cos.start_upload("photos", "a", {2: b"22"}, SSECustomerKey=KEY)
    assert upload.sse_c_key_md5 == upload.parts[2].sse_c_key_md5 is not None
    cos.assert_part("photos", "a", 2, sse_c_key=KEY)


def test_what_s3_would_refuse_is_misuse_and_changes_nothing(cos: FakeCOS) -> None:
    with pytest.raises(UsageError, match="There is no bucket 'other'; there are: photos"):
        cos.put_object("other", "a")
    with pytest.raises(UsageError, match="S3 would refuse PutObject of photos/a: InvalidStorageClass"):
        cos.put_object("photos", "a", StorageClass="COLD")
    with pytest.raises(UsageError, match="PutObject has no parameter 'ContentTyp' to give here; the nearest: 'Content"):
        cos.put_object("photos", "a", ContentTyp="text/plain")
    with pytest.raises(UsageError, match="UploadPart of photos/a: InvalidArgument"):
        cos.start_upload("photos", "a", {1: b"1", 10_001: b"2"})
    assert cos.billed_bytes == 0
    assert not cos.open_uploads
    assert not cos.bucket("photos").objects


def test_load_and_dump_are_each_others_inverse(cos: FakeCOS, tmp_path: Path) -> None:
    source = tmp_path / "in"
    (source / "deep" / "er").mkdir(parents=True)
    (source / "a.txt").write_bytes(b"1")
    (source / "deep" / "er" / "ü.bin").write_bytes(b"22")
    loaded = cos.load_directory("new-bucket", source)
    assert {key: stored.body for key, stored in loaded.objects.items()} == {"a.txt": b"1", "deep/er/ü.bin": b"22"}
    cos.load_directory("photos", source, prefix="p/")
    assert list(cos.bucket("photos").objects) == ["p/a.txt", "p/deep/er/ü.bin"]
    written = cos.dump_directory(tmp_path / "out")
    assert len(written) == 4
    assert (tmp_path / "out" / "new-bucket" / "deep" / "er" / "ü.bin").read_bytes() == b"22"
    assert not cos.journal


def test_load_needs_a_directory(cos: FakeCOS, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no directory"):
        cos.load_directory("photos", tmp_path / "none")


@pytest.mark.parametrize("keys", [["../a"], ["a//b"], ["/a"], ["folder/"], ["a", "a/b"], ["a/./b"], ["."]])
def test_dump_writes_nothing_where_a_key_is_no_path(cos: FakeCOS, tmp_path: Path, keys: list[str]) -> None:
    for key in ["fine", *keys]:
        cos.put_object("photos", key)
    with pytest.raises(UsageError, match="cannot be the path of a file: nothing was written"):
        cos.dump_directory(tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_restore_puts_back_what_was_stored_as_often_as_asked(cos: FakeCOS, s3: Any) -> None:
    photos = cos.bucket("photos")
    stored, upload = cos.put_object("photos", "a", b"1"), cos.start_upload("photos", "b", [b"2"])
    cos.create_access_point("point", "photos")
    kept = cos.snapshot()
    for _ in range(2):
        named = {"Bucket": "photos", "Key": "b", "UploadId": upload.upload_id}
        s3.upload_part(**named, PartNumber=1, Body=b"changed")
        s3.upload_part(**named, PartNumber=2, Body=b"more")
        s3.abort_multipart_upload(**named)
        s3.delete_object(Bucket="photos", Key="a")
        s3.create_bucket(Bucket="another")
        cos.restore(kept)
        assert list(cos.store.buckets) == ["photos"]
        assert photos.objects["a"].content is stored.content
        cos.assert_parts("photos", "b", [b"2"])
        assert not cos.journal
    assert [entry["Key"] for entry in s3.list_multipart_uploads(Bucket="photos")["Uploads"]] == ["b"]


def test_what_is_stored_later_is_not_in_the_snapshot(cos: FakeCOS) -> None:
    kept = cos.snapshot()
    cos.put_object("photos", "a", b"1")
    cos.restore(kept)
    assert not cos.bucket("photos").objects


@pytest.mark.parametrize("body", [5, None, ["a"]])
def test_a_body_is_bytes_or_text(cos: FakeCOS, body: Any) -> None:
    # because: bytes(5) would be five zeros
    with pytest.raises(UsageError, match="a body is bytes or text, not"):
        cos.put_object("photos", "a", body)
    with pytest.raises(UsageError, match="a body is bytes or text, not"):
        cos.start_upload("photos", "a", parts=[body])
    assert not cos.bucket("photos").objects
    assert not cos.open_uploads


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"Tagging": {"album": "summer"}}, 'Tagging="album=summer&year=2026"'),
        ({"Metadata": {"year": 2026}}, 'Metadata={"camera": "Leica"}'),
        ({"Metadata": "Leica"}, 'Metadata={"camera": "Leica"}'),
    ],
)
def test_a_parameter_of_another_type_is_told_how_to_write_it(cos: FakeCOS, given: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as told:
        cos.put_object("photos", "a", b"1", **given)
    assert said in str(told.value)
    assert not cos.bucket("photos").objects


@pytest.mark.parametrize("account", ["12", 222222222222, None])
def test_the_owner_of_a_bucket_has_twelve_digits(cos: FakeCOS, account: Any) -> None:
    with pytest.raises(UsageError, match="write the 12 digits of its id"):
        cos.create_bucket("copies", account=account)
    assert "copies" not in cos.store.buckets


QUEUE = "arn:aws:sqs:us-east-1:123456789012:uploads"


def notify(s3: Any, arn: str) -> None:
    entry = {"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}
    s3.put_bucket_notification_configuration(
        Bucket="photos", NotificationConfiguration={"QueueConfigurations": [entry]}
    )


def test_a_destination_that_is_declared_is_there_and_no_other_of_its_service(cos: FakeCOS, s3: Any) -> None:
    # our own choice: operations.md of the decisions
    elsewhere = QUEUE.replace("123456789012", "999999999999")
    cos.create_destination(elsewhere)
    notify(s3, elsewhere)
    with pytest.raises(ClientError, match="Unable to validate the following destination configurations"):
        notify(s3, QUEUE)
    assert f"declared are {elsewhere}; did you mean {elsewhere}?" in cos.journal.explanations[-1]
    assert f'cos.create_destination("{QUEUE}") declares this one too.' in cos.journal.explanations[-1]
    topic = {"TopicArn": QUEUE.replace("sqs", "sns"), "Events": ["s3:ObjectCreated:*"]}
    s3.put_bucket_notification_configuration(
        Bucket="photos", NotificationConfiguration={"TopicConfigurations": [topic]}
    )


def test_what_is_declared_is_kept_in_a_snapshot_and_forgotten_with_a_reset(cos: FakeCOS, s3: Any) -> None:
    kept = cos.snapshot()
    cos.create_destination(QUEUE + "-2")
    with_destination = cos.snapshot()
    cos.restore(kept)
    notify(s3, QUEUE)
    cos.restore(with_destination)
    with pytest.raises(ClientError):
        notify(s3, QUEUE)
    cos.reset()
    cos.create_bucket("photos")
    notify(s3, QUEUE)


@pytest.mark.parametrize(
    ("arn", "said"),
    [
        ("uploads", "that is no ARN of a queue, topic or function"),
        ("arn:aws:s3:::photos", "that is no ARN of a queue, topic or function"),
        ("arn:aws:sqs:us-east-1::uploads", "that is no ARN of a queue, topic or function"),
        ("arn:aws:events:us-east-1:123456789012:event-bus/default", "Events for EventBridge need no destination"),
        (QUEUE + ".fifo", "S3 sends to no queue that is first in, first out"),
        (None, "create_destination"),
    ],
)
def test_a_destination_is_an_arn_that_s3_sends_to(cos: FakeCOS, arn: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        cos.create_destination(arn)
    assert cos.snapshot().destinations == {}
