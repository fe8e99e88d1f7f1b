"""Why a request was refused, below the table of requests: what S3 said with its fields, and one step.

Issue 14: a newcomer understands each failure without reading our source.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import boto3
import ibm_boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from ibm_botocore.client import Config as IbmConfig
from ibm_botocore.exceptions import ClientError as IbmClientError

from fakecos import FakeCOS
from fakecos.contract.steps.refused import stored_state
from fakecos.facts import errors
from fakecos.facts.errors import ErrorSpec
from fakecos.service.next_steps import BY_CODE, BY_ROW, step_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Act = Callable[[FakeCOS, Any], object]

KEY = "k" * 32
SSE_C = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": KEY}
OTHER = "210987654321"
NEVER = "0" * 20
MANY = 20  # characters: a sentence, and no word like "Invalid Request"


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    """An active fake with the buckets `photos` and `videos`, and one object."""
    with FakeCOS() as fake:
        fake.create_bucket("photos", sse_c="allowed")
        fake.create_bucket("videos")
        fake.put_object("photos", "cats/cat.jpg", b"miaow")
        yield fake


def refused(cos: FakeCOS, act: Act, client: Any = None) -> str:
    """Do what is refused, which changes nothing, and return the lines below the table."""
    client = client or boto3.client("s3")
    before = len(cos.journal), stored_state(cos)
    with pytest.raises((ClientError, IbmClientError)):
        act(cos, client)
    assert before[1] == stored_state(cos)
    table = cos.journal.table(width=120)
    assert table.count("\nrefused") == 1
    return table.partition("\nrefused")[2]


def anonymous() -> Any:
    return boto3.client("s3", config=Config(signature_version=UNSIGNED))


def parts_of(client: Any, *bodies: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Upload bodies as parts 1, 2, ..., and return the names of the upload, and the parts for Complete."""
    named = {"Bucket": "photos", "Key": "big"}
    named["UploadId"] = client.create_multipart_upload(**named)["UploadId"]
    uploaded = [client.upload_part(**named, PartNumber=at, Body=body) for at, body in enumerate(bodies, 1)]
    return named, [{"PartNumber": at, "ETag": answer["ETag"]} for at, answer in enumerate(uploaded, 1)]


# --- what is not there --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "wanted"),
    [
        (
            lambda _, s3: s3.put_object(Bucket="phots", Key="a", Body=b"1"),
            [
                "PutObject phots/a: 404 NoSuchBucket: The specified bucket does not exist (BucketName: phots)",
                'the buckets there are: "photos", "videos".',
                'cos.create_bucket("phots")',
            ],
        ),
        (
            lambda _, s3: s3.get_object(Bucket="photos", Key="/cats/cat.jpg"),
            ['the keys in photos: "cats/cat.jpg".', 'cos.put_object("photos", "/cats/cat.jpg", b"...")'],
        ),
        (
            lambda _, s3: s3.head_object(Bucket="videos", Key="cat"),
            ["404 NoSuchKey", "the bucket videos has no objects", 'cos.put_object("videos", "cat", b"...")'],
        ),
        (
            lambda _, s3: s3.copy_object(Bucket="videos", Key="b", CopySource="photos/cat.jpg"),
            ['the keys in photos: "cats/cat.jpg".', 'cos.put_object("photos", "cat.jpg", b"...")'],
        ),
        (
            lambda _, s3: s3.copy_object(Bucket="videos", Key="b", CopySource="photo/cat.jpg"),
            ["(BucketName: photo)", 'the buckets there are: "photos"', 'cos.create_bucket("photo")'],
        ),
        (
            lambda _, s3: s3.get_object(Bucket="photos", Key="cats/cat.jpg", VersionId="null2"),
            ["InvalidArgument: Invalid version id specified", "correct VersionId in the call of GetObject", '"null2"'],
        ),
        (
            lambda _, s3: s3.get_bucket_cors(Bucket="photos"),
            ["NoSuchCORSConfiguration", "client.put_bucket_cors(...)"],
        ),
    ],
)
def test_what_is_not_there_is_beside_what_is(cos: FakeCOS, act: Act, wanted: list[str]) -> None:
    text = refused(cos, act)
    for words in wanted:
        assert words in text


