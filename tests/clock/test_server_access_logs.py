"""Server access logs: `cos.advance` writes what was asked of a bucket into log objects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import boto3
import pytest
import requests
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from freezegun import freeze_time

from fakecos import FakeCOS
from fakecos.faults import Transport, When
from fakecos.model import access_log
from fakecos.model.store import OWNER_ID
from tests.support.access_logs import allow_service, delivered, put_logging, read

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "a b/ü.jpg"
ONCE, TWICE = "a%20b/%C3%BC.jpg", "a%2520b/%25C3%25BC.jpg"
LOG_SERVICE_ID = "3272ee65a908a7677109fedda345db8d9554ba26398b2ca10581de88777e2b61"
TO_GROUP = "http://acs.amazonaws.com/groups/s3/LogDelivery"


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with freeze_time("2026-05-04T10:00:00Z"), FakeCOS() as fake:
        fake.create_bucket("photos")
        fake.create_bucket("logs")
        yield fake


@pytest.fixture
def aws(cos: FakeCOS) -> Any:
    return boto3.client("s3", region_name="us-east-1")


@pytest.fixture
def logged(aws: Any) -> Any:
    """A client, where the bucket `photos` has its logs written into `logs`."""
    allow_service(aws, "logs")
    put_logging(aws, "photos", "logs")
    return aws


def only(cos: FakeCOS) -> Any:
    """Return the one record that is delivered."""
    cos.advance(hours=1)
    (record,) = delivered(cos)
    return record


def operations(cos: FakeCOS) -> list[tuple[str, str]]:
    cos.advance(hours=1)
    return [(record.operation, record.key) for record in delivered(cos)]


def why_not(cos: FakeCOS) -> str:
    """Return what is said of logs that do not come, when time has passed."""
    cos.advance(hours=1)
    assert list(cos.store.buckets["logs"].objects) == []
    (notice,) = cos.store.notices
    assert notice.startswith("not written by S3: server access logs of the bucket photos: ")
    return str(notice)


def test_a_put_is_a_line_with_every_field(cos: FakeCOS, logged: Any) -> None:
    """Source: documented, aws-logs-and-inventory 1; the key reported, 4."""
    answer = logged.put_object(Bucket="photos", Key=KEY, Body=b"holiday")
    record = only(cos)
    assert (record.bucket_owner, record.bucket, record.time) == (OWNER_ID, "photos", "04/May/2026:10:00:00 +0000")
    assert (record.remote_ip, record.requester) == ("127.0.0.1", OWNER_ID)
    assert record.request_id == answer["ResponseMetadata"]["RequestId"]
    assert record.host_id == answer["ResponseMetadata"]["HostId"]
    assert (record.operation, record.key) == ("REST.PUT.OBJECT", TWICE)
    assert record.request_uri == f"PUT /{ONCE} HTTP/1.1"
    assert (record.http_status, record.error_code, record.bytes_sent, record.object_size) == ("200", "-", "-", "7")
    assert int(record.total_time) >= 1
    assert int(record.turn_around_time) >= 1
    assert record.referer == "-"
    assert record.user_agent.startswith("Boto3/")
    assert (record.version_id, record.signature_version, record.authentication_type) == ("-", "SigV4", "AuthHeader")
    assert (record.cipher_suite, record.tls_version) == ("ECDHE-RSA-AES128-GCM-SHA256", "TLSv1.2")
    assert record.host_header == "photos.s3.amazonaws.com"
    assert (record.access_point_arn, record.acl_required, record.source_region) == ("-", "-", "-")


def test_a_read_says_how_many_bytes_were_sent_of_how_many(cos: FakeCOS, logged: Any) -> None:
    """Source: documented."""
    logged.put_object(Bucket="photos", Key="a", Body=b"holiday")
    logged.get_object(Bucket="photos", Key="a", Range="bytes=0-2")
    logged.head_object(Bucket="photos", Key="a")
    cos.advance(hours=1)
    found = [(each.operation, each.http_status, each.bytes_sent, each.object_size) for each in delivered(cos)[1:]]
    assert found == [("REST.GET.OBJECT", "206", "3", "7"), ("REST.HEAD.OBJECT", "200", "-", "7")]


def test_a_refusal_has_its_code_and_the_size_of_its_document(cos: FakeCOS, logged: Any) -> None:
    """Source: documented."""
    with pytest.raises(ClientError):
        logged.get_object(Bucket="photos", Key="none")
    record = only(cos)
    assert (record.http_status, record.error_code, record.object_size) == ("404", "NoSuchKey", "-")
    assert int(record.bytes_sent) > 100


def test_each_operation_has_the_name_that_logs_give_it(cos: FakeCOS, logged: Any) -> None:
    """Source: documented form; the names reported, aws-logs-and-inventory 2."""
    logged.put_object(Bucket="photos", Key="a", Body=b"holiday")
    upload = logged.create_multipart_upload(Bucket="photos", Key="b")["UploadId"]
    part = {"Bucket": "photos", "Key": "b", "UploadId": upload}
    etag = logged.upload_part(**part, PartNumber=1, Body=b"holiday")["ETag"]
    logged.list_parts(**part)
    logged.list_multipart_uploads(Bucket="photos")
    logged.complete_multipart_upload(**part, MultipartUpload={"Parts": [{"ETag": etag, "PartNumber": 1}]})
    logged.abort_multipart_upload(**part)
    logged.get_object_tagging(Bucket="photos", Key="a")
    logged.get_object_acl(Bucket="photos", Key="a")
    logged.get_bucket_acl(Bucket="photos")
    logged.get_bucket_versioning(Bucket="photos")
    logged.get_bucket_logging(Bucket="photos")
    logged.get_bucket_location(Bucket="photos")
    logged.list_objects_v2(Bucket="photos")
    logged.list_object_versions(Bucket="photos")
    logged.head_bucket(Bucket="photos")
    logged.delete_object(Bucket="photos", Key="a")
    assert operations(cos) == [
        ("REST.PUT.OBJECT", "a"),
        ("REST.POST.UPLOADS", "b"),
        ("REST.PUT.PART", "b"),
        ("REST.GET.UPLOAD", "b"),
        ("REST.GET.UPLOADS", "-"),
        ("REST.POST.UPLOAD", "b"),
        ("REST.DELETE.UPLOAD", "b"),
        ("REST.GET.OBJECT_TAGGING", "a"),
        ("REST.GET.ACL", "a"),
        ("REST.GET.ACL", "-"),
        ("REST.GET.VERSIONING", "-"),
        ("REST.GET.LOGGING_STATUS", "-"),
        ("REST.GET.LOCATION", "-"),
        ("REST.GET.BUCKET", "-"),
        ("REST.GET.BUCKETVERSIONS", "-"),
        ("REST.HEAD.BUCKET", "-"),
        ("REST.DELETE.OBJECT", "a"),
    ]


def test_athena_reads_every_line(cos: FakeCOS, logged: Any) -> None:
    """Source: documented: the SerDe of Amazon's page on queries of access logs by Athena."""
    word, quoted, number = "([^ ]*)", '("[^"]*"|-)', "(-|[0-9]*)"
    first = [word, word, r"\[(.*?)\]", *[word] * 5, quoted, number, *[word] * 6, quoted, word]
    serde = f"{' '.join(first)}(?:{f' {word}' * 6})?.*"
    logged.put_object(Bucket="photos", Key=KEY, Body=b"holiday")
    logged.copy_object(Bucket="photos", Key="b", CopySource={"Bucket": "photos", "Key": KEY})
    logged.delete_objects(Bucket="photos", Delete={"Objects": [{"Key": KEY}]})
    rules = [{"ID": "1", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}]
    logged.put_bucket_lifecycle_configuration(Bucket="photos", LifecycleConfiguration={"Rules": rules})
    cos.advance(days=3)
    (stored,) = cos.store.buckets["logs"].objects.values()
    lines = stored.body.decode().splitlines()
    matches = [re.fullmatch(serde, line) for line in lines]
    assert len(lines) == 8
    assert all(match is not None and match[7].count(".") == 2 and match[24] is not None for match in matches)


