"""Checksums: known answers, and the rule that combining equals computing again."""

from __future__ import annotations

import builtins
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakecos.facts import checksums
from fakecos.facts.checksums import ALGORITHMS, BY_HEADER, Algorithm
from fakecos.facts.exceptions import MissingExtraError

# Trailers that boto3 1.44.5 with awscrt computed for 11 bytes (golden/upload-part-https-all-algorithms.http).
HELLO_WORLD = {
    "CRC32": "DUoRhQ==",
    "CRC32C": "yZRlqg==",
    "CRC64NVME": "jSnVw/bqjr4=",
    "SHA1": "Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
    "SHA256": "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=",
    "SHA512": "MJ7MSJwS1utMxA9QyQLytNDtd+5RGnx6m808qG1M2G+YndNbxf9JlnDaNCVbRbDP2DDoH2Bdz33FVC6TrpzXbw==",
    "XXHASH64": "RatnNLIeaWg=",
    "XXHASH3": "1Eex6kDmmIs=",
    "XXHASH128": "340J6T+HSQCpm4d1zBW2xw==",
    "MD5": "XrY7u+Ae7tCTyyK7j1rNww==",  # golden/upload-part-https-content-md5.http
}
CRCS = [algorithm for algorithm in ALGORITHMS.values() if algorithm.combines]


def ready(algorithm: Algorithm) -> Algorithm:
    if algorithm.name.startswith("XXHASH"):
        pytest.importorskip("xxhash")
    return algorithm


@pytest.mark.parametrize("name", HELLO_WORLD)
def test_a_digest_is_what_the_client_computes(name: str) -> None:
    algorithm = ready(ALGORITHMS[name])
    digest = algorithm.compute([b"hello world"])
    assert algorithm.encode(digest) == HELLO_WORLD[name]
    assert algorithm.decode(HELLO_WORLD[name]) == digest
    assert len(digest) == algorithm.size


@pytest.mark.parametrize("name", ALGORITHMS)
def test_pieces_make_the_same_digest_as_the_whole(name: str) -> None:
    algorithm = ready(ALGORITHMS[name])
    data = bytes(range(256)) * 100
    pieces: list[bytes | memoryview] = [data[:1], b"", memoryview(data)[1:9000], data[9000:]]
    assert algorithm.compute(pieces) == algorithm.compute([data])


@pytest.mark.parametrize(
    ("name", "part", "last", "whole"),
    [
        ("CRC64NVME", "Kg7TOs6algM=", "DBqAA21lxVU=", "ZMNX55lZurA="),  # recorded aws-checksums-and-sse 9
        ("CRC32", "NRU+Sw==", "TBHN8A==", "qSEQSA=="),  # recorded aws-checksums-and-sse 8
    ],
)
def test_aws_own_values_of_parts_and_of_the_object_are_combined(name: str, part: str, last: str, whole: str) -> None:
    algorithm = ALGORITHMS[name]
    big, small = b"a" * 5242881, b"a" * 10
    assert algorithm.encode(algorithm.compute([big])) == part
    assert algorithm.encode(algorithm.compute([small])) == last
    digests = [(algorithm.compute([body]), len(body)) for body in (big, big, small)]
    assert algorithm.encode(algorithm.combine(digests)) == whole


@pytest.mark.parametrize("algorithm", CRCS, ids=lambda algorithm: algorithm.name)
@given(pieces=st.lists(st.binary(max_size=300), max_size=4))
def test_combining_equals_computing_again(algorithm: Algorithm, pieces: list[bytes]) -> None:
    combined = algorithm.combine((algorithm.compute([piece]), len(piece)) for piece in pieces)
    assert combined == algorithm.compute([b"".join(pieces)])


def test_only_the_crcs_combine() -> None:
    assert [algorithm.name for algorithm in CRCS] == ["CRC32", "CRC32C", "CRC64NVME"]
    with pytest.raises(TypeError, match="SHA256 digests cannot be combined"):
        checksums.SHA256.combine([])


@pytest.mark.parametrize("name", ["CRC32", "CRC32C", "CRC64NVME"])
def test_nothing_has_the_crc_zero(name: str) -> None:
    algorithm = ALGORITHMS[name]
    assert algorithm.compute([]) == algorithm.compute([b""]) == bytes(algorithm.size)


@pytest.mark.parametrize("size", [8 * 1024 - 1, 8 * 1024, 100_000])
def test_crc32_is_the_same_from_either_library(size: int) -> None:
    data = bytes(index % 251 for index in range(size))
    one_by_one = checksums.CRC32.compute(data[at : at + 1000] for at in range(0, size, 1000))
    assert checksums.CRC32.compute([data]) == one_by_one


@pytest.mark.parametrize("text", ["", "AAAA", "not base64!", "AAAAAA", "AAAAAAA=", "AAAAAA==\n", "ÄAAAAA=="])
def test_a_value_that_is_no_base64_or_of_another_length_is_no_digest(text: str) -> None:
    assert checksums.CRC32.decode(text) is None


def test_names_follow_the_service_model() -> None:
    assert BY_HEADER["x-amz-checksum-crc64nvme"] is checksums.CRC64NVME
    assert {algorithm.member for algorithm in ALGORITHMS.values()} >= {"ChecksumCRC32", "ChecksumXXHASH128"}


def test_types_are_those_that_aws_allows_with_the_default_first() -> None:
    assert checksums.CRC32.types == checksums.CRC32C.types == ("COMPOSITE", "FULL_OBJECT")  # aws-multipart 27
    assert checksums.CRC64NVME.types == ("FULL_OBJECT",)  # aws-multipart 28
    assert checksums.SHA1.types == checksums.SHA256.types == ("COMPOSITE",)  # aws-multipart 29


def test_without_the_extra_an_xxhash_checksum_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real_import = builtins.__import__

    def refuse(name: str, *args: Any, **keywords: Any) -> Any:
        if name == "xxhash":
            raise ImportError(name)
        return real_import(name, *args, **keywords)

    monkeypatch.delitem(sys.modules, "xxhash", raising=False)
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingExtraError, match=r"fakecos\[xxhash\]"):
        checksums.XXHASH64.compute([b"x"])