def test_without_buckets_it_says_so() -> None:
    with FakeCOS() as cos:
        text = refused(cos, lambda _, s3: s3.list_objects_v2(Bucket="photos"))
    assert 'why: there are no buckets. Create it before: cos.create_bucket("photos").' in text


def test_a_large_bucket_is_not_walked_for_the_nearest_key(cos: FakeCOS) -> None:
    for number in range(1000):
        cos.put_object("videos", f"clip-{number:04}.mp4", b"")
    objects = cos.store.buckets["videos"].objects
    walks: list[object] = []
    iterate = type(objects).__iter__

    def noted(keys: Any) -> Iterator[str]:
        walks.append(keys)
        return iterate(keys)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(type(objects), "__iter__", noted)
        with pytest.raises(ClientError):
            boto3.client("s3").get_object(Bucket="videos", Key="/clip-0500.mp4")
        text = str(cos.journal)
    assert not any(keys is objects for keys in walks)
    assert 'the nearest keys in videos: "clip-0500.mp4"' in text
    assert "and 995 more" in text


def test_an_object_that_was_deleted_says_that_a_marker_is_there(cos: FakeCOS) -> None:
    s3 = boto3.client("s3")
    s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    version = s3.put_object(Bucket="photos", Key="cats/cat.jpg", Body=b"2")["VersionId"]
    marker = s3.delete_object(Bucket="photos", Key="cats/cat.jpg")["VersionId"]
    named = {"Bucket": "photos", "Key": "cats/cat.jpg"}
    assert "its newest version is a delete marker" in refused(cos, lambda _, s3: s3.get_object(**named))
    text = refused(cos, lambda _, s3: s3.get_object(**named, VersionId=marker))
    assert "(Method: GET, ResourceType: DeleteMarker)" in text
    assert "this version is a delete marker, which can only be deleted" in text
    s3.delete_object(**named, VersionId=version)
    text = refused(cos, lambda _, s3: s3.get_object(**named, VersionId=version))
    assert "404 NoSuchVersion" in text
    assert f"the versions of the key, the newest first: {marker[:8]}…, null." in text
    assert version not in text


# --- uploads ------------------------------------------------------------------------------------------------------


def test_a_part_that_is_too_small_names_the_limit(cos: FakeCOS) -> None:
    named, parts = parts_of(boto3.client("s3"), b"12345", b"6")
    text = refused(cos, lambda _, s3: s3.complete_multipart_upload(**named, MultipartUpload={"Parts": parts}))
    assert "EntityTooSmall: Your proposed upload is smaller than the minimum allowed size (ProposedSize: 5, Min" in text
    assert "why: part 1 has 5 bytes, and each part but the last needs 5,242,880." in text
    assert "FakeCOS(limits=Limits(min_part_size=5))" in text
    assert named["UploadId"] not in text


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (lambda parts: parts[::-1], "part 1 comes after part 2. Sort the list: sorted(parts, "),
        (lambda parts: [parts[0], parts[0]], "part 1 comes twice."),
        (lambda parts: [parts[0], {**parts[1], "PartNumber": 3}], "part 3 was not uploaded. Stored: 1 (ETag "),
        (
            lambda parts: [{**parts[0], "ETag": '"abc"'}],
            'part 1 is stored with the ETag "827ccb0eea8a706c4c34a16891f84e7b"',
        ),
        (lambda parts: [{**parts[0], "ChecksumCRC32": "AAAAAA=="}], "part 1 has another checksum than Complete names"),
        (lambda _: [], "the document of CompleteMultipartUpload lacks something"),
    ],
)
def test_a_list_of_parts_that_is_wrong_is_beside_what_is_stored(
    cos: FakeCOS, change: Callable[[list[Any]], list[Any]], wanted: str
) -> None:
    named, parts = parts_of(boto3.client("s3"), b"12345", b"6")
    listed = change(parts)
    text = refused(cos, lambda _, s3: s3.complete_multipart_upload(**named, MultipartUpload={"Parts": listed}))
    assert wanted in text


