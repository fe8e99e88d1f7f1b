"""The journal: what an entry keeps and what it must not, filters, and the table."""

from __future__ import annotations

import base64
import datetime as dt
import threading
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError, IncompleteReadError

from fakecos import FakeCOS, UnimplementedOperationWarning
from fakecos.faults import Corrupt
from fakecos.service.journal import Journal, RecordedRequest

KEY = "k" * 32
SSE_C = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": KEY}
NOON = dt.datetime(2026, 1, 2, 12, tzinfo=dt.timezone.utc)


def exchange(number: int = 1, **fields: Any) -> RecordedRequest:
    values: dict[str, Any] = {"error": None, "request_id": str(number), "attempt": 1, "status": 200}
    values.update(time=NOON, operation="PutObject", bucket="photos", key=f"{number}", upload_id=None, part_number=None)
    return RecordedRequest(**{**values, **fields})


def test_parameters_are_those_of_the_operation(cos: FakeCOS, s3: Any) -> None:
    s3.put_object(Bucket="photos", Key="a", Body=b"12345", ContentType="text/plain", Metadata={"who": "me"})
    (entry,) = cos.journal
    assert entry.parameters["Body"] == 5
    assert entry.parameters["ContentType"] == "text/plain"
    assert entry.parameters["Metadata"] == {"who": "me"}
    assert (entry.fault, entry.attempt, len(entry.request_id)) == (None, 1, 16)
    with pytest.raises(TypeError):
        entry.parameters["Body"] = 6  # type: ignore[index]


def test_an_entry_says_when_how_long_by_which_thread_and_how_many_bytes(cos: FakeCOS, s3: Any) -> None:
    before = time.perf_counter()
    s3.put_object(Bucket="photos", Key="a", Body=b"12345")
    s3.get_object(Bucket="photos", Key="a", Range="bytes=0-2")["Body"].read()
    s3.head_object(Bucket="photos", Key="a")
    after = time.perf_counter()
    put, get, head = cos.journal
    assert before <= put.started <= put.started + put.duration <= get.started <= after
    assert put.thread == threading.current_thread().name
    assert [(each.bytes_sent, each.bytes_received) for each in (put, get, head)] == [(5, 0), (0, 3), (0, 0)]


def test_of_an_answer_that_breaks_off_the_bytes_that_arrived_are_kept(cos: FakeCOS, s3: Any) -> None:
    cos.put_object("photos", "a", b"0123456789")
    cos.inject("GetObject", corrupt_answer=Corrupt.cut(to=4))
    with pytest.raises(IncompleteReadError):
        s3.get_object(Bucket="photos", Key="a")["Body"].read()
    assert cos.journal[-1].bytes_received == 4


def test_the_list_of_a_complete_is_kept(cos: FakeCOS, s3: Any) -> None:
    upload = cos.start_upload("photos", "a", [b"1"])
    parts = [{"PartNumber": 1, "ETag": upload.parts[1].etag}]
    named = {"Bucket": "photos", "Key": "a", "UploadId": upload.upload_id}
    s3.complete_multipart_upload(**named, MultipartUpload={"Parts": parts})
    assert cos.journal[-1].parameters["MultipartUpload"] == {"Parts": parts}
    assert "MultipartUpload=(1)" in str(cos.journal)


def test_keys_and_credentials_are_never_kept(cos: FakeCOS, s3: Any) -> None:
    s3.put_object(Bucket="photos", Key="a", Body=b"1", **SSE_C)
    source = {f"CopySource{name}": value for name, value in SSE_C.items()}
    s3.copy_object(Bucket="photos", Key="b", CopySource="photos/a", **source)
    with pytest.raises(ClientError):
        s3.get_object(Bucket="photos", Key="a", **{**SSE_C, "SSECustomerKey": "o" * 32})
    put, copy, get = cos.journal
    assert put.parameters["SSECustomerKey"] == copy.parameters["CopySourceSSECustomerKey"] == "(redacted)"
    assert put.parameters["SSECustomerKeyMD5"] == cos.bucket("photos").objects["a"].sse_c_key_md5
    assert get.error is not None
    text = repr(list(cos.journal)) + str(cos.journal)
    for secret in (KEY, "o" * 32):
        assert secret not in text
        assert base64.b64encode(secret.encode()).decode() not in text
    assert "Signature" not in text
    assert "AWS4" not in text


def test_a_request_that_is_not_read_has_no_parameters() -> None:
    with pytest.warns(UnimplementedOperationWarning), FakeCOS() as cos, pytest.raises(ClientError):
        cos.client().get_bucket_metadata_configuration(Bucket="photos")
    assert (cos.journal[0].parameters, cos.journal[0].status) == ({}, 501)


def test_filters() -> None:
    journal = Journal()
    for number in range(4):
        journal.add(exchange(number, key=f"{number}.zip", upload_id="u" if number > 1 else None))
    journal.add(exchange(4, operation="GetObject", bucket="copies", key="[a]"))

    def ids(**chosen: str) -> list[str]:
        return [entry.request_id for entry in journal.filter(**chosen)]

    assert ids() == ["0", "1", "2", "3", "4"]
    assert ids(operation="GetObject") == ids(bucket="copies") == ids(key="[a]") == ["4"]
    assert ids(key="*.zip", upload_id="u") == ["2", "3"]
    assert ids(bucket="none") == []
    assert journal.filter("PutObject").counts == {"PutObject": 4}


def test_the_table_leaves_out_empty_columns() -> None:
    journal = Journal()
    assert str(journal) == "(no requests)"
    journal.add(exchange(1))
    journal.add(exchange(2, key="2\n", status=503, error="SlowDown", fault="error SlowDown", attempt=2))
    journal.add(exchange(3, status=0, parameters={"Body": 5, "Bucket": "photos", "Key": "3"}))
    assert str(journal).splitlines() == [
        "#  time      operation  where       try  parameters  status  error     fault",
        "1  12:00:00  PutObject  photos/1                     200",
        "2  12:00:00  PutObject  photos/2\\n  2                503     SlowDown  error SlowDown",
        "3  12:00:00  PutObject  photos/3         Body=5      -",
    ]
    assert str(journal[2]) == "PutObject photos/3 -> no answer"


def test_the_table_has_room_for_what_the_client_asked(cos: FakeCOS, s3: Any) -> None:
    """What goes with every key and every upload is left out of the table, and stays in `parameters`."""
    s3.put_object(Bucket="photos", Key="a", Body=b"1", **SSE_C)
    (exchange,) = cos.journal
    assert {"SSECustomerAlgorithm", "SSECustomerKeyMD5", "ContentEncoding"} <= exchange.parameters.keys()
    assert "Body=1 SSECustomerKey=(redacted) ChecksumAlgori…" in str(cos.journal)


def test_the_table_is_bounded() -> None:
    journal = Journal()
    for number in range(1, 61):
        journal.add(exchange(number, parameters={"Metadata": {"a": "b", "c": "x" * 500}, "Prefix": "x" * 500}))
    lines = str(journal).splitlines()
    assert lines[0] == "(10 earlier requests are not shown)"
    assert lines[2].startswith("11  12:00:00")
    assert len(lines) == 52
    assert max(map(len, lines)) < 120
    assert len(journal.table(rows=None).splitlines()) == 61


def test_a_request_of_no_bucket_has_no_place_in_its_line() -> None:
    assert str(exchange(operation="ListBuckets", bucket=None, key=None)) == "ListBuckets -> 200"
    assert str(exchange(operation="UploadPart", part_number=3)) == "UploadPart photos/1 part 3 -> 200"
