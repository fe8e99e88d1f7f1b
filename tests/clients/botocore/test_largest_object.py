"""10,000 parts of 5 GiB through boto3: right digests, by another computation, in hardly any memory."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fakecos import SyntheticBody

ROOT = Path(__file__).parent.parent.parent.parent
MIB, GIB = 1024**2, 1024**3
POLYNOMIAL = 0x9A6C9329AC4BC9B5  # public: CRC-64/NVME, reflected
ALL = (1 << 64) - 1


def uploaded(count: int, size: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "support" / "largest_object.py"), str(count), str(size)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# --- CRC64NVME by another way: a byte at a time, and whole parts by the matrix that many zero bytes are ----------


def crc_of(data: bytes, register: int = ALL) -> int:
    table = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = value >> 1 ^ (POLYNOMIAL if value & 1 else 0)
        table.append(value)
    for byte in data:
        register = table[(register ^ byte) & 255] ^ register >> 8
    return register ^ ALL


def times(matrix: list[int], vector: int) -> int:
    product = 0
    for row in matrix:
        if vector & 1:
            product ^= row
        vector >>= 1
    return product


def zeros(size: int) -> list[int]:
    """Return the matrix of what `size` zero bytes do to a register."""
    one_bit = [POLYNOMIAL, *(1 << bit for bit in range(63))]
    result, power, bits = [1 << bit for bit in range(64)], one_bit, 8 * size
    while bits:
        if bits & 1:
            result = [times(power, row) for row in result]
        power = [times(power, row) for row in power]
        bits >>= 1
    return result


def crc_of_equal(digest: int, size: int, count: int) -> int:
    """Return the CRC of as many equal pieces, one appended after the other."""
    matrix, whole = zeros(size), digest
    for _ in range(count - 1):
        whole = times(matrix, whole) ^ digest
    return whole


def expected_etag(part: str, count: int) -> str:
    return f"{hashlib.md5(bytes.fromhex(part) * count, usedforsecurity=False).hexdigest()}-{count}"


def test_the_way_to_compare_is_right() -> None:
    # public: the check value of CRC-64/NVME
    assert crc_of(b"123456789") == 0xAE8B14860A799888
    assert crc_of_equal(crc_of(b"ab"), 2, 5) == crc_of(b"ab" * 5)


@pytest.mark.slow
def test_the_memory_is_that_of_the_program_and_not_of_who_started_it() -> None:
    held = bytearray(GIB // 2)
    held[::4096] = b"x" * len(range(0, len(held), 4096))  # each page of it
    assert uploaded(1, 5 * MIB)["memory"] < 256 * MIB


@pytest.mark.slow
def test_a_scaled_copy_has_the_digests_of_real_bytes() -> None:
    count, size = 20, 5 * MIB
    part = SyntheticBody(size, seed=7).read()
    found = uploaded(count, size)
    assert found["etag"] == expected_etag(hashlib.md5(part, usedforsecurity=False).hexdigest(), count)
    crc = crc_of_equal(crc_of(part), size, count)
    assert found["crc"] == base64.b64encode(crc.to_bytes(8, "big")).decode()
    assert found["tail"] == part[-1000:].hex()


@pytest.mark.slow
def test_the_largest_object_that_there_can_be() -> None:
    # documented: 10,000 parts of 5 GiB, below the 50 TB that an object may have since December 2025
    count, size = 10_000, 5 * GIB
    found = uploaded(count, size)
    assert found["size"] == count * size
    body = SyntheticBody(size, seed=7)
    assert found["etag"] == expected_etag(found["part_etag"], count)
    body.seek(-1000, 2)
    assert found["tail"] == body.read().hex()
    # The period's CRC a byte at a time, and what it is repeated to by the matrices.
    body.seek(0)
    period = body.read(1_048_573)
    turns, rest = divmod(size, len(period))
    matrix, part = zeros(rest), crc_of_equal(crc_of(period), len(period), turns)
    part = times(matrix, part) ^ crc_of(period[:rest])
    assert found["crc"] == base64.b64encode(crc_of_equal(part, size, count).to_bytes(8, "big")).decode()
    assert found["memory"] < 256 * MIB