def test_what_was_there_is_shown_although_the_code_aborts_the_upload_then(cos: FakeCOS) -> None:
    s3 = boto3.client("s3")
    named, parts = parts_of(s3, b"12345")
    listed = [{**parts[0], "ETag": '"abc"'}]
    refused(cos, lambda _, s3: s3.complete_multipart_upload(**named, MultipartUpload={"Parts": listed}))
    s3.abort_multipart_upload(**named)
    assert 'part 1 is stored with the ETag "827ccb0eea8a706c4c34a16891f84e7b"' in str(cos.journal)


def test_an_upload_that_is_not_open_says_what_became_of_it(cos: FakeCOS) -> None:
    s3 = boto3.client("s3")
    named, _ = parts_of(s3, b"12345")
    text = refused(cos, lambda _, s3: s3.upload_part(**{**named, "Key": "other"}, PartNumber=1, Body=b""))
    assert 'is open, but for the key "big"' in text
    text = refused(cos, lambda _, s3: s3.upload_part(**{**named, "Bucket": "videos"}, PartNumber=1, Body=b""))
    assert "is open in the bucket photos" in text
    text = refused(cos, lambda _, s3: s3.upload_part(**{**named, "UploadId": NEVER}, PartNumber=1, Body=b""))
    assert f"no upload here ever had the id {NEVER[:8]}…; open in photos: {named['UploadId'][:8]}… of " in text
    s3.abort_multipart_upload(**named)
    text = refused(cos, lambda _, s3: s3.upload_part(**named, PartNumber=1, Body=b""))
    assert f"the upload {named['UploadId'][:8]}… was aborted at " in text
    named, parts = parts_of(s3, b"12345")
    s3.complete_multipart_upload(**named, MultipartUpload={"Parts": parts})
    text = refused(cos, lambda _, s3: s3.upload_part(**named, PartNumber=1, Body=b""))
    assert "was completed at " in text


# --- digests, conditions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (
            {"ContentMD5": "1B2M2Y8AsgTpgAmY7PhCfg=="},
            ["declares the MD5 1B2M2Y8AsgTpgAmY7PhCfg==", "yB5yjZ1ML2NvBn+JzBSGLA=="],
        ),
        ({"ChecksumCRC32": "AAAAAA=="}, ["declares the CRC32 AAAAAA==", "GtW+DQ=="]),
        ({"IfNoneMatch": "*"}, ["412 PreconditionFailed", "(Condition: If-None-Match)", 'ETag "d52cc7e73b4bd32c']),
        ({"IfMatch": '"abc"'}, ['If-Match: "abc", and the object there now has the ETag "d52cc7e73b4bd32c']),
    ],
)
def test_what_was_declared_is_beside_what_is_there(cos: FakeCOS, given: dict[str, str], wanted: list[str]) -> None:
    named = {"Bucket": "photos", "Key": "cats/cat.jpg"}
    text = refused(cos, lambda _, s3: s3.put_object(**named, Body=b"2", **given))
    for words in wanted:
        assert words in text


# --- who may not --------------------------------------------------------------------------------------------------

DENIES = {"Sid": "KeepAll", "Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject"}
ALLOWS = {"Effect": "Allow", "Principal": {"AWS": OTHER}, "Action": "s3:GetObject"}


def policy(*statements: dict[str, Any]) -> str:
    lines = [{**statement, "Resource": "arn:aws:s3:::photos/*"} for statement in statements]
    return json.dumps({"Version": "2012-10-17", "Statement": lines})


def test_the_statement_that_denies_is_named(cos: FakeCOS) -> None:
    boto3.client("s3").put_bucket_policy(Bucket="photos", Policy=policy(ALLOWS, DENIES))
    text = refused(cos, lambda _, s3: s3.delete_object(Bucket="photos", Key="cats/cat.jpg"))
    assert "the bucket policy of photos denies s3:DeleteObject on arn:aws:s3:::photos/cats/cat.jpg to " in text
    assert "statement 2 (Sid KeepAll)" in text
    del DENIES["Sid"]
    boto3.client("s3").put_bucket_policy(Bucket="photos", Policy=policy(DENIES))
    DENIES["Sid"] = "KeepAll"
    assert ": statement 1. " in refused(cos, lambda _, s3: s3.delete_object(Bucket="photos", Key="cats/cat.jpg"))


