"""Put, Get and DeleteObjectTagging (recorded aws-objects 60-62)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promises.object_tagging import OBJECT, tag
from fakecos.contract.steps.versions import (
    put_version,
)

if TYPE_CHECKING:
    from fakecos import FakeCOS


def test_the_object_is_not_written_anew(cos: FakeCOS, client: Any) -> None:
    put_version(client, body=b"body", Metadata={"a": "b"})
    before = client.get_object(**OBJECT)
    cos.advance(days=1)
    tag(client, ("a", "1"))
    after = client.get_object(**OBJECT)
    assert after["TagCount"] == 1
    for name in ("LastModified", "ETag", "Metadata", "ContentLength"):
        assert after[name] == before[name]
