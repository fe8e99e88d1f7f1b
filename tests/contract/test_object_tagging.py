"""Put, Get and DeleteObjectTagging (recorded aws-objects 60-62)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.object_tagging import OBJECT, tag, tags
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.messages import (
    MALFORMED_XML,
)
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import (
    put_version,
)
from tests.support.answers import child_names, xml_document
from tests.support.raw_requests import send_raw

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


def test_the_document_as_it_is_on_the_wire(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 14
    put_version(client, Tagging="a=1")
    root = xml_document(send_raw(cos, "GET", f"/{BUCKET}/key", "tagging"))
    assert root.tag.endswith("}Tagging")
    assert child_names(root) == ["TagSet"]
    assert child_names(root[0]) == ["Tag"]
    assert child_names(root[0][0]) == ["Key", "Value"]


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>",
        b"<Tagging><TagSet><Tag><Value>a</Value></Tag></TagSet></Tagging>",
        b"<Tagging><TagSet>",
    ],
)
def test_documents_that_are_none(cos: FakeCOS, aws: Any, document: bytes) -> None:
    # the words: recorded aws-objects 65; here: assumed
    put_version(aws, Tagging="a=1")
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        send_raw(cos, "PUT", f"/{BUCKET}/key", "tagging", {"content-md5": md5_base64(document)}, document)


@pytest.mark.parametrize(
    "document", [b"<Tagging/>", b'<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></Tagging>']
)
def test_a_document_without_a_tag_set_takes_the_tags_away(cos: FakeCOS, aws: Any, document: bytes) -> None:
    # recorded aws-changes 16
    aws.put_object(Bucket=BUCKET, Key="key", Tagging="a=1")
    assert send_raw(cos, "PUT", f"/{BUCKET}/key", "tagging", body=document).status == 200
    assert tags(aws) == {"TagSet": []}