def test_where_nothing_allows_it_says_what_was_looked_at(cos: FakeCOS) -> None:
    named = {"Bucket": "photos", "Key": "cats/cat.jpg"}
    text = refused(cos, lambda _, s3: s3.get_object(**named), anonymous())
    assert "to a request without credentials: photos has no bucket policy, and its ACLs do not count" in text
    boto3.client("s3").put_bucket_policy(Bucket="photos", Policy=policy(ALLOWS))
    other = cos.account(OTHER).client()
    assert "a bucket policy of which no statement allows it" in refused(
        cos, lambda _, s3: s3.delete_object(**named), other
    )
    assert "ListBuckets needs those of an account" in refused(cos, lambda _, s3: s3.list_buckets(), anonymous())


@pytest.mark.parametrize(
    ("act", "wanted"),
    [
        (
            lambda _, s3: s3.put_bucket_policy(Bucket="photos", Policy=policy({**ALLOWS, "Principal": "*"})),
            "Block Public Access (BlockPublicPolicy) of photos",
        ),
        (
            lambda _, s3: s3.head_bucket(Bucket="photos", ExpectedBucketOwner=OTHER),
            f"ExpectedBucketOwner is {OTHER}, and the bucket photos is of the account 123456789012.",
        ),
        (
            lambda _, s3: s3.put_object(Bucket="photos", Key="a", ACL="public-read"),
            'client.put_bucket_ownership_controls(Bucket="photos", OwnershipControls={"Rules": ',
        ),
        (
            lambda _, s3: s3.create_bucket(Bucket="public", ACL="public-read"),
            'client.create_bucket(Bucket="public", ObjectOwnership="BucketOwnerPreferred")\n     client.delete_public_',
        ),
        (
            lambda _, s3: s3.put_object(Bucket="videos", Key="a", Body=b"1", **SSE_C),
            "since 2026-04-06. To allow it: PutBucketEncryption",
        ),
        (
            lambda _, s3: s3.delete_bucket(Bucket="photos"),
            'it still has "cats/cat.jpg": delete all objects first.',
        ),
        (
            lambda _, s3: s3.get_object(Bucket="photos", Key="cats/cat.jpg", Range="bytes=10-"),
            "the size of the object is 5: begin the range below that.",
        ),
    ],
)
def test_the_setting_that_decided_is_named(cos: FakeCOS, act: Act, wanted: str) -> None:
    assert wanted in refused(cos, act)


def delete_version(named: dict[str, Any], _: FakeCOS, s3: Any) -> None:
    s3.delete_object(**named)


def test_what_object_lock_keeps_says_until_when(cos: FakeCOS) -> None:
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="vault", ObjectLockEnabledForBucket=True)
    lock = {"ObjectLockRetainUntilDate": dt.datetime(2099, 1, 1, tzinfo=dt.timezone.utc)}
    for mode, words in (("COMPLIANCE", "nobody can shorten that"), ("GOVERNANCE", "BypassGovernanceRetention=True")):
        put = s3.put_object(Bucket="vault", Key=mode, Body=b"1", ObjectLockMode=mode, **lock)
        named = {"Bucket": "vault", "Key": mode, "VersionId": put["VersionId"]}
        text = refused(cos, partial(delete_version, named))
        assert f"the version is retained until 2099-01-01 00:00:00 UTC ({mode})" in text
        assert words in text
    s3.put_object_legal_hold(**named, LegalHold={"Status": "ON"})
    assert "the version has a legal hold" in refused(cos, lambda _, s3: s3.delete_object(**named))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("my_bucket", "'_' may not be in it"), ("Photos", "'P' may not be in it"), ("a..b", "composed as no name may be")],
)
def test_a_bucket_name_says_what_is_wrong_with_it(cos: FakeCOS, name: str, wanted: str) -> None:
    text = refused(cos, lambda _, s3: s3.create_bucket(Bucket=name))
    assert f'the name "{name}": ' in text
    assert wanted in text


def test_a_region_that_differs_is_beside_the_one_that_counts(cos: FakeCOS) -> None:
    abroad = boto3.client("s3", region_name="eu-west-1")
    text = refused(cos, lambda _, s3: s3.create_bucket(Bucket="other"), abroad)
    assert "the client is of eu-west-1, and there is no LocationConstraint" in text
    assert 'CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}' in text


