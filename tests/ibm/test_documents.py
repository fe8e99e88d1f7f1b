"""The XML documents of COS: how each begins, its quotes, its times, and the lengths that IBM's examples have."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time

from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.names import KEY as UPLOADED
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.faults import Corrupt, error
from fakecos.wire.messages import HttpRequest, RawBody
from tests.ibm.conftest import KEY
from tests.support.answers import read_body
from tests.support.constants import US_SOUTH
from tests.support.presigned import form_body, post_form, send_to_url
from tests.support.raw_requests import BEARER_TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos import FakeCOS

BEGINNING = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><'
OTHER_BEGINNING = '<?xml version="1.0" encoding="UTF-8"?>\n<'
MOMENT = dt.datetime(2016, 8, 25, 17, 38, 38, 549_600, tzinfo=dt.timezone.utc)
STORED = MOMENT.replace(microsecond=549_000)
SHOWN = "2016-08-25T17:38:38.549Z"
SECOND = MOMENT.replace(microsecond=0)


@pytest.fixture
def moment() -> Iterator[Any]:
    """A clock that stands still between two seconds."""
    with freeze_time(MOMENT) as frozen:
        yield frozen


def document(cos: FakeCOS, client: Any, operation: str, **params: Any) -> str:
    """Return the document of an answer as it is on the wire: all of these operations are a GET."""
    url = client.generate_presigned_url(operation, Params={"Bucket": BUCKET, **params})
    return send_to_url(cos, "GET", url).body.decode()


def exchange(
    cos: FakeCOS, method: str, path: str, query: str = "", headers: dict[str, str] | None = None, body: bytes = b""
) -> tuple[int, dict[str, str], str]:
    """Return status, headers and document of the answer to a request by hand, with a token of IAM's."""
    sent = {"authorization": BEARER_TOKEN, "content-length": str(len(body)), **(headers or {})}
    request = HttpRequest(method, "https", US_SOUTH.removeprefix("https://"), path, query, sent, RawBody(body))
    answer = cos._active.exchange(request)
    named = {name.lower(): value for name, value in answer.headers.items()}
    return answer.status, named, read_body(answer).decode()


def completion(parts: str) -> bytes:
    return f"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>".encode()


def times(text: str) -> list[str]:
    return re.findall(r"<(?:LastModified|Initiated|CreationDate)>([^<]*)<", text)


# --- how a document begins ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operation", "params"),
    [
        ("list_objects", {}),
        ("list_objects_v2", {}),
        ("list_object_versions", {}),
        ("list_multipart_uploads", {}),
        ("get_bucket_location", {}),
        ("get_bucket_acl", {}),
        ("get_bucket_versioning", {}),
        ("get_public_access_block", {}),
        ("get_object_tagging", {"Key": KEY}),
        ("list_bucket_replication_failures", {}),
    ],
)
def test_every_document_is_declared_standalone(
    cos: FakeCOS, client: Any, operation: str, params: dict[str, Any]
) -> None:
    """Source: ibm-cos 11.1, 11.2; of those that no example shows: assumed."""
    client.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration={"BlockPublicAcls": True})
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    text = document(cos, client, operation, **params)
    assert text.startswith(BEGINNING)
    assert "&quot;" not in text


def test_lists_of_buckets_are_declared_standalone(cos: FakeCOS, client: Any) -> None:
    """Source: documented: printed in IBM's examples, ibm-cos 11.1."""
    for operation in ("list_buckets", "list_buckets_extended"):
        answer = send_to_url(cos, "GET", client.generate_presigned_url(operation))
        assert answer.body.decode().startswith(BEGINNING)
        assert answer.headers["content-length"] == str(len(answer.body))


def test_the_answers_to_writes_are_declared_standalone(cos: FakeCOS, client: Any) -> None:
    """Source: ibm-cos 11.2; of DeleteObjects: printed in IBM's example, ibm-cos 11.1."""
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    upload_id = create_upload(client)
    part = upload_part(client, upload_id)
    parts = f"<Part><PartNumber>1</PartNumber><ETag>{part['ETag']}</ETag></Part>"
    keys = f"<Delete><Object><Key>{KEY}</Key></Object></Delete>".encode()
    digest = {"content-md5": base64.b64encode(hashlib.md5(keys, usedforsecurity=False).digest()).decode()}
    answers = [
        exchange(cos, "PUT", f"/{BUCKET}/copy", headers={"x-amz-copy-source": f"{BUCKET}/{KEY}"}),
        exchange(cos, "POST", f"/{BUCKET}/other", "uploads"),
        exchange(cos, "POST", f"/{BUCKET}/{UPLOADED}", f"uploadId={upload_id}", body=completion(parts)),
        exchange(cos, "POST", f"/{BUCKET}", "delete", digest, keys),
    ]
    assert [status for status, _, _ in answers] == [200] * 4
    assert all(body.startswith(BEGINNING) for _, _, body in answers)
    assert all(headers["content-length"] == str(len(body)) for _, headers, body in answers)


