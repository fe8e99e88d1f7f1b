"""What pytest shows of a mistake: the line of whoever made it is the last, and no frame of fakecos is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plugin.test_fixtures import IMPORTS

if TYPE_CHECKING:
    from tests.plugin.conftest import Run

pytest_plugins = ["pytester"]

MISTAKES = {
    "a value": 'fakecos.inject("UploadPart", http=503)',
    "a keyword": 'fakecos.create_bucket("photos", regoin="eu-west-1")',
    "through S3's own rules": 'fakecos.create_bucket("Photos")',
    "through a client": 'boto3.client("sts", region_name="us-east-1").get_caller_identity()',
    "an attribute": "fakecos.fail",
    "a key": 'fakecos.create_bucket("photos").objects["a"]',
}


@pytest.mark.parametrize("line", MISTAKES.values(), ids=MISTAKES)
def test_the_last_line_is_the_authors(run: Run, line: str) -> None:
    result = run(f"{IMPORTS}\nimport boto3\ndef test_it(fakecos):\n    {line}\n")
    text = result.stdout.str()
    assert f">       {line}" in text
    assert "fakecos/" not in text.replace("fakecos/en/latest", "").replace("io/en/latest", "").split("short test")[0]
    assert "botocore/" not in text


def test_all_of_it_is_there_with_full_trace(run: Run) -> None:
    result = run(f'{IMPORTS}\ndef test_it(fakecos):\n    fakecos.inject("UploadPart", http=503)\n', "--full-trace")
    result.stdout.fnmatch_lines(["*faults*api.py:*"])


def test_a_marker_that_is_wrong_is_told_without_a_traceback(run: Run) -> None:
    result = run(f'{IMPORTS}\n@pytest.mark.fakecos(dialct="ibm")\ndef test_it(fakecos): ...\n')
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["E   UsageError: *::test_it: dialct is no keyword of FakeCOS; did you mean dialect?*"])
    result.stdout.no_fnmatch_line("*fakes.py*")


def test_the_marker_names_no_parameter_that_is_not_to_be_given(run: Run) -> None:
    result = run(f"{IMPORTS}\n@pytest.mark.fakecos(zzz=1)\ndef test_it(fakecos): ...\n")
    result.stdout.fnmatch_lines(["*zzz is no keyword of FakeCOS; there are as_of, autouse, *"])
    result.stdout.no_fnmatch_line("*misplaced*")
