"""`@FakeCOS()` on functions, coroutines, generators and test classes: a fresh fake each."""

from __future__ import annotations

import asyncio
import unittest
from typing import TYPE_CHECKING, Any

import boto3
import pytest

import fakecos
from fakecos import FakeCOS, Limits, UnclaimedRequestError, UsageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

pytest_plugins = ["pytester"]


def make_bucket() -> list[str]:
    """Create one bucket through a client, and return all names."""
    client = boto3.client("s3")
    client.create_bucket(Bucket="photos")
    return [bucket["Name"] for bucket in client.list_buckets()["Buckets"]]


def is_active() -> bool:
    try:
        fakecos.current()
    except UsageError:
        return False
    return True


def test_a_function_has_a_fresh_fake_per_call() -> None:
    @FakeCOS()
    def work(one: int, *, two: int) -> tuple[int, list[str]]:
        """Work."""
        return one + two, make_bucket()

    assert work(1, two=2) == work(1, two=2) == (3, ["photos"])
    assert work.__doc__ == "Work."
    assert not is_active()


def test_the_keywords_hold_for_each_call() -> None:
    @FakeCOS(limits=Limits(min_part_size=1), passthrough=["sts"])
    def work() -> FakeCOS:
        return fakecos.current()

    assert work()._active.passes(["sts"])
    assert work() is not work()


def test_a_coroutine_function_stays_one() -> None:
    @FakeCOS()
    async def work() -> list[str]:
        await asyncio.sleep(0)
        return make_bucket()

    assert asyncio.iscoroutinefunction(work)
    assert asyncio.run(work()) == ["photos"]
    assert not is_active()


def test_a_generator_is_active_until_it_ends() -> None:
    @FakeCOS()
    def fixture() -> Iterator[list[str]]:
        yield make_bucket()
        assert is_active()

    generator = fixture()
    assert next(generator) == ["photos"]
    assert is_active()
    assert next(generator, None) is None
    assert not is_active()


def test_an_async_generator_is_active_until_it_ends() -> None:
    @FakeCOS()
    async def fixture() -> AsyncIterator[list[str]]:
        yield make_bucket()

    async def main() -> None:
        async for names in fixture():
            assert names == ["photos"]
            assert is_active()

    asyncio.run(main())
    assert not is_active()


def test_what_was_swallowed_fails_the_call() -> None:
    @FakeCOS()
    def work() -> None:
        with pytest.raises(UnclaimedRequestError):
            boto3.client("sqs").list_queues()

    with pytest.raises(UnclaimedRequestError):
        work()


def test_something_else_cannot_be_decorated() -> None:
    with pytest.raises(UsageError, match="test classes"):
        FakeCOS()(42)  # type: ignore[type-var]


def run_case(case: type[unittest.TestCase]) -> unittest.TestResult:
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
    assert not is_active()
    return result


