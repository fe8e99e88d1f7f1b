"""Only what the author allowed is sent: counted at the socket of the service."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

import boto3
import pytest
import requests
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from fakecos import Beside, FakeCOS, faults
from tests.beside.conftest import BUCKET, KEY, PREFIX, SECRET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.planted import Proxy

pytestmark = [pytest.mark.loopback, pytest.mark.filterwarnings("ignore::fakecos.DifferenceWarning")]
OTHER = "photos"


@pytest.fixture
def cos(through: Callable[..., Beside]) -> Iterator[FakeCOS]:
    with FakeCOS(beside=through(), id_seed="here") as fake:
        yield fake


@pytest.fixture
def s3(cos: FakeCOS, proxy: Proxy) -> Any:
    client = boto3.client("s3")
    client.create_bucket(Bucket=BUCKET)
    client.create_bucket(Bucket=OTHER)
    client.put_object(Bucket=OTHER, Key="a", Body=b"x")
    client.put_object(Bucket=BUCKET, Key="a", Body=b"x")
    return client


def test_nothing_is_sent_for_another_bucket_and_for_none(s3: Any, proxy: Proxy) -> None:
    s3.list_buckets()
    s3.get_object(Bucket=OTHER, Key="a")
    for name in (f"x{BUCKET}", PREFIX[:-1], "nobodys"):
        with contextlib.suppress(ClientError):
            s3.head_bucket(Bucket=name)
    with contextlib.suppress(ClientError):
        s3.get_object(Bucket=OTHER, Key=BUCKET)
    assert set(proxy.paths()) == {f"/{BUCKET}", f"/{BUCKET}/a"}


def test_without_beside_nothing_is_sent(proxy: Proxy, through: Callable[..., Beside]) -> None:
    through()  # made, and given to nobody
    with FakeCOS():
        boto3.client("s3").create_bucket(Bucket=BUCKET)
    assert proxy.asked == []


@pytest.mark.slow
def test_what_is_sent_is_signed_by_the_keys_that_were_given_and_by_no_other(s3: Any, proxy: Proxy) -> None:
    s3.list_objects_v2(Bucket=BUCKET)
    text = repr(proxy.asked)
    assert all(f"Credential={KEY}/" in headers["authorization"] for _, _, headers in proxy.asked)
    own = s3._request_signer._credentials
    assert own.access_key not in text
    assert own.secret_key not in text
    assert SECRET not in text


def test_a_set_clock_is_not_signed(proxy: Proxy, through: Callable[..., Beside]) -> None:
    """The service knows the time of the world only (documented: RequestTimeTooSkewed)."""
    freezegun, clock = pytest.importorskip("freezegun"), pytest.importorskip("time_machine")
    with FakeCOS(beside=through()):
        for freeze in (freezegun.freeze_time("2031-02-03"), clock.travel("2031-02-03")):
            with freeze, contextlib.suppress(ClientError):
                boto3.client("s3").list_objects_v2(Bucket=BUCKET)
    dates = [headers["x-amz-date"] for _, _, headers in proxy.asked]
    assert dates
    assert not [date for date in dates if date.startswith("2031")]


def anonymous(_: Any) -> None:
    with contextlib.suppress(ClientError):
        boto3.client("s3", config=Config(signature_version=UNSIGNED)).get_object(Bucket=BUCKET, Key="a")


def expired(_: Any) -> None:
    signing = boto3.client("s3", config=Config(signature_version="s3v4"))
    url = signing.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "a"}, ExpiresIn=60)
    assert requests.get(url.replace("X-Amz-Expires=60", "X-Amz-Expires=-1"), timeout=5).status_code == 400


def posted(s3: Any) -> None:
    form = s3.generate_presigned_post(BUCKET, "form")
    assert requests.post(form["url"], data=form["fields"], files={"file": b"x"}, timeout=5).ok


def retained_for_ever(s3: Any) -> None:
    with contextlib.suppress(ClientError):
        s3.put_object(Bucket=BUCKET, Key="b", Body=b"x", ObjectLockMode="COMPLIANCE", ObjectLockRetainUntilDate=2e9)


def locks_itself_out(s3: Any) -> None:
    rule = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": f"arn:aws:s3:::{BUCKET}"}
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [rule]}))


def copies_from_another_bucket(s3: Any) -> None:
    s3.copy_object(Bucket=BUCKET, Key="b", CopySource={"Bucket": OTHER, "Key": "a"})


def logs_into_another_bucket(s3: Any) -> None:
    with contextlib.suppress(ClientError):
        logging = {"LoggingEnabled": {"TargetBucket": OTHER, "TargetPrefix": ""}}
        s3.put_bucket_logging(Bucket=BUCKET, BucketLoggingStatus=logging)


def names_an_owner(s3: Any) -> None:
    s3.get_object(Bucket=BUCKET, Key="a", ExpectedBucketOwner="123456789012")


NOT_SENT = (
    *(anonymous, expired, posted, retained_for_ever, locks_itself_out, copies_from_another_bucket),
    *(logs_into_another_bucket, names_an_owner),
)


@pytest.mark.parametrize("act", NOT_SENT, ids=lambda act: act.__name__)
def test_what_cannot_be_asked_there_is_not_sent_and_the_report_says_why(
    act: Callable[[Any], None], s3: Any, cos: FakeCOS, proxy: Proxy
) -> None:
    before = len(proxy.asked)
    act(s3)
    assert len(proxy.asked) == before
    assert sum(cos.differences.not_compared.values()) == 1
    assert list(cos.differences) == []


@pytest.mark.slow
def test_after_a_change_that_was_not_sent_the_bucket_is_compared_no_more(s3: Any, cos: FakeCOS, proxy: Proxy) -> None:
    copies_from_another_bucket(s3)
    before = len(proxy.asked)
    s3.get_object(Bucket=BUCKET, Key="b")
    assert len(proxy.asked) == before
    assert [*cos.differences.not_compared][1].startswith("after a change that was not sent (CopyObject: ")


@pytest.mark.parametrize(
    "arranged",
    [
        lambda cos: cos.put_object(BUCKET, "by hand", b"x"),
        lambda cos: cos.reset(),
        lambda cos: cos.advance(days=1),
    ],
    ids=["put_object", "reset", "advance"],
)
def test_what_is_arranged_by_hand_is_here_only(arranged: Any, s3: Any, cos: FakeCOS, proxy: Proxy) -> None:
    before = len(proxy.asked)
    arranged(cos)
    with contextlib.suppress(ClientError):
        s3.get_object(Bucket=BUCKET, Key="by hand")
    assert len(proxy.asked) == before
    assert cos.differences.compared == 2
    assert len(cos.differences.not_compared) == 1


@pytest.mark.slow
def test_a_fault_of_the_fake_is_not_sent_and_not_compared(s3: Any, cos: FakeCOS, proxy: Proxy) -> None:
    cos.inject("PutObject", error=faults.error("SlowDown"))
    before = len(proxy.asked)
    s3.put_object(Bucket=BUCKET, Key="retried", Body=b"x")  # the second attempt is done, and sent
    assert len(proxy.asked) == before + 1
    assert cos.differences.not_compared == {"a fault answered before anything was done": 1}
    assert list(cos.differences) == []


def test_what_was_done_before_a_fault_took_its_answer_is_done_there_too(s3: Any, cos: FakeCOS, real: FakeCOS) -> None:
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    cos.inject("PutObject", transport=faults.Transport.RESET, when=faults.When.STORED)
    s3.put_object(Bucket=BUCKET, Key="twice", Body=b"x")
    listed = s3.list_object_versions(Bucket=BUCKET, Prefix="twice")["Versions"]
    assert len(listed) == 2
    s3.delete_object(Bucket=BUCKET, Key="twice", VersionId=listed[1]["VersionId"])  # whose id no client was told
    assert list(cos.differences) == []
    assert len(real.bucket(BUCKET).versions["twice"]) == 1


def test_a_fault_that_changes_what_is_stored_ends_the_comparison(s3: Any, cos: FakeCOS, proxy: Proxy) -> None:
    cos.inject("PutObject", meanwhile=faults.Meanwhile.DELIVERED_TWICE)
    before = len(proxy.asked)
    s3.put_object(Bucket=BUCKET, Key="b", Body=b"x")
    s3.get_object(Bucket=BUCKET, Key="b")
    assert len(proxy.asked) == before
    assert list(cos.differences) == []


def test_other_accounts_of_the_fake_are_nobody_there(s3: Any, cos: FakeCOS, proxy: Proxy) -> None:
    before = len(proxy.asked)
    with contextlib.suppress(ClientError):
        cos.account("222222222222").client().get_object(Bucket=BUCKET, Key="a")
    assert len(proxy.asked) == before
    assert cos.differences.not_compared == {"another account or user of this fake signed it": 1}
