"""The walk of the lists against a walk over every key, and that its cost grows with the page and not with the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakecos.facts.errors import S3Error
from fakecos.model.ordered import OrderedKeys
from fakecos.operations.pagination import MAX_INTEGER, Entry, cut, entries, integer, key_of, token_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEY = st.text("ab/-\U0001f680", min_size=1, max_size=6)
KEYS = st.sets(KEY, max_size=30)
SMALL = st.text("ab/-\U0001f680", max_size=3)


class CountedKeys(OrderedKeys[None]):
    """Keys that count how often one was looked at."""

    __slots__ = ("looks",)

    def __init__(self, keys: Iterable[str] = ()) -> None:
        super().__init__()
        self.looks = 0
        for key in keys:
            self[key] = None

    def at(self, place: int) -> str | None:
        self.looks += 1
        return super().at(place)


def naive(keys: Iterable[str], prefix: str, delimiter: str, marker: str) -> Iterator[tuple[str, bool]]:
    """Yield the lines of a list as the documentation says it, looking at every key.

    A line is a key or a common prefix; it is shown if it stands behind the marker, and a common prefix that the
    marker lies in is not shown again.
    """
    shown: set[str] = set()
    for key in sorted(keys):
        if not key.startswith(prefix) or key <= marker:
            continue
        rest = key[len(prefix) :]
        if not delimiter or delimiter not in rest:
            yield key, False
            continue
        common = prefix + rest[: rest.index(delimiter) + len(delimiter)]
        if common not in shown and not marker.startswith(common):
            shown.add(common)
            yield common, True


def walked(keys: OrderedKeys[None], prefix: str, delimiter: str, marker: str) -> list[tuple[str, bool]]:
    start = keys.place_after(marker) if marker else 0
    return [(line.name, line.is_prefix) for line in entries(keys, prefix, delimiter, start, marker)]


@given(keys=KEYS, prefix=SMALL, delimiter=st.sampled_from(["", "/", "-", "a", "ab", "//"]), marker=SMALL)
def test_the_walk_gives_what_a_look_at_every_key_gives(
    keys: set[str], prefix: str, delimiter: str, marker: str
) -> None:
    assert walked(CountedKeys(keys), prefix, delimiter, marker) == [*naive(keys, prefix, delimiter, marker)]


@given(keys=KEYS, prefix=SMALL, delimiter=st.sampled_from(["", "/", "a"]), size=st.integers(1, 4))
def test_pages_one_behind_the_other_are_the_whole_list(keys: set[str], prefix: str, delimiter: str, size: int) -> None:
    stored, found, marker, more = CountedKeys(keys), [], "", True
    while more:
        start = stored.place_after(marker) if marker else 0
        page, more = cut(entries(stored, prefix, delimiter, start, marker), size)
        assert len(page) <= size
        assert page or not more
        found += [(line.name, line.is_prefix) for line in page]
        marker = page[-1].name if page else marker
    assert found == [*naive(keys, prefix, delimiter, "")]


@pytest.mark.parametrize("stored", [1_000, 100_000])
@pytest.mark.parametrize("marker", ["", "k00500"])
def test_a_page_looks_at_as_many_keys_as_it_shows(stored: int, marker: str) -> None:
    # a page of 100 keys costs the same out of 1,000 and out of 100,000
    keys = CountedKeys(f"k{number:05}" for number in range(stored))
    start = keys.place_after(marker) if marker else 0
    page, _ = cut(entries(keys, "", "", start, marker), 100)
    assert len(page) == 100
    assert keys.looks == 101


def test_a_common_prefix_is_one_step_however_many_keys_are_below_it() -> None:
    # a common prefix is skipped over in one step
    keys = CountedKeys(f"folder{folder}/{number:04}" for folder in range(3) for number in range(1_000))
    page, more = cut(entries(keys, "", "/", 0, ""), 100)
    assert [line.name for line in page] == ["folder0/", "folder1/", "folder2/"]
    assert more is False
    assert keys.looks == 4


def test_a_marker_inside_a_common_prefix_costs_one_step_too() -> None:
    keys = CountedKeys(f"folder{folder}/{number:04}" for folder in range(3) for number in range(1_000))
    marker = "folder0/0500"
    page, _ = cut(entries(keys, "", "/", keys.place_after(marker), marker), 100)
    assert [line.name for line in page] == ["folder1/", "folder2/"]
    assert keys.looks == 4


def test_a_page_of_nothing_looks_at_nothing() -> None:
    keys = CountedKeys(["a", "b"])
    assert cut(entries(keys, "", "", 0, ""), 0) == ([], False)
    assert keys.looks == 0


def test_a_line_says_where_it_stands() -> None:
    keys = CountedKeys(["a", "b/1", "b/2", "c"])
    assert [*entries(keys, "", "/", 0, "")] == [
        Entry("a", 0, is_prefix=False),
        Entry("b/", 1, is_prefix=True),
        Entry("c", 3, is_prefix=False),
    ]


# --- tokens ---------------------------------------------------------------------------------------------


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_token_gives_its_key_back(key: str) -> None:
    token = token_of(key)
    assert token.isascii()
    assert key_of(token) == key


@given(st.text(max_size=20))
def test_any_other_text_is_refused(token: str) -> None:
    refusal = None
    try:
        assert token_of(key_of(token)) == token
    except S3Error as error:
        refusal = error
    assert refusal is None or refusal.fields == {"ArgumentName": "continuation-token"}


# --- integers -------------------------------------------------------------------------------------------


@given(st.integers(0, MAX_INTEGER))
def test_a_count_is_taken_as_it_is(value: int) -> None:
    assert integer({"MaxKeys": value}, "MaxKeys", "max-keys", 1000) == value


@pytest.mark.parametrize("params", [{}, {"MaxKeys": ""}, {"MaxKeys": None}])
def test_no_count_is_the_default(params: dict[str, object]) -> None:
    assert integer(params, "MaxKeys", "max-keys", 1000) == 1000


@pytest.mark.parametrize(
    ("value", "start"), [("abc", "Provided"), (MAX_INTEGER + 1, "Provided"), (True, "Provided"), (-1, "Argument")]
)
def test_any_other_count_is_refused(value: object, start: str) -> None:
    with pytest.raises(S3Error, match=start):
        integer({"MaxKeys": value}, "MaxKeys", "max-keys", 1000)
