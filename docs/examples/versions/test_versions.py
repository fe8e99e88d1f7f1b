import datetime as dt

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def archive(fakecos, fakecos_client):
    """A bucket with Object Lock, and so with versions."""
    fakecos_client.create_bucket(Bucket="archive", ObjectLockEnabledForBucket=True)
    return fakecos.bucket("archive")


def test_a_delete_leaves_a_marker_and_the_version(archive, fakecos_client):
    fakecos_client.put_object(Bucket="archive", Key="report", Body=b"draft")
    fakecos_client.put_object(Bucket="archive", Key="report", Body=b"final")
    fakecos_client.delete_object(Bucket="archive", Key="report")
    assert "report" not in archive.objects
    marker, final, draft = archive.versions["report"]
    assert marker.is_delete_marker
    assert (final.body, draft.body) == (b"final", b"draft")
    fakecos_client.delete_object(Bucket="archive", Key="report", VersionId=marker.version_id)
    assert archive.objects["report"].body == b"final"


def test_a_locked_version_is_deleted_only_when_its_time_is_over(fakecos, archive, fakecos_client):
    until = dt.datetime.now(dt.timezone.utc) + dt.timedelta(days=30)
    version = fakecos_client.put_object(
        Bucket="archive", Key="invoice", Body=b"42", ObjectLockMode="COMPLIANCE", ObjectLockRetainUntilDate=until
    )["VersionId"]
    with pytest.raises(ClientError, match="object protected by object lock"):
        fakecos_client.delete_object(Bucket="archive", Key="invoice", VersionId=version)
    fakecos.advance(days=31)
    fakecos_client.delete_object(Bucket="archive", Key="invoice", VersionId=version)
    assert "invoice" not in archive.versions
