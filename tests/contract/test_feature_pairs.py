"""Where two features meet: what no test of a single feature shows.

The table of all pairs, and which test holds each, is fakecos/facts/feature_pairs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS
from fakecos.contract.promises.feature_pairs import FAILED, KMS, STRANGER
from fakecos.contract.promises.feature_pairs_assumed import NEEDS_V4
from fakecos.contract.steps.locks import LOCKED
from fakecos.contract.steps.messages import DENIED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.steps.policies import allow
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import enable_versioning, put_version
from tests.support.access import allow_acls, client_for, set_policy
from tests.support.presigned import PAIR, V2, V4, send_to_url, signing_client

if TYPE_CHECKING:
    from collections.abc import Callable
OBJECTS = f"arn:aws:s3:::{BUCKET}/*"


@pytest.fixture
def public(cos: FakeCOS) -> None:
    """Everybody may read and write the objects of the bucket, by a policy."""
    allow_acls(cos, BUCKET, "BucketOwnerEnforced")
    set_policy(cos, BUCKET, allow(["s3:GetObject", "s3:PutObject"], OBJECTS))


@pytest.fixture
def paid_by_requester(cos: FakeCOS, public: None) -> None:
    """Who reads the bucket pays for it; `key` is stored."""
    cos.put_object(BUCKET, "key", b"1")
    cos.store.buckets[BUCKET].configurations["RequestPaymentConfiguration"] = {"Payer": "Requester"}


# --- encryption -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [V2, V4])
def test_sse_kms_needs_a_url_signed_by_version_4(version: str) -> None:
    # documented by AWS: aws-changes 38
    with FakeCOS(credentials=PAIR) as fake:
        fake.create_bucket(BUCKET)
        fake.put_object(BUCKET, "key", b"1", **KMS)
        client = signing_client(version)
        url = client.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "key"})
        if version == V4:
            assert send_to_url(fake, "GET", url).body == b"1"
            return
        with refused(fake, "InvalidArgument", NEEDS_V4, 400, ArgumentName="Authorization", ArgumentValue="null"):
            send_to_url(fake, "GET", url)
        with refused(fake, "InvalidArgument", None, 400):
            client.get_object(Bucket=BUCKET, Key="key")
        upload = fake.client().create_multipart_upload(Bucket=BUCKET, Key="key", **KMS)["UploadId"]
        with refused(fake, "InvalidArgument", None, 400):
            client.upload_part(Bucket=BUCKET, Key="key", UploadId=upload, PartNumber=1, Body=b"1")


# --- locks ------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("locked_bucket")
def test_a_locked_version_is_overwritten_if_the_condition_holds(aws: Any) -> None:
    # documented by AWS: Object Lock protects versions, and does not keep new ones from being made
    locked = aws.put_object(Bucket=LOCKED, Key="key", Body=b"1", ObjectLockLegalHoldStatus="ON")
    new = aws.put_object(Bucket=LOCKED, Key="key", Body=b"2", IfMatch=locked["ETag"])
    assert new["VersionId"] != locked["VersionId"]
    assert aws.get_object(Bucket=LOCKED, Key="key", VersionId=locked["VersionId"])["Body"].read() == b"1"


@pytest.mark.usefixtures("locked_bucket")
def test_the_hold_of_an_upload_is_on_its_object(aws: Any) -> None:
    # documented by AWS: CreateMultipartUpload
    upload = aws.create_multipart_upload(Bucket=LOCKED, Key="key", ObjectLockLegalHoldStatus="ON")["UploadId"]
    place = {"Bucket": LOCKED, "Key": "key", "UploadId": upload}
    part = aws.upload_part(**place, PartNumber=1, Body=b"1")
    aws.complete_multipart_upload(**place, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
    assert aws.get_object_legal_hold(Bucket=LOCKED, Key="key")["LegalHold"] == {"Status": "ON"}


# --- who asks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [V2, V4])
def test_an_expected_owner_in_a_presigned_url_counts(version: str) -> None:
    # assumed: it stands in the query of version 2, and is a signed header of version 4
    with FakeCOS(credentials=PAIR) as fake:
        fake.create_bucket(BUCKET)
        fake.put_object(BUCKET, "key", b"1")
        params = {"Bucket": BUCKET, "Key": "key", "ExpectedBucketOwner": STRANGER}
        url = signing_client(version).generate_presigned_url("get_object", Params=params)
        headers = {"x-amz-expected-bucket-owner": STRANGER} if version == V4 else {}
        with refused(fake, *DENIED):
            send_to_url(fake, "GET", url, headers)


@pytest.mark.usefixtures("paid_by_requester")
def test_a_presigned_url_may_say_that_the_requester_pays(cos: FakeCOS) -> None:
    # documented by AWS: "For signed URLs, include x-amz-request-payer=requester in the request"
    other = client_for(cos.account(OTHER))
    named = {"Bucket": BUCKET, "Key": "key"}
    with refused(cos, *DENIED):
        send_to_url(cos, "GET", other.generate_presigned_url("get_object", Params=named))
    url = other.generate_presigned_url("get_object", Params={**named, "RequestPayer": "requester"})
    assert "x-amz-request-payer=requester" in url
    assert send_to_url(cos, "GET", url).headers["x-amz-request-charged"] == "requester"


@pytest.mark.usefixtures("public")
def test_nobody_reads_a_version_by_what_lets_them_read_the_object(
    cos: FakeCOS, aws: Any, anonymous: Callable[[], Any]
) -> None:
    # documented by AWS: s3:GetObjectVersion
    enable_versioning(aws)
    version = put_version(aws, body=b"1")
    assert anonymous().get_object(Bucket=BUCKET, Key="key")["Body"].read() == b"1"
    with refused(cos, *DENIED):
        anonymous().get_object(Bucket=BUCKET, Key="key", VersionId=version)


@pytest.mark.usefixtures("public")
def test_nobody_writes_tags_by_what_lets_them_write_the_object(cos: FakeCOS, anonymous: Callable[[], Any]) -> None:
    # documented by AWS: PutObject with tags needs s3:PutObjectTagging
    anonymous().put_object(Bucket=BUCKET, Key="key")
    with refused(cos, *DENIED):
        anonymous().put_object(Bucket=BUCKET, Key="key", Tagging="team=red")


# --- presigned --------------------------------------------------------------------------------------------------------


def presigned_put(query: str) -> str:
    """Return a presigned URL of a PUT, with more in its query than the client has a parameter for."""
    client = signing_client()

    def add(request: Any, **_: object) -> None:
        request.url += ("&" if "?" in request.url else "?") + query

    client.meta.events.register_first("before-sign.s3.PutObject", add)
    return str(client.generate_presigned_url("put_object", Params={"Bucket": BUCKET, "Key": "key"}))


def test_a_condition_in_a_presigned_url_is_obeyed() -> None:
    # recorded: aws-changes 10
    with FakeCOS(credentials=PAIR) as fake:
        fake.create_bucket(BUCKET)
        fake.put_object(BUCKET, "key", b"1")
        with refused(fake, *FAILED, Condition="If-None-Match"):
            send_to_url(fake, "PUT", presigned_put("If-None-Match=*"), body=b"2")


def test_a_checksum_in_a_presigned_url_is_not_verified() -> None:
    # recorded: aws-changes 8
    with FakeCOS(credentials=PAIR) as fake:
        fake.create_bucket(BUCKET)
        send_to_url(fake, "PUT", presigned_put("x-amz-checksum-crc32=AAAAAA%3D%3D"), body=b"2")
        answer = fake.client().get_object(Bucket=BUCKET, Key="key", ChecksumMode="ENABLED")
        assert "ChecksumCRC64NVME" in answer
        assert "ChecksumCRC32" not in answer
