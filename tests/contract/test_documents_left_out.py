"""Requests that need a document, and come without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.locks import LOCKED
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.wire import service_model
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.usefixtures("locked_bucket")

OPERATIONS = service_model.load("aws").operations
NOT_JSON = "Policies must be valid JSON and the first byte must be '{'"
NO_ACL: tuple[str, str, dict[str, Any]] = (
    "MissingSecurityHeader",
    "Your request was missing a required header",
    {"MissingHeaderName": "x-amz-acl"},
)
NO_BODY: tuple[str, str, dict[str, Any]] = ("MissingRequestBodyError", "Request Body is empty", {})

# Operation to code, message and further fields, where these are known of the operation itself.
KNOWN: dict[str, tuple[str, str | None, dict[str, Any]]] = {
    "CompleteMultipartUpload": ("NoSuchUpload", None, {}),  # the upload is judged before the document (public)
    "DeleteObjects": NO_BODY,  # reported: aws-measured 20
    "PutBucketAcl": NO_ACL,  # recorded aws-bucket-configuration 22
    "PutBucketPolicy": ("MalformedPolicy", NOT_JSON, {}),  # recorded aws-bucket-configuration 17
    "PutObjectAcl": NO_ACL,  # recorded aws-objects 63
    "PutObjectLegalHold": ("MalformedXML", MALFORMED_XML, {}),  # recorded aws-changes 15
    "PutObjectLockConfiguration": NO_BODY,  # public
    "PutObjectRetention": ("MalformedXML", MALFORMED_XML, {}),  # public: an answer of AWS
    "RestoreObject": ("InvalidObjectState", None, {}),  # the object is judged first
    "UpdateObjectEncryption": NO_BODY,  # reported: aws-measured 20
}
# Those whose body is no document, or may be left out.
NEEDS_NONE = {
    *("CopyObject", "CreateBucket", "CreateMultipartUpload", "PutObject", "PutObjectAnnotation", "UploadPart"),
    "UploadPartCopy",
}


def needing() -> list[str]:
    from fakecos.operations import registry

    return sorted(
        name
        for name in registry.operations()
        if OPERATIONS.get(name, {}).get("method") in {"PUT", "POST"} and name not in NEEDS_NONE
    )


@pytest.mark.parametrize("operation", needing())
def test_a_document_that_is_left_out_is_malformed_but_for_what_is_known(cos: FakeCOS, operation: str) -> None:
    """Source: beside each in `KNOWN`; of the others assumed, as recorded of a legal hold (aws-changes 15)."""
    cos.put_object(BUCKET, "k", b"1")
    cos.put_object(LOCKED, "k", b"1")
    cos.store.buckets[BUCKET].ownership = "ObjectWriter"
    spec = OPERATIONS[operation]
    bucket = LOCKED if "Lock" in operation or operation in {"PutObjectLegalHold", "PutObjectRetention"} else BUCKET
    path = f"/{bucket}/k" if spec["level"] == "object" else f"/{bucket}"
    query = "&".join(
        [
            *(f"{name}={value}" for name, value in spec.get("static", {}).items()),
            *(f"{name}=one" for name in spec.get("query", ())),
        ]
    )
    code, message, fields = KNOWN.get(operation, ("MalformedXML", MALFORMED_XML, {}))
    with refused(cos, code, message, **fields):
        send_raw(cos, spec["method"], path, query, {"content-md5": md5_base64(b"")})
