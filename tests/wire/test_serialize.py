from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.http_dates import http_date
from fakecos.model.content import Content
from fakecos.wire import service_model
from fakecos.wire.event_stream import encoded
from fakecos.wire.serialize import error_body, serialize, xml_date

AWS = service_model.load("aws")
NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"
OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n<{} xmlns="' + NAMESPACE + '">'
MOMENT = datetime(2015, 10, 21, 9, 28, 5, 999999, tzinfo=timezone(timedelta(hours=2)))


def body_of(operation: str, result: dict[str, Any], table: service_model.Table = AWS) -> str:
    status, headers, body = serialize(table, operation, result)
    assert isinstance(body, bytes)
    assert headers["Content-Length"] == str(len(body))
    assert headers["Content-Type"] == "application/xml"
    assert status == 200
    return body.decode()


def order_of(operation: str, result: dict[str, Any]) -> list[str]:
    return [child.tag.rpartition("}")[2] for child in ET.fromstring(body_of(operation, result))]  # noqa: S314


def test_a_put_without_body_has_length_zero_and_no_type() -> None:
    result = {"ETag": '"e"', "ServerSideEncryption": "AES256", "VersionId": None, "BucketKeyEnabled": True}
    assert serialize(AWS, "UploadPart", result) == (
        200,
        {
            "ETag": '"e"',
            "x-amz-server-side-encryption": "AES256",
            "x-amz-server-side-encryption-bucket-key-enabled": "true",
            "Content-Length": "0",
        },
        b"",
    )


def test_headers_stand_in_the_order_of_the_result() -> None:
    _, headers, _ = serialize(AWS, "UploadPart", {"ServerSideEncryption": "AES256", "ETag": '"e"'})
    assert list(headers)[:2] == ["x-amz-server-side-encryption", "ETag"]


@pytest.mark.parametrize("operation", ["DeleteObject", "AbortMultipartUpload", "DeleteBucket", "PutBucketTagging"])
def test_no_content_has_neither_length_nor_type(operation: str) -> None:
    assert serialize(AWS, operation, {}) == (204, {}, b"")


def test_an_object_is_handed_on_as_it_is() -> None:
    content = Content.of(b"12345")
    result = {
        "Body": content,
        "ContentLength": 5,
        "LastModified": MOMENT,
        "Metadata": {"a-b": "c"},
        "AcceptRanges": "bytes",
    }
    status, headers, body = serialize(AWS, "GetObject", result)
    assert status == 200
    assert body is content
    assert headers == {
        "Content-Length": "5",
        "Last-Modified": "Wed, 21 Oct 2015 07:28:05 GMT",
        "x-amz-meta-a-b": "c",
        "accept-ranges": "bytes",
    }


def test_an_empty_object_has_length_zero() -> None:
    assert serialize(AWS, "GetObject", {"Body": Content(())}) == (200, {"Content-Length": "0"}, b"")


@pytest.mark.parametrize("table", ["aws", "ibm"])
@pytest.mark.parametrize("operation", ["GetObject", "HeadObject"])
def test_a_range_is_partial_content(table: str, operation: str) -> None:
    status, _, _ = serialize(service_model.load(table), operation, {"ContentRange": "bytes 0-1/2", "ContentLength": 2})
    assert status == 206


def test_a_head_has_the_length_and_no_body() -> None:
    assert serialize(AWS, "HeadObject", {"ContentLength": 7}) == (200, {"Content-Length": "7"}, b"")
    assert serialize(AWS, "HeadBucket", {"BucketRegion": "eu-west-1"}) == (
        200,
        {"x-amz-bucket-region": "eu-west-1", "Content-Type": "application/xml"},
        b"",
    )


def test_moments_are_text_in_two_spellings() -> None:
    assert http_date(MOMENT) == "Wed, 21 Oct 2015 07:28:05 GMT"
    assert xml_date(MOMENT) == "2015-10-21T07:28:05.999Z"
    assert http_date("as it came") == xml_date("as it came") == "as it came"
    _, headers, _ = serialize(AWS, "HeadObject", {"ObjectLockRetainUntilDate": MOMENT, "Expires": "0"})
    assert headers == {"x-amz-object-lock-retain-until-date": "2015-10-21T07:28:05.999Z", "Expires": "0"}


def test_the_result_of_creating_an_upload() -> None:
    assert body_of("CreateMultipartUpload", {"Bucket": "b", "Key": 'a<&>"b\r\n', "UploadId": "U"}) == (
        OPENING.format("InitiateMultipartUploadResult")
        + "<Bucket>b</Bucket><Key>a&lt;&amp;&gt;&quot;b&#13;\n</Key><UploadId>U</UploadId>"
        + "</InitiateMultipartUploadResult>"
    )


def test_characters_that_xml_does_not_have_are_references_all_the_same() -> None:
    assert "<Key>\ta&#x1;&#xffff;é</Key>" in body_of("CreateMultipartUpload", {"Key": "\ta\x01\uffffé"})


def test_absent_and_empty() -> None:
    text = body_of("ListParts", {"Bucket": None, "Key": "", "PartNumberMarker": 0, "IsTruncated": False, "Parts": []})
    assert text.endswith(
        "<Key></Key><PartNumberMarker>0</PartNumberMarker><IsTruncated>false</IsTruncated></ListPartsResult>"
    )


