"""CopyObject: what is carried over, what is replaced, and what is refused."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise, uses
from fakecos.contract.promises.sse_c import NEEDED, OTHER, SSE_C, WRONG_KEY
from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.answers import DATETIME, members_of
from fakecos.contract.steps.messages import COPY_ONTO_ITSELF, COPY_SOURCE_FORM
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import copy_object, head_object
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import upload_in_parts

ETAG = '"8d777f385d3dfec8815d20f7496026dc"'
COPIED = {
    "CopyObjectResult": {
        "ChecksumCRC32": "rfPzYw==",
        "ChecksumType": "FULL_OBJECT",
        "ETag": ETAG,
        "LastModified": DATETIME,
    },
    "ServerSideEncryption": "AES256",
}


@promise
def the_storage_class_is_not_copied(client: Any) -> None:
    """Source: recorded aws-objects 40."""
    client.put_object(Bucket=BUCKET, Key="source", Body=b"data", StorageClass="STANDARD_IA")
    assert head_object(client, "source")["StorageClass"] == "STANDARD_IA"
    copy_object(client)
    assert "StorageClass" not in head_object(client, "copy")
    copy_object(client, StorageClass="ONEZONE_IA")
    assert head_object(client, "copy")["StorageClass"] == "ONEZONE_IA"


@promise
def the_etag_of_an_object_in_parts_becomes_a_plain_md5(client: Any) -> None:
    """Source: recorded aws-multipart 15: 16 bytes in one part."""
    body = b"x" * 16
    upload_in_parts(client, body, key="source")
    answer = members_of(copy_object(client))["CopyObjectResult"]
    assert set(answer) == {"ChecksumCRC64NVME", "ChecksumType", "ETag", "LastModified"}
    assert answer["ChecksumType"] == "FULL_OBJECT"
    assert "-" not in answer["ETag"]
    copied = members_of(client.head_object(Bucket=BUCKET, Key="copy", ChecksumMode="ENABLED"))
    assert (copied["ETag"], copied["ChecksumCRC64NVME"]) == (answer["ETag"], answer["ChecksumCRC64NVME"])


@promise
def the_algorithm_of_the_source_is_kept(client: Any) -> None:
    """Source: recorded aws-checksums-and-sse 6."""
    client.put_object(Bucket=BUCKET, Key="source", Body=b"data", ChecksumAlgorithm="SHA1")
    assert "ChecksumSHA1" in members_of(copy_object(client))["CopyObjectResult"]


@promise
def without_a_class_a_copy_of_a_cheaper_object_onto_itself_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 40."""
    client.put_object(Bucket=BUCKET, Key="source", Body=b"data", StorageClass="STANDARD_IA")
    with refused(cos, "InvalidRequest", COPY_ONTO_ITSELF, 400):
        copy_object(client, Key="source")


@promise
def a_redirect_is_a_change_and_head_shows_it(aws: Any) -> None:
    """Source: recorded aws-objects 39; IBM's client cannot send it (ibm-cos 6.5)."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"data")
    assert members_of(copy_object(aws, Key="source", WebsiteRedirectLocation="/test/direct")) == COPIED
    assert head_object(aws, "source")["WebsiteRedirectLocation"] == "/test/direct"


@promise
def a_plus_in_a_copy_source_is_a_space(client: Any) -> None:
    """Source: recorded aws-objects 19."""
    client.put_object(Bucket=BUCKET, Key="test key.txt", Body=b"data")
    with before_signing(client, headers={"x-amz-copy-source": "photos%2Ftest+key.txt"}):
        assert members_of(copy_object(client)) == COPIED


@promise
@cases("header", ["/", "bucket/", "https://", "http://[::1"])
def a_copy_source_that_names_no_object_is_refused(cos: Service, client: Any, header: str) -> None:
    """Source: public."""
    name = "x-amz-copy-source"
    with (
        before_signing(client, headers={name: header}),
        refused(cos, "InvalidArgument", COPY_SOURCE_FORM, 400, ArgumentName=name, ArgumentValue=name),
    ):
        copy_object(client)


@promise
@cases("header", ["bucket", "/bucket"])
def a_copy_source_without_a_slash_has_no_key(cos: Service, client: Any, header: str) -> None:
    """Source: public: an answer of AWS; with a slash before it: assumed."""
    name = "x-amz-copy-source"
    said = "Invalid copy source object key"
    with (
        before_signing(client, headers={name: header}),
        refused(cos, "InvalidArgument", said, 400, ArgumentName=name, ArgumentValue=name),
    ):
        copy_object(client)


@promise
def a_missing_source_is_refused(cos: Service, client: Any) -> None:
    """Source: public, in the words recorded for GetObject (aws-objects 11)."""
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="source"):
        copy_object(client)


@promise
def the_bucket_of_the_source_may_have_to_be_of_an_account(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 19."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"data")
    with refused(cos, "AccessDenied", "Access Denied", 403):
        copy_object(aws, ExpectedSourceBucketOwner="999999999999")
    assert members_of(copy_object(aws, ExpectedSourceBucketOwner="123456789012")) == COPIED


# --- keys of the customer -------------------------------------------------------------------------------------

SOURCE = {"Bucket": BUCKET, "Key": "source"}


def opened(key: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters that open the source of a copy with a customer's key."""
    return {f"CopySource{name}": value for name, value in key.items()}


@promise
@uses("sse_c_allowed")
def a_source_with_a_customers_key_needs_it_and_the_copy_does_not_inherit_it(cos: Service, client: Any) -> None:
    """Source: the words: recorded aws-multipart 49 for GetObject; for CopyObject: public."""
    client.put_object(**SOURCE, Body=b"data", **SSE_C)
    with refused(cos, "InvalidRequest", NEEDED, 400):
        copy_object(client)
    with refused(cos, "AccessDenied", WRONG_KEY, 403):
        copy_object(client, **opened(OTHER))
    assert members_of(copy_object(client, **opened(SSE_C)))["ServerSideEncryption"] == "AES256"
    assert members_of(client.get_object(Bucket=BUCKET, Key="copy"))["Body"] == b"data"


@promise
@uses("sse_c_allowed")
def a_copy_may_have_a_customers_key_of_its_own(client: Any) -> None:
    """Source: documented: CopyObject, server-side encryption with customer keys."""
    client.put_object(**SOURCE, Body=b"data")
    answer = members_of(copy_object(client, **SSE_C))
    assert answer["SSECustomerAlgorithm"] == "AES256"
    assert "ServerSideEncryption" not in answer
    assert members_of(client.get_object(Bucket=BUCKET, Key="copy", **SSE_C))["Body"] == b"data"


@promise
@uses("sse_c_allowed")
def a_customers_key_on_both_sides_of_a_copy(client: Any) -> None:
    """Source: documented: CopyObject, from one customer's key to another."""
    client.put_object(**SOURCE, Body=b"data", **SSE_C)
    copy_object(client, **opened(SSE_C), **OTHER)
    assert members_of(client.get_object(Bucket=BUCKET, Key="copy", **OTHER))["Body"] == b"data"
    copy_object(client, Key="source", **opened(SSE_C), **OTHER)  # another key is a change
    assert members_of(client.get_object(**SOURCE, **OTHER))["Body"] == b"data"