def test_a_part_and_an_upload_have_their_sizes(cos: FakeCOS, logged: Any) -> None:
    """Source: documented: the size of the object in question; that of a part: assumed."""
    upload = logged.create_multipart_upload(Bucket="photos", Key="b")["UploadId"]
    part = {"Bucket": "photos", "Key": "b", "UploadId": upload}
    etag = logged.upload_part(**part, PartNumber=1, Body=b"holiday")["ETag"]
    logged.complete_multipart_upload(**part, MultipartUpload={"Parts": [{"ETag": etag, "PartNumber": 1}]})
    cos.advance(hours=1)
    assert [record.object_size for record in delivered(cos)] == ["-", "7", "7"]


def test_a_copy_has_a_record_in_the_log_of_its_source_too(cos: FakeCOS, logged: Any) -> None:
    """Source: documented; the fields reported, aws-logs-and-inventory 9."""
    cos.create_bucket("copies")
    logged.put_object(Bucket="photos", Key=KEY, Body=b"holiday")
    answer = logged.copy_object(Bucket="copies", Key="c", CopySource={"Bucket": "photos", "Key": KEY})
    cos.advance(hours=1)
    _, record = delivered(cos)
    assert (record.operation, record.key, record.http_status) == ("REST.COPY.OBJECT_GET", TWICE, "200")
    assert (record.request_uri, record.bytes_sent, record.object_size, record.user_agent) == ("-", "-", "7", "-")
    assert record.request_id == answer["ResponseMetadata"]["RequestId"]
    logged.copy_object(Bucket="photos", Key="d", CopySource={"Bucket": "photos", "Key": KEY})
    assert operations(cos)[-2:] == [("REST.COPY.OBJECT", "d"), ("REST.COPY.OBJECT_GET", TWICE)]


