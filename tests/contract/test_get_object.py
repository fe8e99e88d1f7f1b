"""GetObject: the whole answer, header overrides, versions, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS


def test_who_does_not_sign_cannot_override(cos: FakeCOS, aws: Any, anonymous: Callable[[], Any]) -> None:
    # documented by AWS: "you must sign the request"; the words: public
    cos.store.buckets[BUCKET].ownership = "ObjectWriter"
    aws.delete_public_access_block(Bucket=BUCKET)
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"123", ACL="public-read")
    unsigned = anonymous()
    said = "Request specific response headers cannot be used for anonymous GET requests."
    with refused(cos, "InvalidRequest", said, 400):
        unsigned.get_object(Bucket=BUCKET, Key="key", ResponseContentType="text/plain")
    assert unsigned.get_object(Bucket=BUCKET, Key="key")["ContentLength"] == 3
