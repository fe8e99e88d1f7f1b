"""Numbers that are no limits are told when they are written, not when a request meets them."""

from __future__ import annotations

from typing import Any

import pytest

from fakecos import Limits, UsageError
from fakecos.facts.limits import AWS

NAMES = sorted(Limits.__dataclass_fields__)
MAY_BE_ZERO = {"min_part_size", "max_metadata_size"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("wrong", [-1, "1", 1.5, True, b"1", [1]])
def test_a_limit_is_a_whole_number(name: str, wrong: Any) -> None:
    with pytest.raises(UsageError, match=rf"^Limits\({name}="):
        Limits(**{name: wrong})


@pytest.mark.parametrize("name", NAMES)
def test_zero_is_a_limit_where_something_is_left_to_do(name: str) -> None:
    if name in MAY_BE_ZERO:
        assert getattr(AWS.overridden_by(Limits(**{name: 0})), name) == 0
    else:
        with pytest.raises(UsageError, match="at least 1"):
            Limits(**{name: 0})


def test_what_is_not_set_is_the_services() -> None:
    chosen = AWS.overridden_by(Limits(max_parts=20_000, max_keys=None))
    assert chosen.max_parts == 20_000
    assert chosen.max_keys == AWS.max_keys
    assert AWS.overridden_by(Limits()) is AWS
