"""Buckets with a root key of Key Protect: SSE-C is refused by every door."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.customer_keys import allow_sse_c
from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload
from tests.ibm.conftest import KEY
from tests.support.presigned import form_body, post_form, send_to_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

CRN = "crn:v1:bluemix:public:kms:us-south:a/abc:def:key:123"
SECRET = "secret"
NAMED = {"Bucket": SECRET, "Key": KEY}
WORDS = "Server-Side Encryption with Customer-Provided Keys is not supported while Key Protect is enabled."
NO_KEY = (
    "Requests specifying Server-Side Encryption with Customer-Provided Keys must provide an appropriate secret key."
)
CUSTOMER = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": os.urandom(32)}
WRONG = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": b"short"}
KMS = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": CRN}
PREFIX = "x-amz-server-side-encryption-customer-"


@pytest.fixture(autouse=True)
def secret(client: Any) -> None:
    """A bucket with a root key, by the headers of CreateBucket, and one without that has an object."""
    client.create_bucket(Bucket=SECRET, IBMSSEKPEncryptionAlgorithm="AES256", IBMSSEKPCustomerRootKeyCrn=CRN)
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")


def upload_part(client: Any, **key: Any) -> Any:
    return client.upload_part(**NAMED, UploadId=create_upload_in(client), PartNumber=1, Body=b"x", **key)


def upload_part_copy(client: Any, **key: Any) -> Any:
    source = {"Bucket": BUCKET, "Key": KEY}
    return client.upload_part_copy(**NAMED, UploadId=create_upload_in(client), PartNumber=1, CopySource=source, **key)


def create_upload_in(client: Any) -> str:
    uploads = client.list_multipart_uploads(Bucket=SECRET).get("Uploads", ())
    return str(uploads[0]["UploadId"])


DOORS = {
    "PutObject": lambda client, **key: client.put_object(**NAMED, Body=b"x", **key),
    "CreateMultipartUpload": lambda client, **key: client.create_multipart_upload(**NAMED, **key),
    "CopyObject": lambda client, **key: client.copy_object(**NAMED, CopySource={"Bucket": BUCKET, "Key": KEY}, **key),
    "UploadPart": upload_part,
    "UploadPartCopy": upload_part_copy,
}
ALL = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)


@ALL
@pytest.mark.parametrize("key", [CUSTOMER, WRONG, {"SSECustomerAlgorithm": "AES256"}], ids=["right", "wrong", "none"])
def test_a_key_of_the_customer_is_refused(
    cos: FakeCOS, client: Any, door: Callable[..., Any], key: dict[str, Any]
) -> None:
    """Source: recorded of PutObject, aws-changes 28; of the others, and that the key is not looked at: assumed."""
    client.create_multipart_upload(**NAMED)
    with refused(cos, "BadRequest", WORDS, 400) as answer:
        door(client, **key)
    error = answer["Error"]
    assert (error["Resource"], error["httpStatusCode"]) == (f"/{SECRET}/{KEY}", "400")
    assert error.keys() == {"Code", "Message", "Resource", "httpStatusCode"}, "RequestId is among the metadata"
    assert answer["ResponseMetadata"]["RequestId"]


@pytest.mark.parametrize("door", [DOORS[name] for name in ("PutObject", "CreateMultipartUpload", "CopyObject")])
@pytest.mark.parametrize("asked", [KMS, {"ServerSideEncryption": "aws:kms"}, {"SSEKMSKeyId": CRN}], ids=str)
def test_kms_is_refused_as_a_key_of_the_customer(
    cos: FakeCOS, client: Any, door: Callable[..., Any], asked: dict[str, str]
) -> None:
    """Source: recorded with both headers, ibm-cos 4.8; with one of them: assumed."""
    with refused(cos, "BadRequest", WORDS, 400):
        door(client, **asked)


def test_a_form_with_a_key_of_the_customer_is_refused(cos: FakeCOS, client: Any) -> None:
    """Source: assumed, as for PutObject."""
    fields = {f"{PREFIX}algorithm": "AES256", f"{PREFIX}key": "a2V5", f"{PREFIX}key-MD5": "bWQ1"}
    form = client.generate_presigned_post(
        SECRET, KEY, Fields=fields, Conditions=[{name: value} for name, value in fields.items()]
    )
    with refused(cos, "BadRequest", status=400):
        post_form(cos, form["url"], form_body(form["fields"]))


def test_a_presigned_url_with_a_key_of_the_customer_is_refused(cos: FakeCOS, client: Any) -> None:
    url = client.generate_presigned_url("put_object", Params={**NAMED, "SSECustomerAlgorithm": "AES256"})
    with refused(cos, "BadRequest", status=400):
        send_to_url(cos, "PUT", url, {f"{PREFIX}algorithm": "AES256"})


@ALL
def test_without_a_key_everything_is_taken(client: Any, door: Callable[..., Any]) -> None:
    client.create_multipart_upload(**NAMED)
    assert door(client)["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_sse_s3_is_taken(client: Any) -> None:
    """Source: ibm-cos 4.6: AES256 is in the model; that Key Protect does not mind: assumed."""
    client.put_object(**NAMED, Body=b"x", ServerSideEncryption="AES256")


def test_a_bucket_without_a_root_key_takes_keys_of_the_customer(client: Any) -> None:
    """Source: ibm-cos 4.1."""
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x", **CUSTOMER)
    assert client.get_object(Bucket=BUCKET, Key=KEY, **CUSTOMER)["Body"].read() == b"x"
    assert create_upload(client, SSECustomerAlgorithm="AES256", SSECustomerKey=CUSTOMER["SSECustomerKey"])


def test_words_about_keys_of_the_customer_are_those_of_ibm(cos: FakeCOS, client: Any, make_client: Any) -> None:
    """Source: ibm-cos 4.9."""
    with refused(cos, "InvalidArgument", NO_KEY, 400):
        client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x", SSECustomerAlgorithm="AES256")
    aws = make_client(AWS)
    allow_sse_c(aws)
    words = NO_KEY.replace("Server-Side", "Server Side").replace("Customer-Provided Keys", "Customer provided keys")
    with refused(cos, "InvalidArgument", words, 400, ArgumentName="x-amz-server-side-encryption"):
        aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"x", SSECustomerAlgorithm="AES256")
