"""What only IBM COS answers, and nobody has shown: asked by ibm_boto3 alone (fakecos/facts/services/ibm.py).

What COS would keep for a time that nobody can shorten is never asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.digests import checksum_of
from fakecos.contract.steps.names import BUCKET, IBM, KEY
from fakecos.contract.steps.raising import raises
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import enable_versioning, put_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.by_hand import ByHand

OF_COS = cases("dialect", [IBM])
MINUTE = 60
WRITTEN = {"Bucket": BUCKET, "Key": KEY}
CRN = "crn:v1:bluemix:public:kms:us-south:a/abc:def:key:123"


def refusal(call: Callable[..., Any], **params: Any) -> Any:
    """Return what a refused call was answered."""
    with raises(Exception) as caught:
        call(**params)
    return caught.value.response


# --- buckets --------------------------------------------------------------------------------------------------


@promise
@OF_COS
@cases(
    "named",
    [
        {"IBMSSEKPEncryptionAlgorithm": "AES128", "IBMSSEKPCustomerRootKeyCrn": CRN},
        {"IBMSSEKPEncryptionAlgorithm": "AES256"},
        {"IBMSSEKPCustomerRootKeyCrn": CRN},
    ],
    ids=["another algorithm", "no key", "no algorithm"],
)
def a_root_key_of_a_bucket_needs_its_algorithm(client: Any, dialect: str, named: dict[str, str]) -> None:
    """Source: documented: the headers; which are refused, and how: assumed."""
    error = refusal(client.create_bucket, Bucket="secret", **named)["Error"]
    assert error["Code"] == "InvalidArgument", dialect


@promise
@OF_COS
@cases("kind", ["standard", "vault", "cold", "smart"])
def a_place_has_four_classes_of_buckets(client: Any, dialect: str, kind: str) -> None:
    """Source: documented of most places; that the newest have the same classes, ca-mon, in-che and in-mum: assumed."""
    host = client.meta.endpoint_url.partition("//")[2]
    place = host.split(".")[1] if "cloud-object-storage" in host else "us-south"
    location = f"{place}-{kind}"
    client.create_bucket(Bucket="placed", CreateBucketConfiguration={"LocationConstraint": location})
    assert client.get_bucket_location(Bucket="placed")["LocationConstraint"] == location, dialect


@promise
@OF_COS
def nothing_is_blocked_in_a_new_bucket(client: Any, dialect: str) -> None:
    """Source: documented: IBM's page on public access; that nothing is blocked: assumed."""
    response = refusal(client.get_public_access_block, Bucket=BUCKET)
    assert response["Error"]["Code"] == "NoSuchPublicAccessBlockConfiguration", dialect


@promise
@OF_COS
@cases("prefix", ["aws:", "ibm:"])
def keys_of_tags_do_not_begin_with_the_name_of_a_service(cos: Service, client: Any, dialect: str, prefix: str) -> None:
    """Source: documented: `ibm:`; that `aws:` is refused there too: assumed."""
    client.put_object(Bucket=BUCKET, Key=KEY)
    assert dialect == IBM
    with refused(cos, "InvalidTag", status=400):
        client.put_object_tagging(Bucket=BUCKET, Key=KEY, Tagging={"TagSet": [{"Key": f"{prefix}a", "Value": "1"}]})


@promise
@OF_COS
def the_account_of_a_bucket_may_do_all_with_what_others_wrote(client: Any, send: ByHand, dialect: str) -> None:
    """Source: assumed: no page of IBM's knows of objects that belong to somebody else than the bucket's account."""
    client.put_bucket_acl(Bucket=BUCKET, ACL="public-read-write")
    url, _, _ = client.generate_presigned_url("put_object", Params=WRITTEN).partition("?")
    send.url("PUT", url, {"user-agent": client.meta.config.user_agent}, b"1")  # unsigned: nobody wrote it
    assert client.get_object(**WRITTEN)["Body"].read() == b"1", dialect
    client.put_object_acl(**WRITTEN, ACL="private")
    client.delete_object(**WRITTEN)
    assert "Contents" not in client.list_objects_v2(Bucket=BUCKET)


# --- answers --------------------------------------------------------------------------------------------------


@promise
@OF_COS
def an_error_names_no_fields_of_its_own(client: Any, dialect: str) -> None:
    """Source: assumed: IBM's example has none (ibm-cos 10)."""
    error = refusal(client.get_object, Bucket=BUCKET, Key="nothing")["Error"]
    assert error.keys() <= {"Code", "Message", "Resource", "RequestId", "httpStatusCode"}, dialect


