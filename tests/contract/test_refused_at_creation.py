"""What a Create or a Put may not say: each is refused before anything is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promises.refused_at_creation import call
from fakecos.contract.steps.names import BUCKET

if TYPE_CHECKING:
    from fakecos import FakeCOS


def test_the_tags_of_a_new_bucket_are_kept(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-bucket-configuration 9
    aws.create_bucket(Bucket="tagged", CreateBucketConfiguration={"Tags": [{"Key": "tag1", "Value": "value1"}]})
    assert cos.store.buckets["tagged"].tags == {"tag1": "value1"}


def test_a_part_is_copied_through_an_access_point(cos: FakeCOS, aws: Any) -> None:
    # documented: CopySource of UploadPartCopy
    cos.create_access_point("myap", BUCKET)
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"0123456789")
    upload = call(aws, "create_multipart_upload")["UploadId"]
    source = "arn:aws:s3:us-east-1:123456789012:accesspoint/myap/object/source"
    call(aws, "upload_part_copy", UploadId=upload, PartNumber=1, CopySource=source)
    assert cos.store.buckets[BUCKET].uploads[upload].parts[1].body == b"0123456789"