def test_plain_http_is_named_as_the_cause(cos: FakeCOS) -> None:
    plain = boto3.client("s3", endpoint_url="http://s3.amazonaws.com")
    text = refused(cos, lambda _, s3: s3.put_object(Bucket="photos", Key="a", **SSE_C), plain)
    assert "FakeCOS(strict_tls=False)" in text


# --- signatures and secrets ---------------------------------------------------------------------------------------


def test_signatures_say_whose_keys_are_known_and_show_no_secret() -> None:
    secret, token = "a secret that nobody may read", "a token that nobody may read"
    with FakeCOS(credentials={"AKIAIOSFODNN7EXAMPLE": secret}) as cos:
        cos.create_bucket("photos", sse_c="allowed")
        wrong: dict[str, Any] = {"aws_secret_access_key": "another secret"}
        known = boto3.client("s3", aws_access_key_id="AKIAIOSFODNN7EXAMPLE", **wrong)
        text = refused(cos, lambda _, s3: s3.put_object(Bucket="photos", Key="a", Body=b"1", **SSE_C), known)
        assert "SignatureDoesNotMatch" in text
        assert "sign with the secret that FakeCOS(credentials=...) has for this access key" in text
        other = boto3.client("s3", aws_access_key_id="AKIAIOSFODNN7EXAMPLO", **wrong)
        text = refused(cos, lambda _, s3: s3.list_buckets(), other)
        assert "does not have this access key; it has: AKIAIOSFODNN7EXAMPLE." in text
        keys: dict[str, Any] = {"aws_secret_access_key": secret, "aws_session_token": token}
        session = boto3.client("s3", aws_access_key_id="AKIAIOSFODNN7EXAMPLE", **keys)
        text = refused(cos, lambda _, s3: s3.list_buckets(), session)
        assert "InvalidToken" in text
        for hidden in (secret, token, "another secret", KEY, "a2tra2tra2tra2tra2tr"):
            assert hidden not in text


# --- the lines themselves -----------------------------------------------------------------------------------------


def test_equal_refusals_are_one_and_the_last_five_are_shown(cos: FakeCOS) -> None:
    s3 = boto3.client("s3")
    for number in range(30):
        with pytest.raises(ClientError):
            s3.head_object(Bucket="photos", Key=f"{number}")
    for _ in range(3):
        with pytest.raises(ClientError):
            s3.get_object(Bucket="photos", Key="a")
    text = cos.journal.table(width=80).partition("\nrefused:\n")[2]
    assert text.count("\nwhy: ") == 2
    assert (
        "#30 HeadObject photos/29: 404 NoSuchKey: The specified key does not exist. (Key: 29) [30 times, this is the"
        in text
    )
    assert "#33 GetObject photos/a: 404 NoSuchKey" in text
    assert "[3 times, this is the last]" in text
    for number in range(7):
        for key in "ab":
            with pytest.raises(ClientError):
                s3.get_object(Bucket=f"none-{number}", Key=key)
    text = cos.journal.table(width=80).partition("\nrefused, the last 5:\n")[2]
    assert [line.partition(" ")[0] for line in text.splitlines() if line.startswith("#")] == [
        f"#{n}" for n in range(39, 48, 2)
    ]


def test_filters_and_assertions_show_why_for_what_they_show(cos: FakeCOS) -> None:
    s3 = boto3.client("s3")
    for bucket in ("phots", "photos"):
        with pytest.raises(ClientError):
            s3.get_object(Bucket=bucket, Key="a")
    text = str(cos.journal.filter(bucket="photos"))
    assert "#1 GetObject photos/a: 404 NoSuchKey" in text
    assert "NoSuchBucket" not in text
    with pytest.raises(AssertionError) as caught:
        cos.assert_requests(["PutObject"], bucket="phots")
    assert '  why: the buckets there are: "photos", "videos".' in str(caught.value)
    with pytest.raises(AssertionError) as caught:
        cos.assert_object("photos", "a")
    assert '  why: the keys in photos: "cats/cat.jpg".' in str(caught.value)


