"""Options: ini file, command line, and what is none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.plugin.test_fixtures import IMPORTS

if TYPE_CHECKING:
    from tests.plugin.conftest import Run

pytest_plugins = ["pytester"]


@pytest.mark.parametrize(
    ("ini", "words", "message"),
    [
        (
            "fakecos_open_upload = warn",
            (),
            "*fakecos_open_upload is no option of fakecos; did you mean fakecos_open_uploads? (see *",
        ),
        ("fakecos_scopes = module", (), "*did you mean fakecos_scope? (see *"),
        (
            "fakecos_quux = 1",
            (),
            "*fakecos_quux is no option of fakecos; there are fakecos_as_of, fakecos_autouse*",
        ),
        ("", ("-o", "fakecos_scop=module"), "*fakecos_scop is no option of fakecos*"),
        ("fakecos_open_uploads = maybe", (), "*fakecos_open_uploads = maybe: it may be warn, error, ignore (see *"),
        ("", ("--fakecos-open-uploads=maybe",), "*it may be warn, error, ignore (see */how-to/pytest/#options)*"),
        ("fakecos_min_part_size = -1", (), "*it may be a number of bytes*"),
        ("fakecos_as_of = yesterday", (), "*fakecos_as_of = yesterday: it may be a day, as in 2026-03-31*"),
        ("", ("--fakecos-as-of=2026-02-30",), "*it may be a day, as in 2026-03-31*"),
        ("fakecos_scope = test", (), "*it may be function, class, module, package, session*"),
        ("fakecos_dialect = gcs", (), "*it may be aws, ibm*"),
        ("", ("--fakecos-open-upload-rule=warn",), "*unrecognized arguments: --fakecos-open-upload-rule=warn*"),
    ],
)
def test_an_unknown_option_or_value_is_an_error(run: Run, ini: str, words: tuple[str, ...], message: str) -> None:
    result = run("def test_it(): ...", *words, ini=ini)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([message])


SEEN = """
def test_it(fakecos):
    dialect = fakecos._service._dialect
    assert (dialect and dialect.name, fakecos._service.pipeline._limits.min_part_size) == {expected!r}
"""


@pytest.mark.parametrize(
    ("ini", "words", "marker", "expected"),
    [
        ("", (), "", (None, None)),
        ("fakecos_dialect = ibm\nfakecos_min_part_size = 1", (), "", ("ibm", 1)),
        ("fakecos_dialect = ibm\nfakecos_min_part_size = 1", ("--fakecos-min-part-size=2",), "", ("ibm", 2)),
        ("fakecos_dialect = ibm", ("--fakecos-dialect=aws",), "", ("aws", None)),
        ("fakecos_dialect = ibm", ("--fakecos-dialect=aws",), "dialect='ibm'", ("ibm", None)),
        ("fakecos_min_part_size = 1", (), "limits=Limits(max_parts=3)", (None, 1)),
        ("fakecos_min_part_size = 1", (), "limits=Limits(min_part_size=3)", (None, 3)),
    ],
)
def test_the_marker_wins_over_the_command_line_and_this_over_the_ini_file(
    run: Run, ini: str, words: tuple[str, ...], marker: str, expected: tuple[str | None, int | None]
) -> None:
    text = f"pytestmark = pytest.mark.fakecos({marker})" + SEEN.format(expected=expected)
    run(IMPORTS + text, *words, ini=ini).assert_outcomes(passed=1)


AUTOUSE = """
def test_function():
    assert names() == []
    boto3.client("s3").create_bucket(Bucket="photos")

class Test(unittest.TestCase):
    def test_it(self):
        self.assertEqual(names(), [])

@pytest.mark.fakecos(autouse=False)
def test_not_this_one():
    assert is_active() is None

@pytest.mark.fakecos(autouse=False)
def test_but_it_may_ask(fakecos):
    assert is_active() is fakecos
