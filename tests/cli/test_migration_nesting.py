"""`fakecos migrate-from-moto` where mocks are nested: moto's share their state, and of two fakes the inner is empty."""

from __future__ import annotations

import pytest

from tests.support.migration import migrated, suite

FIXTURE = """
import boto3
import pytest
from moto import mock_aws

@pytest.fixture{0}
def s3():
    with mock_aws():
        yield boto3.client("s3")
"""
CONFTEST = FIXTURE.format("")
DECORATED = "from moto import mock_aws\n\n@mock_aws\ndef test_it({0}):\n    pass\n"
BARE = "def test_it({0}):\n    pass\n"
OURS = DECORATED.replace("from moto import mock_aws", "from fakecos import FakeCOS").replace("@mock_aws", "@FakeCOS()")
TAKE_ONE_AWAY = "has started a mock already, and two fakes would not share what they store: take one away"


@pytest.mark.parametrize(
    ("conftest", "argument", "after"),
    [
        (CONFTEST, "s3", BARE),
        (CONFTEST + "@pytest.fixture\ndef bucket(s3): pass\n", "bucket", BARE),
        (FIXTURE.format("(autouse=True)"), "", BARE),
        (FIXTURE.format("(name='store')"), "store", BARE),
        (FIXTURE.format("(scope='session')"), "s3", BARE),
        (CONFTEST, "tmp_path", OURS),
        (CONFTEST, "s3=None", OURS),
    ],
)
def test_a_decorator_goes_where_a_fixture_starts_the_mock(conftest: str, argument: str, after: str) -> None:
    test = DECORATED.format(argument)
    outcomes = suite({"tests/conftest.py": conftest, "tests/deep/test_s3.py": test})
    assert "    with FakeCOS():\n" in outcomes["tests/conftest.py"].text
    assert outcomes["tests/deep/test_s3.py"] == (after.format(argument), (), ())


@pytest.mark.parametrize("mark", ['@pytest.mark.usefixtures("s3")\n', 'pytestmark = pytest.mark.usefixtures("s3")\n'])
def test_usefixtures_names_a_fixture_too(mark: str) -> None:
    is_mark_of_file = mark.startswith("pytestmark")
    test = f"import pytest\n{DECORATED.format('')}"
    test = test.replace("\n\n@", f"\n{mark}\n@") if is_mark_of_file else test.replace("def", f"{mark}def")
    outcome = suite({"conftest.py": CONFTEST, "test_s3.py": test})["test_s3.py"]
    assert outcome.text == test.replace("from moto import mock_aws\n", "").replace("@mock_aws\n", "")


def test_a_fixture_of_another_folder_or_class_is_another() -> None:
    files = {"a/conftest.py": CONFTEST, "b/test_s3.py": DECORATED.format("s3")}
    assert suite(files)["b/test_s3.py"].text == OURS.format("s3")
    method = "class TestOther:\n" + "".join(f"    {line}\n" for line in CONFTEST.splitlines()[5:] if line)
    method = method.replace("def s3()", "def s3(self)")
    source = f"import boto3, pytest\n{method}\n{DECORATED.format('s3')}"
    text = migrated(source).text
    assert "@FakeCOS()\ndef test_it(s3)" in text
    assert "with FakeCOS()" in text


def test_the_mock_of_a_decorated_fixture_without_yield_is_over_before_the_test() -> None:
    fixture = "@pytest.fixture\n@mock_aws\ndef s3(): return 1\n"
    source = f"import pytest\nfrom moto import mock_aws\n{fixture}@mock_aws\ndef test_it(s3): pass\n"
    assert migrated(source).text.count("@FakeCOS()\n") == 2


def test_a_fixture_that_starts_and_stops_the_mock_is_one_too() -> None:
    source = (
        "import pytest\nimport moto\n@pytest.fixture\ndef s3():\n    mock = moto.mock_aws()\n    mock.start()\n"
        "    yield\n    mock.stop()\n@moto.mock_aws\ndef test_it(s3): pass\n"
    )
    expected = source.replace("import moto\n", "from fakecos import FakeCOS\n").replace("@moto.mock_aws\n", "")
    assert migrated(source).text == expected.replace("moto.mock_aws()", "FakeCOS()")


