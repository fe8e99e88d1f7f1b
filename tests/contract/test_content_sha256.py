"""x-amz-content-sha256: a digest that is verified, UNSIGNED-PAYLOAD, or the name of a framing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.steps.uploads import create_upload
from fakecos.facts.http_dates import http_date
from fakecos.model.clock import now
from tests.support.uploads import upload_raw_part

if TYPE_CHECKING:
    from fakecos import FakeCOS


def test_a_signature_of_version_2_does_not(cos: FakeCOS, aws: Any) -> None:
    """Source: documented (Signature Version 2)."""
    assert (
        upload_raw_part(
            cos, create_upload(aws), b"hello", {"authorization": "AWS AKID:c2lnbmF0dXJl", "date": http_date(now())}
        ).status
        == 200
    )
