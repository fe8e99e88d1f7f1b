"""Replication that fails, replication into other accounts, and who hears of it."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time

from fakecos import UsageError
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.steps.policies import allow, deny
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import add_delete_marker, enable_versioning, put_version
from tests.support.access import allow_acls, client_for, set_policy
from tests.support.replication import COPIES, ROLE, SOON, keys, replicate, rule, status, versioned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos import FakeCOS
    from fakecos.model.replication import ReplicationOutcome

START = dt.datetime(2026, 5, 4, 10, 30, tzinfo=dt.timezone.utc)
THEIRS = "theirs"
OBJECTS = f"arn:aws:s3:::{THEIRS}/*"
SOURCE = "arn:aws:iam::123456789012:root"
TO_OWNER = {"Account": OTHER, "AccessControlTranslation": {"Owner": "Destination"}}

pytestmark = pytest.mark.only_patch("it looks inside the fake")


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with freeze_time(START) as frozen:
        yield frozen


@pytest.fixture(autouse=True)
def _versioned(aws: Any, clock: Any) -> None:
    versioned(aws, BUCKET, COPIES, "third")


@pytest.fixture
def outcomes(cos: FakeCOS) -> list[ReplicationOutcome]:
    """What is told of each replication."""
    found: list[ReplicationOutcome] = []
    cos._service.by_itself.listeners += (found.append,)
    return found


@pytest.fixture
def theirs(cos: FakeCOS) -> Any:
    """A client of another account, whose bucket keeps versions."""
    cos.account(OTHER).create_bucket(THEIRS)
    client = client_for(cos.account(OTHER))
    enable_versioning(client, THEIRS)
    return client


# --- what fails --------------------------------------------------------------------------------------


def delete_destination(client: Any) -> None:
    client.delete_bucket(Bucket=COPIES)


def suspend_destination(client: Any) -> None:
    client.put_bucket_versioning(Bucket=COPIES, VersioningConfiguration={"Status": "Suspended"})


def drop_rules(client: Any) -> None:
    client.delete_bucket_replication(Bucket=BUCKET)


@pytest.mark.parametrize(
    ("happens", "failure"),
    [
        (delete_destination, "DstBucketNotFound"),
        (suspend_destination, "DstBucketUnversioned"),
        (drop_rules, "SrcBucketReplicationConfigMissing"),
    ],
)
def test_what_is_gone_when_it_is_due(
    cos: FakeCOS, aws: Any, outcomes: list[ReplicationOutcome], happens: Any, failure: str
) -> None:
    # documented: aws-replication 10; FAILED for a rule that was deleted: assumed
    replicate(aws, rule())
    put_version(aws)
    happens(aws)
    cos.advance(seconds=SOON)
    assert (status(aws), [outcome.failure for outcome in outcomes]) == ("FAILED", [failure])
    (notice,) = cos.store.notices  # or nobody would know why
    assert notice.startswith(
        f"not written by S3: the replica of {BUCKET}/{outcomes[0].key} in {COPIES}: {failure}. See"
    )
    cos.advance(days=2)
    assert status(aws) == "FAILED"  # documented: S3 does not try again


def test_a_configuration_that_is_put_again_goes_on(cos: FakeCOS, aws: Any) -> None:
    # assumed: its rules may get other ids (documented: S3 makes them up)
    made = rule(DeleteMarkerReplication={"Status": "Enabled"})
    replicate(aws, made)
    put_version(aws, "a")
    put_version(aws, "b")
    aws.delete_object(Bucket=BUCKET, Key="b")
    replicate(aws, {**made, "Destination": {**made["Destination"], "StorageClass": "ONEZONE_IA"}})
    cos.advance(seconds=SOON)
    assert (status(aws, key="a"), keys(cos)) == ("COMPLETED", ["a"])
    assert cos.bucket(COPIES).versions["b"][0].is_delete_marker


def test_one_destination_that_fails_is_enough(cos: FakeCOS, aws: Any, outcomes: list[ReplicationOutcome]) -> None:
    # documented: aws-replication 9
    replicate(aws, rule(), rule("third", Priority=2, ID="third"))
    put_version(aws)
    delete_destination(aws)
    cos.advance(seconds=SOON)
    assert (status(aws), keys(cos, "third")) == ("FAILED", ["key"])
    told = {outcome.destination: outcome.failure for outcome in outcomes}
    assert told == {"third": None, COPIES: "DstBucketNotFound"}


def test_another_description_needs_the_version(cos: FakeCOS, aws: Any, outcomes: list[ReplicationOutcome]) -> None:
    # documented: aws-replication 10, DstVersionNotFound
    replicate(aws, rule())
    version = put_version(aws)
    cos.advance(seconds=SOON)
    aws.delete_object(Bucket=COPIES, Key="key", VersionId=version)
    aws.put_object_tagging(Bucket=BUCKET, Key="key", Tagging={"TagSet": [{"Key": "a", "Value": "1"}]})
    cos.advance(seconds=SOON)
    assert (status(aws), keys(cos), outcomes[-1].failure) == ("FAILED", [], "DstVersionNotFound")


def test_a_denied_write_fails_in_the_same_account(cos: FakeCOS, aws: Any) -> None:
    # documented: aws-replication 11; an explicit Deny wins
    set_policy(cos, COPIES, deny("s3:ReplicateObject", f"arn:aws:s3:::{COPIES}/a*"))
    replicate(aws, rule())
    put_version(aws, "a")
    put_version(aws, "b")
    cos.advance(seconds=SOON)
    assert (status(aws, key="a"), status(aws, key="b"), keys(cos)) == ("FAILED", "COMPLETED", ["b"])


def test_objects_of_others_must_be_readable(cos: FakeCOS, aws: Any, theirs: Any) -> None:
    # documented: aws-replication 2
    allow_acls(cos, BUCKET)
    set_policy(cos, BUCKET, allow("s3:PutObject*", f"arn:aws:s3:::{BUCKET}/*"))
    replicate(aws, rule())
    theirs.put_object(Bucket=BUCKET, Key="closed", Body=b"")
    theirs.put_object(Bucket=BUCKET, Key="given", Body=b"", ACL="bucket-owner-full-control")
    cos.advance(seconds=SOON)
    assert keys(cos) == ["given"]
    assert cos.bucket(BUCKET).objects["closed"].replication_status == "FAILED"


def test_a_condition_that_is_not_evaluated_is_told(cos: FakeCOS, aws: Any) -> None:
    condition = {"StringEquals": {"aws:MadeUp": "x"}}
    set_policy(cos, COPIES, deny("s3:ReplicateObject", f"arn:aws:s3:::{COPIES}/*", Condition=condition))
    replicate(aws, rule())
    put_version(aws)
    with pytest.raises(UsageError, match="aws:MadeUp"):
        cos.advance(seconds=SOON)
    assert status(aws) == "PENDING"


# --- other accounts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        ([], "FAILED"),
        ([allow("s3:PutObject", OBJECTS, {"AWS": SOURCE})], "FAILED"),
        ([allow("s3:ReplicateObject", OBJECTS, {"AWS": SOURCE})], "COMPLETED"),
        ([allow("s3:ReplicateObject", OBJECTS, {"AWS": ROLE})], "COMPLETED"),
        ([allow("s3:*", OBJECTS, {"AWS": "123456789012"}), deny("s3:ReplicateObject", OBJECTS)], "FAILED"),
        ([allow("s3:ReplicateObject", OBJECTS, {"AWS": "arn:aws:iam::123456789012:role/other"})], "FAILED"),
    ],
    ids=["no policy", "PutObject", "the account", "the role", "denied", "another role"],
)
def test_another_account_must_let_the_role_in(
    cos: FakeCOS, aws: Any, theirs: Any, statements: list[Any], said: str
) -> None:
    # documented: aws-replication 11
    if statements:
        set_policy(cos, THEIRS, *statements)
    replicate(aws, rule(THEIRS))
    put_version(aws, Tagging="a=1")
    cos.advance(seconds=SOON)
    assert status(aws) == said
    assert keys(cos, THEIRS) == (["key"] if said == "COMPLETED" else [])


def test_delete_markers_need_a_permission_of_their_own(
    cos: FakeCOS, aws: Any, theirs: Any, outcomes: list[ReplicationOutcome]
) -> None:
    # documented: aws-replication 11
    set_policy(cos, THEIRS, allow("s3:ReplicateObject", OBJECTS, {"AWS": SOURCE}))
    replicate(aws, rule(THEIRS, DeleteMarkerReplication={"Status": "Enabled"}))
    put_version(aws)
    add_delete_marker(aws)
    cos.advance(seconds=SOON)
    assert (keys(cos, THEIRS), outcomes[-1].failure) == (["key"], "DstDelObjNotPermitted")
    set_policy(cos, THEIRS, allow(["s3:ReplicateObject", "s3:ReplicateDelete"], OBJECTS, {"AWS": SOURCE}))
    add_delete_marker(aws)
    cos.advance(seconds=SOON)
    assert keys(cos, THEIRS) == []


def test_a_policy_may_keep_tags_out(cos: FakeCOS, aws: Any, theirs: Any) -> None:
    # documented: aws-replication 11
    set_policy(cos, THEIRS, allow("s3:Replicate*", OBJECTS, {"AWS": SOURCE}), deny("s3:ReplicateTags", OBJECTS))
    replicate(aws, rule(THEIRS))
    put_version(aws, Tagging="a=1")
    cos.advance(seconds=SOON)
    assert (status(aws), cos.bucket(THEIRS).objects["key"].tags) == ("COMPLETED", {})


def test_requesters_may_not_pay_there(cos: FakeCOS, aws: Any, theirs: Any) -> None:
    # documented: aws-replication 11
    set_policy(cos, THEIRS, allow("s3:Replicate*", OBJECTS, {"AWS": SOURCE}))
    theirs.put_bucket_request_payment(Bucket=THEIRS, RequestPaymentConfiguration={"Payer": "Requester"})
    replicate(aws, rule(THEIRS))
    put_version(aws)
    cos.advance(seconds=SOON)
    assert (status(aws), keys(cos, THEIRS)) == ("FAILED", [])


def test_the_source_owns_the_replica_by_default(cos: FakeCOS, aws: Any, theirs: Any) -> None:
    # documented: aws-replication 7
    allow_acls(cos, THEIRS)
    set_policy(cos, THEIRS, allow("s3:Replicate*", OBJECTS, {"AWS": SOURCE}))
    replicate(aws, rule(THEIRS))
    put_version(aws)
    cos.advance(seconds=SOON)
    with refused(cos, "AccessDenied", status=403):
        theirs.get_object_acl(Bucket=THEIRS, Key="key")
    owner = cos.account("123456789012").canonical_id
    assert aws.get_object_acl(Bucket=THEIRS, Key="key")["Owner"]["ID"] == owner


def test_the_destination_may_own_the_replica(cos: FakeCOS, aws: Any, theirs: Any) -> None:
    # documented: aws-replication 7: later changes of the ACL do not follow
    allow_acls(cos, THEIRS)
    allow_acls(cos, BUCKET)
    set_policy(cos, THEIRS, allow("s3:Replicate*", OBJECTS, {"AWS": SOURCE}))
    replicate(aws, rule(THEIRS, Destination=TO_OWNER))
    put_version(aws, "early")
    cos.advance(seconds=SOON)
    assert status(aws, key="early") == "FAILED"
    override = ["s3:Replicate*", "s3:ObjectOwnerOverrideToBucketOwner"]
    set_policy(cos, THEIRS, allow(override, OBJECTS, {"AWS": SOURCE}))
    put_version(aws, ACL="public-read")
    cos.advance(seconds=SOON)
    aws.put_object_acl(Bucket=BUCKET, Key="key", ACL="authenticated-read")
    cos.advance(seconds=SOON)
    acl = theirs.get_object_acl(Bucket=THEIRS, Key="key")
    owner = cos.account(OTHER).canonical_id
    assert acl["Owner"]["ID"] == owner
    assert [(each["Grantee"]["ID"], each["Permission"]) for each in acl["Grants"]] == [(owner, "FULL_CONTROL")]


def test_where_acls_are_off_the_destination_owns_the_replica(cos: FakeCOS, aws: Any, theirs: Any) -> None:
    # documented: aws-replication 7: without a permission of its own
    set_policy(cos, THEIRS, allow("s3:ReplicateObject", OBJECTS, {"AWS": SOURCE}))
    replicate(aws, rule(THEIRS, Destination=TO_OWNER))
    put_version(aws)
    cos.advance(seconds=SOON)
    assert theirs.get_object_acl(Bucket=THEIRS, Key="key")["Owner"]["ID"] == cos.account(OTHER).canonical_id


def test_the_account_of_a_rule_must_be_the_destinations(cos: FakeCOS, aws: Any) -> None:
    # documented: Account is the destination's; what follows from another one: assumed
    replicate(aws, rule(Destination={"Account": OTHER}))
    put_version(aws)
    cos.advance(seconds=SOON)
    assert (status(aws), keys(cos)) == ("FAILED", [])


# --- configurations ----------------------------------------------------------------------------------


def put(client: Any, **more: Any) -> None:
    replicate(client, rule(**more))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"to": BUCKET}, "Destination bucket cannot be the same as the source bucket."),
        ({"SourceSelectionCriteria": {}}, "SourceSelectionCriteria cannot be empty"),
        (
            {"SourceSelectionCriteria": {"SseKmsEncryptedObjects": {"Status": "Enabled"}}},
            "ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.",
        ),
        (
            {"Destination": {"EncryptionConfiguration": {"ReplicaKmsKeyID": "key"}}},
            "SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_rules_that_fit_nothing_are_refused(cos: FakeCOS, aws: Any, more: dict[str, Any], message: str) -> None:
    # public: aws-replication 13, 21
    with refused(cos, "InvalidRequest", message, 400):
        put(aws, **more)


def test_version_1_has_no_modifications_of_replicas(cos: FakeCOS, aws: Any) -> None:
    # documented: API reference, SourceSelectionCriteria; the code is assumed
    old = {"Prefix": "", "Status": "Enabled", "Destination": {"Bucket": f"arn:aws:s3:::{COPIES}"}}
    criteria = {"ReplicaModifications": {"Status": "Enabled"}}
    with refused(cos, "MalformedXML", status=400):
        replicate(aws, {**old, "SourceSelectionCriteria": criteria})


def test_what_was_refused_is_not_replicated(cos: FakeCOS, aws: Any) -> None:
    replicate(aws, rule())
    with refused(cos, "BadDigest", status=400):
        aws.put_object(Bucket=BUCKET, Key="key", Body=b"x", ContentMD5="1B2M2Y8AsgTpgAmY7PhCfg==")
    cos.advance(seconds=SOON)
    assert keys(cos) == []


# --- in the fake -------------------------------------------------------------------------------------


def test_a_snapshot_holds_what_is_pending(cos: FakeCOS, aws: Any) -> None:
    replicate(aws, rule())
    version = put_version(aws)
    before = cos.snapshot()
    for _ in range(2):
        aws.delete_object(Bucket=BUCKET, Key="key", VersionId=version)
        aws.delete_bucket_replication(Bucket=BUCKET)
        put_version(aws, "other")
        cos.advance(minutes=1)
        cos.restore(before)
        assert status(aws) == "PENDING"  # as long as it had to wait then
    cos.advance(seconds=SOON)
    assert (status(aws), keys(cos)) == ("COMPLETED", ["key"])


def test_what_is_told_has_the_rule_and_the_version(cos: FakeCOS, aws: Any, outcomes: list[ReplicationOutcome]) -> None:
    replicate(aws, rule(ID="all", Destination={"Metrics": {"Status": "Enabled"}}))
    version = put_version(aws)
    cos.advance(minutes=1)
    (told,) = outcomes
    assert (told.source, told.key, told.version_id, told.destination) == (BUCKET, "key", version, COPIES)
    assert (told.rule_id, told.what, told.failure, told.has_metrics) == ("all", "content", None, True)
    assert (told.asked, told.moment) == (START, START + dt.timedelta(seconds=SOON))
    assert told.replica is cos.store.buckets[COPIES].objects["key"]


def test_many_threads_write_and_each_version_arrives_once(cos: FakeCOS, aws: Any) -> None:
    replicate(aws, rule())
    with ThreadPoolExecutor(4) as pool:
        versions = list(pool.map(lambda number: put_version(aws, body=bytes(number)), range(20)))
        cos.advance(seconds=SOON)
        said = list(pool.map(lambda version: status(aws, COPIES, VersionId=version), versions))
    assert said == ["REPLICA"] * 20
    at = [[each.version_id for each in cos.bucket(name).versions["key"]] for name in (BUCKET, COPIES)]
    assert at[0] == at[1]


def test_a_bucket_without_rules_is_not_looked_at(cos: FakeCOS, aws: Any) -> None:
    put_version(aws)
    assert not cos.store.replicates
    assert cos.bucket(BUCKET).objects["key"].replication_status is None
