"""Put, Get and DeleteBucketEncryption, and what is stored in a bucket with a default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.bucket_encryption import AES, put_encryption
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from tests.support.constants import RECORDED

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS


def encryption_rules(client: Any) -> Any:
    return members_of(client.get_bucket_encryption(Bucket=BUCKET))["ServerSideEncryptionConfiguration"]["Rules"]


@pytest.mark.as_of(RECORDED)
def test_sse_c_can_be_blocked(cos: FakeCOS, aws: Any, make_client: Callable[..., Any]) -> None:
    # documented: BlockedEncryptionTypes, AccessDenied
    put_encryption(aws, {**AES, "BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]}})
    with refused(cos, "AccessDenied", status=403):
        aws.put_object(Bucket=BUCKET, Key="a", Body=b"x", SSECustomerAlgorithm="AES256", SSECustomerKey="k" * 32)
    aws.put_object(Bucket=BUCKET, Key="a", Body=b"x")
