"""Requests that are not signed get what the bucket allows to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.messages import DENIED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.names import KEY as UPLOAD_KEY
from fakecos.contract.steps.policies import allow, deny
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.model.bucket import PUBLIC_ACCESS_BLOCK
from fakecos.model.principal import ANONYMOUS_ID
from tests.support.access import allow_acls, block_public_access, set_policy
from tests.support.raw_requests import LEFT_OUT, send_raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

OBJECTS = f"arn:aws:s3:::{BUCKET}/*"
KEY = "key"


@pytest.fixture
def nobody(cos: FakeCOS, anonymous: Callable[[], Any]) -> Any:
    """A client without a signature, and a stored object."""
    cos.put_object(BUCKET, KEY, b"body data")
    return anonymous()


def test_a_private_bucket_gives_nothing_away(cos: FakeCOS, nobody: Any) -> None:
    # documented
    calls: list[tuple[str, dict[str, Any]]] = [
        ("get_object", {"Key": KEY}),
        ("get_object", {"Key": "missing"}),  # documented by AWS: who may not list is not told
        ("put_object", {"Key": "new", "Body": b"1"}),
        ("delete_object", {"Key": KEY}),
        ("list_objects_v2", {}),
        ("list_multipart_uploads", {}),
        ("get_bucket_acl", {}),
        ("get_object_acl", {"Key": KEY}),
        ("put_bucket_acl", {"ACL": "public-read"}),
        ("delete_bucket", {}),
    ]
    for name, params in calls:
        with refused(cos, *DENIED):
            getattr(nobody, name)(Bucket=BUCKET, **params)


def test_nobody_has_no_buckets(cos: FakeCOS, nobody: Any) -> None:
    # assumed
    with refused(cos, *DENIED):
        nobody.list_buckets()
    with refused(cos, *DENIED):
        nobody.create_bucket(Bucket="new-bucket")


def test_head_is_refused_without_a_body(cos: FakeCOS, nobody: Any) -> None:
    # documented by AWS: HeadBucket and HeadObject; a HEAD has no body
    with refused(cos, "403", "Forbidden", 403) as answer:
        nobody.head_bucket(Bucket=BUCKET)
    assert answer["ResponseMetadata"]["HTTPHeaders"]["x-amz-bucket-region"] == "us-east-1"
    with refused(cos, "403", "Forbidden", 403):
        nobody.head_object(Bucket=BUCKET, Key=KEY)


def test_a_list_tells_nobody_who_owns_the_objects(cos: FakeCOS, client: Any, nobody: Any) -> None:
    # public: an answer of AWS
    set_policy(cos, BUCKET, allow("s3:ListBucket", f"arn:aws:s3:::{BUCKET}"))
    cos.store.buckets[BUCKET].configurations.pop(PUBLIC_ACCESS_BLOCK)
    (owned,) = client.list_objects(Bucket=BUCKET)["Contents"]
    (listed,) = nobody.list_objects(Bucket=BUCKET)["Contents"]
    assert owned.pop("Owner")["ID"]
    assert listed == owned


def test_a_missing_bucket_is_missing_for_everybody(cos: FakeCOS, nobody: Any) -> None:
    # recorded aws-bucket-configuration 7: unsigned GETs are 404 too
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="none-here"):
        nobody.list_objects(Bucket="none-here")
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="none-here"):
        nobody.get_object(Bucket="none-here", Key=KEY)


def test_a_public_object_is_read_as_by_its_owner(cos: FakeCOS, aws: Any, anonymous: Callable[[], Any]) -> None:
    # recorded aws-objects 10
    allow_acls(cos, BUCKET)
    aws.put_bucket_acl(Bucket=BUCKET, ACL="public-read")
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"body data", ACL="public-read")
    answer = members_of(anonymous().get_object(Bucket=BUCKET, Key=KEY))
    for name in ("AcceptRanges", "ContentType", "LastModified", "Metadata"):
        answer.pop(name)
    assert answer == {
        "Body": b"body data",
        "ChecksumCRC32": "g/U4Hw==",
        "ChecksumType": "FULL_OBJECT",
        "ContentLength": 9,
        "ETag": '"53ebc26c3ff5decfe9ffc7bdbaa02459"',
        "ServerSideEncryption": "AES256",
    }
    assert anonymous().list_objects_v2(Bucket=BUCKET)["KeyCount"] == 1
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="missing"):
        anonymous().get_object(Bucket=BUCKET, Key="missing")  # documented by AWS: who may list is told


def test_the_object_of_a_public_upload_is_public(cos: FakeCOS, aws: Any, anonymous: Callable[[], Any]) -> None:
    # recorded aws-multipart 62
    allow_acls(cos, BUCKET)
    upload_id = create_upload(aws, ACL="public-read")
    complete_upload(aws, upload_id, completed_part(1, upload_part(aws, upload_id, b"hello", 1)))
    key = next(iter(cos.bucket(BUCKET).objects))
    assert anonymous().get_object(Bucket=BUCKET, Key=key)["Body"].read() == b"hello"


@pytest.mark.parametrize("name", ["ResponseContentType", "ResponseExpires", "ResponseCacheControl"])
def test_headers_of_the_answer_are_for_those_who_sign(
    cos: FakeCOS, aws: Any, name: str, anonymous: Callable[[], Any]
) -> None:
    # documented by AWS: GetObject; the words, and that it comes before what is allowed: public
    allow_acls(cos, BUCKET)
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"1", ACL="public-read")
    cos.put_object(BUCKET, "private", b"2")
    value = {name: "Wed, 21 Oct 2015 07:28:00 GMT"}
    message = "Request specific response headers cannot be used for anonymous GET requests."
    for key in (KEY, "private", "missing"):
        with refused(cos, "InvalidRequest", message, 400):
            anonymous().get_object(Bucket=BUCKET, Key=key, **value)
    with refused(cos, "400", status=400):
        anonymous().head_object(Bucket=BUCKET, Key=KEY, **value)


def test_a_public_list_is_no_public_object(cos: FakeCOS, aws: Any, nobody: Any) -> None:
    # documented by AWS: READ of a bucket lists it
    allow_acls(cos, BUCKET)
    aws.put_bucket_acl(Bucket=BUCKET, ACL="public-read")
    assert nobody.list_objects(Bucket=BUCKET)["Contents"][0]["Key"] == KEY
    with refused(cos, *DENIED):
        nobody.get_object(Bucket=BUCKET, Key=KEY)


def test_public_acls_may_be_ignored(cos: FakeCOS, aws: Any, anonymous: Callable[[], Any]) -> None:
    # documented by AWS: IgnorePublicAcls
    allow_acls(cos, BUCKET)
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"1", ACL="public-read")
    assert anonymous().get_object(Bucket=BUCKET, Key=KEY)
    block_public_access(cos, BUCKET, "IgnorePublicAcls")
    with refused(cos, *DENIED):
        anonymous().get_object(Bucket=BUCKET, Key=KEY)


def test_acls_count_no_more_where_the_owner_has_all(cos: FakeCOS, aws: Any, anonymous: Callable[[], Any]) -> None:
    # documented by AWS: BucketOwnerEnforced
    bucket = allow_acls(cos, BUCKET)
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"1", ACL="public-read")
    bucket.ownership = "BucketOwnerEnforced"
    with refused(cos, *DENIED):
        anonymous().get_object(Bucket=BUCKET, Key=KEY)
    bucket.ownership = "ObjectWriter"  # documented by AWS: they come back
    assert anonymous().get_object(Bucket=BUCKET, Key=KEY)


def test_nobody_deletes_what_nobody_wrote(cos: FakeCOS, aws: Any, nobody: Any) -> None:
    # recorded aws-objects 46, 47
    allow_acls(cos, BUCKET)
    aws.put_bucket_acl(Bucket=BUCKET, ACL="public-read-write")
    for number in (1, 2):
        nobody.put_object(Bucket=BUCKET, Key=f"key-created-by-anonymous-{number}", Body=b"1")
    assert cos.store.buckets[BUCKET].objects["key-created-by-anonymous-1"].owner == ANONYMOUS_ID
    with refused(cos, *DENIED):
        nobody.delete_object(Bucket=BUCKET, Key=KEY)
    with refused(cos, *DENIED):  # documented by AWS: WRITE does not overwrite what others own
        nobody.put_object(Bucket=BUCKET, Key=KEY, Body=b"1")
    keys = ("key-created-by-anonymous-1", KEY, "key-created-by-anonymous-2")
    answer = nobody.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": key} for key in keys]})
    assert answer["Deleted"] == [{"Key": keys[0]}, {"Key": keys[2]}]
    assert answer["Errors"] == [{"Code": "AccessDenied", "Key": KEY, "Message": "Access Denied"}]
    assert list(cos.bucket(BUCKET).objects) == [KEY]


def test_nobody_can_upload_in_parts_to_a_public_bucket(cos: FakeCOS, aws: Any, anonymous: Callable[[], Any]) -> None:
    # documented by AWS: WRITE creates objects; only who began an upload goes on with it (assumed of parts)
    allow_acls(cos, BUCKET)
    aws.put_bucket_acl(Bucket=BUCKET, ACL="public-read-write")
    client = anonymous()
    upload_id = create_upload(client)
    part = upload_part(client, upload_id, b"hello", 1)
    assert client.list_parts(Bucket=BUCKET, Key=UPLOAD_KEY, UploadId=upload_id)["Owner"] == {"ID": ANONYMOUS_ID}
    complete_upload(client, upload_id, completed_part(1, part))
    mine = create_upload(aws)
    with refused(cos, *DENIED):
        upload_part(client, mine, b"hello", 1)
    with refused(cos, *DENIED):
        client.abort_multipart_upload(Bucket=BUCKET, Key=UPLOAD_KEY, UploadId=mine)


def test_a_public_policy_lets_everybody_read(cos: FakeCOS, nobody: Any) -> None:
    # documented
    allow_acls(cos, BUCKET, "BucketOwnerEnforced")
    set_policy(cos, BUCKET, allow("s3:GetObject", OBJECTS))
    assert nobody.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"body data"
    assert nobody.head_object(Bucket=BUCKET, Key=KEY)["ContentLength"] == 9
    with refused(cos, *DENIED):  # documented by AWS: 403, not 404, without s3:ListBucket
        nobody.get_object(Bucket=BUCKET, Key="missing")
    with refused(cos, *DENIED):
        nobody.put_object(Bucket=BUCKET, Key="new", Body=b"1")
    set_policy(cos, BUCKET, allow("s3:*", [OBJECTS, OBJECTS[:-2]]))
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="missing"):
        nobody.get_object(Bucket=BUCKET, Key="missing")
    set_policy(cos, BUCKET, allow("s3:*", [OBJECTS, OBJECTS[:-2]]), deny("s3:GetObject", OBJECTS))
    with refused(cos, *DENIED):
        nobody.get_object(Bucket=BUCKET, Key="missing")


def test_a_public_policy_may_be_restricted(cos: FakeCOS, nobody: Any) -> None:
    # documented by AWS: RestrictPublicBuckets
    allow_acls(cos, BUCKET, "BucketOwnerEnforced")
    set_policy(cos, BUCKET, allow("s3:GetObject", OBJECTS))
    block_public_access(cos, BUCKET, "RestrictPublicBuckets")
    with refused(cos, *DENIED):
        nobody.get_object(Bucket=BUCKET, Key=KEY)


def test_a_refused_part_is_judged_by_its_upload_first(cos: FakeCOS, aws: Any, nobody: Any) -> None:
    # public: an unknown upload, then the number, then who asks, then the bytes
    upload_id = create_upload(aws)
    where = {"Bucket": BUCKET, "Key": UPLOAD_KEY}
    with refused(cos, "NoSuchUpload", status=404):
        nobody.upload_part(**where, UploadId="none", PartNumber=0, Body=b"1")
    with refused(cos, "InvalidArgument", status=400):
        nobody.upload_part(**where, UploadId=upload_id, PartNumber=0, Body=b"1")
    with refused(cos, *DENIED):
        nobody.upload_part(**where, UploadId=upload_id, PartNumber=1, Body=b"1", ContentMD5="1B2M2Y8AsgTpgAmY7PhCfg==")
    with refused(cos, "MalformedXML", status=400):
        send_raw(cos, "POST", f"/{BUCKET}/{UPLOAD_KEY}", f"uploadId={upload_id}", {"authorization": LEFT_OUT}, b"<")
    with refused(cos, *DENIED):
        complete_upload(nobody, upload_id, {"PartNumber": 1, "ETag": "x"})
