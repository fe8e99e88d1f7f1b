"""Requests that S3 refuses: what each does, and the code that S3 answers."""

import base64
import hashlib

BUCKET = "photos"
PART = bytes(5 * 1024 * 1024)
KEY = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}
OTHER_KEY = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "x" * 32}


def md5(body):
    return base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()


def create(s3, **parameters):
    named = {"Bucket": BUCKET, "Key": "movie"}
    return {**named, "UploadId": s3.create_multipart_upload(**named, **parameters)["UploadId"]}


def complete(s3, upload, *parts, **parameters):
    listed = [{"PartNumber": number, "ETag": etag} for number, etag in parts]
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": listed}, **parameters)


def wrong_md5_of_a_part(s3):
    s3.upload_part(**create(s3), PartNumber=1, Body=b"abc", ContentMD5=md5(b"abd"))


def wrong_md5_of_an_object(s3):
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"abc", ContentMD5=md5(b"abd"))


def wrong_checksum_of_a_part(s3):
    s3.upload_part(**create(s3), PartNumber=1, Body=b"abc", ChecksumCRC32="AAAAAA==")


def wrong_checksum_of_an_object(s3):
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"abc", ChecksumSHA256=base64.b64encode(bytes(32)).decode())


def part_without_the_key_of_the_upload(s3):
    s3.upload_part(**create(s3, **KEY), PartNumber=1, Body=b"abc")


def part_with_another_key_than_the_upload(s3):
    s3.upload_part(**create(s3, **KEY), PartNumber=1, Body=b"abc", **OTHER_KEY)


def read_with_another_key(s3):
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"abc", **KEY)
    s3.get_object(Bucket=BUCKET, Key="a", **OTHER_KEY)


def read_without_the_key(s3):
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"abc", **KEY)
    s3.get_object(Bucket=BUCKET, Key="a")


def parts_listed_in_the_wrong_order(s3):
    upload = create(s3)
    first = s3.upload_part(**upload, PartNumber=1, Body=PART)["ETag"]
    second = s3.upload_part(**upload, PartNumber=2, Body=PART)["ETag"]
    complete(s3, upload, (2, second), (1, first))


def wrong_size_of_the_whole(s3):
    upload = create(s3)
    complete(s3, upload, (1, s3.upload_part(**upload, PartNumber=1, Body=b"abc")["ETag"]), MpuObjectSize=4)


def wrong_checksum_of_the_whole(s3):
    upload = create(s3, ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")
    complete(s3, upload, (1, s3.upload_part(**upload, PartNumber=1, Body=b"abc")["ETag"]), ChecksumCRC32="AAAAAA==")


def key_that_is_too_long(s3):
    s3.put_object(Bucket=BUCKET, Key="ä" * 600, Body=b"abc")


def other_checksum_than_the_upload(s3):
    s3.upload_part(**create(s3, ChecksumAlgorithm="SHA256"), PartNumber=1, Body=b"abc", ChecksumAlgorithm="SHA1")


def part_of_a_composite_upload_without_its_checksum_listed(s3):
    upload = create(s3, ChecksumAlgorithm="SHA256")
    complete(s3, upload, (1, s3.upload_part(**upload, PartNumber=1, Body=b"abc", ChecksumAlgorithm="SHA256")["ETag"]))


def metadata_of_more_than_2_kb(s3):
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"abc", Metadata={"a": "x" * 3000})


REFUSED = {  # by S3; the fake that most people use answers 200 to each of them
    wrong_md5_of_a_part: "BadDigest",
    wrong_md5_of_an_object: "BadDigest",
    wrong_checksum_of_a_part: "BadDigest",
    wrong_checksum_of_an_object: "BadDigest",
    part_without_the_key_of_the_upload: "InvalidRequest",
    part_with_another_key_than_the_upload: "InvalidRequest",
    read_with_another_key: "AccessDenied",
    read_without_the_key: "InvalidRequest",
    parts_listed_in_the_wrong_order: "InvalidPartOrder",
    wrong_size_of_the_whole: "InvalidRequest",
    wrong_checksum_of_the_whole: "BadDigest",
    key_that_is_too_long: "KeyTooLongError",
    other_checksum_than_the_upload: "InvalidRequest",
    part_of_a_composite_upload_without_its_checksum_listed: "InvalidRequest",
    metadata_of_more_than_2_kb: "MetadataTooLarge",
}
