"""`@FakeCOS()` on classes that pytest runs: every part of them has a fake, however it is written.

Each program is run by a pytest of its own. Whatever went to no fake would be refused: there are no credentials.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., pytest.RunResult]

pytestmark = pytest.mark.slow

pytest_plugins = ["pytester"]

HEAD = """
import unittest

import boto3
import pytest

import fakecos
from fakecos import FakeCOS


def make(name="photos"):
    boto3.client("s3").create_bucket(Bucket=name)


def names():
    return [bucket["Name"] for bucket in fakecos.current() and boto3.client("s3").list_buckets()["Buckets"]]


"""

TAIL = """

def test_last_nothing_is_left_active():
    with pytest.raises(fakecos.UsageError, match="No fake is active"):
        fakecos.current()
"""


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a program; a last test is added to it, that passes when no fake is left active."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # no other plugin has a part in it
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)

    def run_program(text: str, *words: str) -> pytest.RunResult:
        pytester.makepyfile(HEAD + text + TAIL)
        return pytester.runpytest_subprocess(*words)

    return run_program


def test_setup_class_may_be_written_as_pytest_allows(run: Run) -> None:
    kinds = [
        "@classmethod\n    def {name}(cls): cls.{name}_ran = True",
        "def {name}(cls): cls.{name}_ran = True",
        "@staticmethod\n    def {name}(): ran.append('{name}')",
        "@staticmethod\n    def {name}(cls): cls.{name}_ran = True",
    ]
    program = "ran = []\n"
    for number, kind in enumerate(kinds):
        program += f"""
class Base{number}:
    {kind.format(name="setup_class")}
    {kind.format(name="teardown_class")}

    def test_one(self):
        assert names() == []
        assert ran[-1:] == ["setup_class"] or self.setup_class_ran

@FakeCOS()
class TestInherited{number}(Base{number}): ...

TestOwn{number} = FakeCOS()(Base{number})

def test_after_{number}():
    assert ran == ["setup_class", "teardown_class"] * 2 or TestOwn{number}.teardown_class_ran
    ran.clear()
"""
    run(program).assert_outcomes(passed=13)


def test_requests_once_for_a_class_are_told_and_not_sent(run: Run) -> None:
    result = run("""
class Base:
    @classmethod
    def setup_class(cls): make()

    def test_one(self): ...

class BaseCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls): make()

    def test_one(self): ...

class Fixture:
    @pytest.fixture(scope="class", autouse=True)
    def arrange(self): make()

    def test_one(self): ...

@FakeCOS()
class TestInherited(Base): ...

@FakeCOS()
class TestCaseInherited(BaseCase): ...

@FakeCOS()
class TestFixture(Fixture): ...

@FakeCOS()
class TestCaseFixture(Fixture, unittest.TestCase): ...

@FakeCOS()
class TestNamed:
    @pytest.fixture(scope="class", autouse=True)
    def setup_class(self): make()

    def test_one(self): ...

del BaseCase
""")
    result.assert_outcomes(passed=1, errors=5)
    assert result.stdout.str().count("sent requests to S3, but each test of a class") >= 5


def test_requests_at_the_end_of_a_class_are_told_and_not_sent(run: Run) -> None:
    result = run("""
@FakeCOS()
class TestFixture:
    @pytest.fixture(scope="class", autouse=True)
    def arrange(self):
        yield
        make()

    def test_one(self): ...

@FakeCOS()
class TestMethod:
    def teardown_class(cls):
        make()

    def test_one(self): ...

@FakeCOS()
class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.addClassCleanup(fakecos.current)

    @classmethod
    def tearDownClass(cls):
        make()

    def test_one(self): ...
""")
    result.assert_outcomes(passed=4, errors=3)


def test_fixtures_of_a_class_arrange_for_each_test(run: Run) -> None:
    program = ""
    for number, base in enumerate(("", "(unittest.TestCase)")):
        program += f"""
@FakeCOS()
class Test{number}{base}:
    expected = ["photos"]

    @pytest.fixture(autouse=True)
    def arrange(self):
        make()
        self.cos = fakecos.current()
        yield
        assert self.cos is fakecos.current()
        assert "last" in names()

    def test_one(self):
        assert self.cos is fakecos.current()
        assert names() == self.expected
        make("last")

    test_two = test_one

@FakeCOS()
class TestWithSetup{number}(Test{number}):
    expected = ["photos", "set-up"]

    def setup_method(self, method):
        make("set-up")
"""
    run(program).assert_outcomes(passed=9)


def test_fixtures_that_are_asked_for_share_the_fake_of_the_test(run: Run) -> None:
    run("""
