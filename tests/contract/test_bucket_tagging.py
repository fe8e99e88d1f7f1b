"""Put, Get and DeleteBucketTagging, and tags at creation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promises.bucket_tagging import TAGS, put_tagging
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS


def test_tags_come_back_as_they_were_put(cos: FakeCOS, client: Any) -> None:
    # recorded aws-bucket-configuration 12
    answer = put_tagging(client, *TAGS)
    assert (http_status(answer), members_of(answer)) == (204, {})
    assert members_of(client.get_bucket_tagging(Bucket=BUCKET)) == {"TagSet": TAGS}
    assert cos.store.buckets[BUCKET].tags == {"tag1": "value1", "tag2": ""}


def test_a_document_without_a_tag_set_takes_the_tags_away(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-changes 16
    put_tagging(aws, *TAGS)
    document = b"<Tagging/>"
    assert send_raw(cos, "PUT", f"/{BUCKET}", "tagging", {"content-md5": md5_base64(document)}, document).status == 204
    with refused(cos, "NoSuchTagSet"):
        aws.get_bucket_tagging(Bucket=BUCKET)
