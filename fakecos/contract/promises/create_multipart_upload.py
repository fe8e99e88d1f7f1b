"""CreateMultipartUpload: what it answers, and what it refuses. The checksums it takes: test_checksum_types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.messages import TAGGING_HEADER
from fakecos.contract.steps.names import AWS, BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part


@promise
def nothing_is_visible_before_complete(client: Any) -> None:
    create_upload(client)
    assert "Contents" not in client.list_objects_v2(Bucket=BUCKET)


@promise
def a_bucket_that_is_not_there_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 7."""
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="elsewhere"):
        client.create_multipart_upload(Bucket="elsewhere", Key=KEY)


@promise
def the_storage_class_outposts_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 14."""
    with refused(
        cos,
        "InvalidStorageClass",
        "The storage class you specified is not valid",
        400,
        StorageClassRequested="OUTPOSTS",
    ):
        client.create_multipart_upload(Bucket=BUCKET, Key=KEY, StorageClass="OUTPOSTS")


@promise
def what_is_given_at_create_is_on_the_object(client: Any) -> None:
    """Source: documented (CreateMultipartUpload request headers)."""
    given = {
        "ContentType": "image/jpeg",
        "CacheControl": "max-age=60",
        "ContentDisposition": "attachment",
        "ContentLanguage": "de",
        "ContentEncoding": "identity",
        "StorageClass": "STANDARD_IA",
    }
    upload_id = create_upload(client, Metadata={"Colour": "black"}, **given)
    part = upload_part(client, upload_id)
    complete_upload(client, upload_id, completed_part(1, part))
    head = client.head_object(Bucket=BUCKET, Key=KEY)
    assert {name: head[name] for name in given} == given
    assert head["Metadata"] == {"colour": "black"}


@promise
@cases("size", [1025, 3000])
def a_key_that_is_too_long_is_refused(cos: Service, client: Any, size: int) -> None:
    """Source: documented (1,024 bytes); the fields are public."""
    with refused(cos, "KeyTooLongError", "Your key is too long", 400, Size=str(size), MaxSizeAllowed="1024"):
        client.create_multipart_upload(Bucket=BUCKET, Key="k" * size)


@promise
def the_longest_key_is_taken(client: Any) -> None:
    """Source: documented: 1,024 bytes of UTF-8."""
    assert create_upload(client, "ü" * 512)


@promise
def metadata_of_more_than_two_kilobytes_is_refused(cos: Service, client: Any) -> None:
    """Source: documented; the fields are public."""
    with refused(
        cos,
        "MetadataTooLarge",
        "Your metadata headers exceed the maximum allowed metadata size",
        400,
        Size="2049",
        MaxSizeAllowed="2048",
    ):
        client.create_multipart_upload(Bucket=BUCKET, Key=KEY, Metadata={"n": "v" * 2048})


@promise
def an_unknown_acl_is_refused_with_an_empty_message(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 63; of an upload: assumed."""
    with refused(cos, "InvalidArgument", "", 400, ArgumentName="x-amz-acl", ArgumentValue="everybody"):
        aws.create_multipart_upload(Bucket=BUCKET, Key=KEY, ACL="everybody")


@promise
@cases("dialect", [AWS])
def an_acl_is_refused_where_the_bucket_has_none(cos: Service, client: Any) -> None:
    """Source: documented (BucketOwnerEnforced is the default); public."""
    with refused(cos, "AccessControlListNotSupported", "The bucket does not allow ACLs", 400):
        client.create_multipart_upload(Bucket=BUCKET, Key=KEY, ACL="public-read")


@promise
@cases("acl", ["private", "bucket-owner-full-control"])
def an_acl_that_gives_nothing_away_is_taken(client: Any, acl: str) -> None:
    """Source: documented."""
    assert create_upload(client, ACL=acl)


@promise
def a_tag_given_twice_is_refused(cos: Service, client: Any) -> None:
    """Source: public."""
    with refused(cos, "InvalidArgument", TAGGING_HEADER, 400, ArgumentName="x-amz-tagging", ArgumentValue="a=1&a=2"):
        client.create_multipart_upload(Bucket=BUCKET, Key=KEY, Tagging="a=1&a=2")


@promise
@cases(
    ("tagging", "message", "said"),
    [
        ("=1", "The TagKey you have provided is invalid", {"TagKey": None}),
        ("k" * 129 + "=1", "The TagKey you have provided is invalid", {"TagKey": "k" * 129}),
        ("k=" + "v" * 257, "The TagValue you have provided is invalid", {"TagKey": "k", "TagValue": "v" * 257}),
    ],
)
def a_tag_of_a_wrong_size_is_refused(
    cos: Service, client: Any, tagging: str, message: str, said: dict[str, str | None]
) -> None:
    """Source: documented limits, public words."""
    with refused(cos, "InvalidTag", message, 400, **said):
        client.create_multipart_upload(Bucket=BUCKET, Key=KEY, Tagging=tagging)


@promise
def more_than_ten_tags_are_refused(cos: Service, client: Any) -> None:
    """Source: documented limit, public words."""
    tagging = "&".join(f"k{number}=v" for number in range(11))
    with refused(cos, "BadRequest", "Object tags cannot be greater than 10", 400):
        client.create_multipart_upload(Bucket=BUCKET, Key=KEY, Tagging=tagging)


@promise
def tags_given_at_create_are_counted_on_the_object(client: Any) -> None:
    """Source: recorded aws-objects 60."""
    upload_id = create_upload(client, Tagging="a=1&b=2")
    complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id)))
    assert client.get_object(Bucket=BUCKET, Key=KEY)["TagCount"] == 2


@promise
def object_lock_is_refused_in_a_bucket_without_it(cos: Service, client: Any) -> None:
    """Source: public: aws-changes 34."""
    with refused(cos, "InvalidRequest", "Bucket is missing ObjectLockConfiguration", 400):
        client.create_multipart_upload(Bucket=BUCKET, Key=KEY, ObjectLockLegalHoldStatus="ON")


@promise
@cases("query", ["uploads", "uploads="])
def the_subresource_may_come_with_an_empty_value(send: ByHand, query: str) -> None:
    """Source: wire 5 (obstore sends `uploads=`)."""
    assert send("POST", f"/{BUCKET}/{KEY}", query).status == 200
