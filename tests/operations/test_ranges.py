"""The Range header against a reader that goes by RFC 9110, and the words of recorded answers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakecos.facts.errors import S3Error
from fakecos.model.content import Content
from fakecos.operations.get_object import range_of

SIZES = st.integers(0, 40)
NUMBERS = st.integers(0, 60).map(str)
HEADERS = st.one_of(
    st.builds("bytes={}-{}".format, NUMBERS, NUMBERS),
    st.builds("bytes={}-".format, NUMBERS),
    st.builds("bytes=-{}".format, NUMBERS),
    st.text("bytes=-,0123", max_size=12),
)


def naive(header: str, size: int) -> list[int] | str | None:
    """Return the offsets that a Range header asks for, None if it is ignored, or "refused"."""
    match = re.fullmatch(r"bytes=([0-9]*)-([0-9]*)", header)
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if first and last and int(first) > int(last):
        return None
    offsets = range(size)
    if not first:
        found = [offset for offset in offsets if offset >= size - int(last)]
    else:
        found = [offset for offset in offsets if int(first) <= offset and (not last or offset <= int(last))]
    return found or "refused"


@given(header=HEADERS, size=SIZES)
def test_every_header_is_read_as_the_rules_say(header: str, size: int) -> None:
    wanted = naive(header, size)
    if wanted == "refused":
        with pytest.raises(S3Error) as caught:
            range_of(header, size)
        assert caught.value.fields == {"RangeRequested": header, "ActualObjectSize": str(size)}
        return
    extent = range_of(header, size)
    if extent is None:
        assert wanted is None
        return
    assert isinstance(wanted, list)
    assert Content.of(bytes(range(size))).slice(extent.first, extent.last).read() == bytes(wanted)
    assert extent.size == len(wanted)


def test_no_header_is_no_range() -> None:
    assert range_of(None, 10) is None
