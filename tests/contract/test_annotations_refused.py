"""What is refused of annotations (documented: the list of annotation-related error codes; aws-changes 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.annotations_refused import delete
from fakecos.contract.promises.object_annotations import OBJECT, TEXT, annotate, annotation, names
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
from fakecos.contract.steps.messages import NO_SUCH_KEY, PRECONDITION_FAILED
from fakecos.contract.steps.names import BUCKET, MIB
from fakecos.contract.steps.policies import allow
from fakecos.contract.steps.refused import refused
from fakecos.facts.limits import AWS
from tests.support.access import set_policy
from tests.support.constants import US_SOUTH
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

pytestmark = pytest.mark.only_boto3("its botocore may be older than annotations")

NO_NAME = "You must specify a user annotation name."
INVALID_NAME = "Your annotation name contains invalid characters, or the name starts with a reserved prefix."
NAME_TOO_LONG = "Your annotation name is too long. Annotation names can be up to 512 bytes in length."
NOT_UTF_8 = (
    "The request payload contains an unsupported media type. The annotation payload must be valid UTF-8 encoded text."
)
WRONG_TOKEN = "The continuation token provided is incorrect"


@pytest.fixture
def annotated(aws: Any) -> None:
    """An object with one annotation."""
    aws.put_object(**OBJECT, Body=b"x")
    annotate(aws)


@pytest.mark.usefixtures("annotated")
def test_an_annotation_that_is_not_there(cos: FakeCOS, aws: Any) -> None:
    # public: an answer of AWS, of September 2026; that a name which cannot be is just not there: assumed
    for name in ("x", "aws", "n" * 513):
        with refused(cos, "NoSuchAnnotation", "The specified annotation does not exist.", 404, AnnotationName=name):
            annotation(aws, name)


@pytest.mark.usefixtures("annotated")
@pytest.mark.parametrize("key", ["key", "no-such-key"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_an_empty_name(cos: FakeCOS, key: str, method: str) -> None:
    # public for GET: an answer of AWS, whether the object is there or not; the others: documented
    with refused(cos, "UserAnnotationNameMustBeSpecified", NO_NAME, 400):
        send_raw(cos, method, f"/{BUCKET}/{key}", "annotation&annotationName=", body=b"1" if method == "PUT" else b"")


@pytest.mark.usefixtures("annotated")
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_no_name_is_no_request_for_the_object(cos: FakeCOS, method: str) -> None:
    # assumed: with the same words as an empty one, and above all neither written nor deleted
    with refused(cos, "UserAnnotationNameMustBeSpecified", NO_NAME, 400):
        send_raw(cos, method, f"/{BUCKET}/key", "annotation", body=b"1" if method == "PUT" else b"")


@pytest.mark.usefixtures("annotated")
@pytest.mark.parametrize("name", ["aws", "AWS.x", "s3", "S3-x", "a b", "a/b", "   ", "a\u0660", "\u00bd", "a+b", "a\n"])
def test_names_that_cannot_be(cos: FakeCOS, aws: Any, name: str) -> None:
    # documented; digits of other scripts: assumed
    with refused(cos, "InvalidAnnotationName", INVALID_NAME, 400, AnnotationName=name):
        annotate(aws, name)


@pytest.mark.usefixtures("annotated")
@pytest.mark.parametrize("name", ["n" * 513, "\u00e9" * 257])
def test_names_that_are_too_long(cos: FakeCOS, aws: Any, name: str) -> None:
    # documented, in bytes
    with refused(cos, "AnnotationNameTooLong", NAME_TOO_LONG, 400, AnnotationName=name):
        annotate(aws, name)


@pytest.mark.usefixtures("annotated")
def test_texts_that_cannot_be(cos: FakeCOS, aws: Any) -> None:
    # documented; the fields: assumed
    too_small = "Your proposed upload is smaller than the minimum allowed size"
    with refused(cos, "EntityTooSmall", too_small, 400, ProposedSize="0", MinSizeAllowed="1"):
        annotate(aws, text=b"")
    too_large = "Your proposed upload exceeds the maximum allowed size"
    with refused(cos, "EntityTooLarge", too_large, 400, ProposedSize=str(MIB + 1), MaxSizeAllowed=str(MIB)):
        annotate(aws, text=b"a" * (MIB + 1))
    for text in (b"\xff", "\u20ac".encode()[:2], b"\xed\xa0\x80"):
        with refused(cos, "UnsupportedMediaType", NOT_UTF_8, 415):
            annotate(aws, text=text)


@pytest.mark.usefixtures("annotated")
def test_a_text_that_is_another_one(cos: FakeCOS, aws: Any) -> None:
    # documented: checksums and Content-MD5; the words as of parts
    with refused(cos, "BadDigest"):
        annotate(aws, ContentMD5=md5_base64(b"other"))
    with refused(cos, "InvalidDigest"):
        annotate(aws, ContentMD5="MTIz")
    with refused(cos, "BadDigest"):
        annotate(aws, ChecksumCRC32="AAAAAA==")
    with refused(cos, "InvalidRequest"):
        annotate(aws, ChecksumCRC32="bad")


@pytest.mark.limits(max_annotations=2)
def test_the_number_of_annotations(cos: FakeCOS, aws: Any) -> None:
    # documented; that one of a name that is there already may be replaced: assumed
    aws.put_object(**OBJECT)
    annotate(aws, "a")
    annotate(aws, "b")
    with refused(cos, "AnnotationLimitExceeded", "The object annotation count exceeds the limit (2).", 400):
        annotate(aws, "c")
    annotate(aws, "b", b"new")
    assert names(aws) == ["a", "b"]


@pytest.mark.parametrize("dialects_own", [True, False])
@pytest.mark.limits(max_annotations=1001)
def test_a_thousand_are_the_most(cos: FakeCOS, aws: Any, *, dialects_own: bool) -> None:
    # documented; what a test's larger number lets pass is noticed
    aws.put_object(**OBJECT)
    annotate(aws)
    held = cos.store.buckets[BUCKET]
    stored = held.objects["key"]
    (one,) = stored.annotations.values()
    count = AWS.max_annotations - 1 if dialects_own else AWS.max_annotations
    held.replace(stored.changed(annotations={f"n{number}": one for number in range(count)}))
    annotate(aws)
    over = "would be refused by S3: AnnotationLimitExceeded, annotations 1001, the maximum is 1000"
    assert list(cos.store.notices) == ([] if dialects_own else [over])


# --- conditions and locks ----------------------------------------------------------------------------


@pytest.mark.usefixtures("annotated")
def test_the_object_is_another_one_than_expected(cos: FakeCOS, aws: Any) -> None:
    # documented: it is the ETag of the object, not of the annotation; the name of the condition: assumed
    etag = aws.head_object(**OBJECT)["ETag"]
    fields = {"Condition": "x-amz-object-if-match"}
    for wrong in ('"other"', aws.get_object_annotation(**OBJECT, AnnotationName="label")["ETag"], ""):
        with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, **fields):
            annotate(aws, ObjectIfMatch=wrong)
        with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, **fields):
            delete(aws, ObjectIfMatch=wrong)
    with refused(cos, "NotImplemented"):  # assumed, as for If-Match of writes
        annotate(aws, ObjectIfMatch="*")
    annotate(aws, text=b"new", ObjectIfMatch=etag)
    delete(aws, ObjectIfMatch=etag)
    assert names(aws) == []


@pytest.mark.usefixtures("locked_bucket")
@pytest.mark.parametrize("lock", [GOVERNANCE, COMPLIANCE, "hold"])
def test_a_locked_object_takes_no_change(cos: FakeCOS, aws: Any, lock: str) -> None:
    # documented: neither create, update nor delete in both modes, and no bypass; a hold and the words: assumed
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
        send_raw(cos, "DELETE", f"/{LOCKED}/key", "annotation&annotationName=label", bypass)
    assert (annotation(aws, **of), names(aws, **of)) == (TEXT, ["label"])


# --- lists -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("annotated")
@pytest.mark.parametrize("bucket", [BUCKET, "no-such-bucket"])
@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("0", "Argument max-annotation-results must be an integer between 1 and 1000"),
        ("1001", "Argument max-annotation-results must be an integer between 1 and 1000"),
        ("-1", "Argument max-annotation-results must be an integer between 1 and 1000"),
        ("abc", "Provided max-annotation-results not an integer or within integer range"),
    ],
)
def test_a_count_that_cannot_be(cos: FakeCOS, bucket: str, value: str, message: str) -> None:
    # public: answers of AWS, of September 2026, before the bucket
    fields = {"ArgumentName": "max-annotation-results", "ArgumentValue": value}
    with refused(cos, "InvalidArgument", message, 400, **fields):
        send_raw(cos, "GET", f"/{bucket}/key", f"annotation&max-annotation-results={value}&continuation-token=x")


@pytest.mark.usefixtures("annotated")
@pytest.mark.parametrize("token", ["", "garbage"])
def test_a_token_that_was_never_given(cos: FakeCOS, token: str) -> None:
    # public: answers of AWS, of September 2026, after the key
    query = f"annotation&continuation-token={token}"
    with refused(cos, "InvalidArgument", WRONG_TOKEN, 400, ArgumentName="continuation-token"):
        send_raw(cos, "GET", f"/{BUCKET}/key", query)
    with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key="other"):
        send_raw(cos, "GET", f"/{BUCKET}/other", query)


@pytest.mark.usefixtures("annotated")
@pytest.mark.parametrize("prefix", ["a/", "n" * 513])
def test_a_prefix_that_no_name_has(cos: FakeCOS, aws: Any, prefix: str) -> None:
    # the error is documented, when it comes is assumed
    with refused(cos, "InvalidPrefix", "The annotation prefix you have provided is not valid.", 400):
        names(aws, AnnotationPrefix=prefix)


# --- permissions -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "of_a_version", "call"),
    [
        ("PutObjectAnnotation", "PutObjectVersionAnnotation", annotate),
        ("GetObjectAnnotation", "GetObjectVersionAnnotation", annotation),
        ("ListObjectAnnotations", "ListObjectVersionAnnotations", names),
        ("DeleteObjectAnnotation", "DeleteObjectVersionAnnotation", delete),
    ],
)
def test_each_operation_has_permissions_of_its_own(
    cos: FakeCOS, alice: Any, aws: Any, action: str, of_a_version: str, call: Callable[..., Any]
) -> None:
    # documented: Service Authorization Reference, also for a version that is named
    annotate(aws)
    everything = f"arn:aws:s3:::{BUCKET}/*"
    others = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    for needed, wrong, named in ((action, of_a_version, {}), (of_a_version, action, {"VersionId": "null"})):
        set_policy(cos, BUCKET, allow([*others, f"s3:{wrong}"], everything))
        with refused(cos, "AccessDenied"):
            call(alice, **named)
        set_policy(cos, BUCKET, allow(f"s3:{needed}", everything))
        call(alice, **named)


def test_conditions_of_a_policy(cos: FakeCOS, alice: Any, aws: Any) -> None:
    # documented: s3:annotation-prefix, s3:max-annotation-results, s3:x-amz-object-if-match
    annotate(aws)
    everything = f"arn:aws:s3:::{BUCKET}/*"
    condition = {"StringLike": {"s3:annotation-prefix": "mine*"}, "NumericLessThan": {"s3:max-annotation-results": "5"}}
    set_policy(cos, BUCKET, {**allow("s3:ListObjectAnnotations", everything), "Condition": condition})
    assert names(alice, AnnotationPrefix="mine.", MaxAnnotationResults=4) == []
    for other in ({"AnnotationPrefix": "yours"}, {"AnnotationPrefix": "mine", "MaxAnnotationResults": 5}):
        with refused(cos, "AccessDenied"):
            names(alice, **other)
    condition = {"Null": {"s3:x-amz-object-if-match": "false"}}
    set_policy(cos, BUCKET, {**allow("s3:PutObjectAnnotation", everything), "Condition": condition})
    with refused(cos, "AccessDenied"):
        annotate(alice)
    annotate(alice, ObjectIfMatch=aws.head_object(**OBJECT)["ETag"])


@pytest.mark.only_patch("the host says that it is COS")
@pytest.mark.filterwarnings("ignore::fakecos.facts.exceptions.UnimplementedOperationWarning")
def test_cos_does_not_have_them(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    # ibm-cos 10: refused (assumed)
    cos.put_object(BUCKET, "key", b"x")
    with refused(cos, "NotImplemented", status=501):
        annotate(make_client(endpoint_url=US_SOUTH))