def test_a_copy_that_finds_no_source_says_so_in_both_records(cos: FakeCOS, logged: Any) -> None:
    """Source: documented: the status of the reading."""
    with pytest.raises(ClientError):
        logged.copy_object(Bucket="photos", Key="d", CopySource={"Bucket": "photos", "Key": "none"})
    cos.advance(hours=1)
    assert [(record.http_status, record.error_code) for record in delivered(cos)] == [("404", "NoSuchKey")] * 2


def test_each_key_of_a_delete_of_many_has_a_record(cos: FakeCOS, logged: Any) -> None:
    """Source: reported, aws-logs-and-inventory 4 and 9: its key is encoded once."""
    logged.put_object(Bucket="photos", Key=KEY, Body=b"holiday")
    keys = [{"Key": KEY}, {"Key": "b", "VersionId": "null"}]
    logged.delete_objects(Bucket="photos", Delete={"Objects": keys})
    cos.advance(hours=1)
    _, whole, first, second = delivered(cos)
    assert (whole.operation, whole.key) == ("REST.POST.MULTI_OBJECT_DELETE", "-")
    assert (first.operation, first.key, first.http_status) == ("BATCH.DELETE.OBJECT", ONCE, "204")
    assert (second.key, second.version_id) == ("b", "null")
    assert {first.request_id, second.request_id} == {whole.request_id}


def test_who_asks_is_an_account_a_user_or_nobody(cos: FakeCOS, logged: Any) -> None:
    """Source: documented; the ARN of a user reported, aws-logs-and-inventory 3."""
    other = cos.account("999999999999")
    alice = cos.account("123456789012").user("alice")
    nobody = boto3.client("s3", config=Config(signature_version=UNSIGNED))
    for client in (other.client(), alice.client(), nobody):
        with pytest.raises(ClientError):
            client.get_object(Bucket="photos", Key="a")
    cos.advance(hours=1)
    first, second, third = delivered(cos)
    assert first.requester == other.canonical_id
    assert second.requester == "arn:aws:iam::123456789012:user/alice"
    assert (third.requester, third.signature_version, third.authentication_type) == ("-", "-", "-")
    assert {record.error_code for record in (first, second, third)} == {"AccessDenied"}


def test_a_presigned_url_is_authenticated_by_its_query(cos: FakeCOS, logged: Any) -> None:
    """Source: documented."""
    logged.put_object(Bucket="photos", Key="a", Body=b"holiday")
    url = logged.generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "a"})
    headers = {"Referer": "https://example.com/", "User-Agent": "curl/8"}
    assert requests.get(url + "&x-shop=7", headers=headers, timeout=9).status_code in {200, 403}
    cos.advance(hours=1)
    _, record = delivered(cos)
    assert record.authentication_type == "QueryString"
    assert record.request_uri.endswith("&x-shop=7 HTTP/1.1")
    assert (record.referer, record.user_agent) == ("https://example.com/", "curl/8")


