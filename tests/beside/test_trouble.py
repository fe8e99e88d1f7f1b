"""What goes wrong there is told once, as what it is; the code under test sees nothing of it."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import boto3
import pytest

from fakecos import Beside, FakeCOS
from tests.beside.conftest import BUCKET, KEY, PREFIX, client_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.planted import Answer, Proxy

pytestmark = [pytest.mark.loopback, pytest.mark.filterwarnings("ignore::fakecos.DifferenceWarning")]


def work() -> None:
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket=BUCKET)
    for number in range(5):
        s3.put_object(Bucket=BUCKET, Key=str(number), Body=b"x")
        assert s3.get_object(Bucket=BUCKET, Key=str(number))["Body"].read() == b"x"


def refusal(status: int, code: str) -> Callable[[str, str, Answer], Answer]:
    """Plant a refusal of all but HEAD of a bucket, which says that there is none."""

    def plant(method: str, _: str, answer: Answer) -> Answer:
        if method == "HEAD":
            return answer
        body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>no</Message></Error>".encode()
        return answer._replace(status=status, headers={"Content-Type": "application/xml"}, body=body)

    return plant


def run(beside: Beside) -> FakeCOS:
    with FakeCOS(beside=beside) as cos:
        work()
    assert list(cos.differences) == []
    return cos


def test_where_nobody_answers_one_request_is_tried_and_no_more() -> None:
    with socket.socket() as bound:  # bound, and nobody listens
        bound.bind(("127.0.0.1", 0))
        given = Beside(client_at(f"http://127.0.0.1:{bound.getsockname()[1]}"), PREFIX)
        cos = run(given)
        again = run(given)  # another fake knows it
    (reason,) = cos.differences.not_compared
    assert reason.startswith(f"no answer came from {given.endpoint_url} to PUT /{BUCKET}, and no more was sent: ")
    assert cos.differences.not_compared == again.differences.not_compared == {reason: 11}
    assert (cos.differences.has_news, again.differences.has_news) == (True, False)


def test_wrong_credentials_are_told_once(proxy: Proxy) -> None:
    """The service verifies signatures: it is asked once."""
    cos = run(Beside(client_at(proxy.url, aws_secret_access_key="another"), PREFIX, 1000))
    assert len(proxy.asked) == 1
    first, then = cos.differences.not_compared.items()
    assert first == (
        f"{BUCKET} is somebody else's there, or the credentials are not taken or may not ask (HEAD: 403)",
        1,
    )
    assert then[1] == 10


@pytest.mark.parametrize("code", ["InvalidAccessKeyId", "ExpiredToken", "RequestTimeTooSkewed"])
def test_credentials_that_are_not_taken_are_told_once(code: str, proxy: Proxy, through: Callable[..., Beside]) -> None:
    proxy.plant = refusal(403, code)
    cos = run(through())
    reason = f"the service does not take the credentials (403 {code}), and no more was sent"
    assert cos.differences.not_compared == {reason: 11}
    assert len(proxy.asked) == 2


@pytest.mark.slow
def test_what_is_denied_is_told_with_the_operation(proxy: Proxy, through: Callable[..., Beside]) -> None:
    usual = proxy.plant
    proxy.plant = lambda *given: refusal(403, "AccessDenied")(*given) if given[0] == "PUT" else usual(*given)
    cos = run(through())
    first, then = cos.differences.not_compared.items()
    assert first == ("CreateBucket is denied there (403 AccessDenied): allow it in the policy of the client's user", 1)
    assert then[1] == 10


def test_a_bucket_that_was_there_before_is_not_touched(
    proxy: Proxy, real: FakeCOS, through: Callable[..., Beside]
) -> None:
    real.create_bucket(BUCKET)
    real.put_object(BUCKET, "precious", b"x")
    cos = run(through(delete_created=True))
    assert [method for method, _, _ in proxy.asked] == ["HEAD"]
    assert f"a bucket {BUCKET} was there before" in str(cos.differences)
    assert real.bucket(BUCKET).objects["precious"].body == b"x"


def test_only_what_this_run_created_is_deleted(proxy: Proxy, real: FakeCOS, through: Callable[..., Beside]) -> None:
    real.create_bucket(f"{PREFIX}other")
    with FakeCOS(beside=through(delete_created=True)) as cos:
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket=BUCKET)
        s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        s3.put_object(Bucket=BUCKET, Key="a", Body=b"x")
        s3.delete_object(Bucket=BUCKET, Key="a")
        s3.create_multipart_upload(Bucket=BUCKET, Key="b")
    assert real.store.buckets.keys() == {f"{PREFIX}other"}
    assert cos.differences.left == []
    assert proxy.asked


def test_a_bucket_that_is_prepared_on_both_sides_is_compared(
    real: FakeCOS, through: Callable[..., Beside], proxy: Proxy
) -> None:
    real.create_bucket(BUCKET)
    with FakeCOS(beside=through(delete_created=True)) as cos:
        cos.create_bucket(BUCKET)
        boto3.client("s3").put_object(Bucket=BUCKET, Key="a", Body=b"x")
        boto3.client("s3").create_bucket(Bucket=BUCKET)  # which succeeds, in us-east-1
        boto3.client("s3").put_object(Bucket=BUCKET, Key="b", Body=b"x")
    assert (cos.differences.compared, list(cos.differences)) == (3, [])
    assert len(real.bucket(BUCKET).objects) == 2  # nothing here created it, so nothing is deleted
    assert [method for method, _, _ in proxy.asked] == ["PUT", "HEAD", "PUT", "PUT"]


def test_a_bucket_that_is_not_there_is_told_once(through: Callable[..., Beside]) -> None:
    with FakeCOS(beside=through()) as cos:
        cos.create_bucket(BUCKET)
        for _ in range(3):
            boto3.client("s3").put_object(Bucket=BUCKET, Key="a", Body=b"x")
    first, then = cos.differences.not_compared.items()
    assert first[0].startswith(f"there is no bucket {BUCKET} there: ")
    assert (first[1], then[1]) == (1, 2)


def test_a_busy_service_is_asked_again(
    proxy: Proxy, through: Callable[..., Beside], monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("fakecos.beside.sender.time.sleep", slept.append)
    counts: dict[str, int] = {}

    def once(method: str, path: str, answer: Answer) -> Answer:
        counts[path] = counts.get(path, 0) + 1
        return refusal(503, "SlowDown")(method, path, answer) if path.endswith("/3") and counts[path] == 1 else answer

    proxy.plant = once
    cos = run(through())
    assert (cos.differences.compared, cos.differences.not_compared) == (11, {})
    assert [pause for pause in slept if pause >= 1] == [1.0]


def test_requests_are_not_sent_faster_than_allowed(
    through: Callable[..., Beside], monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("fakecos.beside.sender.time.sleep", slept.append)
    cos = run(through(requests_per_second=5))
    assert slept == [0.2] * cos.differences.sent


def test_nothing_shows_a_whole_key(capsys: pytest.CaptureFixture[str], through: Callable[..., Beside]) -> None:
    given = through(bucket_prefix=f"{PREFIX}keys-")
    cos = FakeCOS(beside=given)
    shown = f"{given!r} {cos!r} {cos.differences!r} {capsys.readouterr().err}"
    assert "AKIA...REAL" in shown
    assert KEY not in shown