def test_the_document_of_a_form_is_declared_standalone(cos: FakeCOS, client: Any) -> None:
    """Source: assumed."""
    form = client.generate_presigned_post(
        BUCKET, KEY, Fields={"success_action_status": "201"}, Conditions=[{"success_action_status": "201"}]
    )
    assert post_form(cos, form["url"], form_body(form["fields"])).body.decode().startswith(BEGINNING)


def test_an_error_is_declared_standalone(cos: FakeCOS) -> None:
    """Source: recorded, aws-changes 28: no line feed either."""
    status, headers, body = exchange(cos, "GET", f"/{BUCKET}/none")
    assert (status, headers["content-length"]) == (404, str(len(body)))
    assert body.startswith(BEGINNING + "Error><Code>NoSuchKey</Code>")


def test_an_error_in_a_200_has_no_declaration(cos: FakeCOS, client: Any) -> None:
    """White space comes first, and a declaration cannot come after it (wire 4)."""
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    cos.inject("CopyObject", error_in_200="InternalError")
    status, _, body = exchange(cos, "PUT", f"/{BUCKET}/copy", headers={"x-amz-copy-source": f"{BUCKET}/{KEY}"})
    assert status == 200
    assert body.lstrip().startswith("<Error>")


def test_white_space_before_a_document_takes_the_place_of_its_declaration(cos: FakeCOS, client: Any) -> None:
    """Source: wire 4."""
    cos.inject("ListObjects", corrupt_answer=Corrupt.white_space(3))
    _, _, body = exchange(cos, "GET", f"/{BUCKET}")
    assert body.startswith("   <ListBucketResult")


def test_a_stored_document_comes_back_byte_for_byte(cos: FakeCOS, client: Any) -> None:
    """What the service writes otherwise is its own documents, and not an object that is XML."""
    body = (OTHER_BEGINNING + "a>&quot;</a>").encode()
    client.put_object(Bucket=BUCKET, Key=KEY, Body=body, ContentType="application/xml")
    assert client.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == body


def test_a_key_with_quotes_comes_back(client: Any) -> None:
    """Quotes are written as they are, and what looks like a quote that is escaped stays what it is."""
    for key in ('"quoted"', "&quot;", "<&>"):
        client.put_object(Bucket=BUCKET, Key=key, Body=b"x")
        assert client.list_objects(Bucket=BUCKET, Prefix=key)["Contents"][0]["Key"] == key
        client.delete_object(Bucket=BUCKET, Key=key)


def test_aws_is_as_it_was(cos: FakeCOS, make_client: Any) -> None:
    aws = make_client(AWS)
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    text = document(cos, aws, "list_objects_v2")
    assert text.startswith(OTHER_BEGINNING)
    assert "&quot;" in text
    assert [time[-5:] for time in times(text)] == [".000Z"]


# --- the lengths of IBM's examples -------------------------------------------------------------------


def test_the_length_of_a_location_is_the_documented_one(cos: FakeCOS, client: Any) -> None:
    """Source: documented: 161 bytes, ibm-cos 11.2."""
    client.create_bucket(Bucket="apiary", CreateBucketConfiguration={"LocationConstraint": "us-south-standard"})
    url = client.generate_presigned_url("get_bucket_location", Params={"Bucket": "apiary"})
    assert send_to_url(cos, "GET", url).headers["content-length"] == "161"


def test_the_length_of_a_public_access_block_is_the_documented_one(cos: FakeCOS, client: Any) -> None:
    """Source: documented: 248 bytes, ibm-cos 11.2."""
    block = {"BlockPublicAcls": True, "IgnorePublicAcls": True}
    client.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration=block)
    assert len(document(cos, client, "get_public_access_block")) == 248


