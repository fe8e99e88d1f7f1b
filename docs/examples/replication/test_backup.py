import boto3
import pytest
from backup import NotReplicatedError, move_out

REPLICATE = {
    "ID": "photos",
    "Priority": 1,
    "Filter": {"Prefix": "photos/"},
    "Status": "Enabled",
    "DeleteMarkerReplication": {"Status": "Disabled"},
    "Destination": {"Bucket": "arn:aws:s3:::copies"},
}
ROLE = "arn:aws:iam::123456789012:role/replicate"


@pytest.fixture
def replicated(fakecos):
    """The bucket `originals`, whose photos are replicated to `copies`."""
    s3 = boto3.client("s3")
    for name in ("originals", "copies"):
        fakecos.create_bucket(name)
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    s3.put_bucket_replication(Bucket="originals", ReplicationConfiguration={"Role": ROLE, "Rules": [REPLICATE]})
    return s3


def test_it_waits_for_the_replica(fakecos, replicated):
    replicated.put_object(Bucket="originals", Key="photos/a.jpg", Body=b"holiday")
    assert not move_out("originals", "photos/a.jpg")
    assert fakecos.bucket("originals").objects["photos/a.jpg"].replication_status == "PENDING"
    fakecos.advance(seconds=5)
    assert move_out("originals", "photos/a.jpg")
    assert "photos/a.jpg" not in fakecos.bucket("originals").objects
    assert fakecos.bucket("copies").objects["photos/a.jpg"] == b"holiday"


def test_it_keeps_what_could_not_be_replicated(fakecos, replicated):
    replicated.put_object(Bucket="originals", Key="photos/a.jpg", Body=b"holiday")
    replicated.put_bucket_versioning(Bucket="copies", VersioningConfiguration={"Status": "Suspended"})
    fakecos.advance(seconds=5)
    with pytest.raises(NotReplicatedError, match="FAILED"):
        move_out("originals", "photos/a.jpg")
    assert fakecos.bucket("originals").objects["photos/a.jpg"] == b"holiday"


def test_it_keeps_what_no_rule_is_about(fakecos, replicated):
    replicated.put_object(Bucket="originals", Key="notes.txt", Body=b"")
    fakecos.advance(seconds=5)
    with pytest.raises(NotReplicatedError, match="None"):
        move_out("originals", "notes.txt")
