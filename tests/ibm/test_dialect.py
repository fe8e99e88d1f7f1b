"""What every answer of COS has and has not: headers, ids, words of errors, parameters that are ignored."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.answers import http_headers
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.facts.services.aws import AWS
from fakecos.facts.services.dialect import ABOUT, Dialect
from fakecos.facts.services.ibm import IBM_COS, SOURCES
from fakecos.faults import error
from tests.ibm.conftest import KEY

if TYPE_CHECKING:
    from fakecos import FakeCOS

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SOMEBODY = "999999999999"


def test_the_marks_of_an_answer(client: Any) -> None:
    """Source: public; the same id twice also in most of IBM's examples."""
    answer = client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    headers = http_headers(answer)
    assert headers.keys() == {
        *("content-length", "date", "etag", "server", "x-amz-checksum-crc32", "x-amz-checksum-type"),
        *("x-amz-request-id", "x-clv-request-id", "x-clv-s3-version"),
    }
    assert UUID.fullmatch(headers["x-clv-request-id"])
    assert headers["x-amz-request-id"] == headers["x-clv-request-id"] == answer["ResponseMetadata"]["RequestId"]
    assert headers["x-clv-s3-version"] == "2.5"
    assert headers["server"] == "Cleversafe"


def test_reads_accept_ranges_and_writes_do_not(client: Any) -> None:
    """Source: public, of objects, buckets, and the list of buckets."""
    writes = [client.create_bucket(Bucket="new-bucket"), client.put_object(Bucket="new-bucket", Key=KEY, Body=b"x")]
    reads = [client.head_object(Bucket="new-bucket", Key=KEY), client.get_object(Bucket="new-bucket", Key=KEY)]
    reads += [client.head_bucket(Bucket="new-bucket"), client.list_buckets()]
    writes += [client.delete_object(Bucket="new-bucket", Key=KEY), client.delete_bucket(Bucket="new-bucket")]
    assert {http_headers(answer).get("accept-ranges") for answer in reads} == {"bytes"}
    assert not any("accept-ranges" in http_headers(answer) for answer in writes)


def test_no_answer_tells_that_objects_are_encrypted(client: Any) -> None:
    """Source: public; where the request asked for it: assumed."""
    put = client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x", ServerSideEncryption="AES256")
    upload = client.create_multipart_upload(Bucket=BUCKET, Key=KEY)
    part = upload_part(client, upload["UploadId"], key=KEY)
    complete = complete_upload(client, upload["UploadId"], completed_part(1, part), key=KEY)
    got, found = client.get_object(Bucket=BUCKET, Key=KEY), client.head_object(Bucket=BUCKET, Key=KEY)
    for answer in (put, upload, part, got, found, complete):
        assert "x-amz-server-side-encryption" not in http_headers(answer)


def test_people_are_named_by_their_id(client: Any) -> None:
    """Source: public, of lists of buckets, keys and uploads, and of ACLs; of versions: assumed."""
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    upload_id = create_upload(client, KEY)
    grants = client.get_object_acl(Bucket=BUCKET, Key=KEY)
    lists = [
        client.list_objects(Bucket=BUCKET)["Contents"],
        client.list_objects_v2(Bucket=BUCKET, FetchOwner=True)["Contents"],
        client.list_object_versions(Bucket=BUCKET)["Versions"],
        client.list_multipart_uploads(Bucket=BUCKET)["Uploads"],
        [client.list_parts(Bucket=BUCKET, Key=KEY, UploadId=upload_id)],
        [client.list_buckets(), grants],
    ]
    people = [row[role] for rows in lists for row in rows for role in ("Owner", "Initiator") if role in row]
    people.append(grants["Grants"][0]["Grantee"])
    assert len(people) == 10
    assert all(person["DisplayName"] == person["ID"] for person in people)


def test_a_list_without_a_delimiter_has_an_empty_one(client: Any) -> None:
    """Source: public; of version 2: documented, IBM's examples."""
    assert client.list_objects(Bucket=BUCKET)["Delimiter"] == ""
    assert client.list_objects_v2(Bucket=BUCKET)["Delimiter"] == ""
    assert client.list_objects(Bucket=BUCKET, Delimiter="/")["Delimiter"] == "/"


