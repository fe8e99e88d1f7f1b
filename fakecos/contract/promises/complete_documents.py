"""The document of CompleteMultipartUpload: what is no list of parts, and the headers that come before it."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, promise
from fakecos.contract.steps.answers import http_status
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part


@promise
def no_document_at_all_is_another_error(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 7."""
    opened = create_upload(client)
    upload_part(client, opened)
    with refused(cos, "InvalidRequest", "You must specify at least one part", 400):
        client.complete_multipart_upload(Bucket=BUCKET, Key=KEY, UploadId=opened)


@promise
def an_empty_list_of_a_client_is_malformed(cos: Service, client: Any) -> None:
    """Source: public."""
    opened = create_upload(client)
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        complete_upload(client, opened)


@promise
def a_client_completes(client: Any) -> None:
    opened = create_upload(client)
    assert http_status(complete_upload(client, opened, completed_part(1, upload_part(client, opened)))) == 200
