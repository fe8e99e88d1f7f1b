"""The laws of docs/invariants.md are enforced by tests that exist. What no other test enforces is enforced here."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import boto3
import pytest

from fakecos import FakeCOS

ROOT = Path(__file__).parent.parent
LAWS = re.split(r"^## ", (ROOT / "docs" / "invariants.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
NAMED = re.compile(r"^- `(tests/[\w/]+\.py)::(\w+)`$", flags=re.MULTILINE)
ENFORCED = [(law.split(".")[0], *named) for law in LAWS for named in NAMED.findall(law)]
KEPT = 10_000


@pytest.mark.parametrize(("law", "file", "function"), ENFORCED)
def test_a_test_that_enforces_a_law_exists(law: str, file: str, function: str) -> None:
    assert (ROOT / file).is_file(), f"law {law} is enforced by {file}, which is not there"
    functions = {
        node.name
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    assert function in functions, f"law {law} is enforced by {function}, which {file} does not have"


def test_every_law_is_enforced() -> None:
    assert [law.split(".")[0] for law in LAWS] == [str(number) for number in range(1, 14)]
    assert {law for law, _, _ in ENFORCED} == {law.split(".")[0] for law in LAWS}


def test_every_line_that_names_a_test_is_read() -> None:
    # because: a line that is written in another way would be checked by nobody
    assert len(ENFORCED) == sum(law.count("\n- ") for law in LAWS)


def test_the_journal_keeps_the_size_of_a_body_and_not_the_body() -> None:
    # law 11
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        s3 = boto3.client("s3", region_name="us-east-1")
        s3.put_object(Bucket="photos", Key="a", Body=b"a body of its own")
        (put,) = cos.journal
        assert put.parameters["Body"] == len(b"a body of its own")
        assert "a body of its own" not in repr(put)


def test_the_journal_is_bounded() -> None:
    # law 11
    with FakeCOS() as cos:
        boto3.client("s3", region_name="us-east-1").list_buckets()
        (request,) = cos.journal
        for _ in range(KEPT):
            cos.journal.add(request)
        assert len(cos.journal) == KEPT