"""


def test_a_whole_suite_has_fakes_by_one_line(run: Run) -> None:
    run(IMPORTS + AUTOUSE, ini="fakecos_autouse = true").assert_outcomes(passed=4)
    run(IMPORTS + AUTOUSE, "--fakecos-autouse").assert_outcomes(passed=4)


def test_the_command_line_may_say_no(run: Run) -> None:
    text = "def test_it(): assert is_active() is None"
    run(IMPORTS + text, "--no-fakecos-autouse", ini="fakecos_autouse = true").assert_outcomes(passed=1)


def test_an_autouse_fake_of_the_session_is_there_before_other_fixtures_and_set_up_class(run: Run) -> None:
    text = """
@pytest.fixture(scope="session", autouse=True)
def bucket():
    boto3.client("s3").create_bucket(Bucket="photos")

class Test(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        boto3.client("s3").create_bucket(Bucket="of-the-class")

    def test_it(self):
        self.assertEqual(names(), ["of-the-class", "photos"])
"""
    ini = "fakecos_autouse = true\nfakecos_scope = session"
    run(IMPORTS + text, ini=ini).assert_outcomes(passed=1)


SEEN_DAY = """
import pytest
{marker}
def test_it(fakecos):
    assert str(fakecos._service.pipeline._as_of) == {expected!r}
def test_another(fakecos_factory):
    assert str(fakecos_factory()._service.pipeline._as_of) == {expected!r}
    assert str(fakecos_factory(as_of="2020-01-01")._service.pipeline._as_of) == "2020-01-01"
"""


@pytest.mark.parametrize(
    ("ini", "words", "marker", "expected"),
    [
        ("", (), "", "None"),
        ("fakecos_as_of = 2026-03-31", (), "", "2026-03-31"),
        ("fakecos_as_of = 2026-03-31", ("--fakecos-as-of=2026-04-01",), "", "2026-04-01"),
        ("fakecos_as_of = 2026-03-31", (), "pytestmark = pytest.mark.fakecos(as_of='2026-05-01')", "2026-05-01"),
    ],
)
def test_the_day_comes_from_ini_command_line_and_marker(
    run: Run, ini: str, words: tuple[str, ...], marker: str, expected: str
) -> None:
    run(SEEN_DAY.format(marker=marker, expected=expected), *words, ini=ini).assert_outcomes(passed=2)


def test_every_option_is_documented(run: Run) -> None:
    result = run("", "--help")
    for name in ("open_uploads", "unfired_faults", "scope", "autouse", "dialect", "as_of", "min_part_size"):
        result.stdout.fnmatch_lines([f"*--fakecos-{name.replace('_', '-')}*", f"*fakecos_{name} *"])
    run("", "--markers").stdout.fnmatch_lines(["@pytest.mark.fakecos(*): the test has an active fake*"])


def test_messages_lead_to_headings_that_are_there() -> None:
    root = Path(__file__).parent.parent.parent
    named = set()
    for file in (root / "plugins" / "pytest_fakecos").glob("*.py"):
        text = file.read_text()
        named |= set(re.findall(r"(?:page|see)\('([a-z-]+)'\)", text))
        named |= set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', text))
    assert len(named) == 11
    page = (root / "docs" / "how-to" / "pytest.md").read_text()
    assert named <= {
        heading.lower().replace(" ", "-") for heading in re.findall(r"^## (.*)$", page, flags=re.MULTILINE)
    }


def test_a_truth_value_that_is_none_is_refused_with_the_name_of_its_option(run: Run) -> None:
    result = run("def test_it(): ...", ini="fakecos_autouse = maybe")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*fakecos_autouse: it may be false, true (see *"])


def test_a_marker_says_true_or_false_of_autouse(run: Run) -> None:
    result = run("import pytest\n@pytest.mark.fakecos(autouse='no')\ndef test_it(): ...")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*@pytest.mark.fakecos(autouse='no'): it is True or False*"])
