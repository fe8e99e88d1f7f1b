"""SSE-C on an upload in parts: the same key on every part, never stored, never shown.

Recorded: aws-multipart 45-47. The three headers' own errors, which all operations share: test_sse_c_headers.
"""

from __future__ import annotations

from typing import Any

CUSTOMER_KEY = b"1234567890abcdef1234567890abcdef"
SSE_C: dict[str, Any] = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": CUSTOMER_KEY}