@promise
@OF_COS
def a_refused_read_has_the_headers_of_a_read(client: Any, dialect: str) -> None:
    """Source: public of reads; of refusals: assumed."""
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"1")
    response = refusal(client.get_object, Bucket=BUCKET, Key=KEY, IfMatch='"no"')
    assert response["ResponseMetadata"]["HTTPHeaders"].get("accept-ranges") == "bytes", dialect


@promise
@OF_COS
def the_id_of_a_version_ends_with_its_time(client: Any, dialect: str) -> None:
    """Source: documented: aws-changes 32; that its end is the time in milliseconds: assumed."""
    enable_versioning(client)
    ids = [put_version(client, body=body) for body in (b"1", b"2")]
    times = [int(text[-12:], 16) / 1000 for text in ids]
    written = client.head_object(Bucket=BUCKET, Key="key")["LastModified"].timestamp()
    assert times[0] < times[1], dialect
    assert abs(times[1] - written) < MINUTE


@promise
@OF_COS
def a_list_of_versions_names_owners(client: Any, dialect: str) -> None:
    """Source: public of other lists; of versions: assumed."""
    enable_versioning(client)
    put_version(client, KEY)
    (version,) = client.list_object_versions(Bucket=BUCKET)["Versions"]
    assert version["Owner"]["ID"], dialect


@promise
@OF_COS
@cases("name", ["list_objects", "list_object_versions", "list_multipart_uploads", "get_bucket_acl"])
def every_document_says_that_it_stands_alone(client: Any, send: ByHand, dialect: str, name: str) -> None:
    """Source: recorded of errors: aws-changes 28; documented of some; of others: assumed."""
    url = client.generate_presigned_url(name, Params={"Bucket": BUCKET})
    answer = send.url("GET", url, {"user-agent": client.meta.config.user_agent})
    assert answer.body.startswith(b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'), dialect


@promise
@OF_COS
def an_error_comes_with_its_length(client: Any, dialect: str) -> None:
    """Source: assumed: nothing is known of COS; AWS sends it in chunks."""
    headers = refusal(client.get_object, Bucket=BUCKET, Key="nothing")["ResponseMetadata"]["HTTPHeaders"]
    assert "transfer-encoding" not in headers, dialect
    assert int(headers["content-length"]) > 0


@promise
@OF_COS
def a_refusal_of_a_customers_key_is_worded_with_hyphens(client: Any, dialect: str) -> None:
    """Source: documented on premises of two sentences: ibm-cos 4.1; of the others: assumed."""
    named = {"SSECustomerAlgorithm": "KMS", "SSECustomerKey": b"k" * 32}
    error = refusal(client.put_object, Bucket=BUCKET, Key=KEY, Body=b"1", **named)["Error"]
    assert "Server Side Encryption with Customer provided" not in error.get("Message", ""), dialect


@promise
@OF_COS
@cases("name", ["SHA512", "MD5", "XXHASH64", "XXHASH3", "XXHASH128"])
def every_checksum_is_verified(make_client: Callable[..., Any], dialect: str, name: str) -> None:
    """Source: assumed: the model of ibm_botocore has no member for these, and a wrong one would pass unseen."""
    of_another = checksum_of(name, b"other")

    def add(request: Any, **_: Any) -> None:
        request.headers[f"x-amz-checksum-{name.lower()}"] = of_another

    client = make_client(dialect, config={"request_checksum_calculation": "when_required"})
    client.meta.events.register("before-sign.s3.PutObject", add)
    error = refusal(client.put_object, Bucket=BUCKET, Key=KEY, Body=b"1")["Error"]
    assert error["Code"] == "BadDigest", f"{dialect}: {error}"


# --- holds and replication ------------------------------------------------------------------------------------


@promise
@OF_COS
def an_object_without_retention_has_no_holds_to_list(client: Any, dialect: str) -> None:
    """Source: documented: 404; the code: assumed."""
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"1")
    response = refusal(client.list_legal_holds, Bucket=BUCKET, Key=KEY)
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 404, dialect
    assert response["Error"]["Code"] == "NoSuchRetention"


@promise
@OF_COS
def a_replication_tells_no_status_and_lists_no_failure_at_first(client: Any, dialect: str) -> None:
    """Source: documented: aws-replication 22 to 25; that no status is told, and which are listed: assumed."""
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"1")
    assert "ReplicationStatus" not in client.head_object(Bucket=BUCKET, Key=KEY), dialect
    listed = client.list_bucket_replication_failures(Bucket=BUCKET)
    assert not listed.get("ListReplicationFailureResult", listed).get("Contents")
