"""The report at the end of `fakecos run`, made from a model that no request built."""

from __future__ import annotations

import datetime as dt

from fakecos.facts.checksums import COMPOSITE, CRC32
from fakecos.model.attributes import Attributes
from fakecos.model.checksum import Checksum
from fakecos.model.content import Content
from fakecos.model.delete_marker import DeleteMarker
from fakecos.model.object import StoredObject
from fakecos.model.part import CompletedPart, Part
from fakecos.model.store import Store
from fakecos.model.upload import MultipartUpload
from fakecos.model.versions import ENABLED
from fakecos.testing.report import report, stored_lines

NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.timezone.utc)


def stored_in_parts(key: str) -> StoredObject:
    parts = (CompletedPart(1, 0, 5_242_880, "a" * 32, "AAAAAA=="), CompletedPart(2, 5_242_880, 3, "b" * 32, "BBBBBB=="))
    content = Content.of(bytes(5_242_883))
    checksum = Checksum(CRC32, COMPOSITE, b"\x01\x02\x03\x04", 2)
    return StoredObject(key, content, "c" * 32 + "-2", NOON, Attributes(), checksum, parts)


def open_upload(key: str, parts: int) -> MultipartUpload:
    upload = MultipartUpload("UPLOAD", key, Attributes(), NOON, CRC32, COMPOSITE)
    for number in range(parts, 0, -1):
        upload.parts[number] = Part(number, Content.of(b"1234"), "d" * 32, NOON, CRC32, "CCCCCC==")
    return upload


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_an_empty_store_says_so() -> None:
    text = report(Store(), {})
    assert lines(text)[2:] == ["no buckets", "uploads left open: none", "requests: 0"]


def test_an_object_is_shown_with_its_parts_sizes_etags_and_checksums() -> None:
    store = Store()
    store.create_bucket("photos").put(stored_in_parts("holiday.mp4"))
    shown = lines(report(store, {}))
    assert "bucket photos: 1 object, 5,242,883 bytes" in shown
    assert f"holiday.mp4 5,242,883 {'c' * 32}-2 CRC32 AQIDBA==-2 COMPOSITE" in shown
    assert f"part 1 5,242,880 {'a' * 32} CRC32 AAAAAA==" in shown
    assert f"part 2 3 {'b' * 32} CRC32 BBBBBB==" in shown


def test_an_open_upload_is_shown_with_its_parts_in_order_and_what_they_cost() -> None:
    store = Store()
    store.create_bucket("photos").open(open_upload("movie.mp4", 2))
    shown = lines(report(store, {}))
    assert "uploads left open: 1; their parts are billed until they are completed or aborted: 8 bytes" in shown
    place = shown.index("photos/movie.mp4 8 upload id UPLOAD CRC32 COMPOSITE")
    assert shown[place + 1 : place + 3] == [f"part {number} 4 {'d' * 32} CRC32 CCCCCC==" for number in (1, 2)]


def test_a_long_upload_id_is_shown_by_its_ends() -> None:
    store = Store()
    upload = MultipartUpload("A" * 60 + "B" * 68, "movie.mp4", Attributes(), NOON, CRC32, COMPOSITE)
    store.create_bucket("photos").open(upload)
    text = report(store, {}, rows=None)
    assert f"upload id {'A' * 17}...{'B' * 8} " in text
    assert max(map(len, text.splitlines())) <= 100


def test_requests_are_counted_by_operation() -> None:
    shown = lines(report(Store(), {"UploadPart": 1_200, "AbortMultipartUpload": 1}))
    assert shown[-4:] == ["requests: 1,201", "ok", "AbortMultipartUpload 1", "UploadPart 1,200"]


def test_refused_requests_have_a_column_of_their_own_with_the_codes() -> None:
    requests = {"UploadPart": 1_200, "PutObject": 5, "HeadObject": 1}
    refused = {("PutObject", "NoSuchBucket"): 2, ("UploadPart", "SlowDown"): 1, ("UploadPart", "no answer"): 1_000}
    shown = lines(report(Store(), requests, refused=refused))
    assert shown[-5:] == [
        "requests: 1,206, 1,003 of them refused",
        "ok refused (code)",
        "HeadObject 1",
        "PutObject 3 2 (NoSuchBucket)",
        "UploadPart 199 1,001 (1 SlowDown, 1,000 no answer)",
    ]


def test_what_pytest_shows_of_a_long_list_names_no_option_of_the_command() -> None:
    # because: --all belongs to fakecos run, and pytest does not have it
    store = Store()
    bucket = store.create_bucket("photos")
    for number in range(2):
        bucket.put(stored_in_parts(f"{number}.mp4"))
        bucket.open(MultipartUpload(f"UPLOAD{number}", "movie.mp4", Attributes(), NOON, CRC32, COMPOSITE))
    shown = lines("\n".join(stored_lines(store, 1)))
    assert {"and 1 object more", "and 1 upload more"} <= set(shown)


def test_what_s3_would_have_refused_and_what_was_swallowed_stand_at_the_end() -> None:
    store = Store()
    store.notice("part 1 is smaller than 5 MiB")
    shown = lines(report(store, {}, ["UnclaimedRequestError: sts GetCallerIdentity"]))
    assert shown[-4:] == [
        "would be refused by S3:",
        "part 1 is smaller than 5 MiB",
        "to look at:",
        "UnclaimedRequestError: sts GetCallerIdentity",
    ]


def test_long_lists_are_cut_and_say_by_how_much() -> None:
    store = Store()
    bucket = store.create_bucket("photos")
    for number in range(4):
        bucket.put(stored_in_parts(f"{number}.mp4"))
    bucket.open(open_upload("movie.mp4", 3))
    shown = lines(report(store, {}, rows=1))
    assert "and 3 objects more (--all shows them)" in shown
    assert "and 1 part more" in shown
    assert "and 2 parts more" in shown
    assert "3.mp4" in report(store, {}, rows=None)
    assert " more" not in report(store, {}, rows=None)


def test_the_columns_are_aligned() -> None:
    store = Store()
    store.create_bucket("photos").put(stored_in_parts("a"))
    table = [line for line in report(store, {}).splitlines() if "part " in line or "size" in line]
    ends = {line.index(text) + len(text) for line, text in zip(table, ("size", "5,242,880", " 3"), strict=True)}
    assert len(ends) == 1


def test_versions_behind_the_current_ones_are_counted() -> None:
    store = Store()
    bucket = store.create_bucket("photos")
    bucket.put(stored_in_parts("a"))
    bucket.set_versioning(ENABLED)
    assert "bucket photos: 1 object, 5,242,883 bytes" in lines(report(store, {}))
    bucket.put(stored_in_parts("a").changed(version_id="v1"))
    bucket.mark_deleted(DeleteMarker("b", "v2", NOON))
    told = "bucket photos: 1 object, 5,242,883 bytes, and 2 more versions, 5,242,883 bytes"
    assert told in lines(report(store, {}))
