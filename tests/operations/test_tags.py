"""The rules of tags that no operation on objects shows: those of buckets."""

from __future__ import annotations

import pytest

from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MAX_BUCKET_TAGS
from fakecos.facts.services.aws import AWS
from fakecos.operations import tags


def test_a_bucket_has_more_tags_than_an_object() -> None:
    # documented
    fifty = [(f"t{number}", "") for number in range(50)]
    assert tags.require_tags(AWS, fifty, MAX_BUCKET_TAGS, tags.BUCKET) == dict(fifty)
    with pytest.raises(S3Error, match="BadRequest: Bucket tag count cannot be greater than 50"):
        tags.require_tags(AWS, [*fifty, ("more", "")], MAX_BUCKET_TAGS, tags.BUCKET)


def test_a_bucket_has_no_tag_of_s3_s_own() -> None:
    # public
    with pytest.raises(S3Error, match="InvalidTag: System tags cannot be added/updated by requester") as caught:
        tags.require_tags(AWS, [("aws:a", "1")], MAX_BUCKET_TAGS, tags.BUCKET)
    assert caught.value.fields == {"TagKey": "aws:a"}
