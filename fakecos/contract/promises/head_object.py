"""HeadObject: everything of GetObject but the bytes; a refusal is a status alone."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, promise
from fakecos.contract.steps.answers import DATETIME, http_status, members_of, specific_headers
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused


@promise
def the_answer_has_no_checksum_unless_it_is_asked_for(client: Any) -> None:
    """Source: recorded aws-objects 2."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"abcdefgh")
    answer = client.head_object(Bucket=BUCKET, Key="key")
    assert http_status(answer) == 200
    assert members_of(answer) == {
        "AcceptRanges": "bytes",
        "ContentLength": 8,
        "ContentType": "binary/octet-stream",
        "ETag": '"e8dc4081b13434b45189a720b77b6818"',
        "LastModified": DATETIME,
        "Metadata": {},
        "ServerSideEncryption": "AES256",
    }
    assert set(specific_headers(answer)) == {
        *("accept-ranges", "content-length", "content-type", "etag", "last-modified", "x-amz-server-side-encryption"),
    }


@promise
def with_checksum_mode_it_has_the_checksum_of_the_object(client: Any) -> None:
    """Source: recorded aws-multipart 15."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"abc123")
    answer = members_of(client.head_object(Bucket=BUCKET, Key="key", ChecksumMode="ENABLED"))
    assert (answer["ChecksumCRC32"], answer["ChecksumType"]) == ("zwK7XA==", "FULL_OBJECT")


@promise
def get_and_head_say_the_same(client: Any) -> None:
    """Source: documented by AWS: "A HEAD request has the same options as a GET operation ... The response is
    identical."""
    # documented by AWS: "A HEAD request has the same options as a GET operation ... The response is identical
    # except that there is no response body"
    client.put_object(
        Bucket=BUCKET,
        Key="key",
        Body=b"abc123",
        CacheControl="no-cache",
        ContentLanguage="de",
        Metadata={"a": "b"},
        StorageClass="STANDARD_IA",
    )
    got = specific_headers(client.get_object(Bucket=BUCKET, Key="key", ChecksumMode="ENABLED"))
    assert specific_headers(client.head_object(Bucket=BUCKET, Key="key", ChecksumMode="ENABLED")) == got


@promise
def a_missing_bucket_is_a_404_without_a_body(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 2; HEAD cannot say which."""
    with refused(cos, "404", "Not Found", 404):
        client.head_object(Bucket="no-such-bucket", Key="nothing")


@promise
def overrides_apply_to_head_too(aws: Any) -> None:
    """Source: documented by AWS: HeadObject, response-content-type (only in AWS's model)."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"abc")
    assert aws.head_object(Bucket=BUCKET, Key="key", ResponseContentType="image/jpeg")["ContentType"] == "image/jpeg"


@promise
def the_waiters_see_objects_come_and_go(client: Any) -> None:
    """Source: documented by AWS: boto3's waiters object_exists and object_not_exists ask HeadObject."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"abc")
    client.get_waiter("object_exists").wait(Bucket=BUCKET, Key="key", WaiterConfig={"Delay": 0, "MaxAttempts": 1})
    client.delete_object(Bucket=BUCKET, Key="key")
    client.get_waiter("object_not_exists").wait(Bucket=BUCKET, Key="key", WaiterConfig={"Delay": 0, "MaxAttempts": 1})
