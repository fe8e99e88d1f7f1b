"""Keys are text, kept byte for byte: what looks like a path, an escape or a control character is only a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload, upload_in_parts
from tests.support.answers import read_body
from tests.support.raw_requests import send_raw

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


@pytest.mark.parametrize(
    ("key", "encoded"),
    [
        ("a b", "a+b"),
        ("a+b", "a%2Bb"),
        ("a/b", "a/b"),
        ("a%b", "a%25b"),
        ("ü", "%C3%BC"),
        ("tab\t", "tab%09"),
        ("\x00nul", "%00nul"),
        ("-._", "-._"),
    ],
)
def test_how_a_list_encodes_a_key(cos: FakeCOS, client: Any, key: str, encoded: str) -> None:
    # documented by AWS: EncodingType; that clients read `+` as a space: wire 4
    send_raw(cos, "PUT", f"/{BUCKET}/{quote(key, safe='')}", body=b"1")
    document = read_body(send_raw(cos, "GET", f"/{BUCKET}", "encoding-type=url")).decode()
    shown = document.partition("<Key>")[2].partition("</Key>")[0]
    assert shown == encoded


def test_prefixes_and_markers_are_encoded_like_keys(cos: FakeCOS, client: Any) -> None:
    # documented by AWS: "Delimiter, Marker, Prefix, NextMarker, Key" are encoded
    client.put_object(Bucket=BUCKET, Key="a b/ü c", Body=b"1")
    query = "encoding-type=url&prefix=a%20b&delimiter=%20c&marker=a%20"
    document = read_body(send_raw(cos, "GET", f"/{BUCKET}", query)).decode()
    for element in ("<Prefix>a+b</Prefix>", "<Delimiter>+c</Delimiter>", "<Marker>a+</Marker>"):
        assert element in document
    assert "<CommonPrefixes><Prefix>a+b/%C3%BC+c</Prefix></CommonPrefixes>" in document


def test_without_encoding_control_characters_are_references(cos: FakeCOS, client: Any) -> None:
    # wire 4: S3 writes what XML 1.0 cannot say
    client.put_object(Bucket=BUCKET, Key="bell\x07\r", Body=b"1")
    assert b"<Key>bell&#x7;&#13;</Key>" in read_body(send_raw(cos, "GET", f"/{BUCKET}"))


@pytest.mark.parametrize("path", ["/photos/%FF", "/photos/%C3", "/photos/%zz", "/photos/%"])
def test_a_key_that_is_not_utf_8_is_refused(cos: FakeCOS, path: str) -> None:
    # documented by AWS: InvalidURI
    with refused(cos, "InvalidURI", "Couldn't parse the specified URI.", 400, URI=path):
        send_raw(cos, "PUT", path, body=b"1")