def test_over_plain_http_there_is_no_cipher(cos: FakeCOS, logged: Any) -> None:
    """Source: documented."""
    plain = boto3.client("s3", region_name="us-east-1", use_ssl=False)
    plain.head_bucket(Bucket="photos")
    record = only(cos)
    assert (record.cipher_suite, record.tls_version, record.signature_version) == ("-", "-", "SigV4")


def test_an_access_point_is_named(cos: FakeCOS, logged: Any) -> None:
    """Source: documented."""
    cos.create_access_point("door", "photos")
    arn = "arn:aws:s3:us-east-1:123456789012:accesspoint/door"
    logged.put_object(Bucket=arn, Key="a", Body=b"holiday")
    assert only(cos).access_point_arn == arn


def test_websites_preflights_and_forms_have_names_of_their_own(cos: FakeCOS, logged: Any) -> None:
    """Source: documented form; the names reported, aws-logs-and-inventory 2."""
    host = "https://photos.s3-website-us-east-1.amazonaws.com"
    requests.get(f"{host}/a.html", timeout=9)
    asked = {"Origin": "https://example.com", "Access-Control-Request-Method": "GET"}
    requests.options("https://photos.s3.amazonaws.com/a", headers=asked, timeout=9)
    form = logged.generate_presigned_post("photos", "a")
    requests.post(form["url"], data=form["fields"], files={"file": b"holiday"}, timeout=9)
    cos.advance(hours=1)
    assert [record.operation for record in delivered(cos)] == [
        "WEBSITE.GET.OBJECT",
        "REST.OPTIONS.PREFLIGHT",
        "REST.POST.BUCKET",
    ]


def test_a_request_that_an_acl_allowed_says_so(cos: FakeCOS, logged: Any) -> None:
    """Source: documented: aclRequired."""
    logged.delete_public_access_block(Bucket="photos")
    logged.put_bucket_ownership_controls(
        Bucket="photos", OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    )
    logged.put_object(Bucket="photos", Key="a", Body=b"holiday", ACL="public-read")
    other = cos.account("999999999999").client()
    other.get_object(Bucket="photos", Key="a")
    logged.get_object(Bucket="photos", Key="a")
    cos.advance(hours=1)
    assert [record.acl_required for record in delivered(cos)[-2:]] == ["Yes", "-"]


