"""The document of CompleteMultipartUpload: what is no list of parts, and the headers that come before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.digests import md5
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload, no_such_upload, upload_part
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS
    from fakecos.wire.messages import HttpResponse

PART = f"<Part><PartNumber>1</PartNumber><ETag>{md5(b'x')}</ETag></Part>"
NAMESPACE = ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'


def complete(cos: FakeCOS, upload_id: str, body: bytes | str, **headers: str) -> HttpResponse:
    """Send a raw Complete."""
    raw = body.encode() if isinstance(body, str) else body
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return send_raw(cos, "POST", f"/{BUCKET}/{KEY}", f"uploadId={upload_id}", sent, raw)


def document(inner: str, attributes: str = NAMESPACE) -> str:
    return f"<CompleteMultipartUpload{attributes}>{inner}</CompleteMultipartUpload>"


@pytest.fixture
def upload_id(aws: Any) -> str:
    """An upload with one part of one byte."""
    opened = create_upload(aws)
    upload_part(aws, opened)
    return opened


GOOD = {
    "as clients send it": document(PART),
    "without a namespace": document(PART, ""),
    "with a declaration": '<?xml version="1.0" encoding="UTF-8"?>\n' + document(PART),
    "with white space": document(f"\n  {PART}\n").replace("><", ">\n<"),
    "with a quoted ETag": document(PART.replace(md5(b"x"), f'"{md5(b"x")}"')),
    "with an escaped ETag": document(PART.replace(md5(b"x"), f"&quot;{md5(b'x')}&quot;")),
    "with a prefix": document(PART, NAMESPACE.replace("xmlns", "xmlns:s3")).replace("<Part", "<s3:Part"),
    "in another order": document(f"<Part><ETag>{md5(b'x')}</ETag><PartNumber>1</PartNumber></Part>"),
}
GOOD["with a prefix"] = (
    f'<s3:CompleteMultipartUpload xmlns:s3="http://s3.amazonaws.com/doc/2006-03-01/"><s3:Part>'
    f"<s3:PartNumber>1</s3:PartNumber><s3:ETag>{md5(b'x')}</s3:ETag></s3:Part></s3:CompleteMultipartUpload>"
)


@pytest.mark.parametrize("form", GOOD)
def test_a_list_of_parts_is_understood_in_any_form(cos: FakeCOS, upload_id: str, form: str) -> None:
    assert complete(cos, upload_id, GOOD[form]).status == 200


def test_bytes_that_are_not_utf8_are_malformed(cos: FakeCOS, upload_id: str) -> None:
    """Source: public."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        complete(cos, upload_id, document(PART).encode().replace(b"<ETag>", b"<ETag>\xff"))


def test_more_than_ten_thousand_parts_are_refused(cos: FakeCOS, upload_id: str) -> None:
    """Source: public, spelt as S3 spells it."""
    with refused(
        cos,
        "InvalidArgument",
        "The CompleteMultipartUpload reqeust contains for than 10000 parts.",
        400,
        ArgumentName="CompleteMultipartUpload",
        ArgumentValue="CompleteMultipartUpload",
    ):
        complete(cos, upload_id, document(PART * 10_001))


@pytest.mark.parametrize(
    "inner",
    [
        "<ChecksumCRC32>bad</ChecksumCRC32>",
        "<ChecksumCRC32>AAAAAA==</ChecksumCRC32><ChecksumSHA1>AAAAAAAAAAAAAAAAAAAAAAAAAAA=</ChecksumSHA1>",
    ],
)
def test_a_part_checksum_must_be_one_and_well_formed(cos: FakeCOS, upload_id: str, inner: str) -> None:
    """Source: public."""
    message = "Invalid Base64 or multiple checksums present in request"
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="Checksum"):
        complete(cos, upload_id, document(PART.replace("</Part>", f"{inner}</Part>")))


# --- headers ----------------------------------------------------------------------------------------------

HEADERS: dict[str, tuple[dict[str, str], str]] = {
    "size no number": (
        {"x_amz_mp_object_size": "bad"},
        "Value for x-amz-mp-object-size header is invalid: 'bad'",
    ),
    "size negative": (
        {"x_amz_mp_object_size": "-1"},
        "Value for x-amz-mp-object-size header is less than zero: '-1'",
    ),
    "checksum malformed": (
        {"x_amz_checksum_sha256": "bad"},
        "Value for x-amz-checksum-sha256 header is invalid.",
    ),
    "several checksums": (
        {"x_amz_checksum_sha256": "bad", "x_amz_checksum_crc32": "AAAAAA=="},
        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    ),
    "type unknown": (
        {"x_amz_checksum_type": "invalid_type"},
        "Value for x-amz-checksum-type header is invalid.",
    ),
}


@pytest.mark.parametrize("form", HEADERS)
def test_headers_are_judged_before_the_document(cos: FakeCOS, upload_id: str, form: str) -> None:
    """Source: public."""
    headers, message = HEADERS[form]
    with refused(cos, "InvalidRequest", message, 400):
        complete(cos, upload_id, "<", **headers)


@pytest.mark.parametrize("form", HEADERS)
def test_an_unknown_upload_is_told_before_the_headers(cos: FakeCOS, form: str) -> None:
    """Source: public."""
    with refused(cos, **no_such_upload("fakeid")):
        complete(cos, "fakeid", "<", **HEADERS[form][0])


@pytest.mark.parametrize("body", ["<", "", document("")])
def test_an_unknown_upload_is_told_before_the_document(cos: FakeCOS, body: str) -> None:
    """Source: public."""
    with refused(cos, **no_such_upload("fakeid")):
        complete(cos, "fakeid", body)


def test_an_empty_upload_id_is_not_found(cos: FakeCOS) -> None:
    """Source: public."""
    with refused(cos, **{**no_such_upload(""), "UploadId": None}):
        complete(cos, "", document(PART))


def test_the_answer_is_a_document_in_the_order_of_s3(cos: FakeCOS, upload_id: str) -> None:
    """Source: documented (CompleteMultipartUploadResult)."""
    response = complete(cos, upload_id, document(PART))
    body = response.body if isinstance(response.body, bytes) else response.body.read()
    text = body.decode()
    assert text.startswith(
        '<?xml version="1.0" encoding="UTF-8"?>\n<CompleteMultipartUploadResult'
        ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Location>'
    )
    order = ["<Location>", "<Bucket>", "<Key>", "<ETag>", "<ChecksumCRC64NVME>", "<ChecksumType>"]
    assert sorted(order, key=text.index) == order
