"""What pytest shows beside a failure: the requests and what is stored, in sections of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plugin.test_fixtures import IMPORTS

if TYPE_CHECKING:
    from tests.plugin.conftest import Run

pytest_plugins = ["pytester"]


def test_a_failing_test_shows_the_requests_and_what_is_stored(run: Run) -> None:
    text = """
def test_it(fakecos, fakecos_client):
    fakecos.create_bucket("photos")
    fakecos_client.put_object(Bucket="photos", Key="a.jpg", Body=b"holiday")
    assert 0
"""
    result = run(IMPORTS + text)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*assert 0",
            "*- fakecos: requests -*",
            "*PutObject*photos/a.jpg*200",
            "*- fakecos: stored -*",
            "bucket photos: 1 object, 7 bytes",
            "*a.jpg*7*",
        ]
    )


def test_a_failing_set_up_shows_them_too(run: Run) -> None:
    text = """
@pytest.fixture
def arranged(fakecos, fakecos_client):
    fakecos_client.create_bucket(Bucket="photos")
    assert 0

def test_it(arranged): ...
"""
    result = run(IMPORTS + text)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*CreateBucket*photos*200", "bucket photos: 0 objects, 0 bytes"])


def test_several_fakes_are_told_apart(run: Run) -> None:
    text = """
def test_it(fakecos, fakecos_factory):
    fakecos.create_bucket("photos")
    fakecos_factory().create_bucket("videos")
    assert 0
"""
    result = run(IMPORTS + text)
    result.stdout.fnmatch_lines(
        ["*fakecos: stored of fake 1*", "bucket photos:*", "*fakecos: stored of fake 2*", "bucket videos:*"]
    )


def test_nothing_is_shown_where_there_is_nothing(run: Run) -> None:
    text = """
def test_unused(fakecos):
    assert 0

def test_without():
    assert 0

def test_passing(fakecos):
    fakecos.create_bucket("photos")
"""
    result = run(IMPORTS + text)
    result.assert_outcomes(failed=2, passed=1)
    result.stdout.no_fnmatch_line("*fakecos: requests*")


def test_a_plain_comparison_of_parts_and_objects_says_what_differs(run: Run) -> None:
    text = """
def test_objects(fakecos, fakecos_client):
    photos = fakecos.create_bucket("photos")
    for key, body in {"a": b"holiday", "b": b"holidax"}.items():
        fakecos_client.put_object(Bucket="photos", Key=key, Body=body)
    assert photos.objects["a"] == photos.objects["b"]

def test_bytes(fakecos, fakecos_client):
    photos = fakecos.create_bucket("photos")
    fakecos_client.put_object(Bucket="photos", Key="a", Body=b"holiday")
    assert photos.objects["a"] == b"holi"
"""
    result = run(IMPORTS + text)
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines_random(["E*first differ* offset 6*", "E*4 bytes*"])


@pytest.mark.slow
def test_the_sections_come_through_xdist(run: Run) -> None:
    text = """
def test_it(fakecos, fakecos_client):
    fakecos_client.create_bucket(Bucket="photos")
    assert 0
"""
    result = run(IMPORTS + text, "-n", "1")
    result.stdout.fnmatch_lines(["*fakecos: requests*", "*CreateBucket*photos*200", "*fakecos: stored*"])


def test_a_refusal_that_a_date_caused_explains_itself_beside_the_failure(run: Run) -> None:
    # aws-changes 1
    result = run(
        """
        def test_it(fakecos, fakecos_client):
            fakecos.create_bucket("photos")
            key = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}
            fakecos_client.put_object(Bucket="photos", Key="a", Body=b"1", **key)
        """
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*- fakecos: requests -*",
            "*PutObject*403*AccessDenied",
            'why: the bucket photos blocks SSE-C * since 2026-04-06.*sse_c="allowed"*FakeCOS(as_of="2026-04-05").',
        ]
    )