def test_a_payload_has_the_root_of_its_member() -> None:
    text = body_of("UploadPartCopy", {"CopyPartResult": {"ETag": '"e"', "LastModified": MOMENT}})
    assert text == (
        OPENING.format("CopyPartResult")
        + "<LastModified>2015-10-21T07:28:05.999Z</LastModified><ETag>&quot;e&quot;</ETag></CopyPartResult>"
    )
    assert serialize(AWS, "UploadPartCopy", {}) == (200, {"Content-Length": "0"}, b"")


def test_a_location_is_the_root_itself() -> None:
    opening = OPENING.format("LocationConstraint")
    assert body_of("GetBucketLocation", {"LocationConstraint": "EU"}) == opening + "EU</LocationConstraint>"


@pytest.mark.parametrize("region", ["", None])
def test_no_location_is_one_empty_element(region: str | None) -> None:
    # recorded aws-changes 17
    opening = OPENING.format("LocationConstraint")
    assert body_of("GetBucketLocation", {"LocationConstraint": region}) == opening.removesuffix(">") + "/>"


def test_a_policy_is_json() -> None:
    assert serialize(AWS, "GetBucketPolicy", {"Policy": "{}"}) == (
        200,
        {"Content-Type": "application/json", "Content-Length": "2"},
        b"{}",
    )


def test_events_become_messages() -> None:
    # the framing: tests/wire/test_event_stream.py
    status, headers, body = serialize(AWS, "SelectObjectContent", {"Payload": [{"End": {}}]})
    assert (status, headers, body) == (200, {"Content-Length": str(len(body))}, encoded([{"End": {}}]))


def test_buckets_stand_after_their_owner() -> None:
    assert order_of("ListBuckets", {"Buckets": [{"Name": "b", "CreationDate": MOMENT}], "Owner": {"ID": "i"}}) == [
        "Owner",
        "Buckets",
    ]


@pytest.mark.parametrize(
    ("operation", "lists"),
    [
        ("ListObjects", {"Contents": [{"Key": "k"}], "CommonPrefixes": [{"Prefix": "p/"}]}),
        ("ListObjectsV2", {"Contents": [{"Key": "k"}], "CommonPrefixes": [{"Prefix": "p/"}]}),
        ("ListObjectVersions", {"Versions": [{"Key": "k"}], "CommonPrefixes": [{"Prefix": "p/"}]}),
    ],
)
def test_a_listing_starts_with_the_name_and_ends_with_what_it_lists(operation: str, lists: dict[str, Any]) -> None:
    order = order_of(operation, {**lists, "IsTruncated": False, "MaxKeys": 1, "Prefix": "", "Name": "b"})
    assert order[:2] == ["Name", "Prefix"]
    assert order[-2:] == ["Version" if "Versions" in lists else "Contents", "CommonPrefixes"]


def test_uploads_and_parts_stand_last() -> None:
    assert order_of("ListParts", {"Parts": [{"PartNumber": 1}], "StorageClass": "S", "Bucket": "b"})[-1] == "Part"
    assert order_of("ListMultipartUploads", {"Uploads": [{"Key": "k"}], "EncodingType": "url"})[-1] == "Upload"


def test_attributes_stand_in_their_own_order() -> None:
    result = {
        "ObjectSize": 1,
        "StorageClass": "STANDARD",
        "ObjectParts": {"Parts": [{"PartNumber": 1, "Size": 1}], "TotalPartsCount": 1},
        "Checksum": {"ChecksumCRC32": "x"},
        "ETag": "e",
        "LastModified": MOMENT,
    }
    assert order_of("GetObjectAttributes", result) == ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"]
    assert "<ObjectParts><PartsCount>1</PartsCount><Part><PartNumber>1</PartNumber>" in body_of(
        "GetObjectAttributes", result
    )


def test_a_grantee_has_its_type_as_an_attribute() -> None:
    text = body_of(
        "GetBucketAcl", {"Grants": [{"Grantee": {"Type": "CanonicalUser", "ID": "i"}, "Permission": "READ"}]}
    )
    assert (
        '<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>i</ID></Grantee>'
        in text
    )


def test_a_member_that_the_table_does_not_have_is_left_out() -> None:
    _, headers, _ = serialize(
        service_model.load("ibm"), "UploadPart", {"ETag": '"e"', "VersionId": "v", "BucketKeyEnabled": True}
    )
    assert headers == {"ETag": '"e"', "Content-Length": "0"}


def test_a_refusal_has_no_namespace() -> None:
    error = S3Error(errors.NO_SUCH_UPLOAD, UploadId="<U>")
    assert error_body(error, {"RequestId": "request", "HostId": "host"}).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchUpload</Code>'
        f"<Message>{error.message}</Message><UploadId>&lt;U&gt;</UploadId>"
        "<RequestId>request</RequestId><HostId>host</HostId></Error>"
    )


def test_a_field_that_is_none_is_an_empty_element() -> None:
    assert b"<UploadId></UploadId>" in error_body(S3Error(errors.NO_SUCH_UPLOAD, UploadId=None), {})
