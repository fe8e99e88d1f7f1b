"""UploadPart by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.contract.steps.names import BUCKET, KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.contract.by_hand import Answer, ByHand


def part_by_hand(
    send: ByHand, upload_id: str, body: bytes, headers: Mapping[str, str] | None = None, number: str = "1"
) -> Answer:
    """Send UploadPart by hand."""
    return send("PUT", f"/{BUCKET}/{KEY}", f"partNumber={number}&uploadId={upload_id}", headers, body)
