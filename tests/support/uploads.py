"""Multipart uploads: through a client, as a raw request, or looked at inside the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.steps.names import BUCKET, KEY
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos import FakeCOS
    from fakecos.wire.messages import Body, HttpResponse


def upload_raw_part(
    cos: FakeCOS, upload_id: str, body: bytes | Body, headers: Mapping[str, str] | None = None, number: str = "1"
) -> HttpResponse:
    """Send a raw UploadPart."""
    query = f"partNumber={number}&uploadId={upload_id}"
    return send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", query, headers, body)


def stored_part(cos: FakeCOS, upload_id: str, number: int = 1) -> Any:
    """Return a part as the fake keeps it."""
    return cos.store.buckets[BUCKET].uploads[upload_id].parts[number]
