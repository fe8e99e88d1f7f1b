import urllib.request

import boto3
import pytest
import requests
import responses
from fakecos.faults import Transport
from freezegun import freeze_time

GET, PUT = "get_object", "put_object"


@pytest.fixture(autouse=True)
def photos(fakecos):
    return fakecos.create_bucket("photos")


def presigned(method, key, seconds=3600, **params):
    named = {"Bucket": "photos", "Key": key, **params}
    return boto3.client("s3").generate_presigned_url(method, Params=named, ExpiresIn=seconds)


def test_a_browser_uploads_and_downloads(photos):
    requests.put(presigned(PUT, "a.jpg"), data=b"holiday", timeout=5).raise_for_status()
    assert photos.objects["a.jpg"].body == b"holiday"
    with urllib.request.urlopen(presigned(GET, "a.jpg")) as answer:
        assert answer.read() == b"holiday"


def test_a_part_is_uploaded_by_its_url(fakecos):
    upload = fakecos.start_upload("photos", "film.mp4")
    url = presigned("upload_part", "film.mp4", UploadId=upload.upload_id, PartNumber=1)
    etag = requests.put(url, data=b"first", timeout=5).headers["ETag"]
    fakecos.assert_part("photos", "film.mp4", 1, body=b"first", etag=etag)
    boto3.client("s3").abort_multipart_upload(Bucket="photos", Key="film.mp4", UploadId=upload.upload_id)


def test_metadata_stands_in_the_url(photos):
    requests.put(presigned(PUT, "a.jpg", Metadata={"by": "ann"}), data=b"holiday", timeout=5).raise_for_status()
    assert photos.objects["a.jpg"].metadata == {"by": "ann"}


def test_a_url_expires(fakecos):
    with freeze_time("2026-05-04 10:30:00"):
        fakecos.put_object("photos", "a.jpg", b"holiday")
        url = presigned(GET, "a.jpg", seconds=60)
        fakecos.advance(seconds=61)
        late = requests.get(url, timeout=5)
    assert late.status_code == 403
    assert "Request has expired" in late.text


def test_a_connection_that_fails(fakecos):
    fakecos.inject("PutObject", transport=Transport.READ_TIMEOUT)
    with pytest.raises(requests.ReadTimeout):
        requests.put(presigned(PUT, "a.jpg"), data=b"holiday", timeout=5)
    fakecos.assert_no_object("photos", "a.jpg")


@responses.activate
def test_beside_rules_of_ones_own(photos):
    responses.post("https://api.example.com/uploads", json={"url": presigned(PUT, "a.jpg")})
    url = requests.post("https://api.example.com/uploads", timeout=5).json()["url"]
    requests.put(url, data=b"holiday", timeout=5).raise_for_status()
    assert photos.objects["a.jpg"].body == b"holiday"
    with pytest.raises(requests.ConnectionError):
        requests.get("https://elsewhere.example.com/", timeout=5)


@responses.activate
def test_a_rule_for_s3_wins():
    responses.get("https://photos.s3.amazonaws.com/a.jpg", body=b"of the rule")
    assert requests.get(presigned(GET, "a.jpg"), timeout=5).content == b"of the rule"