@FakeCOS()
class TestIt:
    @pytest.fixture
    def photos(self):
        make()
        yield fakecos.current()
        assert names() == ["photos"]

    def test_one(self, photos):
        assert photos is fakecos.current()

    @pytest.mark.parametrize("number", [1, 2])
    def test_two(self, photos, number):
        assert names() == ["photos"]

    @staticmethod
    def test_static(photos):
        assert photos is fakecos.current()

    @classmethod
    def test_class(cls, photos):
        assert photos is fakecos.current()
""").assert_outcomes(passed=6)


def test_a_fixture_may_be_called_setup_method(run: Run) -> None:
    run("""
@FakeCOS()
class TestIt:
    @pytest.fixture(autouse=True)
    def setup_method(self, tmp_path):
        make()

    @pytest.fixture(autouse=True, scope="class")
    def setup_class(self, request):
        request.cls.ran = True

    def test_one(self):
        assert names() == ["photos"]
        assert self.ran
""").assert_outcomes(passed=2)


def test_classes_inside_of_a_class_are_decorated_too(run: Run) -> None:
    run("""
class Elsewhere:
    def test_shared(self):
        assert names() == []

@FakeCOS()
class TestOuter:
    def test_one(self):
        make()
        assert names() == ["photos"]

    class TestPlain:
        def test_one(self):
            assert names() == []
            make()

        test_two = test_one

    class TestWithSetup:
        def setup_method(self):
            make()

        def teardown_method(self):
            assert names() == ["photos"]

        def test_one(self):
            assert names() == ["photos"]

        class TestDeeper:
            @pytest.fixture(autouse=True)
            def arrange(self):
                make("deeper")

            def setup_method(self):
                self.count = getattr(self, "count", 0) + 1

            def test_one(self):
                assert names() == ["deeper"]
                assert self.count == 2  # as often as pytest calls it without a decorator

    class TestCase(unittest.TestCase):
        def setUp(self):
            make()

        def test_one(self):
            assert names() == ["photos"]

    @FakeCOS(id_seed=1)
    class TestDecorated:
        def setup_method(self):
            make()

        def test_one(self):
            assert names() == ["photos"]

    TestAlias = Elsewhere

    class TestData:
        def __init__(self, value):
            self.value = value

def test_a_class_that_stands_elsewhere_is_left_alone():
    assert not hasattr(Elsewhere, "setup_method")
    assert TestOuter.TestData(3).value == 3
""").assert_outcomes(passed=10, warnings=1)


def test_a_decorated_base_and_a_second_decorator_add_no_second_fake(run: Run) -> None:
    run("""
@FakeCOS()
class Base:
    def setup_method(self):
        make()

    def teardown_method(self):
        assert names() == ["photos"]

    @staticmethod
    def test_static():
        assert names() == ["photos"]

    def test_base(self):
        assert names() == ["photos"]

@FakeCOS()
class TestDerived(Base):
    def setup_method(self):
        self.cos = fakecos.current()
        super().setup_method()

    def teardown_method(self):
        super().teardown_method()
        assert self.cos is fakecos.current()

    def test_one(self):
        assert self.cos is fakecos.current()
        assert names() == ["photos"]

class TestUndecorated(Base):
    def test_one(self):
        assert names() == ["photos"]

@FakeCOS()
@FakeCOS()
class TestTwice:
    def setup_method(self):
        make()

    def test_one(self):
        assert names() == ["photos"]
""").assert_outcomes(passed=8)


def test_a_setup_that_fails_leaves_nothing_active(run: Run) -> None:
    run("""
@FakeCOS()
class TestMethod:
    def setup_method(self):
        raise ValueError

    def test_one(self): ...

@FakeCOS()
class TestClass:
    def setup_class(cls):
        pytest.skip("not today")

    def test_one(self): ...

@FakeCOS()
class TestOuter:
    class TestIn:
        def setup_method(self):
            raise ValueError

        def test_one(self): ...

@FakeCOS()
class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        pytest.skip("not today")

    def test_one(self): ...
""").assert_outcomes(passed=1, skipped=2, errors=2)


def test_what_a_test_swallowed_is_told_at_its_end(run: Run) -> None:
    result = run("""
def swallow():
    with pytest.raises(fakecos.UnclaimedRequestError):
        boto3.client("sqs").list_queues()

@FakeCOS()
class TestIt:
    def test_one(self):
        swallow()

@FakeCOS()
class Case(unittest.TestCase):
    def test_one(self):
        swallow()
""")
    result.assert_outcomes(passed=3, errors=2)
    result.stdout.fnmatch_lines(["*UnclaimedRequestError: sqs ListQueues*"])