def test_what_lifecycle_rules_do_is_logged(cos: FakeCOS, logged: Any) -> None:
    """Source: documented; the form of the line reported, aws-logs-and-inventory 10."""
    logged.put_object(Bucket="photos", Key="tmp/ä", Body=b"holiday")
    logged.put_object(Bucket="photos", Key="cold", Body=bytes(200_000))
    logged.create_multipart_upload(Bucket="photos", Key="open")
    rule = {"Status": "Enabled"}
    rules = [
        {**rule, "ID": "1", "Filter": {"Prefix": "tmp/"}, "Expiration": {"Days": 1}},
        {**rule, "ID": "2", "Filter": {"Prefix": "cold"}, "Transitions": [{"Days": 2, "StorageClass": "GLACIER"}]},
        {**rule, "ID": "3", "Filter": {"Prefix": ""}, "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 3}},
    ]
    logged.put_bucket_lifecycle_configuration(Bucket="photos", LifecycleConfiguration={"Rules": rules})
    cos.advance(days=10)
    by_operation = {record.operation: record for record in delivered(cos) if record.requester == "AmazonS3"}
    expired = by_operation["S3.EXPIRE.OBJECT"]
    assert (expired.key, expired.object_size, expired.http_status) == ("tmp/%C3%A4", "7", "-")
    assert (expired.time, expired.remote_ip, expired.request_uri) == ("06/May/2026:00:00:00 +0000", "-", "-")
    assert by_operation["S3.TRANSITION.OBJECT"].key == "cold"
    assert by_operation["S3.DELETE.UPLOAD"].key == "open"


def test_a_lifecycle_in_a_versioned_bucket_logs_markers_and_versions(cos: FakeCOS, logged: Any) -> None:
    """Source: documented: aws-logs-and-inventory 10."""
    logged.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    version = logged.put_object(Bucket="photos", Key="a", Body=b"holiday")["VersionId"]
    actions = {"Expiration": {"Days": 1}, "NoncurrentVersionExpiration": {"NoncurrentDays": 1}}
    rules = [{"ID": "1", "Status": "Enabled", "Filter": {"Prefix": ""}, **actions}]
    logged.put_bucket_lifecycle_configuration(Bucket="photos", LifecycleConfiguration={"Rules": rules})
    cos.advance(days=10)
    made = [(record.operation, record.version_id) for record in delivered(cos) if record.requester == "AmazonS3"]
    assert made[0][0] == "S3.CREATE.DELETEMARKER"
    assert ("S3.EXPIRE.OBJECT", version) in made


# --- where log objects stand -----------------------------------------------------------------------------


def test_the_key_is_the_prefix_and_the_time_of_the_delivery(cos: FakeCOS, logged: Any) -> None:
    """Source: documented."""
    logged.list_objects_v2(Bucket="photos")
    cos.advance(hours=3)
    (key,) = cos.store.buckets["logs"].objects
    assert re.fullmatch(r"log/2026-05-04-13-00-00-[0-9A-F]{16}", key)
    cos.advance(hours=1)
    assert len(cos.store.buckets["logs"].objects) == 1


@pytest.mark.parametrize("source", ["EventTime", None, "DeliveryTime"])
def test_partitioned_keys_name_the_source_and_a_date(cos: FakeCOS, aws: Any, source: str | None) -> None:
    """Source: documented: with EventTime, the default, an object has the records of one day."""
    allow_service(aws, "logs")
    partitioned = {} if source is None else {"PartitionDateSource": source}
    put_logging(aws, "photos", "logs", TargetObjectKeyFormat={"PartitionedPrefix": partitioned})
    aws.list_objects_v2(Bucket="photos")
    cos.advance(days=1)
    (key,) = cos.store.buckets["logs"].objects
    day, time = ("05", "10-00-00") if source == "DeliveryTime" else ("04", "00-00-00")
    place = f"log/123456789012/us-east-1/photos/2026/05/{day}/2026-05-{day}-{time}-"
    assert re.fullmatch(place + "[0-9A-F]{16}", key)


def test_each_object_has_the_records_of_one_bucket(cos: FakeCOS, logged: Any) -> None:
    """Source: documented."""
    cos.create_bucket("films")
    put_logging(logged, "films", "logs")
    logged.list_objects_v2(Bucket="films")
    logged.list_objects_v2(Bucket="photos")
    cos.advance(hours=1)
    bodies = [read(stored.body.decode()) for stored in cos.store.buckets["logs"].objects.values()]
    assert sorted({record.bucket for record in body} == {body[0].bucket} for body in bodies) == [True, True]


def test_a_bucket_may_log_to_itself_and_what_is_written_is_logged_the_next_time(cos: FakeCOS, aws: Any) -> None:
    """Source: documented; the line reported, aws-logs-and-inventory 11."""
    allow_service(aws, "photos")
    put_logging(aws, "photos", "photos")
    aws.list_objects_v2(Bucket="photos")
    cos.advance(hours=1)
    (key,) = cos.store.buckets["photos"].objects
    cos.advance(hours=1)
    _, second = cos.store.buckets["photos"].objects.values()
    (record,) = read(second.body.decode())
    assert (record.requester, record.operation, record.remote_ip) == ("svc:s3.amazonaws.com", "REST.PUT.OBJECT", "-")
    assert (record.key, record.request_uri) == (key, f"PUT /photos/{key} HTTP/1.1")


# --- who may write them ----------------------------------------------------------------------------------


def test_without_permission_no_logs_come_and_the_author_is_told(cos: FakeCOS, aws: Any) -> None:
    """Source: documented, aws-logs-and-inventory 14."""
    put_logging(aws, "photos", "logs")
    aws.list_objects_v2(Bucket="photos")
    why = why_not(cos)
    assert "does not allow s3:PutObject of log/2026-05-04-11-00-00-" in why
    assert '"Principal": {"Service": "logging.s3.amazonaws.com"}' in why
    assert "how-to/logs-and-inventory" in why


@pytest.mark.parametrize(
    ("arn", "account", "comes"),
    [
        ("arn:aws:s3:::photos", "123456789012", True),
        ("arn:aws:s3:::films", "123456789012", False),
        ("arn:aws:s3:::photos", "999999999999", False),
    ],
)
def test_the_policy_may_name_the_source(cos: FakeCOS, aws: Any, arn: str, account: str, *, comes: bool) -> None:
    """Source: documented."""
    conditions = {"ArnLike": {"aws:SourceArn": arn}, "StringEquals": {"aws:SourceAccount": account}}
    allow_service(aws, "logs", conditions=conditions)
    put_logging(aws, "photos", "logs")
    cos.advance(hours=1)
    assert (len(cos.store.buckets["logs"].objects) == 1) is comes
    assert bool(cos.store.notices) is not comes


def test_where_acls_count_the_log_delivery_group_may_write(cos: FakeCOS, aws: Any) -> None:
    """Source: documented, aws-logs-and-inventory 14 and 15; whose the objects are: reported."""
    aws.put_bucket_ownership_controls(Bucket="logs", OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]})
    aws.put_bucket_acl(Bucket="logs", ACL="log-delivery-write")
    friend = cos.account("999999999999").canonical_id
    grant = {"Grantee": {"Type": "CanonicalUser", "ID": friend}, "Permission": "READ"}
    put_logging(aws, "photos", "logs", TargetGrants=[grant])
    cos.advance(hours=1)
    (key,) = cos.store.buckets["logs"].objects
    acl = aws.get_object_acl(Bucket="logs", Key=key)
    assert acl["Owner"]["ID"] == LOG_SERVICE_ID
    given = [(line["Grantee"]["ID"], line["Permission"]) for line in acl["Grants"]]
    assert given == [(LOG_SERVICE_ID, "FULL_CONTROL"), (OWNER_ID, "FULL_CONTROL"), (friend, "READ")]
    assert cos.account("999999999999").client().get_object(Bucket="logs", Key=key)["ContentLength"] > 0


