"""Keys are text, kept byte for byte: what looks like a path, an escape or a control character is only a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.uploads import create_upload, upload_in_parts

if TYPE_CHECKING:
    from fakecos import FakeCOS

ODD = [
    *("a//b", "a///", "/", "//", "/foo", "/bar/foo/", "trailing/", "a/"),  # recorded aws-objects 5, 15, 16, 17
    *(".", "..", "a/./b", "a/../b", "../up", "./here", "..."),  # public sources: nothing is normalised
    *("test%percent", "test%40key", "test%40key/", "test@key/", "100%", "%2F", "%%"),  # recorded aws-objects 16, 18
    *("a+b", "a b", "test key//", " leading", "trailing ", "a?b=c", "a#b", "a&b;c:d,e$f", "a=b", "a~b"),
    *(
        "ü",
        "日本語",
        "\U0001f680",
        "e\u0301",
        "\u00e9",
        "\u202eltr",
        "\ufeffmark",
    ),  # also: not composed into one another
    *("quote\"'`", "<tag>&amp;", "back\\slash", "[x]{y}|z^", "*"),
]
CONTROLS = ["tab\there", "new\nline", "carriage\rreturn", "bell\x07", "escape\x1b[0m", "delete\x7f", "\x85next"]


@pytest.mark.parametrize("key", ODD + CONTROLS)
def test_a_key_is_kept_as_it_is(cos: FakeCOS, client: Any, key: str) -> None:
    client.put_object(Bucket=BUCKET, Key=key, Body=b"test")
    assert list(cos.store.buckets[BUCKET].objects) == [key]
    assert members_of(client.get_object(Bucket=BUCKET, Key=key))["Body"] == b"test"
    assert client.head_object(Bucket=BUCKET, Key=key)["ContentLength"] == 4
    # clients ask for url encoding and take it off again (wire 4)
    assert [item["Key"] for item in client.list_objects_v2(Bucket=BUCKET)["Contents"]] == [key]
    assert [item["Key"] for item in client.list_objects(Bucket=BUCKET)["Contents"]] == [key]
    assert client.delete_object(Bucket=BUCKET, Key=key)["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert not cos.store.buckets[BUCKET].objects


@pytest.mark.limits(min_part_size=1)
@pytest.mark.parametrize("key", [*ODD, "tab\there"])
def test_an_upload_in_parts_keeps_its_key(cos: FakeCOS, client: Any, key: str) -> None:
    assert upload_in_parts(client, b"one", b"two", key=key)["Key"] == key
    assert list(cos.store.buckets[BUCKET].objects) == [key]
    upload_id = create_upload(client, key)
    assert client.list_parts(Bucket=BUCKET, Key=key, UploadId=upload_id)["Key"] == key
    assert [item["Key"] for item in client.list_multipart_uploads(Bucket=BUCKET)["Uploads"]] == [key]
    client.copy_object(Bucket=BUCKET, Key="copy", CopySource={"Bucket": BUCKET, "Key": key})
    assert cos.store.buckets[BUCKET].objects["copy"].body == b"onetwo"