def test_the_length_of_a_copys_answer_is_the_documented_one(cos: FakeCOS, client: Any) -> None:
    """Source: documented: 240 bytes without a checksum, ibm-cos 11.2."""
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    _, _, body = exchange(cos, "PUT", f"/{BUCKET}/copy", headers={"x-amz-copy-source": f"{BUCKET}/{KEY}"})
    assert len(re.sub(r"<Checksum(\w+)>.*?</Checksum\1>", "", body)) == 240


# --- times -------------------------------------------------------------------------------------------


def test_every_time_in_a_document_has_milliseconds(moment: Any, cos: FakeCOS, client: Any) -> None:
    """Source: documented: the table of ibm-cos 11.3."""
    client.create_bucket(Bucket="apiary")
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    upload_id = create_upload(client, KEY)
    upload_part(client, upload_id, key=KEY)
    asked = {"Key": KEY, "UploadId": upload_id}
    texts = [document(cos, client, name) for name in ("list_objects", "list_objects_v2", "list_multipart_uploads")]
    texts += [document(cos, client, "list_object_versions"), document(cos, client, "list_parts", **asked)]
    assert [times(text) for text in texts] == [[SHOWN]] * 5
    for operation in ("list_buckets", "list_buckets_extended"):
        text = send_to_url(cos, "GET", client.generate_presigned_url(operation)).body.decode()
        assert SHOWN in times(text)
    copied = client.copy_object(Bucket=BUCKET, Key="copy", CopySource={"Bucket": BUCKET, "Key": KEY})
    assert copied["CopyObjectResult"]["LastModified"] == STORED


def test_a_delete_marker_and_a_completed_upload_have_milliseconds(moment: Any, client: Any) -> None:
    """Source: documented of keys, ibm-cos 11.3; of delete markers: assumed."""
    client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    upload_id = create_upload(client)
    complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id)))
    client.delete_object(Bucket=BUCKET, Key="marked")
    listed = client.list_object_versions(Bucket=BUCKET)
    assert [listed[kind][0]["LastModified"] for kind in ("Versions", "DeleteMarkers")] == [STORED, STORED]


def test_a_date_of_http_has_none(moment: Any, client: Any) -> None:
    """Source: documented: Last-Modified in IBM's examples of HEAD and GET."""
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    for answer in (client.head_object(Bucket=BUCKET, Key=KEY), client.get_object(Bucket=BUCKET, Key=KEY)):
        assert answer["LastModified"] == SECOND


def test_conditions_compare_whole_seconds(moment: Any, cos: FakeCOS, client: Any) -> None:
    """Source: assumed: a client that sends Last-Modified back would never be told that nothing changed."""
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    told = client.head_object(Bucket=BUCKET, Key=KEY)["LastModified"]
    moment.tick(10)
    assert client.get_object(Bucket=BUCKET, Key=KEY, IfUnmodifiedSince=told)["Body"].read() == b"x"
    with pytest.raises(client.exceptions.ClientError) as caught:
        client.get_object(Bucket=BUCKET, Key=KEY, IfModifiedSince=told)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 304
    earlier = told - dt.timedelta(seconds=1)
    assert client.get_object(Bucket=BUCKET, Key=KEY, IfModifiedSince=earlier)["Body"].read() == b"x"
    with refused(cos, "PreconditionFailed", status=412):
        client.get_object(Bucket=BUCKET, Key=KEY, IfUnmodifiedSince=earlier)


def test_an_archive_rule_is_about_what_is_stored_by_hand_in_the_same_second(
    moment: Any, cos: FakeCOS, client: Any
) -> None:
    """The test's own objects have times to the second; none of them is older than a rule that was put before it."""
    move = {"Days": 0, "StorageClass": "GLACIER"}
    rule = {"ID": "archive", "Status": "Enabled", "Filter": {"Prefix": ""}, "Transitions": [move]}
    client.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [rule]})
    cos.put_object(BUCKET, KEY, b"x")
    cos.advance(days=1)
    assert client.head_object(Bucket=BUCKET, Key=KEY)["StorageClass"] == "GLACIER"


def test_a_message_of_the_test_itself_keeps_its_words(cos: FakeCOS, client: Any) -> None:
    words = "Server Side Encryption with Customer provided keys"
    cos.inject("PutObject", error=error("InvalidArgument", words))
    with pytest.raises(client.exceptions.ClientError, match=words):
        client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