def test_a_decorated_class_of_which_some_tests_use_the_fixture_is_left_with_all_files() -> None:
    tests = "    def test_a(self, s3): pass\n    def test_b(self): pass\n"
    source = f"from moto import mock_aws\n@mock_aws\nclass TestIt:\n{tests}"
    outcomes = suite({"conftest.py": CONFTEST, "test_it.py": source})
    why = "test_a uses the fixture s3, which starts a mock too, and other tests of TestIt do not: decorate these alone"
    assert outcomes["test_it.py"] == (source, (f"line 2: mock_aws: {why}",), ())
    assert outcomes["conftest.py"].text == CONFTEST


def test_fixtures_that_start_a_mock_each_and_do_not_know_each_other_are_left() -> None:
    bucket = "@pytest.fixture\ndef bucket():\n    with mock_aws():\n        yield\n"
    source = f"{CONFTEST}\n{bucket}\ndef test_it(s3, bucket): pass\n"
    text, (reason,), _ = migrated(source)
    assert text == source
    each = "each of its fixtures bucket and s3 starts a mock: let one of them ask for the other"
    assert reason == f"line 16: test_it: {each}"


@pytest.mark.parametrize(
    ("inner", "what"),
    [
        ("mock = mock_aws(); mock.start()", "mock_aws(): the fixture s3"),
        ("with mock_aws() as mock: mock.reset()", "mock_aws(): the fixture s3"),
    ],
)
def test_an_inner_mock_that_is_used_by_its_name_is_left_and_named(inner: str, what: str) -> None:
    source = f"{CONFTEST}\ndef test_it(s3):\n    {inner}\n"
    text, (reason,), _ = migrated(source)
    assert text == source
    assert reason == f"line 12: {what} {TAKE_ONE_AWAY}"


def test_a_helper_that_is_called_with_a_mock_and_without_is_left() -> None:
    source = (
        "from moto import mock_aws\n@mock_aws\ndef create_s3(): pass\n@mock_aws\ndef test_a(): create_s3()\n"
        "def test_b(): create_s3()\n"
    )
    text, (reason,), _ = migrated(source)
    assert text == source
    assert reason.endswith("create_s3 is called with a mock around it and without one: keep one of them")


def test_a_file_that_was_not_named_is_asked_for() -> None:
    test = DECORATED.format("s3")
    (reason,) = suite({"test_s3.py": test}, {"conftest.py": CONFTEST})["test_s3.py"].left
    ask = "it uses moto too, and this command was not given it: give it both, or their folder"
    assert reason == f"line 3: the fixture s3 ties it to conftest.py, which is left, line 8: {ask}"
    (reason,) = suite({"conftest.py": CONFTEST}, {"test_s3.py": test})["conftest.py"].left
    assert reason == f"line 8: the fixture s3 ties it to test_s3.py, which is left, line 3: {ask}"


def test_a_file_around_that_is_no_python_is_passed_over() -> None:
    assert suite({"conftest.py": CONFTEST}, {"test_s3.py": "def"})["conftest.py"].left == ()


def test_a_mock_that_is_started_here_and_stopped_there_is_left() -> None:
    # because: moto's mocks are one; FakeCOS().stop() would be that of a fake that was never started
    source = (
        "import moto\nimport pytest\n@pytest.fixture\ndef s3():\n    moto.mock_s3().start()\n    yield\n"
        "    moto.mock_s3().stop()\n"
    )
    text, left, _ = migrated(source)
    assert text == source
    why = "one fake would start and another one stop: keep it in a variable, or in a with block"
    assert left == (f"line 5: moto.mock_s3().start(): {why}",)


def test_an_argument_that_is_called_like_the_mock_is_not_the_mock() -> None:
    source = "from moto import mock_s3\n@mock_s3\ndef test_it(): pass\ndef test_b(mock_s3): mock_s3.get()\n"
    expected = "from fakecos import FakeCOS\n@FakeCOS()\ndef test_it(): pass\ndef test_b(mock_s3): mock_s3.get()\n"
    assert migrated(source) == (expected, (), ())