def test_write_alone_is_not_enough_for_the_group(cos: FakeCOS, aws: Any) -> None:
    """Source: documented: WRITE and READ_ACP."""
    aws.put_bucket_ownership_controls(Bucket="logs", OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]})
    aws.put_bucket_acl(Bucket="logs", GrantWrite=f'uri="{TO_GROUP}"')
    put_logging(aws, "photos", "logs")
    assert "does not allow" in why_not(cos)


def test_a_deny_wins(cos: FakeCOS, aws: Any) -> None:
    """Source: documented."""
    policy = (
        '{"Version": "2012-10-17", "Statement": ['
        '{"Effect": "Allow", "Principal": {"Service": "logging.s3.amazonaws.com"}, "Action": "s3:PutObject",'
        ' "Resource": "arn:aws:s3:::logs/*"},'
        '{"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::logs/*"}]}'
    )
    aws.put_bucket_policy(Bucket="logs", Policy=policy)
    put_logging(aws, "photos", "logs")
    assert "denies s3:PutObject" in why_not(cos)


def test_a_target_encrypted_with_kms_takes_no_logs(cos: FakeCOS, logged: Any) -> None:
    """Source: documented, aws-logs-and-inventory 16."""
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}
    logged.put_bucket_encryption(Bucket="logs", ServerSideEncryptionConfiguration={"Rules": [rule]})
    assert "only SSE-S3 is supported" in why_not(cos)


def test_a_target_for_which_requesters_pay_takes_no_logs(cos: FakeCOS, logged: Any) -> None:
    """Source: documented, aws-logs-and-inventory 16."""
    logged.put_bucket_request_payment(Bucket="logs", RequestPaymentConfiguration={"Payer": "Requester"})
    assert "requesters pay" in why_not(cos)