def test_the_journal_knows_the_id(cos: FakeCOS, client: Any) -> None:
    answer = client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    assert cos.journal[-1].request_id == http_headers(answer)["x-clv-request-id"]


def test_the_document_of_an_error(cos: FakeCOS, client: Any) -> None:
    """Source: documented: IBM's example of BucketNotEmpty."""
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    with refused(cos, "BucketNotEmpty", status=409) as answer:
        client.delete_bucket(Bucket=BUCKET)
    assert {name: value for name, value in answer["Error"].items() if name != "RequestId"} == {
        "Code": "BucketNotEmpty",
        "Message": "The bucket you tried to delete is not empty.",
        "Resource": f"/{BUCKET}/",
        "httpStatusCode": "409",
    }
    assert UUID.fullmatch(http_headers(answer)["x-clv-request-id"])


def test_a_key_that_is_too_long(cos: FakeCOS, client: Any) -> None:
    """Source: ibm-cos 8."""
    with pytest.raises(client.exceptions.ClientError) as caught:
        client.put_object(Bucket=BUCKET, Key="k" * 1025, Body=b"x")
    assert caught.value.response["Error"]["Code"] == "KeyTooLong"
    assert caught.value.response["Error"]["Message"] == "Your key is too long."
    assert cos.journal[-1].error == "KeyTooLong"


def test_upload_ids_look_like_uuids(client: Any) -> None:
    """Source: ibm-cos 1.3."""
    assert UUID.fullmatch(create_upload(client))


def test_a_wrong_owner_and_payer_are_ignored(cos: FakeCOS, client: Any) -> None:
    """Source: ibm-cos 3.1."""
    upload_id = create_upload(client, ExpectedBucketOwner=SOMEBODY, RequestPayer="requester")
    part = upload_part(client, upload_id, b"hello", ExpectedBucketOwner=SOMEBODY, RequestPayer="nobody")
    client.upload_part_copy(
        Bucket=BUCKET,
        Key=client_key(cos, upload_id),
        UploadId=upload_id,
        PartNumber=2,
        CopySource={"Bucket": BUCKET, "Key": source(client)},
        ExpectedBucketOwner=SOMEBODY,
        ExpectedSourceBucketOwner=SOMEBODY,
    )
    complete_upload(client, upload_id, completed_part(1, part), ExpectedBucketOwner=SOMEBODY)
    (asked,) = (exchange.parameters for exchange in cos.journal if exchange.operation == "UploadPart")
    assert asked["ExpectedBucketOwner"] == SOMEBODY, "the journal keeps what was sent"


def source(client: Any) -> str:
    client.put_object(Bucket=BUCKET, Key="source", Body=b"x")
    return "source"


def client_key(cos: FakeCOS, upload_id: str) -> str:
    return str(cos.store.buckets[BUCKET].uploads[upload_id].key)


def test_a_list_may_begin_with_an_empty_token(cos: FakeCOS, client: Any, make_client: Any) -> None:
    """Source: documented: the example of IBM's page on Python; that AWS refuses it: recorded aws-listing 11."""
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    answer = client.list_objects_v2(Bucket=BUCKET, ContinuationToken="", StartAfter="a")
    assert [row["Key"] for row in answer["Contents"]] == [KEY]
    with refused(cos, "InvalidArgument", status=400):
        make_client("boto3").list_objects_v2(Bucket=BUCKET, ContinuationToken="")


def test_kms_is_not_there(cos: FakeCOS, client: Any) -> None:
    """Source: ibm-cos 4.6: AES256 is the only value."""
    with refused(cos, "InvalidArgument", "The encryption method specified is not supported"):
        client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x", ServerSideEncryption="aws:kms")


def test_the_words_of_a_fault_that_a_test_chose_stay(cos: FakeCOS, client: Any) -> None:
    cos.inject("PutObject", error=error("SlowDown", "own words"))
    with pytest.raises(client.exceptions.ClientError, match="own words"):
        client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")


def test_every_difference_has_a_line_and_a_source() -> None:
    fields = set(Dialect._fields) - {"name"}
    assert ABOUT.keys() == SOURCES.keys() == fields
    assert all([*ABOUT.values(), *SOURCES.values()])
    assert [name for name in fields if getattr(AWS, name) == getattr(IBM_COS, name)] == ["refuses"]
