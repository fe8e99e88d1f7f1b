"""What replication replicates, and what it says of it: PutBucketReplication is obeyed as time passes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time

from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.versions import add_delete_marker, list_versions, put_version
from tests.support.replication import COPIES, SOON, keys, replicate, rule, status, versioned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos import FakeCOS

START = dt.datetime(2026, 5, 4, 10, 30, tzinfo=dt.timezone.utc)
MIB = 1024 * 1024
TAGS = {"TagSet": [{"Key": "a", "Value": "2"}]}
KEY_ARN = "arn:aws:kms:us-east-1:123456789012:key/replicas"
KMS: dict[str, Any] = {"SourceSelectionCriteria": {"SseKmsEncryptedObjects": {"Status": "Enabled"}}}

pytestmark = pytest.mark.only_patch("it looks inside the fake")


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with freeze_time(START) as frozen:
        yield frozen


@pytest.fixture(autouse=True)
def _versioned(aws: Any, clock: Any) -> None:
    versioned(aws, BUCKET, COPIES, "third")


def test_an_object_is_pending_and_then_a_replica_is_there(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 9
    replicate(aws, rule())
    put_version(aws)
    assert (status(aws), keys(cos)) == ("PENDING", [])
    cos.advance(seconds=SOON - 1)
    assert (status(aws), keys(cos)) == ("PENDING", [])
    cos.advance(seconds=1)
    assert (status(aws), status(aws, COPIES)) == ("COMPLETED", "REPLICA")
    assert cos.bucket(BUCKET).objects["key"].replication_status == "COMPLETED"


@pytest.mark.one_door("what S3 does by itself draws ids of its own")
def test_it_happens_when_the_clock_goes_on_by_itself(clock: Any, aws: Any) -> None:
    # assumed (aws-replication 17): who polls sees the end, whatever moves the clock
    replicate(aws, rule())
    put_version(aws)
    said: list[str | None] = []
    while said[-1:] != ["COMPLETED"]:
        said.append(status(aws))
        clock.tick(1)
    assert said == ["PENDING"] * SOON + ["COMPLETED"]


@pytest.mark.one_door("what S3 does by itself draws ids of its own")
@pytest.mark.parametrize("asks", ["the destination", "a view", "a list"])
def test_whoever_looks_finds_the_replica(clock: Any, cos: FakeCOS, aws: Any, asks: str) -> None:
    replicate(aws, rule())
    put_version(aws)
    clock.tick(SOON)
    if asks == "the destination":
        assert status(aws, COPIES) == "REPLICA"
    elif asks == "a view":
        assert cos.bucket(COPIES).objects["key"].replication_status == "REPLICA"
    else:
        assert aws.list_objects_v2(Bucket=COPIES)["KeyCount"] == 1


def test_a_replica_is_its_source_to_the_letter(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 1, 3
    replicate(aws, rule())
    put_version(
        aws,
        body=b"bytes",
        Metadata={"a": "b"},
        Tagging="a=1",
        ContentType="text/plain",
        CacheControl="no-store",
        StorageClass="STANDARD_IA",
        ChecksumAlgorithm="SHA256",
    )
    cos.advance(hours=1)
    source, replica = (aws.head_object(Bucket=name, Key="key", ChecksumMode="ENABLED") for name in (BUCKET, COPIES))
    for answer in (source, replica):
        for own in ("ResponseMetadata", "ReplicationStatus"):
            del answer[own]
    assert replica == source
    assert replica["LastModified"] == START
    assert aws.get_object_tagging(Bucket=COPIES, Key="key")["TagSet"] == [{"Key": "a", "Value": "1"}]
    assert cos.bucket(COPIES).objects["key"] == b"bytes"


def test_the_parts_of_an_upload_stay_parts(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 3; parts are none of an object's metadata: assumed
    replicate(aws, rule())
    upload = aws.create_multipart_upload(Bucket=BUCKET, Key="key", ChecksumAlgorithm="CRC32")["UploadId"]
    parts = []
    for number, body in ((1, bytes(5 * MIB)), (2, b"end")):
        part = {"Bucket": BUCKET, "Key": "key", "UploadId": upload, "PartNumber": number}
        made = aws.upload_part(**part, Body=body, ChecksumAlgorithm="CRC32")
        parts.append({"PartNumber": number, "ETag": made["ETag"], "ChecksumCRC32": made["ChecksumCRC32"]})
    aws.complete_multipart_upload(Bucket=BUCKET, Key="key", UploadId=upload, MultipartUpload={"Parts": parts})
    assert status(aws) == "PENDING"
    cos.advance(seconds=SOON)
    asked = {"Key": "key", "ObjectAttributes": ["ETag", "Checksum", "ObjectParts", "ObjectSize"]}
    there = [aws.get_object_attributes(Bucket=name, **asked) for name in (BUCKET, COPIES)]
    assert there[0]["ObjectParts"] == there[1]["ObjectParts"]
    assert there[0]["Checksum"] == there[1]["Checksum"]
    assert aws.get_object(Bucket=COPIES, Key="key", PartNumber=2)["Body"].read() == b"end"


def test_a_copy_and_every_version_are_replicated_in_order(cos: FakeCOS, aws: Any) -> None:
    replicate(aws, rule())
    first = put_version(aws, body=b"1")
    second = aws.copy_object(Bucket=BUCKET, Key="key", CopySource={"Bucket": BUCKET, "Key": "key", "VersionId": first})[
        "VersionId"
    ]
    third = put_version(aws, body=b"3")
    cos.advance(seconds=SOON)
    listed = aws.list_object_versions(Bucket=COPIES)["Versions"]
    assert [version["VersionId"] for version in listed] == [third, second, first]
    assert [version["IsLatest"] for version in listed] == [True, False, False]


def test_what_was_there_before_the_rule_is_not_replicated(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 2, 14; ExistingObjectReplication "is no longer supported"
    put_version(aws, "old")
    replicate(aws, rule(ExistingObjectReplication={"Status": "Enabled"}))
    put_version(aws, "new")
    cos.advance(seconds=SOON)
    assert (status(aws, key="old"), keys(cos)) == (None, ["new"])
    aws.put_object_tagging(Bucket=BUCKET, Key="old", Tagging=TAGS)
    cos.advance(seconds=SOON)
    assert (status(aws, key="old"), keys(cos)) == (None, ["new"])


# --- which objects -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("conditions", "replicated"),
    [
        ({}, ["a/1", "a/2", "b"]),
        ({"Prefix": "a/"}, ["a/1", "a/2"]),
        ({"Tag": {"Key": "a", "Value": "1"}}, ["a/1", "b"]),
        ({"And": {"Prefix": "a/", "Tags": [{"Key": "a", "Value": "1"}]}}, ["a/1"]),
        ({"And": {"Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]}}, ["b"]),
        ({"Tag": {"Key": "a", "Value": "2"}}, []),
    ],
    ids=str,
)
def test_the_filter_of_a_rule_chooses(
    cos: FakeCOS, aws: Any, conditions: dict[str, Any], replicated: list[str]
) -> None:
    # documented: aws-replication 1
    replicate(aws, rule(Filter=conditions))
    put_version(aws, "a/1", Tagging="a=1")
    put_version(aws, "a/2")
    put_version(aws, "b", Tagging="a=1&b=2")
    said = [key for key in ("a/1", "a/2", "b") if status(aws, key=key) == "PENDING"]
    cos.advance(seconds=SOON)
    assert (keys(cos), said) == (replicated, replicated)


@pytest.mark.parametrize(
    ("excluded", "replicated"),
    [
        ({"Prefix": "tmp/"}, ["a", "b"]),
        ({"Tag": {"Key": "a", "Value": "1"}}, ["a", "tmp/1"]),
        ({"Or": {"Prefixes": ["tmp/", "x"], "Tags": [{"Key": "a", "Value": "1"}]}}, ["a"]),
    ],
    ids=str,
)
def test_a_filter_leaves_out_what_a_not_names(
    cos: FakeCOS, aws: Any, excluded: dict[str, Any], replicated: list[str]
) -> None:
    # documented: API reference, ReplicationRuleFilter
    if "Not" not in aws.meta.service_model.shape_for("ReplicationRuleFilter").members:
        pytest.skip("this client's model has no Not")
    replicate(aws, rule(Filter={"Not": excluded}))
    put_version(aws, "a")
    put_version(aws, "b", Tagging="a=1")
    put_version(aws, "tmp/1")
    cos.advance(seconds=SOON)
    assert keys(cos) == replicated


def test_a_rule_that_is_off_does_nothing(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 20
    replicate(aws, rule(Status="Disabled"))
    put_version(aws)
    cos.advance(seconds=SOON)
    assert (status(aws), keys(cos)) == (None, [])


def test_of_rules_with_one_destination_the_highest_priority_acts(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 6
    low = rule(Priority=1, Destination={"StorageClass": "ONEZONE_IA"})
    high = rule(Priority=9, Filter={"Prefix": "a"}, Destination={"StorageClass": "GLACIER_IR"})
    replicate(aws, low, high)
    put_version(aws, "a")
    put_version(aws, "b")
    cos.advance(seconds=SOON)
    classes = {key: found.storage_class for key, found in cos.bucket(COPIES).objects.items()}
    assert classes == {"a": "GLACIER_IR", "b": "ONEZONE_IA"}


def test_every_destination_gets_a_replica(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 6, 9
    replicate(aws, rule(), rule("third", Priority=2))
    put_version(aws)
    cos.advance(seconds=SOON)
    assert (keys(cos), keys(cos, "third"), status(aws)) == (["key"], ["key"], "COMPLETED")


def test_a_replica_is_not_replicated_again(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 2: A to B, B to C
    replicate(aws, rule())
    replicate(aws, rule("third"), bucket=COPIES)
    put_version(aws)
    cos.advance(seconds=SOON)
    cos.advance(seconds=SOON)
    assert (keys(cos), keys(cos, "third"), status(aws, COPIES)) == (["key"], [], "REPLICA")


def test_two_buckets_replicate_each_other(cos: FakeCOS, aws: Any, clock: Any) -> None:
    # documented: aws-replication 8; the order of the times: assumed (aws-replication 3)
    replicate(aws, rule())
    replicate(aws, rule(BUCKET), bucket=COPIES)
    first = put_version(aws, body=b"1")
    clock.tick(2)
    second = aws.put_object(Bucket=COPIES, Key="key", Body=b"2")["VersionId"]
    cos.advance(minutes=1)
    for name in (BUCKET, COPIES):
        found = aws.list_object_versions(Bucket=name)["Versions"]
        assert [(each["VersionId"], each["IsLatest"]) for each in found] == [(second, True), (first, False)]
        assert aws.get_object(Bucket=name, Key="key")["Body"].read() == b"2"


def test_archived_objects_are_not_replicated(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 2
    replicate(aws, rule())
    for name in ("GLACIER", "DEEP_ARCHIVE", "GLACIER_IR"):
        put_version(aws, name, StorageClass=name)
    cos.advance(seconds=SOON)
    assert keys(cos) == ["GLACIER_IR"]


# --- deletes -----------------------------------------------------------------------------------------

OLD = {"ID": "old", "Prefix": "", "Status": "Enabled", "Destination": {"Bucket": f"arn:aws:s3:::{COPIES}"}}


@pytest.mark.parametrize(
    ("made", "is_replicated"),
    [
        (rule(DeleteMarkerReplication={"Status": "Enabled"}), True),
        (rule(), False),
        (OLD, True),
    ],
    ids=["Enabled", "Disabled", "version 1"],
)
def test_delete_markers(cos: FakeCOS, aws: Any, made: dict[str, Any], *, is_replicated: bool) -> None:
    # documented: aws-replication 5
    replicate(aws, made)
    put_version(aws)
    marker = add_delete_marker(aws)
    cos.advance(seconds=SOON)
    found = aws.list_object_versions(Bucket=COPIES).get("DeleteMarkers", [])
    assert [each["VersionId"] for each in found] == ([marker] if is_replicated else [])
    assert keys(cos) == ([] if is_replicated else ["key"])


def test_a_delete_of_a_version_is_not_replicated(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 2
    replicate(aws, rule(DeleteMarkerReplication={"Status": "Enabled"}))
    version = put_version(aws)
    marker = add_delete_marker(aws)
    cos.advance(seconds=SOON)
    for each in (marker, version):
        aws.delete_object(Bucket=BUCKET, Key="key", VersionId=each)
    cos.advance(seconds=SOON)
    assert list_versions(aws) == []
    assert len(cos.bucket(COPIES).versions["key"]) == 2


def test_what_is_deleted_before_its_time_never_arrives(cos: FakeCOS, aws: Any) -> None:
    replicate(aws, rule())
    version = put_version(aws)
    aws.delete_object(Bucket=BUCKET, Key="key", VersionId=version)
    cos.advance(seconds=SOON)
    assert keys(cos) == []


def test_what_lifecycle_rules_do_is_not_replicated(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 2, 5; a class that a rule changed: the same sentence
    replicate(aws, OLD)
    put_version(aws, "old")
    put_version(aws, "moved", body=bytes(MIB))
    moves = {"Transitions": [{"Days": 30, "StorageClass": "STANDARD_IA"}], "Filter": {"Prefix": "moved"}}
    rules = [
        {"ID": "1", "Status": "Enabled", "Filter": {"Prefix": "old"}, "Expiration": {"Days": 3}},
        {"ID": "2", "Status": "Enabled", **moves},
    ]
    aws.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": rules})
    cos.advance(days=40)
    cos.advance(days=1)
    assert cos.bucket(BUCKET).objects["moved"].storage_class == "STANDARD_IA"
    assert (keys(cos, BUCKET), keys(cos)) == (["moved"], ["moved", "old"])
    assert cos.bucket(COPIES).objects["moved"].storage_class == "STANDARD"


def test_a_lifecycle_waits_for_replication(cos: FakeCOS, aws: Any, clock: Any) -> None:
    # documented: aws-replication 9
    expire = {
        "ID": "1",
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "Expiration": {"Date": START.replace(hour=0, minute=0)},
    }
    replicate(aws, rule())
    put_version(aws)
    aws.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [expire]})
    cos.advance(seconds=1)
    assert keys(cos, BUCKET) == ["key"]
    cos.advance(seconds=SOON)
    assert (keys(cos, BUCKET), keys(cos)) == ([], ["key"])


# --- what changes later ------------------------------------------------------------------------------


def test_a_change_of_tags_follows(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 1
    replicate(aws, rule())
    put_version(aws, Tagging="a=1")
    cos.advance(seconds=SOON)
    aws.put_object_tagging(Bucket=BUCKET, Key="key", Tagging=TAGS)
    assert status(aws) == "PENDING"
    assert cos.bucket(COPIES).objects["key"].tags == {"a": "1"}
    cos.advance(seconds=SOON)
    assert (status(aws), cos.bucket(COPIES).objects["key"].tags) == ("COMPLETED", {"a": "2"})
    aws.delete_object_tagging(Bucket=BUCKET, Key="key")
    cos.advance(seconds=SOON)
    assert cos.bucket(COPIES).objects["key"].tags == {}


def test_the_same_tags_again_are_no_change(cos: FakeCOS, aws: Any) -> None:
    # assumed
    replicate(aws, rule())
    put_version(aws, Tagging="a=2")
    cos.advance(seconds=SOON)
    aws.put_object_tagging(Bucket=BUCKET, Key="key", Tagging=TAGS)
    assert status(aws) == "COMPLETED"


def test_acls_and_annotations_follow(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 1
    for name in (BUCKET, COPIES):
        cos.store.buckets[name].ownership = "ObjectWriter"
        aws.delete_public_access_block(Bucket=name)
    replicate(aws, rule())
    put_version(aws, ACL="public-read")
    cos.advance(seconds=SOON)
    assert (
        aws.get_object_acl(Bucket=COPIES, Key="key")["Grants"] == aws.get_object_acl(Bucket=BUCKET, Key="key")["Grants"]
    )
    aws.put_object_acl(Bucket=BUCKET, Key="key", ACL="private")
    if hasattr(aws, "put_object_annotation"):
        aws.put_object_annotation(Bucket=BUCKET, Key="key", AnnotationName="a", AnnotationPayload=b"text")
    cos.advance(seconds=SOON)
    assert len(aws.get_object_acl(Bucket=COPIES, Key="key")["Grants"]) == 1
    assert cos.bucket(COPIES).objects["key"].annotations == cos.bucket(BUCKET).objects["key"].annotations


@pytest.mark.parametrize("both", [True, False], ids=["both buckets have such a rule", "only that of the replica"])
def test_changes_of_a_replica_go_back(cos: FakeCOS, aws: Any, *, both: bool) -> None:
    # documented: aws-replication 8; FAILED where only one has the rule: assumed
    syncs: dict[str, Any] = {"SourceSelectionCriteria": {"ReplicaModifications": {"Status": "Enabled"}}}
    replicate(aws, rule(**(syncs if both else {})))
    replicate(aws, rule(BUCKET, **syncs), bucket=COPIES)
    put_version(aws, Tagging="a=1")
    cos.advance(seconds=SOON)
    aws.put_object_tagging(Bucket=COPIES, Key="key", Tagging=TAGS)
    assert status(aws, COPIES) == "PENDING"
    cos.advance(seconds=SOON)
    assert status(aws, COPIES) == ("REPLICA" if both else "FAILED")
    assert cos.bucket(BUCKET).objects["key"].tags == {"a": "2" if both else "1"}
    assert status(aws) == "COMPLETED"


def test_changes_of_a_replica_stay_there(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 8, "By default"
    replicate(aws, rule())
    replicate(aws, rule(BUCKET), bucket=COPIES)
    put_version(aws, Tagging="a=1")
    cos.advance(seconds=SOON)
    aws.put_object_tagging(Bucket=COPIES, Key="key", Tagging=TAGS)
    cos.advance(seconds=SOON)
    assert (status(aws, COPIES), cos.bucket(BUCKET).objects["key"].tags) == ("REPLICA", {"a": "1"})


def test_a_tag_that_comes_later_chooses_nothing(cos: FakeCOS, aws: Any) -> None:
    # assumed: aws-replication 15
    replicate(aws, rule(Filter={"Tag": TAGS["TagSet"][0]}))
    put_version(aws)
    aws.put_object_tagging(Bucket=BUCKET, Key="key", Tagging=TAGS)
    cos.advance(seconds=SOON)
    assert (status(aws), keys(cos)) == (None, [])


# --- encryption --------------------------------------------------------------------------------------


def test_objects_under_kms_are_replicated_where_the_rule_says_so(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 12
    replicate(aws, rule())
    put_version(aws, ServerSideEncryption="aws:kms")
    cos.advance(seconds=SOON)
    assert (status(aws), keys(cos)) == (None, [])
    replicate(aws, rule(Destination={"EncryptionConfiguration": {"ReplicaKmsKeyID": KEY_ARN}}, **KMS))
    put_version(aws, ServerSideEncryption="aws:kms")
    put_version(aws, "plain")
    cos.advance(seconds=SOON)
    replica = aws.head_object(Bucket=COPIES, Key="key")
    assert (replica["ServerSideEncryption"], replica["SSEKMSKeyId"]) == ("aws:kms", KEY_ARN)
    assert aws.head_object(Bucket=COPIES, Key="plain")["ServerSideEncryption"] == "AES256"


def test_a_key_of_another_region_encrypts_nothing(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 12; PutBucketReplication does not judge it
    other = KEY_ARN.replace("us-east-1", "eu-west-1")
    replicate(aws, rule(Destination={"EncryptionConfiguration": {"ReplicaKmsKeyID": other}}, **KMS))
    put_version(aws, ServerSideEncryption="aws:kms")
    put_version(aws, "plain")
    cos.advance(seconds=SOON)
    assert (status(aws), status(aws, key="plain"), keys(cos)) == ("FAILED", "COMPLETED", ["plain"])


@pytest.mark.parametrize("blocked", [False, True])
def test_objects_under_a_customers_key(cos: FakeCOS, aws: Any, *, blocked: bool) -> None:
    # documented: aws-replication 12
    key = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}
    for name, is_blocked in ((BUCKET, False), (COPIES, blocked)):
        cos.store.buckets[name].blocks_sse_c = is_blocked
    replicate(aws, rule())
    put_version(aws, body=b"x", **key)
    cos.advance(seconds=SOON)
    assert status(aws, **key) == ("FAILED" if blocked else "COMPLETED")
    assert keys(cos) == ([] if blocked else ["key"])
    if not blocked:
        assert aws.get_object(Bucket=COPIES, Key="key", **key)["Body"].read() == b"x"


# --- Object Lock -------------------------------------------------------------------------------------


def test_locks_are_replicated(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 1, 4
    for name in ("locked", "locked-copies"):
        aws.create_bucket(Bucket=name, ObjectLockEnabledForBucket=True)
    default = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}}
    aws.put_object_lock_configuration(Bucket="locked-copies", ObjectLockConfiguration=default)
    replicate(aws, rule("locked-copies"), bucket="locked")
    until = START + dt.timedelta(days=9)
    lock = {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": until, "ObjectLockLegalHoldStatus": "ON"}
    aws.put_object(Bucket="locked", Key="held", Body=b"", ChecksumAlgorithm="CRC32", **lock)
    aws.put_object(Bucket="locked", Key="free", Body=b"", ChecksumAlgorithm="CRC32")
    cos.advance(seconds=SOON)
    held, free = (aws.head_object(Bucket="locked-copies", Key=key) for key in ("held", "free"))
    assert {name: held[name] for name in lock} == lock
    assert (free["ObjectLockMode"], free["ObjectLockRetainUntilDate"]) == ("GOVERNANCE", START + dt.timedelta(days=1))
    aws.put_object_legal_hold(Bucket="locked", Key="held", LegalHold={"Status": "OFF"})
    cos.advance(seconds=SOON)
    assert aws.head_object(Bucket="locked-copies", Key="held")["ObjectLockLegalHoldStatus"] == "OFF"


def test_a_bucket_with_object_lock_needs_one_with_it(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 10, 11
    aws.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
    replicate(aws, rule(), bucket="locked")
    aws.put_object(Bucket="locked", Key="key", Body=b"")
    cos.advance(seconds=SOON)
    assert (status(aws, "locked"), keys(cos)) == ("FAILED", [])
