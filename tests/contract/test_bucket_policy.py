"""Put, Get and DeleteBucketPolicy and GetBucketPolicyStatus: grammar and text; who may do what is another matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promises.bucket_policy import STATEMENT, policy
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.names import BUCKET
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS


def test_a_policy_of_raw_bytes_is_kept_to_the_letter(cos: FakeCOS, aws: Any) -> None:
    body = policy(STATEMENT, Id="grüße").encode() + b"\n"
    answer = send_raw(cos, "PUT", f"/{BUCKET}", "policy", {"content-md5": md5_base64(body)}, body)
    assert answer.status == 204
    answer = send_raw(cos, "GET", f"/{BUCKET}", "policy")
    assert b"".join(answer.chunks()) == body
    assert answer.headers["Content-Type"] == "application/json"
