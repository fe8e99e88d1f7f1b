"""What AWS and COS tell otherwise in every answer, made even on answers of COS, so that one expectation serves both.

That COS tells it otherwise is asserted here of every such answer; tests/ibm sees its answers as they are.
"""

from __future__ import annotations

from typing import Any

from fakecos.model.store import OWNER_NAME

HEADER = "x-amz-server-side-encryption"
ENCRYPTED = {
    *("CompleteMultipartUpload", "CopyObject", "CreateMultipartUpload", "GetObject", "HeadObject", "PutObject"),
    *("UploadPart", "UploadPartCopy"),
}
LISTS = {"ListObjects", "ListObjectsV2"}
ROWS = ("Contents", "Versions", "DeleteMarkers", "Uploads", "Grants")


def rename(row: dict[str, Any]) -> None:
    """Take an owner's name away, and give an initiator the one of AWS."""
    for member in {"Owner", "Initiator", "Grantee"} & row.keys():
        if "ID" in row[member]:
            assert row[member].pop("DisplayName") == row[member]["ID"]
    if "Initiator" in row:
        row["Initiator"]["DisplayName"] = OWNER_NAME


def level(client: Any) -> Any:
    """Return a client whose answers of COS have the encryption and the names of owners that AWS tells.

    Lists of keys lose their empty delimiter.
    """
    with_own_keys: set[str] = set()

    def note(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        context["upload_id"] = params["query_string"]["uploadId"]

    def fill(parsed: dict[str, Any], model: Any, context: dict[str, Any], **_: Any) -> None:
        headers = parsed["ResponseMetadata"]["HTTPHeaders"]
        if "x-clv-request-id" not in headers or "Error" in parsed:
            return
        for row in (parsed, *(row for member in ROWS for row in parsed.get(member, ()))):
            rename(row)
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
