"""Raw requests as clients really send them, through the whole service: each is answered, none is misread."""

from __future__ import annotations

import datetime as dt

import pytest
from freezegun import freeze_time

from fakecos.facts import checksums
from fakecos.facts.http_dates import read_basic_date
from fakecos.model import encryption
from fakecos.model.attributes import Attributes
from fakecos.model.clock import now
from fakecos.model.content import Content
from fakecos.model.object import StoredObject
from fakecos.model.part import Part
from fakecos.model.upload import MultipartUpload
from fakecos.service.service import Service
from fakecos.wire.addressing import address
from fakecos.wire.parse import timestamp
from fakecos.wire.route import split_query
from tests.support.raw_requests import BEARER_TOKEN
from tests.wire.golden_http import Golden, all_golden

REFUSED = {  # what these placeholders deserve: names and ETags that no service would have given
    "ibm-iam-requests: create_bucket": "InvalidBucketName",
    "ibm-iam-requests: list_buckets_extended": "InvalidArgument",  # the SDK does not name the instance there
    "upload-part-copy-https": "InvalidArgument",  # versionId=v1, in a bucket without versions
    "complete-multipart-upload": "InvalidPart",
    "ibm-hmac-complete-multipart-upload": "InvalidPart",
}


def stocked(golden: Golden) -> Service:
    """Return a service with the bucket, the object and the open upload that a request takes for granted."""
    service = Service()
    place = address(golden.request, {})
    if place.bucket is None or golden.name == "ibm-iam-requests: create_bucket":
        return service
    bucket = service.store.create_bucket(place.bucket)
    source = service.store.create_bucket("src")
    source.put(StoredObject("a b/ü+c", Content.of(b"0123456789"), "e", now(), Attributes(), None))
    if place.key is None:
        return service
    bucket.put(StoredObject(place.key, Content.of(b"hello"), "e", now(), Attributes(), None))
    upload_id = split_query(golden.request.query).get("uploadId")
    if upload_id is not None:
        headers = golden.request.headers
        key_md5 = headers.get("x-amz-server-side-encryption-customer-key-md5")
        sse = encryption.Encryption(encryption.SSE_C, key_md5=key_md5) if key_md5 else encryption.DEFAULT
        upload = MultipartUpload(upload_id, place.key, Attributes(encryption=sse), now(), None, None)
        upload.parts[1] = Part(1, Content.of(b"x"), "another", now(), checksums.CRC32, "jNxqCA==")
        bucket.open(upload)
    return service


def sent_at(golden: Golden) -> dt.datetime:
    """Return when a request was signed: later it would have expired, or come with a clock that is wrong."""
    query = split_query(golden.request.query)
    moment = read_basic_date(golden.request.headers.get("x-amz-date") or query.get("X-Amz-Date", ""))
    if moment is None and "date" in golden.request.headers:
        found = timestamp(golden.request.headers["date"])
        assert isinstance(found, dt.datetime)
        return found
    if moment is None and "Expires" in query:
        moment = dt.datetime.fromtimestamp(int(query["Expires"]) - 60, dt.timezone.utc)
    return moment or now()


@pytest.mark.parametrize("golden", all_golden(), ids=lambda golden: golden.name)
def test_a_recorded_request_is_answered(golden: Golden) -> None:
    with freeze_time(sent_at(golden)):
        service = stocked(golden)
        if "authorization" not in golden.request.headers and "Signature=" not in golden.request.query:
            golden.request.headers = {**golden.request.headers, "authorization": BEARER_TOKEN}
        answer = service.handle(golden.request)
    exchange = service.journal[-1]
    assert exchange.error == REFUSED.get(golden.name), answer.body
    if exchange.error is None:
        assert answer.status in {200, 204, 206}
    assert answer.headers["x-amz-request-id"] == exchange.request_id
