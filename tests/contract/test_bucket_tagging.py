"""Put, Get and DeleteBucketTagging, and tags at creation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promises.bucket_tagging import TAGS, put_tagging
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.names import BUCKET

if TYPE_CHECKING:
    from fakecos import FakeCOS


def test_tags_come_back_as_they_were_put(cos: FakeCOS, client: Any) -> None:
    # recorded aws-bucket-configuration 12
    answer = put_tagging(client, *TAGS)
    assert (http_status(answer), members_of(answer)) == (204, {})
    assert members_of(client.get_bucket_tagging(Bucket=BUCKET)) == {"TagSet": TAGS}
    assert cos.store.buckets[BUCKET].tags == {"tag1": "value1", "tag2": ""}
