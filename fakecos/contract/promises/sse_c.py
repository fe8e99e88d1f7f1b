"""SSE-C on an upload in parts: the same key on every part, never stored, never shown.

Recorded: aws-multipart 45-47. The three headers' own errors, which all operations share: test_sse_c_headers.
"""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, promise
from fakecos.contract.steps.answers import http_status
from fakecos.contract.steps.customer_keys import allow_sse_c
from fakecos.contract.steps.digests import base64_of, md5_base64
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload

CUSTOMER_KEY = b"1234567890abcdef1234567890abcdef"
SSE_C: dict[str, Any] = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": CUSTOMER_KEY}


def encoded(key: bytes) -> dict[str, str]:
    """Return the headers of a key for an operation that clients do not encode them for."""
    return {
        "SSECustomerAlgorithm": "AES256",
        "SSECustomerKey": base64_of(key),
        "SSECustomerKeyMD5": md5_base64(key),
    }


@promise
def a_list_of_parts_takes_the_right_key_and_refuses_another(cos: Service, aws: Any) -> None:
    """Source: documented; a wrong key: assumed."""
    allow_sse_c(aws)
    named = {"Bucket": BUCKET, "Key": KEY, "UploadId": create_upload(aws, **SSE_C)}
    assert http_status(aws.list_parts(**named)) == 200
    assert http_status(aws.list_parts(**named, **encoded(CUSTOMER_KEY))) == 200
    with refused(cos, "InvalidRequest", status=400):
        aws.list_parts(**named, **encoded(b"other" * 6 + b"ab"))


@promise
def a_read_needs_the_key_before_its_conditions_are_judged(cos: Service, aws: Any) -> None:
    """Source: assumed."""
    allow_sse_c(aws)
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"x", **SSE_C)
    with refused(cos, "InvalidRequest", status=400):
        aws.get_object(Bucket=BUCKET, Key=KEY, IfMatch='"no"')
