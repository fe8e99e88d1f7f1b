"""What pytest shows where `==` of parts or objects fails: seen from the function, and from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fakecos.testing.assertions.compare import explain

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytest_plugins = ["pytester"]

TEST = """
def test_it(fakecos):
    fakecos.create_bucket("photos")
    upload = fakecos.start_upload("photos", "a", [b"hello"])
    assert upload.parts[1] == b"help!"
"""


def test_objects_that_differ(cos: FakeCOS) -> None:
    one = cos.put_object("photos", "a", b"text", Metadata={"a": "1"})
    other = cos.put_object("photos", "b", b"tEXT", Metadata={"a": "2"}, ContentType="text/plain")
    lines = explain("==", one, other)
    assert lines is not None
    assert lines[0] == f"{one!r} == {other!r}"
    assert "headers['ContentType']: left 'binary/octet-stream', right 'text/plain'" in lines
    assert "metadata['a']: left '1', right '2'" in lines
    assert "body: left 4 bytes, right 4 bytes; first difference at offset 1 (0x1)" in lines


def test_objects_of_other_parts(cos: FakeCOS, s3: object) -> None:
    one, other = (cos.start_upload("photos", key, parts) for key, parts in (("a", [b"1", b"22"]), ("b", [b"12", b"2"])))
    lines = explain("==", one.parts[1], other.parts[1])
    assert lines is not None
    assert "size: left 1, right 2" in lines
    lines = explain("==", one.parts[1], one.parts[2])
    assert lines is not None
    assert "number: left 1, right 2" in lines


def test_bytes_on_either_side(cos: FakeCOS) -> None:
    stored = cos.put_object("photos", "a", b"text")
    for lines in (explain("==", stored, b"tex"), explain("==", b"tex", stored)):
        assert lines is not None
        assert any("first difference at offset 3 (0x3)" in line for line in lines)


def test_what_is_none_of_ours_is_left_to_pytest(cos: FakeCOS) -> None:
    stored = cos.put_object("photos", "a", b"text")
    assert explain("==", b"1", b"2") is None
    assert explain("!=", stored, stored) is None
    assert explain("==", stored, 3) is None
    part = cos.start_upload("photos", "a", [b"1"]).parts[1]
    assert explain("==", stored, part) == [f"{stored!r} == {part!r}", "a part is not an object"]


@pytest.mark.slow
def test_pytest_shows_it(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TEST)
    result = pytester.runpytest_subprocess("-p", "no:fakecos", "-p", "pytest_fakecos", "-p", "no:cacheprovider")
    result.stdout.fnmatch_lines(
        ["E *assert <Part 1 of photos/a: 5 bytes, etag *> == 5 bytes", "E *first difference at offset 3 (0x3)"]
    )


def test_text_is_told_that_a_body_is_bytes(cos: FakeCOS) -> None:
    cos.create_bucket("texts")
    lines = explain("==", cos.put_object("texts", "a", b"holiday"), "holiday")
    assert lines is not None
    assert lines[1].startswith("a body is bytes: compare it with bytes")
