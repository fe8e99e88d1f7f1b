"""Multipart uploads: through a client, as a raw request, or looked at inside the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.steps.messages import NO_SUCH_UPLOAD
from fakecos.contract.steps.names import BUCKET, KEY

if TYPE_CHECKING:
    from collections.abc import Mapping


def create_upload(client: Any, key: str = KEY, **more: Any) -> str:
    """Start an upload and return its id."""
    return str(client.create_multipart_upload(Bucket=BUCKET, Key=key, **more)["UploadId"])


def upload_part(client: Any, upload_id: str, body: Any = b"x", number: Any = 1, key: str = KEY, **more: Any) -> Any:
    return client.upload_part(Bucket=BUCKET, Key=key, UploadId=upload_id, PartNumber=number, Body=body, **more)


def completed_part(number: int, answer: Mapping[str, Any], *, checksums: bool = False, **more: Any) -> dict[str, Any]:
    """Return the item of Complete's list for a part that was answered so."""
    kept = {name: value for name, value in answer.items() if checksums and name.startswith("Checksum")}
    return {"PartNumber": number, "ETag": answer["ETag"], **kept, **more}


def complete_upload(client: Any, upload_id: str, *parts: Mapping[str, Any], key: str = KEY, **more: Any) -> Any:
    """Complete with these items of the list; `completed_part` makes one of a part's answer."""
    document = {"Parts": list(parts)}
    return client.complete_multipart_upload(
        Bucket=BUCKET, Key=key, UploadId=upload_id, MultipartUpload=document, **more
    )


def upload_in_parts(client: Any, *bodies: bytes, key: str = KEY, **more: Any) -> Any:
    """Upload an object in parts and return the answer of Complete."""
    upload_id = create_upload(client, key, **more)
    parts = [upload_part(client, upload_id, body, number, key) for number, body in enumerate(bodies, 1)]
    checksums = "ChecksumAlgorithm" in more
    listed = [completed_part(number, part, checksums=checksums) for number, part in enumerate(parts, 1)]
    return complete_upload(client, upload_id, *listed, key=key)


def no_such_upload(upload_id: str) -> dict[str, Any]:
    """Return what `refused` wants of NoSuchUpload (recorded aws-multipart 4)."""
    return {"code": "NoSuchUpload", "message": NO_SUCH_UPLOAD, "status": 404, "UploadId": upload_id}
