"""Bytes that change on their way to the service: the real checks refuse them, and the store keeps what it had."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.objects import put_object
from fakecos.facts.services.ibm import IBM_COS
from fakecos.faults import Corrupt

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

BODY = b"hello world"
HTTP = "http://s3.us-east-1.amazonaws.com"
OF_LENGTH = [Corrupt.cut(4), Corrupt.cut(0), Corrupt.pad(3), Corrupt.repeat(5), Corrupt.repeat(2, at=4)]


def once(make_client: Callable[..., Any], package: str, **keywords: Any) -> Any:
    config = {"retries": {"total_max_attempts": 1}, **keywords.pop("config", {})}
    return make_client(package, config=config, **keywords)


def error_of_put(client: Any, **named: Any) -> dict[str, Any]:
    with pytest.raises(client.exceptions.ClientError) as caught:
        put_object(client, **{"Key": "a", "Body": BODY, **named})
    error: dict[str, Any] = caught.value.response["Error"]
    return error


@pytest.mark.parametrize("bit", [0, 7, 8, 87, -1, -88])
def test_a_flipped_bit_does_not_match_the_checksum_in_the_trailer(cos: FakeCOS, client: Any, bit: int) -> None:
    fault = cos.inject("PutObject", corrupt=Corrupt.flip(bit))
    assert error_of_put(client)["Code"] == "BadDigest"
    assert fault.hits == 1
    assert not cos.store.buckets["photos"].objects
    put_object(client, Key="a", Body=BODY)
    assert cos.store.buckets["photos"].objects["a"].body == BODY


def test_a_flipped_bit_does_not_match_the_digest_that_the_signature_names(
    cos: FakeCOS, make_client: Callable[..., Any], package: str
) -> None:
    client = once(make_client, package, config={"request_checksum_calculation": "when_required"})
    cos.inject("PutObject", corrupt=Corrupt.flip())
    error = error_of_put(client)
    assert error["Code"] == "XAmzContentSHA256Mismatch"
    if package == "ibm_boto3":  # its errors have no further fields
        return
    assert error["ClientComputedContentSHA256"] == hashlib.sha256(BODY).hexdigest()
    assert error["S3ComputedContentSHA256"] == hashlib.sha256(b"i" + BODY[1:]).hexdigest()


def test_a_flipped_bit_does_not_match_content_md5(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    client = once(make_client, "boto3", config={"request_checksum_calculation": "when_required"})
    client.meta.events.register(
        "before-sign.s3", lambda request, **_: request.context.update(payload_signing_enabled=False)
    )
    cos.inject("PutObject", corrupt=Corrupt.flip())
    digest = hashlib.md5(BODY, usedforsecurity=False).digest()
    error = error_of_put(client, ContentMD5=b64encode(digest).decode())
    assert error["Code"] == "BadDigest"
    assert error["Message"] == "The Content-MD5 you specified did not match what we received."


def test_over_http_the_signed_digest_finds_it(cos: FakeCOS, make_client: Callable[..., Any], package: str) -> None:
    cos.inject("PutObject", corrupt=Corrupt.flip())
    assert error_of_put(once(make_client, package, endpoint_url=HTTP))["Code"] == "XAmzContentSHA256Mismatch"


@pytest.mark.parametrize("secure", [True, False], ids=["https", "http"])
@pytest.mark.parametrize("corrupt", OF_LENGTH, ids=repr)
def test_another_length_than_promised_is_an_incomplete_body(
    cos: FakeCOS, make_client: Callable[..., Any], package: str, corrupt: Corrupt, *, secure: bool
) -> None:
    client = once(make_client, package, **({} if secure else {"endpoint_url": HTTP}))
    cos.inject("PutObject", corrupt=corrupt)
    error = error_of_put(client)
    assert error["Code"] == "IncompleteBody"
    if package == "ibm_boto3":  # its errors have no further fields
        return
    assert error["NumberBytesExpected"] == str(len(BODY))
    assert error["NumberBytesProvided"] == str(len(corrupt.change(BODY)))


def test_a_wrong_checksum_in_the_trailer(cos: FakeCOS, client: Any) -> None:
    cos.inject("PutObject", corrupt=Corrupt.trailer("AAAAAA=="))
    assert error_of_put(client)["Code"] == "BadDigest"


def test_a_missing_trailer(cos: FakeCOS, client: Any) -> None:
    cos.inject("PutObject", corrupt=Corrupt.trailer(None))
    assert error_of_put(client)["Code"] == "MalformedTrailerError"


def test_broken_framing(cos: FakeCOS, client: Any) -> None:
    cos.inject("PutObject", corrupt=Corrupt.framing())
    error = error_of_put(client)
    is_ibm = "httpStatusCode" in error
    words = IBM_COS.errors["IncompleteBody"].message if is_ibm else "The request body terminated unexpectedly"
    assert (error["Code"], error["Message"]) == ("IncompleteBody", words)


@pytest.mark.parametrize(
    ("corrupt", "code"),
    [
        (Corrupt.flip(3), "BadDigest"),
        (Corrupt.cut(3), "IncompleteBody"),
        (Corrupt.trailer("AAAAAA=="), "BadDigest"),
        (Corrupt.trailer(None), "MalformedTrailerError"),
        (Corrupt.framing(), "IncompleteBody"),
    ],
    ids=repr,
)
def test_a_body_whose_frames_the_client_made_itself(cos: FakeCOS, aws: Any, corrupt: Corrupt, code: str) -> None:
    """A stream that cannot seek is framed by the client's own wrapper; ibm_botocore cannot send one (wire 2)."""

    class Stream:
        def __init__(self) -> None:
            self.left = BODY

        def read(self, size: int = -1) -> bytes:
            size = len(self.left) if size is None or size < 0 else size
            piece, self.left = self.left[:size], self.left[size:]
            return piece

    cos.inject("PutObject", corrupt=corrupt)
    assert error_of_put(aws, Body=Stream(), ContentLength=len(BODY))["Code"] == code