class TestUnittest:
    """unittest.TestCase, run by unittest itself."""

    def test_each_test_has_its_own_fake_from_set_up_to_the_last_clean_up(self) -> None:
        seen: list[Any] = []

        @FakeCOS()
        class Case(unittest.TestCase):
            def setUp(self) -> None:
                self.cos = fakecos.current()
                self.addCleanup(lambda: seen.append(self.cos is fakecos.current()))
                seen.append(make_bucket())

            def tearDown(self) -> None:
                seen.append(self.cos is fakecos.current())

            def test_one(self) -> None:
                seen.append(self.cos is fakecos.current())

            test_two = test_one

        result = run_case(Case)
        assert result.wasSuccessful(), result.errors
        assert seen == [["photos"], True, True, True] * 2

    def test_what_was_swallowed_is_an_error_of_that_test(self) -> None:
        @FakeCOS()
        class Case(unittest.TestCase):
            def test_one(self) -> None:
                with pytest.raises(UnclaimedRequestError):
                    boto3.client("sqs").list_queues()

            def test_two(self) -> None:
                make_bucket()

        result = run_case(Case)
        assert result.testsRun == 2
        assert len(result.errors) == 1
        assert "sqs ListQueues" in result.errors[0][1]

    def test_skipped_and_failing_tests_leave_nothing_active(self) -> None:
        @FakeCOS()
        class Case(unittest.TestCase):
            @unittest.skip("not today")
            def test_skipped(self) -> None: ...

            def test_failing(self) -> None:
                self.fail("on purpose")

        result = run_case(Case)
        assert (len(result.skipped), len(result.failures), len(result.errors)) == (1, 1, 0)

    def test_a_fake_that_cannot_start_is_an_error_of_the_test(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse() -> None:
            message = "not beside moto"
            raise UsageError(message)

        monkeypatch.setattr("fakecos.clients.botocore.moto.require_pass_through", refuse)

        @FakeCOS()
        class Case(unittest.TestCase):
            def test_one(self) -> None: ...

        result = run_case(Case)
        assert "not beside moto" in result.errors[0][1]

    def test_a_subclass_is_covered_and_a_coroutine_test_too(self) -> None:
        @FakeCOS()
        class Base(unittest.IsolatedAsyncioTestCase):
            pass

        class Case(Base):
            async def asyncSetUp(self) -> None:
                self.names = make_bucket()

            async def test_one(self) -> None:
                assert self.names == ["photos"]
                assert is_active()

        result = run_case(Case)
        assert result.wasSuccessful(), result.errors

    def test_set_up_class_may_not_store_what_no_test_would_see(self) -> None:
        @FakeCOS()
        class Case(unittest.TestCase):
            @classmethod
            def setUpClass(cls) -> None:
                make_bucket()

            def test_one(self) -> None: ...

        result = run_case(Case)
        assert "begins with an empty fake" in result.errors[0][1]

    def test_one_fake_for_a_class_is_started_in_set_up_class(self) -> None:
        class Case(unittest.TestCase):
            cos: FakeCOS

            @classmethod
            def setUpClass(cls) -> None:
                cls.cos = FakeCOS().start()
                cls.addClassCleanup(cls.cos.stop)
                make_bucket()

            def test_one(self) -> None:
                assert "photos" in self.cos.store.buckets

            test_two = test_one

        result = run_case(Case)
        assert result.wasSuccessful(), result.errors


PYTEST_CLASS = """
import boto3
import fakecos
from fakecos import FakeCOS

def names():
    return [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]]

@FakeCOS()
class TestWithSetup:
    def setup_method(self, method):
        assert method.__name__.startswith("test_")
        boto3.client("s3").create_bucket(Bucket="photos")

    def test_one(self):
        assert names() == ["photos"]
        boto3.client("s3").create_bucket(Bucket="one")

    def test_two(self, tmp_path):
        assert names() == ["photos"]

    def teardown_method(self):
        assert "photos" in names()

class Shared:
    def test_inherited(self):
        assert names() == []

@FakeCOS()
class TestWithout(Shared):
    helper = 1

    def test_one(self):
        boto3.client("s3").create_bucket(Bucket="photos")
        assert names() == ["photos"]

    test_again = test_one

    @staticmethod
    def test_static():
        assert names() == []

@FakeCOS()
class TestFailingSetup:
    def setup_method(self):
        raise ValueError

    def test_one(self): ...

def test_nothing_is_left_active():
    import pytest
    with pytest.raises(fakecos.UsageError):
        fakecos.current()
"""


@pytest.mark.slow
def test_classes_that_pytest_runs(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # no other plugin has a part in it
    pytester.makepyfile(PYTEST_CLASS)
    pytester.runpytest_subprocess().assert_outcomes(passed=7, errors=1)


def test_a_coroutine_test_of_a_class_stays_one() -> None:
    @FakeCOS()
    class TestIt:
        def setup_method(self) -> None:
            self.names = make_bucket()

        async def test_one(self) -> list[str]:
            return self.names if is_active() else []

    case: Any = TestIt()
    case.setup_method()
    test: Callable[[], Any] = case.test_one
    assert asyncio.iscoroutinefunction(test)
    assert asyncio.run(test()) == ["photos"]
    case.teardown_method()
    assert not is_active()
