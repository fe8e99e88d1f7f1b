"""What AWS tells and COS does not, filled in on answers of COS, so that one expectation serves both.

That COS does not tell it is asserted here of every such answer; tests/ibm sees its answers as they are.
"""

from __future__ import annotations

from typing import Any

HEADER = "x-amz-server-side-encryption"
ENCRYPTED = {
    *("CompleteMultipartUpload", "CopyObject", "CreateMultipartUpload", "GetObject", "HeadObject", "PutObject"),
    *("UploadPart", "UploadPartCopy"),
}
LISTS = {"ListObjects", "ListObjectsV2"}


def level(client: Any) -> Any:
    """Return a client whose answers of COS have the encryption that AWS tells, and lists no empty delimiter."""
    with_own_keys: set[str] = set()

    def note(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        context["upload_id"] = params["query_string"]["uploadId"]

    def fill(parsed: dict[str, Any], model: Any, context: dict[str, Any], **_: Any) -> None:
        headers = parsed["ResponseMetadata"]["HTTPHeaders"]
        if "x-clv-request-id" not in headers or "Error" in parsed:
            return
        if model.name in LISTS:
            delimiter = parsed["Delimiter"]
            if not delimiter:
                del parsed["Delimiter"]
        if model.name in ENCRYPTED:
            assert HEADER not in headers
            if "SSECustomerAlgorithm" in parsed:
                with_own_keys.add(parsed.get("UploadId", ""))
            elif context.get("upload_id", "") not in with_own_keys - {""}:
                parsed["ServerSideEncryption"] = headers[HEADER] = "AES256"

    client.meta.events.register_last("before-call.s3.CompleteMultipartUpload", note)
    client.meta.events.register_first("after-call.s3", fill)
    return client
