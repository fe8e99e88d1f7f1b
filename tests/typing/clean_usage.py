"""A user's test file as a type checker sees it: all of it is right. Read by mypy and pyright, and never run."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import fakecos
from fakecos import (
    BucketView,
    DeleteMarkerView,
    EventHandler,
    Events,
    FakeCOS,
    Fault,
    Journal,
    Limits,
    ObjectView,
    PartView,
    S3Event,
    Server,
    SyntheticBody,
    UploadView,
    UsageError,
)
from fakecos.faults import Corrupt, Delay, Http, Meanwhile, Transport, When, error

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def make() -> Iterator[FakeCOS]:
    with FakeCOS(dialect="aws", as_of=dt.date(2026, 3, 31), limits=Limits(min_part_size=1)) as cos:
        yield cos


@FakeCOS(id_seed=5)
def decorated(number: int) -> str:
    return f"{number} {fakecos.current().request_count}"


TEXT: str = decorated(5)


def arranged(cos: FakeCOS) -> tuple[BucketView, ObjectView, UploadView, Journal]:
    bucket: BucketView = cos.create_bucket("photos", region="eu-west-1", sse_c="allowed")
    stored: ObjectView = cos.put_object("photos", "a.jpg", b"holiday", ContentType="image/jpeg")
    upload: UploadView = cos.start_upload("photos", "a.zip", [b"a", b"b"])
    large: ObjectView = cos.put_object("photos", "a.mov", SyntheticBody(5 * 1024**4, seed=1))
    cos.assert_object("photos", "a.mov", body=SyntheticBody(large.size, 1), parts={1: SyntheticBody(5)})
    cos.start_upload("photos", "b.mov", [SyntheticBody(5), b"b"])
    cos.client().put_object(Bucket="photos", Key="c.mov", Body=SyntheticBody(5))
    parts: Mapping[int, PartView] = upload.parts
    assert parts[1].body == b"a"
    cos.advance(weeks=1, days=0.5)
    return bucket, stored, upload, cos.journal


def broken(cos: FakeCOS) -> list[Fault]:
    return [
        cos.inject("UploadPart", error="SlowDown", times=2),
        cos.inject("upload_part", http=Http(502)),
        cos.inject({"GetObject", "HeadObject"}, transport=Transport.RESET, when=When.STORED),
        cos.inject("PutObject", corrupt=Corrupt.flip(), part_number=None),
        cos.inject("PutObject", delay=Delay(5), key="*.zip"),
        cos.inject("UploadPart", meanwhile=Meanwhile.UPLOAD_ABORTED),
        cos.inject("PutObject", outcomes=[error("SlowDown"), None]),
    ]


def asserted(cos: FakeCOS) -> None:
    found: ObjectView = cos.assert_object("photos", "a.jpg", body=b"holiday", checksum_crc32="AAAAAA==")
    part: PartView = cos.assert_part("photos", "a.zip", 1, body=b"a")
    cos.assert_requests(["PutObject", ("UploadPart", {"PartNumber": 2})], match="in_order")
    count: int = cos.journal.counts["PutObject"]
    assert found.size + part.size + count == 9
    assert {(request.operation, request.status, request.error) for request in cos.journal.filter("PutObject", key="*")}


def bodies(cos: FakeCOS) -> list[bytes]:
    versions = cos.bucket("photos").objects["a.jpg"].versions
    return [b"" if isinstance(version, DeleteMarkerView) else version.body for version in versions]


def heard(cos: FakeCOS) -> tuple[EventHandler, Events, list[S3Event]]:
    messages: list[dict[str, Any]] = []
    handler = cos.on_event("s3:ObjectCreated:*", messages.append, bucket="photos", prefix="in/", suffix=".jpg")

    @cos.on_event(["s3:ObjectRemoved:Delete", "s3:ObjectTagging:*"])
    def gone(event: dict[str, Any], context: object) -> str:
        return f"{event['Records'][0]['eventName']} {context}"

    text: str = gone({"Records": [{"eventName": "ObjectRemoved:Delete"}]}, None)
    handler.cancel()
    assert handler.hits == len(messages) == len(text)
    return handler, cos.events.filter("s3:ObjectCreated:*", key="*.jpg"), [event for event in cos.events if event.key]


def served(cos: FakeCOS) -> tuple[Server, str, str]:
    try:
        with cos.serve(port=0) as server:
            return server, server.endpoint_url, server.ca_bundle or ""
    except UsageError as mistake:
        return cos.serve(), str(mistake), ""
