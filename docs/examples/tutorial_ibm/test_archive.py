import datetime as dt

import archive
import pytest
from freezegun import freeze_time
from ibm_botocore.exceptions import ClientError

PARTS = [b"a" * 5 * 1024 * 1024, b"b" * 10]


def connect():
    return archive.connect("any-key", "any-instance")


@pytest.fixture
def cos(fakecos):
    client = connect()
    archive.open_archive(client, "contracts")
    assert not fakecos.bucket("contracts").objects
    return client


def test_a_contract_is_stored(fakecos, cos):
    archive.keep(cos, "contracts", "lease.pdf", PARTS, days=90)
    assert fakecos.bucket("contracts").objects["lease.pdf"].body == b"".join(PARTS)


def test_the_bucket_is_where_it_should_be(cos):
    assert cos.get_bucket_location(Bucket="contracts")["LocationConstraint"] == "eu-de-vault"


def test_it_cannot_be_deleted_too_early(cos):
    with freeze_time("2026-05-04T10:00:00Z") as clock:
        archive.keep(cos, "contracts", "lease.pdf", PARTS, days=90)
        clock.tick(dt.timedelta(days=89))
        later = connect()
        with pytest.raises(ClientError) as caught:
            later.delete_object(Bucket="contracts", Key="lease.pdf")
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 451
        clock.tick(dt.timedelta(days=1))
        connect().delete_object(Bucket="contracts", Key="lease.pdf")


def test_a_legal_hold_lasts_until_it_is_removed(cos):
    with freeze_time("2026-05-04T10:00:00Z") as clock:
        archive.keep(cos, "contracts", "lease.pdf", PARTS, days=90)
        cos.add_legal_hold(Bucket="contracts", Key="lease.pdf", RetentionLegalHoldId="case-17")
        clock.tick(dt.timedelta(days=1000))
        later = connect()
        with pytest.raises(ClientError):
            later.delete_object(Bucket="contracts", Key="lease.pdf")
        later.delete_legal_hold(Bucket="contracts", Key="lease.pdf", RetentionLegalHoldId="case-17")
        later.delete_object(Bucket="contracts", Key="lease.pdf")


def test_less_than_the_minimum_is_refused(fakecos, cos):
    with pytest.raises(ClientError, match="minimum and the maximum"):
        archive.keep(cos, "contracts", "lease.pdf", PARTS, days=1)
    (upload,) = fakecos.open_uploads
    cos.abort_multipart_upload(Bucket="contracts", Key="lease.pdf", UploadId=upload.upload_id)


def test_four_failures_do_not_matter(fakecos, cos):
    fakecos.inject("UploadPart", error="SlowDown", times=4)
    archive.keep(cos, "contracts", "lease.pdf", PARTS, days=90)
