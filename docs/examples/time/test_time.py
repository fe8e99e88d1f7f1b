import datetime as dt

import boto3
import pytest
from freezegun import freeze_time
from uploader import send_part, start

ABORT_AFTER_A_WEEK = {
    "ID": "abort after a week",
    "Filter": {"Prefix": ""},
    "Status": "Enabled",
    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
}


@pytest.mark.fakecos(open_uploads="ignore")
def test_an_upload_that_s3_aborted(fakecos):
    fakecos.create_bucket("photos")
    boto3.client("s3").put_bucket_lifecycle_configuration(
        Bucket="photos", LifecycleConfiguration={"Rules": [ABORT_AFTER_A_WEEK]}
    )
    first = start("photos", "a.zip")
    fakecos.advance(days=8)
    fakecos.assert_upload_aborted("photos", "a.zip", upload_id=first)
    second = send_part("photos", "a.zip", first, 1, b"holiday")
    assert second != first


@freeze_time("2026-05-04 10:30:00")
def test_the_time_of_an_object(fakecos, fakecos_client):
    fakecos.create_bucket("photos")
    fakecos_client.put_object(Bucket="photos", Key="a.jpg", Body=b"holiday")
    fakecos.advance(hours=1)
    fakecos_client.put_object(Bucket="photos", Key="b.jpg", Body=b"holiday")
    times = [stored.last_modified.time() for stored in fakecos.bucket("photos").objects.values()]
    assert times == [dt.time(10, 30), dt.time(11, 30)]
