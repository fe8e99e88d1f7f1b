"""OrderedKeys against a dict that is sorted anew each time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fakecos.model.ordered import OrderedKeys

KEYS = st.text("ab/\uffff\U0001f680", max_size=4)
STEPS = st.lists(st.tuples(st.sampled_from(["put", "delete"]), KEYS), max_size=40)


def filled(steps: list[tuple[str, str]]) -> tuple[OrderedKeys[int], dict[str, int]]:
    keys: OrderedKeys[int] = OrderedKeys()
    plain: dict[str, int] = {}
    for count, (step, key) in enumerate(steps):
        if step == "put":
            keys[key] = plain[key] = count
        else:
            assert keys.pop(key, None) == plain.pop(key, None)
    return keys, plain


@given(STEPS)
def test_it_holds_what_a_dict_holds_in_the_order_of_bytes(steps: list[tuple[str, str]]) -> None:
    keys, plain = filled(steps)
    assert [*keys.items()] == sorted(plain.items(), key=lambda item: item[0].encode())
    assert len(keys) == len(plain)
    assert all(key in keys for key in plain)


@given(STEPS, KEYS)
def test_places_are_found_as_by_counting(steps: list[tuple[str, str]], key: str) -> None:
    keys, plain = filled(steps)
    assert keys.place_of(key) == sum(other < key for other in plain)
    assert keys.place_after(key) == sum(other <= key for other in plain)
    behind = sum(other < key or other.startswith(key) for other in plain)
    assert keys.place_after_prefix(key) == behind
    assert [keys.at(place) for place in range(len(plain) + 1)] == [*sorted(plain), None]
