"""responses: a user's own rules win, then fakecos, at any nesting; other URLs are answered as without us."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import boto3
import pytest
import requests

from fakecos import FakeCOS
from tests.clients.http.addresses import BUCKET, Sign, open_bucket, stored_body

if TYPE_CHECKING:
    from collections.abc import Callable

    Test = Callable[[Any, FakeCOS], None]

responses: Any = pytest.importorskip("responses")
OTHER = "https://api.example.com/"
OBJECT = f"https://{BUCKET}.s3.amazonaws.com/a"


def get(address: str) -> bytes:
    return requests.get(address, timeout=5).content


def in_mock_in_fake(test: Test) -> None:
    with FakeCOS() as cos, responses.RequestsMock() as mock:
        test(mock, cos)


def in_fake_in_mock(test: Test) -> None:
    with responses.RequestsMock() as mock, FakeCOS() as cos:
        test(mock, cos)


def crossed(test: Test) -> None:
    """Stop what began first before what began second."""
    mock, cos = responses.RequestsMock(), FakeCOS()
    mock.start()
    cos.start()
    try:
        test(mock, cos)
    finally:
        mock.stop()
        mock.reset()
        cos.stop()


def with_the_default_mock(test: Test) -> None:
    @responses.activate  # type: ignore[untyped-decorator,unused-ignore]
    @FakeCOS()
    def run() -> None:
        import fakecos

        test(responses.mock, fakecos.current())

    run()


@pytest.fixture(params=[in_mock_in_fake, in_fake_in_mock, crossed, with_the_default_mock])
def nested(request: pytest.FixtureRequest) -> Callable[[Test], None]:
    """Run a test with both active, in each order."""
    run: Callable[[Test], None] = request.param
    return run


def test_s3_is_answered_by_the_fake_and_others_by_the_rules(nested: Callable[[Test], None]) -> None:
    def test(mock: Any, cos: FakeCOS) -> None:
        open_bucket(cos)
        mock.get(OTHER, body=b"theirs")
        assert requests.put(OBJECT, data=b"ours", timeout=5).status_code == 200
        assert get(OTHER) == b"theirs"
        assert get(OBJECT) == b"ours"
        assert stored_body(cos, "a") == b"ours"
        assert [call.request.url for call in mock.calls] == [OTHER]  # those of S3 stand in the journal
        assert [exchange.operation for exchange in cos.journal] == ["PutObject", "GetObject"]

    nested(test)


def test_a_rule_for_a_url_of_s3_wins(nested: Callable[[Test], None]) -> None:
    def test(mock: Any, cos: FakeCOS) -> None:
        open_bucket(cos)
        cos.put_object(BUCKET, "a", b"ours")
        cos.put_object(BUCKET, "b", b"ours")
        mock.get(OBJECT, body=b"theirs")
        assert get(OBJECT) == b"theirs"
        assert get(f"https://{BUCKET}.s3.amazonaws.com/b") == b"ours"
        assert requests.head(OBJECT, timeout=5).headers["Content-Length"] == "4"
        assert len(mock.calls) == 1

    nested(test)


def test_a_url_that_is_neither_is_refused_in_the_words_of_responses(nested: Callable[[Test], None]) -> None:
    def test(mock: Any, cos: FakeCOS) -> None:
        mock.get(OTHER, body=b"theirs")
        get(OTHER)
        with pytest.raises(requests.exceptions.ConnectionError, match="Connection refused by Responses"):
            get("https://elsewhere.example.com/")

    nested(test)


def test_the_rules_of_an_outer_mock_win_too() -> None:
    with responses.RequestsMock() as outer, FakeCOS() as cos, responses.RequestsMock() as inner:
        open_bucket(cos)
        cos.put_object(BUCKET, "b", b"ours")
        outer.get(OBJECT, body=b"outer")
        inner.get(OTHER, body=b"inner")
        assert [get(OBJECT), get(OTHER), get(f"https://{BUCKET}.s3.amazonaws.com/b")] == [b"outer", b"inner", b"ours"]
        with pytest.raises(requests.exceptions.ConnectionError):
            get("https://elsewhere.example.com/")


def test_a_rule_that_was_not_used_is_still_told() -> None:
    mock = responses.RequestsMock()
    with FakeCOS():
        mock.start()
        mock.get(OBJECT, body=b"theirs")
        requests.put(OBJECT, data=b"x", timeout=5)
        with pytest.raises(AssertionError, match="Not all requests have been executed"):
            mock.stop()


def test_rules_that_are_used_in_order_stay_in_order() -> None:
    with FakeCOS() as cos, responses.RequestsMock(registry=responses.registries.OrderedRegistry) as mock:
        open_bucket(cos)
        cos.put_object(BUCKET, "a", b"ours")
        mock.get(OTHER, body=b"first")
        mock.get(OTHER, body=b"second")
        assert [get(OTHER), get(OBJECT), get(OTHER)] == [b"first", b"ours", b"second"]


def test_a_rule_with_several_answers_gives_each(nested: Callable[[Test], None]) -> None:
    def test(mock: Any, cos: FakeCOS) -> None:
        open_bucket(cos)
        mock.get(OBJECT, body=b"first")
        mock.get(OBJECT, body=b"second")
        assert [get(OBJECT), get(OBJECT), get(OBJECT)] == [b"first", b"second", b"second"]

    nested(test)


def test_a_rule_that_looks_at_the_body_leaves_it_whole() -> None:
    import io

    with FakeCOS() as cos, responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        open_bucket(cos)
        mock.put(OBJECT, match=[responses.matchers.urlencoded_params_matcher({"never": "sent"})])
        assert requests.put(OBJECT, data=io.BytesIO(b"ours"), timeout=5).status_code == 200
        assert stored_body(cos, "a") == b"ours"


def test_what_may_pass_to_the_network_is_still_the_fakes_if_it_is_for_s3() -> None:
    with FakeCOS() as cos, responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        open_bucket(cos)
        cos.put_object(BUCKET, "a", b"ours")
        mock.add_passthru(OBJECT)
        mock.add(responses.PassthroughResponse("GET", re.compile(r".*/b")))
        assert get(OBJECT) == b"ours"
        assert b"NoSuchKey" in get(f"https://{BUCKET}.s3.amazonaws.com/b")


def test_streams_and_faults_pass_through_a_mock(cos: FakeCOS, url: Sign) -> None:
    from fakecos.faults import Transport

    cos.put_object(BUCKET, "a", b"0123456789")
    with responses.RequestsMock():
        with requests.get(url("get_object", "a"), stream=True, timeout=5) as answer:
            assert list(answer.iter_content(4)) == [b"0123", b"4567", b"89"]
        cos.inject("GetObject", transport=Transport.READ_TIMEOUT)
        with pytest.raises(requests.exceptions.ReadTimeout):
            get(url("get_object", "a"))


def test_a_mock_is_as_before_when_no_fake_is_active() -> None:
    with responses.RequestsMock() as mock:
        with FakeCOS() as cos:
            open_bucket(cos)
            assert requests.head(f"https://{BUCKET}.s3.amazonaws.com/", timeout=5).status_code == 200
        with pytest.raises(requests.exceptions.ConnectionError, match="Connection refused by Responses"):
            get(OBJECT)
        assert len(mock.calls) == 1


def test_moto_beside_us_lets_s3_pass() -> None:
    moto = pytest.importorskip("moto")
    with moto.mock_aws(config={"core": {"passthrough": {"services": ["s3"]}}}), FakeCOS() as cos:
        open_bucket(cos)
        address = boto3.client("s3").generate_presigned_url("put_object", Params={"Bucket": BUCKET, "Key": "a"})
        assert requests.put(address, data=b"ours", timeout=5).status_code == 200
        assert stored_body(cos, "a") == b"ours"