def test_a_fault_of_the_test_is_named_as_the_cause(cos: FakeCOS) -> None:
    cos.inject("GetObject", error="NoSuchBucket")
    text = refused(cos, lambda _, s3: s3.get_object(Bucket="photos", Key="cats/cat.jpg"))
    assert "the test set a fault for this request" in text
    assert "create_bucket" not in text


def test_what_succeeds_or_is_not_modified_has_no_lines(cos: FakeCOS) -> None:
    s3 = boto3.client("s3")
    etag = s3.head_object(Bucket="photos", Key="cats/cat.jpg")["ETag"]
    with pytest.raises(ClientError):
        s3.get_object(Bucket="photos", Key="cats/cat.jpg", IfNoneMatch=etag)
    assert cos.journal[-1].status == 304
    assert "why: " not in str(cos.journal)


def test_ibm_cos_has_its_own_words_and_the_same_steps(cos: FakeCOS) -> None:
    keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b", "config": IbmConfig(signature_version="s3v4")}
    url = "https://s3.us-south.cloud-object-storage.appdomain.cloud"
    client = ibm_boto3.client("s3", endpoint_url=url, **keys)
    text = refused(cos, lambda _, s3: s3.put_object(Bucket="phots", Key="a"), client)
    assert "404 NoSuchBucket: The specified bucket does not exist." in text
    assert 'cos.create_bucket("phots")' in text
    named, parts = parts_of(client, b"12345", b"6")
    listed = {"Parts": parts}
    text = refused(cos, lambda _, s3: s3.complete_multipart_upload(**named, MultipartUpload=listed), client)
    assert "minimum allowed object size" in text
    assert "Limits(min_part_size=5)" in text


def test_every_row_has_a_step_or_says_all_itself() -> None:
    rows = [value for value in vars(errors).values() if isinstance(value, ErrorSpec)]
    assert all(step_for(row, {}) or len(row.message) > MANY for row in rows if row.status >= 400)
    assert all(row in rows for row in BY_ROW)
    assert BY_CODE.keys() <= {row.code for row in rows}
    for row in rows:
        if row.fact is not None:
            assert f"since {row.fact.day}" in step_for(row, {})
            assert f'FakeCOS(as_of="{row.fact.last_day}")' in step_for(row, {})


# --- what S3's own words leave open -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "wanted"),
    [
        (
            lambda _, s3: s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "On"}),
            "why: Status is 'On': it takes Enabled or Suspended.",
        ),
        (
            lambda _, s3: s3.put_bucket_accelerate_configuration(
                Bucket="photos", AccelerateConfiguration={"Status": "On"}
            ),
            "why: Status is 'On': it takes Enabled or Suspended.",
        ),
        (
            lambda _, s3: s3.delete_objects(Bucket="photos", Delete={"Objects": [{"Key": "a"}] * 1001}),
            "why: Delete names 1,001 objects: one request takes 1 to 1,000. Send several.",
        ),
        (
            lambda _, s3: s3.list_objects_v2(Bucket="photos", MaxKeys=-1),
            'why: correct MaxKeys in the call of ListObjectsV2, which came as "-1".',
        ),
        (
            lambda _, s3: s3.get_object_attributes(Bucket="photos", Key="cats/cat.jpg", ObjectAttributes=["Size"]),
            'why: correct ObjectAttributes in the call of GetObjectAttributes, which came as "Size".',
        ),
        (
            lambda _, s3: s3.put_bucket_policy(Bucket="photos", Policy="{'Version': 1}"),
            "why: write the policy as JSON, with double quotes: Policy=json.dumps({...}).",
        ),
        (
            lambda _, s3: s3.put_object(Bucket="photos", Key="a", ChecksumSHA256="abc"),
            'Or let the client compute it: ChecksumAlgorithm="SHA256".',
        ),
    ],
)
def test_the_step_names_what_a_client_was_given(cos: FakeCOS, act: Act, wanted: str) -> None:
    assert wanted in refused(cos, act)


def test_where_the_message_says_all_nothing_is_added(cos: FakeCOS) -> None:
    text = refused(cos, lambda _, s3: s3.put_object(Bucket="photos", Key="a", Tagging="&".join("abcdefghijk")))
    assert "Object tags cannot be greater than 10" in text
    assert "why:" not in text
