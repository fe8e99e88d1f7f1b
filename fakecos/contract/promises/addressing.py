"""One store behind every address: what one client writes, a client with another address reads.

That each address by itself leads to the fake is held by tests/clients/botocore/test_addresses.py.
"""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.refused import refused


@promise
@cases("query", ["uploadId", "tagging", "acl"])
def a_head_of_a_sub_resource_is_refused(cos: Service, aws: Any, query: str) -> None:
    """Source: public: torrent; the others: assumed."""
    aws.put_object(Bucket="photos", Key="key", Body=b"kept")
    with refused(cos, "405"), before_signing(aws, {query: "x"}):
        aws.head_object(Bucket="photos", Key="key")