def test_a_variable_that_is_called_like_the_mock_is_not_the_mock() -> None:
    source = """
import moto
from moto import mock_aws
@mock_aws
def test_s3(): pass
def s3():
    mock_aws = moto.mock_aws()
    mock_aws.start()
    yield
    mock_aws.stop()
"""
    expected = """
from fakecos import FakeCOS
@FakeCOS()
def test_s3(): pass
def s3():
    mock_aws = FakeCOS()
    mock_aws.start()
    yield
    mock_aws.stop()
"""
    text, left, look_at = migrated(source)
    assert "".join(text.split()).count("fromfakecosimportFakeCOS") == 1
    assert (text, left, look_at) == (expected, (), ())


def test_what_runs_once_for_a_decorated_class_is_looked_at() -> None:
    source = "import moto\n@moto.mock_s3\nclass TestIt:\n    @classmethod\n    def setUpClass(cls): pass\n"
    text, left, (said,) = migrated(source)
    assert "@FakeCOS()" in text
    assert left == ()
    why = "each test of a class that FakeCOS decorates begins with an empty fake: arrange in setUp or setup_method"
    assert said == f"line 4: setUpClass: {why}"


def test_a_decorator_above_the_one_of_the_fixture_is_looked_at() -> None:
    source = "import moto, pytest\n@moto.mock_s3\n@pytest.fixture\ndef s3(): pass\n"
    (said,) = migrated(source).look_at
    assert said == "line 2: s3: put @FakeCOS() below @pytest.fixture, else pytest sees no fixture"


@pytest.mark.parametrize(
    "base",
    [
        "import moto\nclass S3Case(TestCase):\n    def setUp(self): self.mock = moto.mock_aws(); self.mock.start()\n",
        "import moto\n@moto.mock_aws\nclass S3Case(TestCase):\n    pass\n",
    ],
)
def test_a_base_class_may_start_the_mock(base: str) -> None:
    test = "import moto\nclass TestIt(S3Case):\n    @moto.mock_aws\n    def test_a(self): pass\n"
    outcomes = suite({"base.py": base, "test_it.py": test})
    assert "FakeCOS()" in outcomes["base.py"].text
    assert outcomes["test_it.py"] == ("class TestIt(S3Case):\n    def test_a(self): pass\n", (), ())
    other = suite({"base.py": base, "test_it.py": f'{test}boto3.client("sqs")\n'})
    assert other["base.py"].text == base


def test_a_fixture_inside_of_a_decorated_class_goes_and_the_class_keeps_its_own() -> None:
    source = """
import pytest
from moto import mock_aws

@mock_aws
class TestIt:
    @pytest.fixture(autouse=True)
    def s3(self):
        with mock_aws():
            yield

    def test_a(self): pass
"""
    expected = source.replace("from moto import mock_aws", "from fakecos import FakeCOS").replace(
        "@mock_aws", "@FakeCOS()"
    )
    expected = expected.replace("        with mock_aws():\n            yield", "        yield")
    assert migrated(source) == (expected, (), ())


def test_a_class_whose_set_up_comes_before_the_fixture_is_left() -> None:
    source = (
        "from moto import mock_aws\n@mock_aws\nclass TestIt:\n    def setup_method(self): pass\n"
        "    def test_a(self, s3): pass\n"
    )
    (reason,) = suite({"conftest.py": CONFTEST, "test_it.py": source})["test_it.py"].left
    why = "setup_method comes before the fixture s3, which starts a mock too: keep one of them"
    assert reason == f"line 2: mock_aws: {why}"


def test_a_fixture_that_enters_a_context_manager_with_the_mock_is_one_too() -> None:
    helper = "import moto\n@contextmanager\ndef s3_store():\n    with moto.mock_aws():\n        yield\n"
    conftest = "import pytest\n@pytest.fixture\ndef s3():\n    with s3_store():\n        yield\n"
    outcomes = suite({"helpers.py": helper, "conftest.py": conftest, "test_it.py": DECORATED.format("s3")})
    assert "    with FakeCOS():\n" in outcomes["helpers.py"].text
    assert outcomes["test_it.py"].text == BARE.format("s3")
    other = "def test_b(s3): boto3.client('sqs')\n"
    outcomes = suite(
        {"helpers.py": helper, "conftest.py": conftest, "test_it.py": DECORATED.format("s3"), "test_b.py": other}
    )
    assert outcomes["helpers.py"].text == helper
    assert outcomes["test_it.py"].text == DECORATED.format("s3")
