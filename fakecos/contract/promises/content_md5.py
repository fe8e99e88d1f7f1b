"""Content-MD5: its form, and whether it is the body's."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.altered_requests import after_signing, set_header
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.digests import md5_base64, sha256
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, no_such_upload, upload_part

INVALID = "The Content-MD5 you specified was invalid."
BAD = "The Content-MD5 you specified did not match what we received."
RECORDED_BODY = b"something"
"""Its MD5 is the recorded CalculatedDigest of aws-multipart 44."""
RECORDED_DIGEST = "Q3uTDbhLgHnC3YBKcZNrXw=="
OTHER_DIGEST = "CYketZBSTjX8czcs3cXVlg=="
MALFORMED = ["__invalid__", "MTIz", "dGVzdC1zdHJpbmc=", "===", "not base64 at all!", "d41d8cd98f00b204e9800998ecf8427e"]


@promise
@cases("given", MALFORMED)
def a_malformed_digest_is_refused_and_shown(cos: Service, client: Any, given: str) -> None:
    """Source: recorded aws-multipart 44 (`MTIz` and `dGVzdC1zdHJpbmc=` are base64 of a wrong length); public."""
    upload_id = create_upload(client)
    with refused(cos, "InvalidDigest", INVALID, 400, **{"Content-MD5": given}):
        upload_part(client, upload_id, RECORDED_BODY, ContentMD5=given)


@promise
def an_empty_digest_is_refused(cos: Service, client: Any) -> None:
    """Source: assumed, as any other wrong length."""
    upload_id = create_upload(client)
    with (
        after_signing(client, "UploadPart", set_header("Content-MD5", "")),
        refused(cos, "InvalidDigest", INVALID, 400, **{"Content-MD5": None}),
    ):
        upload_part(client, upload_id, RECORDED_BODY)


@promise
def the_digest_of_another_body_is_refused_and_shown_in_base64(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 44."""
    upload_id = create_upload(client)
    with refused(cos, "BadDigest", BAD, 400, ExpectedDigest=OTHER_DIGEST, CalculatedDigest=RECORDED_DIGEST):
        upload_part(client, upload_id, RECORDED_BODY, ContentMD5=OTHER_DIGEST)


@promise
def a_put_shows_the_expected_digest_in_hexadecimal(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 44."""
    with refused(
        cos,
        "BadDigest",
        BAD,
        400,
        ExpectedDigest="09891eb590524e35fc73372cddc5d596",
        CalculatedDigest=RECORDED_DIGEST,
    ):
        client.put_object(Bucket=BUCKET, Key=KEY, Body=RECORDED_BODY, ContentMD5=OTHER_DIGEST)


@promise
def a_right_digest_is_taken_and_not_echoed(client: Any) -> None:
    answer = upload_part(client, create_upload(client), b"hello", ContentMD5=md5_base64(b"hello"))
    assert set(members_of(answer)) == {"ETag", "ServerSideEncryption", "ChecksumCRC32"}


@promise
def an_unknown_upload_is_told_before_a_malformed_digest(cos: Service, client: Any) -> None:
    """Source: public."""
    with refused(cos, **no_such_upload("fakeid")):
        upload_part(client, "fakeid", ContentMD5="__invalid__")


@promise
def an_unknown_upload_is_told_before_a_wrong_digest(cos: Service, client: Any) -> None:
    """Source: public."""
    with refused(cos, **no_such_upload("fakeid")):
        upload_part(client, "fakeid", ContentMD5=OTHER_DIGEST)


@promise
def a_malformed_digest_is_told_before_a_wrong_checksum(cos: Service, client: Any) -> None:
    """Source: public: form comes before the body is read."""
    upload_id = create_upload(client)
    with refused(cos, "InvalidDigest", INVALID, 400, **{"Content-MD5": "MTIz"}):
        upload_part(client, upload_id, b"hello", ContentMD5="MTIz", ChecksumSHA256=sha256(b"bye"))


@promise
def a_wrong_digest_is_told_before_a_wrong_checksum(cos: Service, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    with refused(cos, "BadDigest", BAD, 400, ExpectedDigest=OTHER_DIGEST, CalculatedDigest=md5_base64(b"hello")):
        upload_part(client, upload_id, b"hello", ContentMD5=OTHER_DIGEST, ChecksumSHA256=sha256(b"bye"))


@promise
@cases("given", [OTHER_DIGEST, "MTIz"])
def the_document_of_complete_is_verified_too(cos: Service, client: Any, given: str) -> None:
    """Source: public (base64, as for a part)."""
    upload_id = create_upload(client)
    part = completed_part(1, upload_part(client, upload_id))
    code = "BadDigest" if given == OTHER_DIGEST else "InvalidDigest"
    with (
        after_signing(client, "CompleteMultipartUpload", set_header("Content-MD5", given)),
        refused(cos, code) as answer,
    ):
        complete_upload(client, upload_id, part)
    if code == "BadDigest" and "HostId" in answer["Error"]:  # IBM's errors have no further fields
        assert answer["Error"]["ExpectedDigest"] == given
