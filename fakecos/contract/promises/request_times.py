"""When a signed request is too old or too young: dates of signatures, presigned URLs and browsers' forms that end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.forms import Form
from fakecos.contract.promise import Service, before_each, cases, promise
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.by_hand import ByHand

PATH = f"/{BUCKET}/key"
EXPIRED = "Request has expired"
SKEWED = "The difference between the request time and the current time is too large."
POLICY_EXPIRED = "Invalid according to Policy: Policy expired."
GOOD_FOR, AFTER = 20, 25
"""Seconds for which something is good, time enough for a slow service, and after which it is not."""


@before_each
def an_object(aws: Any) -> None:
    """Store `key`."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"hello")


def url_for(make_client: Callable[..., Any], seconds: int) -> str:
    """Return a URL of Signature Version 4, which reads the object for so many seconds."""
    client = make_client("aws", config={"signature_version": "s3v4"})
    return str(client.generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": "key"}, ExpiresIn=seconds))


def message_of(answer: dict[str, Any]) -> str:
    """Return what an error says; its times are no promise."""
    return str(answer["Error"]["Message"])


@promise
@cases("minutes", [-16, 16])
def a_signature_of_more_than_15_minutes_is_refused(cos: Service, send: ByHand, minutes: int) -> None:
    """Source: documented: RequestTimeTooSkewed; 15 minutes before and after: public."""
    with refused(cos, "RequestTimeTooSkewed", status=403) as answer:
        send.dated(minutes=minutes)("GET", PATH)
    assert message_of(answer) == SKEWED
    assert answer["Error"]["MaxAllowedSkewMilliseconds"] == "900000"


@promise
@cases("minutes", [-13, 13])
def a_signature_within_15_minutes_is_taken(send: ByHand, minutes: int) -> None:
    """Source: documented: RequestTimeTooSkewed."""
    assert send.dated(minutes=minutes)("GET", PATH).body == b"hello"


@promise
def a_presigned_url_is_refused_after_its_time(cos: Service, send: ByHand) -> None:
    """Source: recorded aws-presigned 8; it was signed an hour ago, and is good for five minutes."""
    with refused(cos, "AccessDenied", status=403) as answer:
        send.dated(hours=-1).presigned("GET", PATH, {})
    assert message_of(answer) == EXPIRED
    assert answer["Error"]["X-Amz-Expires"] == "300"


@promise
def a_presigned_url_may_be_older_than_15_minutes(make_client: Callable[..., Any], send: ByHand) -> None:
    """Source: documented: a presigned URL is good for as long as it says."""
    assert send.dated(minutes=-4).presigned("GET", PATH, {}).body == b"hello"
    url = url_for(make_client, 604_800)
    assert send.url("GET", url).body == b"hello"


@promise
def a_presigned_url_of_tomorrow_is_not_valid_yet(cos: Service, send: ByHand) -> None:
    """Source: public."""
    with refused(cos, "AccessDenied", status=403) as answer:
        send.dated(days=1).presigned("GET", PATH, {})
    assert message_of(answer) == "Request is not valid yet"


@promise
def a_presigned_url_that_is_good_for_no_time_is_refused(
    cos: Service, make_client: Callable[..., Any], send: ByHand
) -> None:
    """Source: public."""
    url = url_for(make_client, 0)
    with refused(cos, "AccessDenied", status=403) as answer:
        send.url("GET", url)
    assert message_of(answer) == EXPIRED


@promise
def the_same_presigned_url_is_taken_before_and_refused_after_its_time(
    cos: Service, make_client: Callable[..., Any], send: ByHand, wait: Callable[[float], None]
) -> None:
    """Source: recorded aws-presigned 8."""
    url = url_for(make_client, GOOD_FOR)
    assert send.url("GET", url).body == b"hello"
    wait(AFTER)
    with refused(cos, "AccessDenied", status=403) as answer:
        send.url("GET", url)
    assert message_of(answer) == EXPIRED


@promise
def a_form_is_refused_after_its_policy_ended(cos: Service, send: ByHand) -> None:
    """Source: recorded aws-presigned 26."""
    with refused(cos, "AccessDenied", status=403) as answer:
        send.form(BUCKET, Form({"key": "key"}, seconds=-60))
    assert message_of(answer) == POLICY_EXPIRED


@promise
def the_same_form_is_taken_before_and_refused_after_its_time(
    cos: Service, aws: Any, send: ByHand, wait: Callable[[float], None]
) -> None:
    """Source: recorded aws-presigned 26."""
    sent = send.signed_form(BUCKET, Form({"key": "key"}, file=b"by a form", seconds=GOOD_FOR))
    assert sent().status == 204
    assert aws.get_object(Bucket=BUCKET, Key="key")["Body"].read() == b"by a form"
    wait(AFTER)
    with refused(cos, "AccessDenied", status=403) as answer:
        sent()
    assert message_of(answer) == POLICY_EXPIRED
