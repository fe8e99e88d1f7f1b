"""No customer's key in what is printed: its MD5 at most.

Source: our own promise (docs/explanation/decisions/clients.md).
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY, OTHER = "k3y-of-a-customer-0123456789abcd", "another-key-0123456789abcdefghij"
IN_BASE64 = base64.b64encode(KEY.encode()).decode()
MD5 = base64.b64encode(hashlib.md5(KEY.encode(), usedforsecurity=False).digest()).decode()
OF_CUSTOMER = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": KEY}
OF_SOURCE = {"CopySourceSSECustomerAlgorithm": "AES256", "CopySourceSSECustomerKey": KEY}


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with FakeCOS() as made:
        made.create_bucket("photos", sse_c="allowed")
        s3 = made.client()
        s3.put_object(Bucket="photos", Key="a", Body=b"1", **OF_CUSTOMER)
        s3.copy_object(Bucket="photos", Key="b", CopySource="photos/a", **OF_CUSTOMER, **OF_SOURCE)
        yield made


def require_no_key(text: str) -> None:
    for key in (KEY, OTHER):
        encoded = base64.b64encode(key.encode()).decode()
        assert not any(form in text for form in (key, encoded, encoded.rstrip("="), key.encode().hex()))


@pytest.mark.parametrize("given", [KEY, KEY.encode(), bytearray(KEY.encode()), IN_BASE64])
def test_a_customers_key_is_expected_by_its_value(cos: FakeCOS, given: Any) -> None:
    cos.assert_requests([("PutObject", {"SSECustomerKey": given}), ("CopyObject", {"CopySourceSSECustomerKey": given})])


@pytest.mark.parametrize("given", [OTHER, OTHER.encode(), base64.b64encode(OTHER.encode()).decode()])
@pytest.mark.parametrize("match", ["exact", "in_order", "any_order", "at_least"])
@pytest.mark.parametrize(
    ("operation", "name"), [("PutObject", "SSECustomerKey"), ("CopyObject", "CopySourceSSECustomerKey")]
)
def test_a_failing_assertion_shows_the_md5_of_a_customers_key_alone(
    cos: FakeCOS, given: Any, match: Any, operation: Any, name: str
) -> None:
    with pytest.raises(AssertionError) as caught:
        cos.assert_requests([(operation, {name: given})], match=match, key="a" if operation == "PutObject" else "b")
    require_no_key(str(caught.value))
    assert f"{name}MD5" in str(caught.value)
    assert MD5 in str(caught.value)


def test_a_request_that_a_predicate_is_given_shows_no_key(cos: FakeCOS) -> None:
    seen: list[Any] = []

    def look(request: Any) -> bool:
        seen.append(request)
        return True

    cos.inject("PutObject", where=look, error="SlowDown")
    cos.client().put_object(Bucket="photos", Key="c", Body=b"1", **OF_CUSTOMER)
    assert seen[0].headers["x-amz-server-side-encryption-customer-key"] == IN_BASE64
    require_no_key(repr(seen))
    assert "(redacted)" in repr(seen)
    assert "Signature=" not in repr(seen)


def test_nothing_that_is_printed_shows_a_key(cos: FakeCOS) -> None:
    for request in cos.journal:
        require_no_key(repr(request))
    view = cos.bucket("photos").objects["a"]
    upload = cos.start_upload("photos", "u", [b"1"], **OF_CUSTOMER)
    for shown in (cos, cos.journal, str(cos.journal), cos.bucket("photos"), view, upload, cos.store, cos.snapshot()):
        require_no_key(repr(shown))
