"""Raw requests as clients really send them: each is addressed, unframed and verified."""

from __future__ import annotations

import pytest

from fakecos.facts import checksums
from fakecos.wire.addressing import address
from fakecos.wire.payload import Payload
from tests.wire.golden_http import Golden, all_golden

GOLDEN = all_golden()
SERVICE_LEVEL = {"ibm-iam-requests: list_buckets", "ibm-iam-requests: list_buckets_extended"}


def named(name: str) -> Golden:
    return next(golden for golden in GOLDEN if golden.name == name)


def test_the_folder_is_read() -> None:
    assert len(GOLDEN) >= 39
    assert len({golden.name for golden in GOLDEN}) == len(GOLDEN)


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.name)
def test_every_request_says_where_it_comes_from(golden: Golden) -> None:
    assert "easured 2026-11-22" in golden.provenance or "documented example" in golden.provenance


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.name)
def test_every_request_has_an_address(golden: Golden) -> None:
    found = address(golden.request, {})
    assert (found.bucket is None) == (golden.name in SERVICE_LEVEL)
    if golden.request.method == "PUT" and "partNumber" in golden.request.query:
        assert found.key in {"dir/key", "k"}


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.name)
def test_every_body_is_taken_as_it_came(golden: Golden) -> None:
    payload = Payload(golden.request)
    content = payload.receive()
    assert payload.declared_size in {None, content.size}
    if "partNumber" in golden.request.query and "x-amz-copy-source" not in golden.request.headers:
        assert content.read() in {b"hello", b"hello world"}
    assert payload.content_encoding in {None, "gzip"}


@pytest.mark.parametrize(
    "golden", [g for g in GOLDEN if "x-amz-trailer" in g.request.headers], ids=lambda golden: golden.name
)
def test_every_trailer_is_the_digest_of_the_payload(golden: Golden) -> None:
    payload = Payload(golden.request)
    content = payload.receive()
    assert payload.trailer is not None
    algorithm = checksums.BY_HEADER[payload.trailer]
    if algorithm.name.startswith("XXHASH"):
        pytest.importorskip("xxhash")
    assert payload.trailers == {payload.trailer: algorithm.encode(content.digest(algorithm))}


def test_the_default_upload_of_boto3() -> None:
    payload = Payload(named("upload-part-https").request)
    assert payload.declared_size == 11
    assert payload.trailer == "x-amz-checksum-crc32"
    assert payload.receive().read() == b"hello world"
    assert payload.trailers == {"x-amz-checksum-crc32": "DUoRhQ=="}
