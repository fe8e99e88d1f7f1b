"""Keys are text, kept byte for byte: what looks like a path, an escape or a control character is only a name."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused


@promise
def leading_slashes_are_part_of_the_key(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 15."""
    for key in ("/foo", "bar", "/bar/foo/"):
        client.put_object(Bucket=BUCKET, Key=key, Body=b"test")
    for missing in ("foo", "//foo", "/bar"):
        with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key=missing):
            client.get_object(Bucket=BUCKET, Key=missing)
    keys = [item["Key"] for item in client.list_objects_v2(Bucket=BUCKET)["Contents"]]
    assert keys == ["/bar/foo/", "/foo", "bar"]


@promise
def a_percent_sign_is_decoded_once(client: Any) -> None:
    """Source: recorded aws-objects 18."""
    for key in ("test@key/", "test%40key/", "test%40key"):
        client.put_object(Bucket=BUCKET, Key=key, Body=key.encode())
    listed = client.list_objects_v2(Bucket=BUCKET)["Contents"]
    assert [item["Key"] for item in listed] == ["test%40key", "test%40key/", "test@key/"]
    assert members_of(client.get_object(Bucket=BUCKET, Key="test%40key"))["Body"] == b"test%40key"


@promise
@cases("key", ["k" * 1024, "ü" * 512, "\U0001f680" * 256])
def a_key_has_up_to_1024_bytes(client: Any, key: str) -> None:
    """Source: documented by AWS: "1,024 bytes long" in UTF-8."""
    client.put_object(Bucket=BUCKET, Key=key, Body=b"1")
    assert [item["Key"] for item in client.list_objects_v2(Bucket=BUCKET)["Contents"]] == [key]


@promise
@cases(("key", "size"), [("k" * 1025, "1025"), ("ü" * 513, "1026"), ("\U0001f680" * 257, "1028")])
def a_longer_key_is_refused_wherever_something_is_written(cos: Service, client: Any, key: str, size: str) -> None:
    """Source: public sources: the fields."""
    client.put_object(Bucket=BUCKET, Key="source", Body=b"1")
    told_so: Any = {"message": "Your key is too long", "status": 400, "Size": size, "MaxSizeAllowed": "1024"}
    with refused(cos, "KeyTooLongError", **told_so):
        client.put_object(Bucket=BUCKET, Key=key, Body=b"1")
    with refused(cos, "KeyTooLongError", **told_so):
        client.create_multipart_upload(Bucket=BUCKET, Key=key)
    with refused(cos, "KeyTooLongError", **told_so):
        client.copy_object(Bucket=BUCKET, Key=key, CopySource=f"{BUCKET}/source")
