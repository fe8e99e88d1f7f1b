from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from fakecos.facts.errors import S3Error
from fakecos.wire import service_model
from fakecos.wire.parse import boolean, has_document, integer, parse, parse_document, timestamp

AWS = service_model.load("aws")
NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"
MOMENT = datetime(2015, 10, 21, 7, 28, tzinfo=timezone.utc)


def parsed(operation: str, query: dict[str, str] | None = None, **headers: str) -> dict[str, Any]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return parse(AWS, operation, "bucket", "key", query or {}, named)


def document(operation: str, body: str | bytes) -> dict[str, Any]:
    params: dict[str, Any] = {}
    parse_document(AWS, operation, body.encode() if isinstance(body, str) else body, params)
    return params


def refused(operation: str, body: str | bytes) -> None:
    params: dict[str, Any] = {}
    with pytest.raises(S3Error) as refusal:
        parse_document(AWS, operation, body.encode() if isinstance(body, str) else body, params)
    assert (refusal.value.code, refusal.value.status) == ("MalformedXML", 400)
    assert params == {}


def test_parameters_come_from_the_path_the_query_and_the_headers() -> None:
    params = parsed("UploadPart", {"partNumber": "3", "uploadId": "U", "x-id": "UploadPart"}, content_md5="abc=")
    assert params == {"Bucket": "bucket", "Key": "key", "PartNumber": 3, "UploadId": "U", "ContentMD5": "abc="}


@pytest.mark.parametrize("text", ["", "abc", "1.5", "1_000", " 1", "++1", "٣", "9" * 21, "--1", "-"])
def test_a_number_that_is_none_stays_what_came(text: str) -> None:
    assert parsed("UploadPart", {"partNumber": text})["PartNumber"] == text


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("-1", -1), ("007", 7), ("+1", 1), ("10001", 10001)])
def test_a_number(text: str, number: int) -> None:
    assert integer(text) == number


@pytest.mark.parametrize(
    ("text", "truth"), [("true", True), ("True", True), ("FALSE", False), ("yes", "yes"), ("", "")]
)
def test_a_truth_in_any_case(text: str, truth: bool | str) -> None:
    assert boolean(text) is truth or boolean(text) == truth


@pytest.mark.parametrize(
    "text",
    [
        "Wed, 21 Oct 2015 07:28:00 GMT",
        "2015-10-21T07:28:00Z",
        "2015-10-21T07:28:00.000Z",
        "2015-10-21T07:28:00.0000000Z",
        "2015-10-21T09:28:00+02:00",
        "2015-10-21T07:28:00",
        "Wednesday, 21-Oct-15 07:28:00 GMT",
        "Wed Oct 21 07:28:00 2015",
    ],
)
def test_a_moment_in_all_spellings(text: str) -> None:
    moment = timestamp(text)
    assert moment == MOMENT
    assert isinstance(moment, datetime)
    assert moment.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "text",
    [
        *("", "0", "tomorrow", "2015-13-45T00:00:00Z", "Wed, 99 Oct 2015"),
        *("9999-12-31T23:59:59-10:00", "0001-01-01T00:00:00+14:00"),  # outside of the calendar in UTC
    ],
)
def test_a_moment_that_is_none_stays_what_came(text: str) -> None:
    assert timestamp(text) == text


def test_expires_is_kept_as_it_came() -> None:
    assert parsed("PutObject", expires="0")["Expires"] == "0"
    text = "Wed, 21 Oct 2015 07:28:00 GMT"
    assert parsed("GetObject", {"response-expires": text})["ResponseExpires"] == text


def test_metadata_are_all_headers_with_the_prefix() -> None:
    params = parsed("PutObject", x_amz_meta_one="1", x_amz_meta_two_words="2", x_amz_metadata_directive="COPY")
    assert params["Metadata"] == {"one": "1", "two-words": "2"}
    assert "Metadata" not in parsed("PutObject")


def test_headers_signed_into_the_query_are_read_from_there() -> None:
    params = parsed(
        "PutObject",
        {"x-amz-meta-foo": "bar", "x-amz-acl": "private", "x-amz-storage-class": "GLACIER"},
        x_amz_storage_class="STANDARD",
    )
    assert params["Metadata"] == {"foo": "bar"}
    assert params["ACL"] == "private"
    assert params["StorageClass"] == "STANDARD"


def test_a_list_in_a_header() -> None:
    assert parsed("GetObjectAttributes", x_amz_object_attributes="ETag, Checksum,ObjectSize")["ObjectAttributes"] == [
        "ETag",
        "Checksum",
        "ObjectSize",
    ]


def test_an_operation_that_the_table_does_not_have_gets_its_address() -> None:
    assert parsed("PostObject", {"x": "y"}, a="b") == {"Bucket": "bucket", "Key": "key"}
    assert not has_document(AWS, "PostObject")


def test_which_bodies_are_documents() -> None:
    assert has_document(AWS, "CompleteMultipartUpload")
    assert has_document(AWS, "PutBucketPolicy")
    assert not has_document(AWS, "UploadPart")
    assert not has_document(AWS, "GetObject")


def test_the_body_can_wait() -> None:
    assert "MultipartUpload" not in parse(AWS, "CompleteMultipartUpload", "b", "k", {}, {}, None)


# -- documents ----------------------------------------------------------------------------------------------