def test_a_target_with_a_default_retention_takes_no_logs(cos: FakeCOS, aws: Any) -> None:
    """Source: documented, aws-logs-and-inventory 16."""
    aws.delete_bucket(Bucket="logs")
    aws.create_bucket(Bucket="logs", ObjectLockEnabledForBucket=True)
    retention = {"Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}, "ObjectLockEnabled": "Enabled"}
    aws.put_object_lock_configuration(Bucket="logs", ObjectLockConfiguration=retention)
    allow_service(aws, "logs")
    put_logging(aws, "photos", "logs")
    assert "default retention" in why_not(cos)


def test_a_target_that_was_deleted_takes_no_logs(cos: FakeCOS, logged: Any) -> None:
    logged.delete_bucket_policy(Bucket="logs")
    logged.delete_bucket(Bucket="logs")
    cos.advance(hours=1)
    (notice,) = cos.store.notices
    assert "the target bucket logs is not there any more" in notice


# --- what is not logged, and what is kept -------------------------------------------------------------------


def test_a_bucket_without_logging_is_in_no_log(cos: FakeCOS, logged: Any) -> None:
    cos.create_bucket("films")
    logged.put_object(Bucket="films", Key="a", Body=b"holiday")
    logged.list_buckets()
    with pytest.raises(ClientError):
        logged.get_object(Bucket="not-there", Key="a")
    assert operations(cos) == []


def test_after_logging_was_switched_off_nothing_more_is_noted(cos: FakeCOS, logged: Any) -> None:
    logged.list_objects_v2(Bucket="photos")
    logged.put_bucket_logging(Bucket="photos", BucketLoggingStatus={})
    logged.list_objects_v2(Bucket="photos")
    assert operations(cos) == [("REST.GET.BUCKET", "-")]


def test_an_injected_error_of_s3_is_logged_as_one(cos: FakeCOS, logged: Any) -> None:
    """Source: documented: one record for each request."""
    cos.inject("PutObject", error="SlowDown")
    logged.put_object(Bucket="photos", Key="a", Body=b"holiday")
    cos.advance(hours=1)
    assert [(record.http_status, record.error_code) for record in delivered(cos)] == [("503", "SlowDown"), ("200", "-")]


def test_a_request_whose_answer_was_lost_is_logged_and_one_that_never_came_is_not(cos: FakeCOS, logged: Any) -> None:
    """Source: documented: S3 logs what it received."""
    cos.inject("PutObject", transport=Transport.CLOSED, when=When.STORED)
    cos.inject("HeadBucket", transport=Transport.CLOSED)
    logged.put_object(Bucket="photos", Key="a", Body=b"holiday")
    logged.head_bucket(Bucket="photos")
    assert operations(cos) == [("REST.PUT.OBJECT", "a"), ("REST.PUT.OBJECT", "a"), ("REST.HEAD.BUCKET", "-")]


def test_a_snapshot_has_the_records_that_wait_and_a_reset_forgets_them(cos: FakeCOS, logged: Any) -> None:
    logged.list_objects_v2(Bucket="photos")
    before = cos.snapshot()
    assert operations(cos) == [("REST.GET.BUCKET", "-")]
    cos.restore(before)
    logged.head_bucket(Bucket="photos")
    assert operations(cos) == [("REST.GET.BUCKET", "-"), ("REST.HEAD.BUCKET", "-")]
    cos.restore(before)
    assert operations(cos) == [("REST.GET.BUCKET", "-")]
    cos.reset()
    assert cos.store.access_log is None


def test_not_more_than_so_many_records_wait(cos: FakeCOS, logged: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    log = cos.store.access_log
    assert log is not None
    monkeypatch.setattr(access_log, "MOST", 2)
    log.records = type(log.records)(maxlen=2)
    for number in range(4):
        logged.list_objects_v2(Bucket="photos", Prefix=f"{number}")
    cos.advance(hours=1)
    assert [re.findall(r"prefix=(\d)", record.request_uri) for record in delivered(cos)] == [["2"], ["3"]]
    assert cos.store.notices == [
        "not written by S3: server access logs: 2 records; 50,000 wait for cos.advance at most"
    ]


def test_a_key_of_a_customer_never_stands_in_a_log(cos: FakeCOS, logged: Any) -> None:
    """Source: law 9: of such a key only the MD5 is kept."""
    url = logged.generate_presigned_url("put_object", Params={"Bucket": "photos", "Key": "a"})
    name = "x-amz-server-side-encryption-customer-key"
    requests.put(f"{url}&{name}=c2VjcmV0", data=b"holiday", timeout=9)
    record = only(cos)
    assert f"{name}=REDACTED" in record.request_uri
    assert "c2VjcmV0" not in record.request_uri
