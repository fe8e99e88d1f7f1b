"""Every algorithm of the table is verified by both services, through every door that has a body.

The doors ask for nothing but the table, so an algorithm that is added to it is verified at once: `TOY` shows that.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import pytest

from fakecos import FakeCOS, Limits
from fakecos.contract.steps.aws_chunks import UNSIGNED, aws_chunks
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.facts import checksums
from fakecos.facts.checksums import COMPOSITE, FULL_OBJECT, Algorithm
from fakecos.wire import payload, service_model
from tests.support.raw_requests import send_raw
from tests.support.uploads import upload_raw_part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

BODY, OTHER = b"hello", b"other"
DOCUMENTS = {
    "PutBucketTagging": ("PUT", f"/{BUCKET}", "tagging", "<Tagging><TagSet/></Tagging>"),
    "PutObjectTagging": ("PUT", f"/{BUCKET}/{KEY}", "tagging", "<Tagging><TagSet/></Tagging>"),
    "PutBucketVersioning": (
        *("PUT", f"/{BUCKET}", "versioning"),
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
    ),
    "DeleteObjects": ("POST", f"/{BUCKET}", "delete", f"<Delete><Object><Key>{KEY}</Key></Object></Delete>"),
}


def added(pieces: Iterable[bytes | memoryview]) -> bytes:
    """Return the sum of all bytes: enough to tell `hello` from `other`."""
    return (sum(sum(bytes(piece)) for piece in pieces) & 0xFFFF).to_bytes(2, "big")


TOY = Algorithm("TOY16", 2, (COMPOSITE,), added)


def forget() -> None:
    """Let everything that was read from the table be read again."""
    service_model.loaded.clear()
    payload._has_unknown_checksum.cache_clear()
    payload._one_checksum.cache_clear()


@pytest.fixture
def toy() -> Iterator[Algorithm]:
    """An algorithm that is in the table for this test."""
    forget()
    checksums.add(TOY)
    yield TOY
    del checksums.ALGORITHMS[TOY.name], checksums.BY_HEADER[TOY.header], checksums.BY_MEMBER[TOY.member]
    forget()


@pytest.fixture(params=["aws", "ibm"])
def cos(request: pytest.FixtureRequest) -> Iterator[FakeCOS]:
    """A fake of one service, with a bucket, an object and an open upload."""
    with FakeCOS(dialect=request.param, limits=Limits(min_part_size=1)) as fake:
        fake.create_bucket(BUCKET)
        fake.put_object(BUCKET, KEY, b"there before")
        yield fake


@pytest.fixture(params=[*checksums.ALGORITHMS, TOY.name])
def algorithm(request: pytest.FixtureRequest) -> Algorithm:
    """Each algorithm of the table, and the one that is added."""
    if request.param == TOY.name:
        found: Algorithm = request.getfixturevalue("toy")
        return found
    if request.param.startswith("XXHASH"):
        pytest.importorskip("xxhash")
    return checksums.ALGORITHMS[request.param]


def digest(algorithm: Algorithm, body: bytes) -> str:
    return algorithm.encode(algorithm.compute([body]))


class Sent(NamedTuple):
    """What a door sends beside the address: the query, the headers and the body."""

    query: str
    headers: dict[str, str]
    body: bytes


def by_header(algorithm: Algorithm, value: str) -> Sent:
    return Sent("", {algorithm.header: value}, BODY)


def by_query(algorithm: Algorithm, value: str) -> Sent:
    # by SigV2, which signs it as a header (assumed); by SigV4 it does not count: aws-changes 8
    signature = "AWSAccessKeyId=key&Signature=any&Expires=9999999999"
    return Sent(f"{algorithm.header}={quote(value, safe='')}&{signature}", {}, BODY)


def by_trailer(algorithm: Algorithm, value: str) -> Sent:
    headers = {
        "x-amz-content-sha256": UNSIGNED,
        "content-encoding": "aws-chunked",
        "x-amz-decoded-content-length": str(len(BODY)),
        "x-amz-trailer": algorithm.header,
    }
    return Sent("", headers, aws_chunks(BODY, trailers=f"{algorithm.header}:{value}\r\n".encode()))


WAYS = pytest.mark.parametrize("way", [by_header, by_query, by_trailer])


@WAYS
def test_a_put_object_with_a_wrong_digest_stores_nothing(
    cos: FakeCOS, algorithm: Algorithm, way: Callable[[Algorithm, str], Sent]
) -> None:
    with refused(cos, "BadDigest", status=400):
        send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", *way(algorithm, digest(algorithm, OTHER)))
    send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", *way(algorithm, digest(algorithm, BODY)))
    assert cos.bucket(BUCKET).objects[KEY].checksums == {algorithm.name: digest(algorithm, BODY)}


@WAYS
def test_an_upload_part_with_a_wrong_digest_stores_nothing(
    cos: FakeCOS, algorithm: Algorithm, way: Callable[[Algorithm, str], Sent]
) -> None:
    upload_id = cos.start_upload(BUCKET, KEY).upload_id
    query = f"partNumber=1&uploadId={upload_id}"

    def send(value: str) -> Any:
        sent = way(algorithm, value)
        return send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", f"{query}&{sent.query}".rstrip("&"), sent.headers, sent.body)

    with refused(cos, "BadDigest", status=400):
        send(digest(algorithm, OTHER))
    answer = send(digest(algorithm, BODY))
    assert answer.headers[algorithm.header] == digest(algorithm, BODY)


@pytest.mark.parametrize("operation", DOCUMENTS)
def test_a_document_with_a_wrong_digest_changes_nothing(cos: FakeCOS, algorithm: Algorithm, operation: str) -> None:
    method, path, query, document = DOCUMENTS[operation]
    body = document.encode()
    with refused(cos, "BadDigest", status=400):
        send_raw(cos, method, path, query, {algorithm.header: digest(algorithm, OTHER)}, body)
    send_raw(cos, method, path, query, {algorithm.header: digest(algorithm, body)}, body)


def form(**fields: str) -> tuple[dict[str, str], bytes]:
    policy = {"expiration": "2100-01-01T00:00:00Z", "conditions": [["starts-with", f"${name}", ""] for name in fields]}
    signed = {
        **fields,
        "policy": base64.b64encode(json.dumps(policy).encode()).decode(),
        "AWSAccessKeyId": "AKIDEXAMPLE",
        "signature": "AAAA",
    }
    parts = [f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in signed.items()]
    end = '--B\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
    body = ("".join(parts) + end).encode() + BODY + b"\r\n--B--\r\n"
    return {"content-type": "multipart/form-data; boundary=B"}, body


def test_a_browser_form_with_a_wrong_digest_stores_nothing(cos: FakeCOS, algorithm: Algorithm) -> None:
    def post(value: str) -> None:
        send_raw(cos, "POST", f"/{BUCKET}", "", *form(key=KEY, bucket=BUCKET, **{algorithm.header: value}))

    with refused(cos, "BadDigest", status=400):
        post(digest(algorithm, OTHER))
    post(digest(algorithm, BODY))
    assert cos.bucket(BUCKET).objects[KEY].checksums == {algorithm.name: digest(algorithm, BODY)}


def test_a_complete_with_a_wrong_digest_makes_no_object(cos: FakeCOS, algorithm: Algorithm) -> None:
    created = {"x-amz-checksum-algorithm": algorithm.name}
    document = send_raw(cos, "POST", f"/{BUCKET}/{KEY}", "uploads", created).body
    assert isinstance(document, bytes)
    upload_id = document.partition(b"<UploadId>")[2].partition(b"</UploadId>")[0].decode()
    right = digest(algorithm, BODY)
    etag = upload_raw_part(cos, upload_id, BODY, {algorithm.header: right}).headers["ETag"]

    def complete(of_part: str, of_object: str | None) -> Any:
        member = f"<{algorithm.member}>{of_part}</{algorithm.member}>"
        part = f"<Part><PartNumber>1</PartNumber><ETag>{etag}</ETag>{member}</Part>"
        body = f"<CompleteMultipartUpload>{part}</CompleteMultipartUpload>".encode()
        headers = {} if of_object is None else {algorithm.header: of_object, "x-amz-checksum-type": kind}
        return send_raw(cos, "POST", f"/{BUCKET}/{KEY}", f"uploadId={upload_id}", headers, body)

    kind = algorithm.types[0]
    wrong = digest(algorithm, OTHER)
    with refused(cos, "InvalidPart", status=400):
        complete(wrong, None)
    with refused(cos, "BadDigest", status=400):
        complete(right, wrong)
    answer = complete(right, None)
    assert f"<{algorithm.member}>".encode() in answer.body
    (text,) = cos.bucket(BUCKET).objects[KEY].checksums.values()
    assert text.startswith(right) == (kind == FULL_OBJECT)


def test_an_assertion_knows_each_algorithm_of_the_table(cos: FakeCOS, algorithm: Algorithm) -> None:
    send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", *by_header(algorithm, digest(algorithm, BODY)))
    keyword = f"checksum_{algorithm.name.lower()}"
    right: dict[str, Any] = {keyword: digest(algorithm, BODY)}
    cos.assert_object(BUCKET, KEY, **right)
    wrong: dict[str, Any] = {keyword: digest(algorithm, OTHER)}
    with pytest.raises(AssertionError, match=f"checksum {algorithm.name}"):
        cos.assert_object(BUCKET, KEY, **wrong)
