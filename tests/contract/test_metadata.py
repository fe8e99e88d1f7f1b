"""What is stored beside the bytes: system headers, user metadata, tags, redirects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import put_object
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from fakecos import FakeCOS


@pytest.mark.parametrize(
    "text", ["x\x01y", pytest.param("x\n y", marks=pytest.mark.only_patch("on a socket it is no HTTP"))]
)
@pytest.mark.only_boto3("its sessions do not send them")
def test_control_characters_are_refused(cos: FakeCOS, client: Any, text: str) -> None:
    # public: 400; the code: assumed
    said = "Header value cannot be represented using ISO-8859-1."
    with refused(cos, "InvalidArgument", said, 400, ArgumentName="x-amz-meta-a"):
        put_object(client, Body=b"foo", Metadata={"a": text})


# --- tags -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("tag1=tag1&tag2=tag2&tag=", {"tag": "", "tag1": "tag1", "tag2": "tag2"}),
        ("wrongquery&wrongagain", {"wrongquery": "", "wrongagain": ""}),
        ("key1&&&key2", {"key1": "", "key2": ""}),
        ("a%20b=c%3Ad&e+f=g", {"a b": "c:d", "e f": "g"}),
        ("", {}),
    ],
)
def test_tags_of_a_put(cos: FakeCOS, client: Any, header: str, tags: dict[str, str]) -> None:
    # recorded aws-objects 60; escapes: documented ("URL Query parameters")
    put_object(client, Body=b"foo", Tagging=header)
    assert cos.store.buckets[BUCKET].objects["key"].attributes.tags == tags
