"""The document of CompleteMultipartUpload: what is no list of parts, and the headers that come before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import http_status
from fakecos.contract.steps.digests import md5
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand


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


PART = f"<Part><PartNumber>1</PartNumber><ETag>{md5(b'x')}</ETag></Part>"


def document(inner: str) -> str:
    return f'<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{inner}</CompleteMultipartUpload>'


BAD = {
    "not well-formed": "<",
    "cut off": document(PART)[:-5],
    "text": "hello",
    "empty list": document(""),
    "closed at once": "<CompleteMultipartUpload/>",
    "text in the list": document("text"),
    "another root": f"<Complete>{PART}</Complete>",
    "no number": document(f"<Part><ETag>{md5(b'x')}</ETag></Part>"),
    "no ETag": document("<Part><PartNumber>1</PartNumber></Part>"),
    "empty part": document("<Part/>"),
    "number abc": document(PART.replace(">1<", ">abc<")),
    "number empty": document(PART.replace(">1<", "><")),
    "number 1.0": document(PART.replace(">1<", ">1.0<")),
    "number twice": document(PART.replace("<ETag>", "<PartNumber>1</PartNumber><ETag>")),
    "unknown element in a part": document(PART.replace("<ETag>", "<Size>1</Size><ETag>")),
    "unknown element in the list": document(f"<Quiet>true</Quiet>{PART}"),
    "an entity": f'<!DOCTYPE x [<!ENTITY e "1">]>{document(PART)}'.replace(">1</PartNumber", ">&e;</PartNumber"),
    "a document type": f"<!DOCTYPE CompleteMultipartUpload>{document(PART)}",
}


@promise
@cases("form", BAD)
def what_is_no_list_of_parts_is_malformed(cos: Service, send: ByHand, aws: Any, form: str) -> None:
    """Source: recorded aws-objects 65 (the words); public for these forms; unknown elements, document types, and parts
    without ETag: assumed."""
    upload_id = create_upload(aws)
    upload_part(aws, upload_id)
    with refused(cos, "MalformedXML", MALFORMED_XML, 400) as answer:
        send("POST", f"/{BUCKET}/{KEY}", f"uploadId={upload_id}", body=BAD[form].encode())
    assert answer["Body"].startswith(b"<Error><Code>MalformedXML</Code>")  # public: no declaration
