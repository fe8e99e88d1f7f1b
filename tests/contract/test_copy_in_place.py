"""CopyObject of the object of 16 bytes that was recorded: onto itself, and what is not copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promises.copy_in_place import JSON, SOURCE
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import copy_object, head_object

if TYPE_CHECKING:
    from fakecos import FakeCOS


def test_neither_redirect_nor_acl_are_copied(cos: FakeCOS, aws: Any) -> None:
    # documented by AWS: CopyObject
    aws.put_object(**SOURCE, Body=JSON, WebsiteRedirectLocation="/elsewhere", ACL="bucket-owner-full-control")
    copy_object(aws)
    assert "WebsiteRedirectLocation" not in head_object(aws, "copy")
    assert cos.store.buckets[BUCKET].objects["copy"].attributes.acl is None
