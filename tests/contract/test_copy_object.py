"""CopyObject: what is carried over, what is replaced, and what is refused."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.copy_object import COPIED, ETAG, opened
from fakecos.contract.promises.sse_c import SSE_C
from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.answers import DATETIME, http_status, members_of
from fakecos.contract.steps.digests import sha256
from fakecos.contract.steps.messages import COPY_ONTO_ITSELF
from fakecos.contract.steps.names import AWS, BUCKET, MIB
from fakecos.contract.steps.objects import copy_object, head_object
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import upload_in_parts
from fakecos.contract.steps.versions import ABSENT_VERSION
from tests.support.answers import child_names, xml_document
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS

DAY = dt.timedelta(days=1)
OTHER = '"d41d8cd98f00b204e9800998ecf8427e"'
SOURCE = {"Bucket": BUCKET, "Key": "source"}


@pytest.fixture
def source(client: Any) -> Any:
    """When `source` was written, with metadata, headers and a tag."""
    client.put_object(
        Bucket=BUCKET,
        Key="source",
        Body=b"data",
        Metadata={"key": "value"},
        ContentType="application/json",
        ContentLanguage="en-US",
        Tagging="key1=value1",
    )
    return client.head_object(Bucket=BUCKET, Key="source")["LastModified"]


# --- answers and what is carried over -------------------------------------------------------------------


def test_the_answer(client: Any, source: Any) -> None:
    # recorded aws-objects 33 (the shape), 31 (the values)
    answer = copy_object(client)
    assert http_status(answer) == 200
    assert members_of(answer) == COPIED


def test_the_document(cos: FakeCOS, client: Any, source: Any) -> None:
    # recorded aws-objects 14: the root and the times
    response = send_raw(cos, "PUT", f"/{BUCKET}/copy", headers={"x-amz-copy-source": f"/{BUCKET}/source"})
    root = xml_document(response)
    assert root.tag == "{http://s3.amazonaws.com/doc/2006-03-01/}CopyObjectResult"
    assert set(child_names(root)) == {"LastModified", "ETag", "ChecksumCRC32", "ChecksumType"}
    assert child_names(root)[:2] == ["LastModified", "ETag"]
    moment = root[0].text or ""
    assert len(moment) == 24
    assert moment.endswith(".000Z")


@pytest.mark.parametrize("directive", [{}, {"MetadataDirective": "COPY"}])
def test_metadata_is_copied_and_that_of_the_request_ignored(
    client: Any, dialect: str, source: Any, directive: dict[str, str]
) -> None:
    # recorded aws-objects 33, 34
    copy_object(client, Metadata={"other": "x"}, ContentType="text/plain", ContentLanguage="de", **directive)
    assert head_object(client, "copy") == {
        "AcceptRanges": "bytes",
        "ContentLanguage": "en-US",
        "ContentLength": 4,
        "ContentType": "application/json",
        "ETag": ETAG,
        "LastModified": DATETIME,
        "Metadata": {"key": "value"},
        "ServerSideEncryption": "AES256",
        **({"TagCount": 1} if dialect == AWS else {}),  # not in IBM's model of HeadObject
    }


@pytest.mark.parametrize("directive", [{}, {"MetadataDirective": "COPY"}], ids=["none", "COPY"])
@pytest.mark.parametrize(
    "more", [{"Metadata": {"a": "v" * 5000}}, {"CacheControl": "x" * 5000}, {"Metadata": {"a": "=?UTF-8?Q?x?="}}]
)
def test_metadata_that_is_ignored_may_be_however_long(client: Any, source: Any, directive: Any, more: Any) -> None:
    # public: aws-changes 23; without a directive, and of system headers: assumed (recorded aws-objects 34)
    before = client.head_object(Bucket=BUCKET, Key="source")
    client.copy_object(Bucket=BUCKET, Key="copy", CopySource=f"{BUCKET}/source", **directive, **more)
    after = client.head_object(Bucket=BUCKET, Key="copy")
    assert (after["Metadata"], after.get("CacheControl")) == (before["Metadata"], before.get("CacheControl"))


def test_metadata_that_replaces_is_judged(cos: FakeCOS, client: Any, source: Any) -> None:
    # documented limit
    with refused(cos, "MetadataTooLarge", status=400):
        client.copy_object(
            Bucket=BUCKET,
            Key="copy",
            CopySource=f"{BUCKET}/source",
            MetadataDirective="REPLACE",
            Metadata={"a": "v" * 5000},
        )


def test_replace_takes_the_metadata_of_the_request_alone(client: Any, source: Any) -> None:
    # recorded aws-objects 36, 38
    copy_object(client, MetadataDirective="REPLACE", Metadata={"key2": "value2"})
    answer = head_object(client, "copy")
    assert (answer["Metadata"], answer["ContentType"]) == ({"key2": "value2"}, "binary/octet-stream")
    assert "ContentLanguage" not in answer


@pytest.mark.parametrize(
    ("more", "tags"),
    [
        ({}, {"key1": "value1"}),
        ({"TaggingDirective": "COPY", "Tagging": "key2=value2"}, {"key1": "value1"}),
        ({"Tagging": "key2=value2"}, {"key1": "value1"}),
        ({"TaggingDirective": "REPLACE", "Tagging": "key2=value2"}, {"key2": "value2"}),
        ({"TaggingDirective": "REPLACE"}, {}),
    ],
)
def test_tags_follow_their_own_directive(
    cos: FakeCOS, client: Any, source: Any, more: dict[str, str], tags: dict[str, str]
) -> None:
    # recorded aws-objects 41, 42
    copy_object(client, **more)
    assert cos.store.buckets[BUCKET].objects["copy"].attributes.tags == tags


def test_an_algorithm_of_the_request_replaces_the_checksum(client: Any, source: Any) -> None:
    # recorded aws-checksums-and-sse 5: and a later copy keeps it
    first = members_of(copy_object(client, Key="sha", ChecksumAlgorithm="SHA256"))["CopyObjectResult"]
    assert first == {
        "ChecksumSHA256": sha256(b"data"),
        "ChecksumType": "FULL_OBJECT",
        "ETag": ETAG,
        "LastModified": DATETIME,
    }
    second = client.copy_object(Bucket=BUCKET, Key="again", CopySource={"Bucket": BUCKET, "Key": "sha"})
    assert members_of(second)["CopyObjectResult"] == first


def test_an_unknown_algorithm_is_refused(cos: FakeCOS, client: Any, source: Any) -> None:
    # the words: recorded aws-multipart 30 for CreateMultipartUpload
    message = (
        "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
        "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"
    )
    with refused(cos, "InvalidRequest", message, 400):
        copy_object(client, ChecksumAlgorithm="TEST")


def test_bytes_are_shared_and_not_copied(cos: FakeCOS, client: Any, source: Any) -> None:
    copy_object(client)
    objects = cos.store.buckets[BUCKET].objects
    assert objects["copy"].content is objects["source"].content


def test_a_copy_outlives_its_source_and_goes_to_other_buckets(cos: FakeCOS, client: Any, source: Any) -> None:
    cos.create_bucket("elsewhere")
    client.copy_object(Bucket="elsewhere", Key="copy", CopySource=SOURCE)
    client.delete_object(Bucket=BUCKET, Key="source")
    assert members_of(client.get_object(Bucket="elsewhere", Key="copy"))["Body"] == b"data"


# --- onto itself ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"ACL": "bucket-owner-full-control"},
        {"Metadata": {"other": "x"}},
        {"MetadataDirective": "COPY", "Metadata": {"other": "x"}},
    ],
)
def test_a_copy_onto_itself_that_changes_nothing_is_refused(
    cos: FakeCOS, client: Any, source: Any, more: dict[str, Any]
) -> None:
    # recorded aws-objects 35, 38
    with refused(cos, "InvalidRequest", COPY_ONTO_ITSELF, 400):
        copy_object(client, Key="source", **more)


def test_the_same_storage_class_is_a_change(client: Any, source: Any) -> None:
    # recorded aws-objects 37
    assert members_of(copy_object(client, Key="source", StorageClass="STANDARD")) == COPIED
    assert head_object(client, "source")["Metadata"] == {"key": "value"}


def test_replace_is_a_change_even_if_it_empties(client: Any, source: Any) -> None:
    # recorded aws-objects 38
    assert members_of(copy_object(client, Key="source", MetadataDirective="REPLACE")) == COPIED
    answer = head_object(client, "source")
    assert (answer["Metadata"], answer["ContentType"]) == ({}, "binary/octet-stream")


def test_encryption_is_a_change(client: Any, source: Any) -> None:
    # the words of the refusal name it (recorded aws-objects 35)
    assert members_of(copy_object(client, Key="source", ServerSideEncryption="AES256")) == COPIED


# --- the source -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        "photos/source",
        "/photos/source",
        "photos%2Fsource",
        "https://s3.amazonaws.com/photos/source",
        "photos/source?versionId=null",
        "photos/%73ource",
    ],
)
def test_the_forms_of_a_copy_source(client: Any, source: Any, header: str) -> None:
    # recorded aws-objects 14 (URL), 19 (an encoded slash); documented (leading slash, versionId)
    with before_signing(client, headers={"x-amz-copy-source": header}):
        assert members_of(copy_object(client)) == COPIED


def test_a_missing_bucket_of_the_source_or_the_copy_is_refused(cos: FakeCOS, client: Any, source: Any) -> None:
    # public; recorded aws-bucket-configuration 7
    said = "The specified bucket does not exist"
    with refused(cos, "NoSuchBucket", said, 404, BucketName="no-such-bucket"):
        client.copy_object(Bucket=BUCKET, Key="copy", CopySource="no-such-bucket/source")
    with refused(cos, "NoSuchBucket", said, 404, BucketName="no-such-bucket"):
        client.copy_object(Bucket="no-such-bucket", Key="copy", CopySource=SOURCE)


def test_a_version_of_the_source_that_does_not_exist_is_refused(cos: FakeCOS, client: Any, source: Any) -> None:
    # assumed, in the words recorded for GetObject (aws-objects 49)
    version = ABSENT_VERSION
    with refused(cos, "NoSuchVersion", "The specified version does not exist.", 404, Key="source", VersionId=version):
        client.copy_object(Bucket=BUCKET, Key="copy", CopySource=f"{BUCKET}/source?versionId={version}")


@pytest.mark.limits(max_copy_size=3)
def test_too_large_a_source_is_refused(cos: FakeCOS, client: Any, source: Any) -> None:
    # public; 5 GiB is documented
    message = "The specified copy source is larger than the maximum allowable size for a copy source: 3"
    with refused(cos, "InvalidRequest", message, 400):
        copy_object(client)


@pytest.mark.parametrize(("member", "header"), [("MetadataDirective", "metadata"), ("TaggingDirective", "tagging")])
def test_an_unknown_directive_is_refused(cos: FakeCOS, client: Any, source: Any, member: str, header: str) -> None:
    # public
    with refused(
        cos,
        "InvalidArgument",
        f"Unknown {header} directive.",
        400,
        ArgumentName=f"x-amz-{header}-directive",
        ArgumentValue="KEEP",
    ):
        copy_object(client, **{member: "KEEP"})


def test_a_large_object_is_copied_by_reference(cos: FakeCOS, client: Any) -> None:
    upload_in_parts(client, bytes(5 * MIB), b"end", key="source")
    copy_object(client)
    objects = cos.store.buckets[BUCKET].objects
    assert objects["copy"].content.pieces == objects["source"].content.pieces


# --- encryption -----------------------------------------------------------------------------------------


def test_a_key_for_a_source_that_has_none_is_refused(cos: FakeCOS, client: Any, source: Any) -> None:
    # public, by analogy with reads
    with refused(cos, "InvalidRequest", "The encryption parameters are not applicable to this object.", 400):
        copy_object(client, **opened(SSE_C))


def test_a_copy_has_no_body(cos: FakeCOS, client: Any, source: Any) -> None:
    # public: an answer of AWS
    message = "The request included a body. Requests of this type must not include a non-empty body."
    headers = {"x-amz-copy-source": f"{BUCKET}/source"}
    with refused(cos, "InvalidRequest", message, 400):
        send_raw(cos, "PUT", f"/{BUCKET}/copy", headers=headers, body=b"data")
    assert send_raw(cos, "PUT", f"/{BUCKET}/copy", headers=headers).status == 200