def test_an_empty_body_that_may_be_absent_adds_nothing() -> None:
    assert document("CompleteMultipartUpload", b"") == {}
    assert document("CreateBucket", b"") == {}


def test_an_empty_body_that_is_required_is_refused() -> None:
    refused("DeleteObjects", b"")


@pytest.mark.parametrize("opening", ["<Delete>", f'<Delete xmlns="{NAMESPACE}">', '<Delete xmlns="urn:other">'])
def test_a_namespace_does_not_matter(opening: str) -> None:
    body = (
        f"<?xml version='1.0'?>\n{opening}\n <Object><Key>a&#xD;&#xA;b</Key></Object><Object><Key>x&amp;y</Key>"
        "</Object><Quiet> true </Quiet></Delete>"
    )
    assert document("DeleteObjects", body) == {
        "Delete": {"Objects": [{"Key": "a\r\nb"}, {"Key": "x&y"}], "Quiet": True}
    }


def test_a_prefixed_namespace() -> None:
    body = f'<s:Delete xmlns:s="{NAMESPACE}"><s:Object><s:Key> k </s:Key></s:Object></s:Delete>'
    assert document("DeleteObjects", body) == {"Delete": {"Objects": [{"Key": " k "}]}}


@pytest.mark.parametrize(
    "body",
    [
        "nonsense",
        "<Delete>",
        "<Delete><Object><Key>k</Key></Object>",
        "<Delete/>",
        "<Delete></Delete>",
        "<delete><Object><Key>k</Key></Object></delete>",
        "<Delete><Object></Object></Delete>",
        "<Delete><Object><Key>k</Key><Key>k</Key></Object></Delete>",
        "<Delete><Object><Key><b>k</b></Key></Object></Delete>",
        "<Delete><Object><Key>k</Key><Name>k</Name></Object></Delete>",
        "<Delete><Object><Key>k</Key></Object><Loud>true</Loud></Delete>",
        "<Delete>text<Object><Key>k</Key></Object></Delete>",
        "<Delete><Object><Key>k</Key></Object>text</Delete>",
        "<Delete><Object><Key>k</Key>text</Object></Delete>",
        '<!DOCTYPE Delete [<!ENTITY e "x">]><Delete><Object><Key>&e;</Key></Object></Delete>',
        "<Delete><Object><Key>&unknown;</Key></Object></Delete>",
        "<Delete><Object><Key>\x01</Key></Object></Delete>",
        '<?xml version="1.0" encoding="no-such"?><Delete><Object><Key>k</Key></Object></Delete>',
        "<Delete><Object><Key>k</Key></Object></Delete>".encode("utf-16"),
        b"<Delete><Object><Key>\xff</Key></Object></Delete>",
    ],
)
def test_a_batch_delete_that_is_not_one(body: str | bytes) -> None:
    refused("DeleteObjects", body)


def test_a_number_in_a_document_that_is_none_stays_what_came() -> None:
    body = "<CompleteMultipartUpload><Part><PartNumber>one</PartNumber></Part></CompleteMultipartUpload>"
    assert document("CompleteMultipartUpload", body) == {"MultipartUpload": {"Parts": [{"PartNumber": "one"}]}}


def test_parts_without_any_are_an_empty_document() -> None:
    assert document("CompleteMultipartUpload", "<CompleteMultipartUpload/>") == {"MultipartUpload": {}}


def test_elsewhere_an_unknown_element_is_ignored() -> None:
    body = (
        "<CreateBucketConfiguration><New>1</New><LocationConstraint>EU</LocationConstraint>"
        "<Tags><Tag><Key>a</Key><Value/></Tag></Tags></CreateBucketConfiguration>"
    )
    assert document("CreateBucket", body)["CreateBucketConfiguration"] == {
        "LocationConstraint": "EU",
        "Tags": [{"Key": "a", "Value": ""}],
    }


def test_a_wrapped_list_without_items_is_an_empty_list() -> None:
    body = "<CreateBucketConfiguration><Tags/></CreateBucketConfiguration>"
    assert document("CreateBucket", body)["CreateBucketConfiguration"] == {"Tags": []}


def test_an_attribute_is_a_member() -> None:
    body = (
        "<AccessControlPolicy><AccessControlList><Grant>"
        '<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>i</ID></Grantee>'
        "<Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>"
    )
    assert document("PutBucketAcl", body)["AccessControlPolicy"]["Grants"] == [
        {"Grantee": {"ID": "i", "Type": "CanonicalUser"}, "Permission": "READ"}
    ]


def test_a_policy_is_text() -> None:
    assert document("PutBucketPolicy", '{"ü": 1}') == {"Policy": '{"ü": 1}'}


def test_a_root_whose_members_are_parameters() -> None:
    params = document(
        "SelectObjectContent",
        "<SelectObjectContentRequest><Expression>e</Expression><ExpressionType>SQL</ExpressionType>"
        "<InputSerialization/><OutputSerialization/></SelectObjectContentRequest>",
    )
    assert params["Expression"] == "e"


def test_the_other_name_of_a_root() -> None:
    # public
    assert document("SelectObjectContent", "<SelectRequest><Expression>e</Expression></SelectRequest>") == {
        "Expression": "e"
    }
    with pytest.raises(S3Error, match="MalformedXML"):
        document("SelectObjectContent", "<Select><Expression>e</Expression></Select>")
