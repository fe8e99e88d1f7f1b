"""`fakecos verify` and stores that do not answer as S3 does: each of these was met at a store of other people."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from fakecos import FakeCOS
from fakecos.comparison.differences import differences
from fakecos.comparison.exchange import Exchange
from fakecos.contract import selection, verification
from fakecos.contract.asking import Asking
from fakecos.contract.matrix import details
from fakecos.contract.pace import Pace
from fakecos.contract.real_service import RealService
from fakecos.contract.results import DIFFERS, NOT_OFFERED, NOT_RUN, SAME
from fakecos.contract.verification import verified
from tests.support.unruly_server import Close, Hang, Header, Page, unruly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.contract.results import Result

pytestmark = [pytest.mark.loopback, pytest.mark.slow]
LISTS = "list_objects_v2.the_whole_answer_and_that_of_an_empty_bucket"
PUTS_AND_GETS = "put_object.a_body_that_looks_like_xml_is_stored_as_it_is"
REFUSES = "put_object.appending_is_for_directory_buckets"


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDVERIFY")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")


@pytest.fixture
def store() -> FakeCOS:
    """The fake that stands for a store."""
    return FakeCOS(keep_environment=True)


@pytest.fixture
def url(store: FakeCOS) -> Iterator[str]:
    """Its address."""
    with store.serve() as server:
        yield server.endpoint_url


def service_at(url: str) -> RealService:
    return RealService(boto3.session.Session(), Asking(url, "us-east-1", "fakecos-verify"), Pace(10_000))


def asked(service: RealService, name: str) -> Result:
    """Return what comes of the first case of a promise, and see that nothing is left."""
    found = verified(service, selection.chosen([name], "aws", large=False)[0])
    assert service.left == []
    return found


def is_about_the_key(target: str) -> bool:
    return target.partition("?")[0].endswith("/key")


def told(result: Result) -> list[tuple[str, str, str]]:
    return [(each.kind, each.here, each.there) for each in result.differences]


def test_a_page_in_html_that_refuses_is_told_by_its_status(url: str) -> None:
    def misbehave(method: str, target: str) -> Any:
        return Page(403) if method == "GET" and is_about_the_key(target) else None

    with unruly(url, misbehave) as address:
        service = service_at(address)
        result = asked(service, PUTS_AND_GETS)
        assert result.outcome == DIFFERS
        assert ("status", "200", "403") in told(result)
        assert asked(service, LISTS).outcome == SAME  # and it goes on


def test_a_page_in_html_in_the_place_of_a_list_is_told(url: str) -> None:
    def misbehave(method: str, target: str) -> Any:
        return Page(200) if method == "GET" and "encoding-type=url" in target else None

    with unruly(url, misbehave) as address:
        result = asked(service_at(address), LISTS)
    assert result.outcome == DIFFERS
    body = next(each for each in result.differences if each.kind == "body")
    assert "<ListBucketResult>" in body.here
    assert "Sorry" in body.there


@pytest.mark.parametrize(
    ("how", "why"),
    [(Close(), "the connection ended without an answer"), (Hang(), "no answer within 1 s")],
    ids=["closes", "hangs"],
)
@pytest.mark.parametrize("name", [PUTS_AND_GETS, REFUSES])
def test_no_answer_is_told_and_the_run_goes_on(
    url: str, how: Close | Hang, why: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "PATIENCE", 1)

    def misbehave(method: str, target: str) -> Any:
        return how if method == "PUT" and is_about_the_key(target) else None

    with unruly(url, misbehave) as address:
        service = service_at(address)
        result = asked(service, name)
        assert (result.outcome, result.why) == (DIFFERS, why)
        assert result.differences[0].there == "no answer"
        assert asked(service, LISTS).outcome == SAME


def test_what_a_store_does_not_have_is_not_offered_though_an_earlier_header_differs(url: str) -> None:
    refusal = "<Error><Code>NotImplemented</Code><Message>Not here.</Message></Error>"

    def misbehave(method: str, target: str) -> Any:
        return (
            Page(501, refusal, "application/xml")
            if method == "GET" and is_about_the_key(target)
            else Header("Server-Of", "others")
        )

    with unruly(url, misbehave) as address:
        result = asked(service_at(address), PUTS_AND_GETS)
    assert ("header", "(nothing)", "others") in told(result)
    assert result.outcome == NOT_OFFERED


def test_a_store_that_lists_no_uploads_can_refuse_all_the_same(url: str) -> None:
    refusal = "<Error><Code>NotImplemented</Code><Message>Not here.</Message></Error>"

    def misbehave(method: str, target: str) -> Any:
        return Page(501, refusal, "application/xml") if method == "GET" and "uploads" in target else None

    with unruly(url, misbehave) as address:
        assert asked(service_at(address), REFUSES).outcome == SAME


def test_a_bucket_that_a_store_makes_with_an_object_is_deleted_too(url: str, store: FakeCOS) -> None:
    def misbehave(method: str, target: str) -> Any:
        found = re.match(r"/([a-z0-9-]+-no-such-bucket)/", target)
        if found and method == "PUT":
            store.create_bucket(found[1])

    with unruly(url, misbehave) as address:
        result = asked(service_at(address), "put_object.a_missing_bucket_is_refused")
    assert result.why == "it was to be refused, and was not"
    assert not store.store.buckets


def test_a_store_that_is_started_again_is_asked_on_and_nothing_is_left(
    url: str, store: FakeCOS, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[str] = []

    def misbehave(method: str, target: str) -> Any:
        is_first = method == "PUT" and is_about_the_key(target)
        if (is_first and not closed) or 0 < len(closed) < 8:
            closed.append(target)
            return Close()
        return None

    monkeypatch.setattr("time.sleep", lambda _: None)
    with unruly(url, misbehave) as address:
        service = service_at(address)
        service.pace.sleep = lambda _: None
        result = asked(service, PUTS_AND_GETS)
        assert (result.outcome, result.why) == (DIFFERS, "the connection ended without an answer")
        assert len(closed) == 8
        assert not store.store.buckets
        assert asked(service, LISTS).outcome == SAME


def test_a_store_that_dies_in_the_middle_ends_the_run_and_what_is_left_is_told(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from fakecos.cli.main import main

    count = 0

    def misbehave(method: str, target: str) -> Any:
        nonlocal count
        count += 1
        return Close() if count > 60 else None

    monkeypatch.setattr("time.sleep", lambda _: None)
    with unruly(url, misbehave) as address, pytest.raises(SystemExit) as end:
        main(["verify", "--endpoint-url", address, "--yes", "--rate", "10000", "--only", "list_objects_v2"])
    said = capsys.readouterr()
    assert end.value.code == 3
    assert "ended: " in said.err
    assert re.search(r" after list_objects_v2\.[^;]+; this is what was found until then", said.err)
    assert re.search(r"still there; --delete-created deletes it:\n  fakecos-verify-[0-9a-f]+-photos: ", said.out)
    assert "list_objects_v2 " in said.out  # the matrix


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required"),
        ("AWS_RESPONSE_CHECKSUM_VALIDATION", "when_required"),
        ("AWS_ENDPOINT_URL_S3", "https://s3.example.com"),
    ],
)
def test_what_the_environment_says_of_clients_changes_no_promise(
    url: str, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    assert asked(service_at(url), PUTS_AND_GETS).outcome == SAME


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("abort.on_cos_a_second_abort_is_404", "it is about IBM COS: --dialect ibm asks for it"),
        (
            "put_object.the_expected_account_is_let_in",
            "it names the account of the fake, and that of the service has an id of its own",
        ),
    ],
)
def test_what_is_not_about_this_service_is_not_run(url: str, name: str, why: str) -> None:
    result = asked(service_at(url), name)
    assert (result.outcome, result.why) == (NOT_RUN, why)


def exchange(body: bytes, status: int = 200, **headers: str) -> Exchange:
    return Exchange("ListObjectsV2", {}, status, {name.replace("_", "-"): text for name, text in headers.items()}, body)


def test_the_order_of_items_counts_and_that_of_other_elements_does_not() -> None:
    here = exchange(b"<List><Name>a</Name><Key>1</Key><Key>2</Key></List>")
    assert differences([here], [exchange(b"<List><Key>1</Key><Key>2</Key><Name>a</Name></List>")]) == []
    (found,) = differences([here], [exchange(b"<List><Name>a</Name><Key>2</Key><Key>1</Key></List>")])
    assert found.kind == "order"
    versions = exchange(b"<List><Version>1</Version><DeleteMarker>2</DeleteMarker></List>")
    (found,) = differences([versions], [exchange(b"<List><DeleteMarker>2</DeleteMarker><Version>1</Version></List>")])
    assert found.kind == "order"


def test_headers_of_a_body_that_is_compared_itself_are_not_compared() -> None:
    bare = exchange(b"")
    assert differences([bare], [exchange(b"", content_type="text/html; charset=utf-8", content_length="0")]) == []
    here, there = exchange(b"abc", content_type="text/plain"), exchange(b"abc", content_type="text/html")
    (found,) = differences([here], [there])
    assert (found.kind, found.name) == ("header", "content-type")


def test_no_two_cases_have_the_same_id() -> None:
    found = Counter(case.id for case in selection.chosen([], "aws", large=True))
    assert [name for name, count in found.items() if count > 1] == []


def test_what_decides_is_shown_before_headers(url: str) -> None:
    def misbehave(method: str, target: str) -> Any:
        return Page(404) if method == "GET" and is_about_the_key(target) else Header("Server-Of", "others")

    with unruly(url, misbehave) as address:
        result = asked(service_at(address), PUTS_AND_GETS)
    assert result.differences[0].kind == "header"
    lines = [line for line in details([result]) if line.startswith("    request")]
    assert lines[0].endswith("status: '200' here, '404' there")
