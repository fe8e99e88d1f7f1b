"""What is refused of annotations (documented: the list of annotation-related error codes; aws-changes 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, only_boto3, promise, uses
from fakecos.contract.promises.object_annotations import OBJECT, TEXT, annotate, annotation, names
from fakecos.contract.promises.sse_c import SSE_C
from fakecos.contract.steps.customer_keys import allow_sse_c
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.locks import (
    COMPLIANCE,
    GOVERNANCE,
    LOCKED,
    PROTECTED,
    UNTIL,
    put_legal_hold,
    put_locked,
    put_retention,
)
from fakecos.contract.steps.messages import INVALID_VERSION_ID, NO_SUCH_KEY, NO_SUCH_VERSION, PRECONDITION_FAILED
from fakecos.contract.steps.names import BUCKET, MIB
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import ABSENT_VERSION, enable_versioning, put_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.by_hand import ByHand

AS_OF = "2026-06-16"
NO_NAME = "You must specify a user annotation name."
INVALID_NAME = "Your annotation name contains invalid characters, or the name starts with a reserved prefix."
NAME_TOO_LONG = "Your annotation name is too long. Annotation names can be up to 512 bytes in length."
NOT_UTF_8 = (
    "The request payload contains an unsupported media type. The annotation payload must be valid UTF-8 encoded text."
)
WRONG_TOKEN = "The continuation token provided is incorrect"


def put_annotated(aws: Any) -> None:
    """Store an object with one annotation."""
    aws.put_object(**OBJECT, Body=b"x")
    annotate(aws)


def delete(aws: Any, **more: Any) -> Any:
    return aws.delete_object_annotation(**{**OBJECT, **more}, AnnotationName="label")


@promise
@only_boto3("its botocore may be older than annotations")
def an_object_with_a_key_of_the_customer(cos: Service, aws: Any) -> None:
    """Source: documented."""
    allow_sse_c(aws)
    aws.put_object(**OBJECT, **SSE_C)
    with refused(cos, "InvalidRequest", "The object is encrypted with SSE-C, which does not support annotations.", 400):
        annotate(aws)
    assert names(aws) == []


@promise
@only_boto3("its botocore may be older than annotations")
def what_is_not_there(cos: Service, aws: Any) -> None:
    """Source: documented; NoSuchKey and its field: public."""
    calls: list[Callable[..., Any]] = [
        lambda **more: annotate(aws, **more),
        lambda **more: annotation(aws, **more),
        lambda **more: names(aws, **more),
        lambda **more: delete(aws, **more),
    ]
    for call in calls:
        with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key="key"):
            call()
        with refused(cos, "NoSuchBucket"):
            call(Bucket="no-such-bucket")
    enable_versioning(aws)
    put_version(aws)
    for call in calls:
        with refused(cos, "NoSuchVersion", NO_SUCH_VERSION, 404, Key="key", VersionId=ABSENT_VERSION):
            call(VersionId=ABSENT_VERSION)
        with refused(cos, "InvalidArgument", INVALID_VERSION_ID, ArgumentName="versionId", ArgumentValue="x"):
            call(VersionId="x")
        with refused(cos, "AccessDenied"):
            call(ExpectedBucketOwner=OTHER)


# --- names and texts -----------------------------------------------------------------------------------


@promise
@only_boto3("its botocore may be older than annotations")
@cases("name", ["x", "aws", "n" * 513])
def an_annotation_that_is_not_there(cos: Service, aws: Any, name: str) -> None:
    """Source: public: an answer of AWS, of September 2026; that a name which cannot be is just not there: assumed."""
    put_annotated(aws)
    with refused(cos, "NoSuchAnnotation", "The specified annotation does not exist.", 404, AnnotationName=name):
        annotation(aws, name)


@promise
@cases("key", ["key", "no-such-key"])
@cases("method", ["GET", "PUT", "DELETE"])
def an_empty_name(cos: Service, send: ByHand, aws: Any, key: str, method: str) -> None:
    """Source: public for GET: an answer of AWS, whether the object is there or not; the others: documented."""
    aws.put_object(**OBJECT, Body=b"x")
    with refused(cos, "UserAnnotationNameMustBeSpecified", NO_NAME, 400):
        send(method, f"/{BUCKET}/{key}", "annotation&annotationName=", body=b"1" if method == "PUT" else b"")


@promise
@cases("method", ["PUT", "DELETE"])
def no_name_is_no_request_for_the_object(cos: Service, send: ByHand, aws: Any, method: str) -> None:
    """Source: assumed: with the same words as an empty one, and above all neither written nor deleted."""
    aws.put_object(**OBJECT, Body=b"x")
    with refused(cos, "UserAnnotationNameMustBeSpecified", NO_NAME, 400):
        send(method, f"/{BUCKET}/key", "annotation", body=b"1" if method == "PUT" else b"")


@promise
@only_boto3("its botocore may be older than annotations")
@cases("name", ["aws", "AWS.x", "s3", "S3-x", "a b", "a/b", "   ", "a\u0660", "\u00bd", "a+b", "a\n"])
def names_that_cannot_be(cos: Service, aws: Any, name: str) -> None:
    """Source: documented; digits of other scripts, and the field: assumed."""
    put_annotated(aws)
    with refused(cos, "InvalidAnnotationName", INVALID_NAME, 400, AnnotationName=name):
        annotate(aws, name)


@promise
@only_boto3("its botocore may be older than annotations")
@cases("name", ["n" * 513, "\u00e9" * 257])
def names_that_are_too_long(cos: Service, aws: Any, name: str) -> None:
    """Source: documented, in bytes; the field: assumed."""
    put_annotated(aws)
    with refused(cos, "AnnotationNameTooLong", NAME_TOO_LONG, 400, AnnotationName=name):
        annotate(aws, name)


@promise
@only_boto3("its botocore may be older than annotations")
def texts_that_cannot_be(cos: Service, aws: Any) -> None:
    """Source: documented; the fields: assumed."""
    put_annotated(aws)
    too_small = "Your proposed upload is smaller than the minimum allowed size"
    with refused(cos, "EntityTooSmall", too_small, 400, ProposedSize="0", MinSizeAllowed="1"):
        annotate(aws, text=b"")
    too_large = "Your proposed upload exceeds the maximum allowed size"
    with refused(cos, "EntityTooLarge", too_large, 400, ProposedSize=str(MIB + 1), MaxSizeAllowed=str(MIB)):
        annotate(aws, text=b"a" * (MIB + 1))
    for text in (b"\xff", "\u20ac".encode()[:2], b"\xed\xa0\x80"):
        with refused(cos, "UnsupportedMediaType", NOT_UTF_8, 415):
            annotate(aws, text=text)


@promise
@only_boto3("its botocore may be older than annotations")
@cases(
    ("more", "code"),
    [
        ({"ContentMD5": md5_base64(b"other")}, "BadDigest"),
        ({"ContentMD5": "MTIz"}, "InvalidDigest"),
        ({"ChecksumCRC32": "AAAAAA=="}, "BadDigest"),
        ({"ChecksumCRC32": "bad"}, "InvalidRequest"),
    ],
)
def a_text_that_is_another_one(cos: Service, aws: Any, more: dict[str, str], code: str) -> None:
    """Source: documented: checksums and Content-MD5; the words as of parts."""
    put_annotated(aws)
    with refused(cos, code, status=400):
        annotate(aws, **more)


@promise
@only_boto3("its botocore may be older than annotations")
@cases(
    ("faults", "code"),
    [
        ({"Bucket": "no-such-bucket", "name": "a b"}, "NoSuchBucket"),
        ({"name": "a b", "Key": "no-such-key"}, "InvalidAnnotationName"),
        ({"name": "/" * 513, "Key": "no-such-key"}, "AnnotationNameTooLong"),
        ({"Key": "no-such-key", "ObjectIfMatch": '"other"'}, "NoSuchKey"),
        ({"ObjectIfMatch": '"other"', "ContentMD5": "MTIz"}, "PreconditionFailed"),
        ({"ContentMD5": "MTIz", "ChecksumCRC32": "bad"}, "InvalidDigest"),
        ({"ChecksumCRC32": "bad", "text": b"a" * (MIB + 1)}, "InvalidRequest"),
        ({"text": b"a" * (MIB + 1), "ChecksumCRC32": "AAAAAA=="}, "EntityTooLarge"),
        ({"text": b"\xff", "ChecksumCRC32": "AAAAAA=="}, "BadDigest"),
    ],
    ids=[
        *("bucket, name", "name, key", "length, key", "key, condition", "condition, digest", "digest, checksum"),
        *("form of the checksum, size", "size, checksum", "checksum, text"),
    ],
)
def of_two_faults_the_first_is_told(cos: Service, aws: Any, faults: dict[str, Any], code: str) -> None:
    """Source: assumed: what the headers say comes before the text, and the names before what they name."""
    put_annotated(aws)
    with refused(cos, code):
        annotate(aws, **faults)


# --- conditions and locks ------------------------------------------------------------------------------


@promise
@only_boto3("its botocore may be older than annotations")
def the_object_is_another_one_than_expected(cos: Service, aws: Any) -> None:
    """Source: documented: it is the ETag of the object, not of the annotation; the name of the condition: assumed."""
    put_annotated(aws)
    etag = aws.head_object(**OBJECT)["ETag"]
    fields = {"Condition": "x-amz-object-if-match"}
    for wrong in ('"other"', aws.get_object_annotation(**OBJECT, AnnotationName="label")["ETag"], ""):
        with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, **fields):
            annotate(aws, ObjectIfMatch=wrong)
        with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, **fields):
            delete(aws, ObjectIfMatch=wrong)
    annotate(aws, text=b"new", ObjectIfMatch=etag)
    delete(aws, ObjectIfMatch=etag)
    assert names(aws) == []


@promise
@only_boto3("its botocore may be older than annotations")
def a_condition_of_any_object_is_not_implemented(cos: Service, aws: Any) -> None:
    """Source: assumed, as for If-Match of writes."""
    put_annotated(aws)
    with refused(cos, "NotImplemented", status=501):
        annotate(aws, ObjectIfMatch="*")
    with refused(cos, "NotImplemented", status=501):
        delete(aws, ObjectIfMatch="*")


@promise
@only_boto3("its botocore may be older than annotations")
@uses("locked_bucket")
@cases("lock", [GOVERNANCE, COMPLIANCE, "hold"])
def a_locked_object_takes_no_change(cos: Service, send: ByHand, aws: Any, lock: str) -> None:
    """Source: documented: neither create, update nor delete in both modes, and no bypass; pages differ on GOVERNANCE:
    the stricter one is assumed, as are a hold and the words."""
    put_locked(aws)
    of = {"Bucket": LOCKED, "Key": "key"}
    annotate(aws, **of)
    if lock == "hold":
        put_legal_hold(aws, "ON")
    else:
        put_retention(aws, UNTIL, lock)
    for name in ("label", "new"):
        with refused(cos, "AccessDenied", PROTECTED, 403):
            annotate(aws, name, **of)
        with refused(cos, "AccessDenied", PROTECTED, 403):
            aws.delete_object_annotation(**of, AnnotationName=name)
    bypass = {"x-amz-bypass-governance-retention": "true"}
    with refused(cos, "AccessDenied", PROTECTED, 403):
        send("DELETE", f"/{LOCKED}/key", "annotation&annotationName=label", bypass)
    assert (annotation(aws, **of), names(aws, **of)) == (TEXT, ["label"])


# --- lists ---------------------------------------------------------------------------------------------


@promise
@cases("bucket", [BUCKET, "no-such-bucket"])
@cases(
    ("value", "message"),
    [
        ("0", "Argument max-annotation-results must be an integer between 1 and 1000"),
        ("1001", "Argument max-annotation-results must be an integer between 1 and 1000"),
        ("-1", "Argument max-annotation-results must be an integer between 1 and 1000"),
        ("abc", "Provided max-annotation-results not an integer or within integer range"),
    ],
)
def a_count_that_cannot_be(cos: Service, send: ByHand, aws: Any, bucket: str, value: str, message: str) -> None:
    """Source: public: answers of AWS, of September 2026, before the bucket."""
    aws.put_object(**OBJECT, Body=b"x")
    fields = {"ArgumentName": "max-annotation-results", "ArgumentValue": value}
    with refused(cos, "InvalidArgument", message, 400, **fields):
        send("GET", f"/{bucket}/key", f"annotation&max-annotation-results={value}&continuation-token=x")


@promise
@cases("token", ["", "garbage"])
def a_token_that_was_never_given(cos: Service, send: ByHand, aws: Any, token: str) -> None:
    """Source: public: answers of AWS, of September 2026, after the key."""
    aws.put_object(**OBJECT, Body=b"x")
    query = f"annotation&continuation-token={token}"
    with refused(cos, "InvalidArgument", WRONG_TOKEN, 400, ArgumentName="continuation-token"):
        send("GET", f"/{BUCKET}/key", query)
    with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key="other"):
        send("GET", f"/{BUCKET}/other", query)


@promise
@only_boto3("its botocore may be older than annotations")
@cases("prefix", ["a/", "n" * 513])
def a_prefix_that_no_name_has(cos: Service, aws: Any, prefix: str) -> None:
    """Source: documented; which are refused: assumed."""
    put_annotated(aws)
    with refused(cos, "InvalidPrefix", "The annotation prefix you have provided is not valid.", 400):
        names(aws, AnnotationPrefix=prefix)
