"""GetObjectAttributes, which only AWS's model has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.documents import NAMESPACE, child_names, xml_document

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.answers import DATETIME, members_of, specific_headers
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

ALL = ["StorageClass", "ETag", "ObjectSize", "ObjectParts", "Checksum"]


def attributes(client: Any, *asked: str, key: str = "key", **more: Any) -> Any:
    return members_of(client.get_object_attributes(Bucket=BUCKET, Key=key, ObjectAttributes=list(asked or ALL), **more))


@promise
def all_attributes_of_a_plain_object(aws: Any) -> None:
    """Source: recorded aws-objects 55: no ObjectParts; the ETag has no quotes."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"somethin9")
    answer = attributes(aws)
    checksum = answer.pop("Checksum")
    assert checksum.keys() == {"ChecksumCRC32", "ChecksumType"}
    assert checksum["ChecksumType"] == "FULL_OBJECT"
    etag = answer.pop("ETag")
    assert len(etag) == 32
    assert answer == {"LastModified": DATETIME, "ObjectSize": 9, "StorageClass": "STANDARD"}


@promise
@cases("name", ALL)
def only_what_is_asked_for_is_told(aws: Any, name: str) -> None:
    """Source: recorded aws-objects 55: LastModified is a header and always there."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    assert attributes(aws, name).keys() - {"LastModified"} == ({name} if name != "ObjectParts" else set())


@promise
def the_time_is_a_header_of_http(aws: Any) -> None:
    """Source: recorded aws-objects 12."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    answer = aws.get_object_attributes(Bucket=BUCKET, Key="key", ObjectAttributes=["ETag"])
    assert specific_headers(answer)["last-modified"].endswith(" GMT")


@promise
def an_unknown_attribute_is_refused(cos: Service, aws: Any) -> None:
    """Source: public."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    with refused(
        cos,
        "InvalidArgument",
        "Invalid attribute name specified.",
        400,
        ArgumentName="x-amz-object-attributes",
        ArgumentValue="Colour",
    ):
        attributes(aws, "ETag", "Colour")


@promise
def a_missing_key_is_refused(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 55, there behind a delete marker."""
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="key"):
        attributes(aws)


@promise
def a_missing_bucket_is_refused(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 7."""
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-such-bucket"):
        aws.get_object_attributes(Bucket="no-such-bucket", Key="key", ObjectAttributes=["ETag"])


@promise
def a_page_of_parts_that_cannot_be_is_refused_whatever_the_object(cos: Service, aws: Any) -> None:
    """Source: assumed, in the words of the lists."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    name = "x-amz-max-parts"
    said = f"Argument {name} must be an integer between 0 and 2147483647"
    with refused(cos, "InvalidArgument", said, 400, ArgumentName=name, ArgumentValue="-1"):
        attributes(aws, "ETag", MaxParts=-1)


@promise
def the_order_of_elements_is_that_of_s3(send: ByHand, aws: Any) -> None:
    """Source: recorded aws-objects 56, whatever the order of the request."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    asked = {"x-amz-object-attributes": "ObjectSize,StorageClass,Checksum, ETag"}
    root = xml_document(send("GET", f"/{BUCKET}/key", "attributes", asked))
    assert root.tag == f"{NAMESPACE}GetObjectAttributesResponse"
    assert child_names(root) == ["ETag", "Checksum", "StorageClass", "ObjectSize"]


@promise
def no_attributes_are_refused(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    message = "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty"
    for headers in ({}, {"x-amz-object-attributes": ","}):
        for key in ("key", "no-such-key"):
            with refused(cos, "InvalidRequest", message, 400):
                send("GET", f"/{BUCKET}/{key}", "attributes", headers)
        with refused(cos, "NoSuchBucket", status=404, BucketName="no-such-bucket"):
            send("GET", "/no-such-bucket/key", "attributes", headers)


@promise
@cases(
    ("names", "wrong"),
    [("", ""), (",ETag", ""), ("ETag,,ObjectSize", ""), ("garbage,etag", "garbage"), ("ETag, etag", "etag")],
)
def a_name_that_is_no_attribute_is_refused_before_the_bucket(
    cos: Service, send: ByHand, names: str, wrong: str
) -> None:
    """Source: public: aws-measured 18."""
    told = {"ArgumentName": "x-amz-object-attributes", "ArgumentValue": wrong or None}
    for bucket in (BUCKET, "no-such-bucket"):
        with refused(cos, "InvalidArgument", "Invalid attribute name specified.", 400, **told):
            send("GET", f"/{bucket}/key", "attributes", {"x-amz-object-attributes": names})


@promise
def empty_names_at_the_end_do_not_count(send: ByHand, aws: Any) -> None:
    """Source: public: aws-measured 18."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    sent = {"x-amz-object-attributes": "ObjectSize, ETag,"}
    assert b"<ObjectSize>4</ObjectSize>" in send("GET", f"/{BUCKET}/key", "attributes", sent).body
