"""What FakeCOS and its accounts are given by mistake: each message has the line to write."""

from __future__ import annotations

from typing import Any

import pytest

from fakecos import FakeCOS, UsageError


@pytest.mark.parametrize(
    "credentials",
    [
        ("AKIAEXAMPLE", "secret"),
        "AKIAEXAMPLE",
        {},
        {"AKIAEXAMPLE": None},
        {"ibm_api_key_id": None},
        {"ibm_api_key_id": 5},
        {"ibm_api_key_id": []},
        {"aws_access_key_id": "AKIAEXAMPLE", "aws_secret_access_key": "secret"},
    ],
)
def test_credentials_of_another_form_are_told_how_to_write_them(credentials: Any) -> None:
    with pytest.raises(UsageError) as mistake:
        FakeCOS(credentials=credentials)
    assert 'credentials={"AKIAEXAMPLE": "secret"}' in str(mistake.value)
    assert '"ibm_api_key_id": "a key"' in str(mistake.value)


@pytest.mark.parametrize("dialect", ["gcs", "IBM", ["aws"], 1])
def test_a_dialect_that_is_not_there_names_those_that_are(dialect: Any) -> None:
    with pytest.raises(UsageError, match='"aws", "ibm"'):
        FakeCOS(dialect=dialect)


@pytest.mark.parametrize("account", ["12", 222222222222, None])
def test_an_account_has_twelve_digits(account: Any) -> None:
    with pytest.raises(UsageError, match="write the 12 digits of its id"):
        FakeCOS().account(account)


@pytest.mark.parametrize("name", ["", "a b", None, 5, "ä"])
def test_a_user_has_a_name_as_iam_gives_it(name: Any) -> None:
    with pytest.raises(UsageError, match="a name is 1 to 64 letters, digits"):
        FakeCOS().account("222222222222").user(name)


def test_a_decorator_without_brackets_is_told() -> None:
    # because: that of moto may be written so
    made: Any = FakeCOS
    with pytest.raises(UsageError, match=r"with brackets: @FakeCOS\(\)"):
        made(lambda: None)
    with pytest.raises(UsageError, match=r"with brackets: @FakeCOS\(\)"):
        made(type("Test", (), {}))

    with pytest.raises(UsageError, match="all of it are keywords"):
        made("ibm")
