"""x-amz-content-sha256: a digest that is verified, UNSIGNED-PAYLOAD, or the name of a framing."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, promise
from fakecos.contract.steps.digests import sha256
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part

if TYPE_CHECKING:
    from collections.abc import Callable

MISMATCH = "The provided 'x-amz-content-sha256' header does not match what was computed."


@promise
def a_body_that_is_not_the_one_that_was_signed_is_refused(cos: Service, make_client: Callable[..., Any]) -> None:
    """A client over http signs the body; what changes on the way is seen (wire 2)."""
    client = make_client(use_ssl=False)
    upload_id = create_upload(client)

    def damage(request: Any, **_: Any) -> None:
        request.body = b"hellp"

    client.meta.events.register("before-send.s3.UploadPart", damage)
    with refused(cos, "XAmzContentSHA256Mismatch", MISMATCH, 400, **digest_fields(b"hello", b"hellp")):
        upload_part(client, upload_id, b"hello")


def digest_fields(sent: bytes, computed: bytes) -> dict[str, str]:
    return {
        "ClientComputedContentSHA256": hashlib.sha256(sent).hexdigest(),
        "S3ComputedContentSHA256": hashlib.sha256(computed).hexdigest(),
    }


@promise
def a_part_signed_as_the_client_does_completes(aws: Any) -> None:
    upload_id = create_upload(aws)
    part = upload_part(aws, upload_id, b"hello", ChecksumSHA256=sha256(b"hello"))
    assert complete_upload(aws, upload_id, completed_part(1, part))["ETag"].endswith('-1"')