def test_a_part_that_was_refused_leaves_the_earlier_one(cos: FakeCOS, client: Any, upload: dict[str, Any]) -> None:
    cos.inject("UploadPart", part_number=1, corrupt=Corrupt.flip())
    with pytest.raises(client.exceptions.ClientError, match="BadDigest"):
        client.upload_part(**upload, PartNumber=1, Body=b"second")
    assert cos.store.buckets["photos"].uploads[upload["UploadId"]].parts[1].body == b"first"


def test_a_document_that_changed_on_its_way(cos: FakeCOS, client: Any) -> None:
    cos.put_object("photos", "a", b"x")
    cos.inject("DeleteObjects", corrupt=Corrupt.flip(100))
    with pytest.raises(client.exceptions.ClientError) as caught:
        client.delete_objects(Bucket="photos", Delete={"Objects": [{"Key": "a"}]})
    assert caught.value.response["Error"]["Code"] in {"BadDigest", "XAmzContentSHA256Mismatch"}
    assert "a" in cos.store.buckets["photos"].objects


def test_ibms_legacy_mode_sends_a_corrupted_part_again(
    cos: FakeCOS, make_client: Callable[..., Any], upload: dict[str, Any]
) -> None:
    fault = cos.inject("UploadPart", corrupt=Corrupt.flip())
    answer = make_client("ibm_boto3").upload_part(**upload, PartNumber=2, Body=BODY)
    assert answer["ResponseMetadata"]["RetryAttempts"] == 1
    assert fault.hits == 1


def test_without_any_digest_nobody_notices(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    """Which is the point of digests: what S3 gets is what it stores."""
    client = once(
        make_client,
        "boto3",
        config={"request_checksum_calculation": "when_required", "s3": {"payload_signing_enabled": False}},
    )
    fault = cos.inject("PutObject", corrupt=Corrupt.flip())
    put_object(client, Key="a", Body=BODY)
    assert fault.hits == 1
    assert cos.store.buckets["photos"].objects["a"].body == b"i" + BODY[1:]


@pytest.mark.parametrize(
    ("corrupt", "reason"),
    [
        (Corrupt.flip(8 * 11), "the body had only 11 bytes"),
        (Corrupt.flip(-8 * 11 - 1), "the body had only 11 bytes"),
        (Corrupt.cut(11), "the body had only 11 bytes"),
        (Corrupt.repeat(5, at=7), "the body had only 11 bytes"),
    ],
    ids=repr,
)
def test_a_body_that_is_too_short_is_not_hit(cos: FakeCOS, aws: Any, corrupt: Corrupt, reason: str) -> None:
    fault = cos.inject("PutObject", corrupt=corrupt)
    put_object(aws, Key="a", Body=BODY)
    assert (fault.hits, fault.seen, fault.reasons_missed) == (0, 1, [reason])
    fault.cancel()


@pytest.mark.parametrize(
    ("corrupt", "reason"),
    [
        (Corrupt.trailer("x"), "the request announced no trailer"),
        (Corrupt.framing(), "the body was not aws-chunked"),
    ],
    ids=repr,
)
def test_a_plain_body_has_neither_frames_nor_trailers(
    cos: FakeCOS, make_client: Callable[..., Any], corrupt: Corrupt, reason: str
) -> None:
    fault = cos.inject("PutObject", corrupt=corrupt)
    put_object(once(make_client, "boto3", endpoint_url=HTTP), Key="a", Body=BODY)
    assert (fault.hits, fault.reasons_missed) == (0, [reason])
    fault.cancel()


def test_a_request_that_is_refused_by_its_headers_is_not_hit(cos: FakeCOS, aws: Any) -> None:
    fault = cos.inject("PutObject", corrupt=Corrupt.flip())
    assert error_of_put(aws, Bucket="nowhere")["Code"] == "NoSuchBucket"
    assert fault.hits == 0
    assert error_of_put(aws)["Code"] == "BadDigest"
    assert fault.hits == 1
