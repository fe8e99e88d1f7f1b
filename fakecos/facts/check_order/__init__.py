"""The order of S3's checks: which error a request gets that breaks several rules at once.

docs/reference/order-of-checks.md is made of this file, and tests/contract/test_order_of_checks.py breaks the rules in
pairs: of two rows that one request can deserve, the one that stands earlier here is answered. The `rows` of a check are
those of the error table that it gives, in their own order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.check_order import multipart, requests

if TYPE_CHECKING:
    from fakecos.facts.check_order.order import Order

ORDERS: dict[str, Order] = {
    "Every request": requests.EVERY_REQUEST,
    "CreateMultipartUpload": multipart.CREATE_MULTIPART_UPLOAD,
    "UploadPart": multipart.UPLOAD_PART,
    "UploadPartCopy": multipart.UPLOAD_PART_COPY,
    "CompleteMultipartUpload": multipart.COMPLETE_MULTIPART_UPLOAD,
    "AbortMultipartUpload": multipart.ABORT_MULTIPART_UPLOAD,
    "ListParts": multipart.LIST_PARTS,
    "ListMultipartUploads": multipart.LIST_MULTIPART_UPLOADS,
    "GetObject and HeadObject": requests.GET_OBJECT,
    "The headers of SSE-C": requests.SSE_C_HEADERS,
}
"""The orders by the heading of each on the page: the names of operations, and what they share."""
