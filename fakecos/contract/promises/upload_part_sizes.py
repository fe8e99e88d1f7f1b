"""The size of a part: what is refused from the declared length, and what when the bytes have come."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.altered_requests import after_signing, set_header
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload, upload_part

INCOMPLETE = "You did not provide the number of bytes specified by the Content-Length HTTP header"


@promise
@cases("declared", [4, 6])
def a_decoded_length_that_differs_from_what_came_is_refused(cos: Service, client: Any, declared: int) -> None:
    """Source: public for the code. Through a client whose stream ends early, or says too little."""
    upload_id = create_upload(client)
    with (
        after_signing(client, "UploadPart", set_header("X-Amz-Decoded-Content-Length", str(declared))),
        refused(
            cos,
            "IncompleteBody",
            INCOMPLETE,
            400,
            NumberBytesExpected=str(declared),
            NumberBytesProvided="5",
        ),
    ):
        upload_part(client, upload_id, b"hello")
