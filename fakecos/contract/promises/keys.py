"""Keys are text, kept byte for byte: what looks like a path, an escape or a control character is only a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING
from urllib.parse import quote

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


@promise
@cases(
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
def how_a_list_encodes_a_key(send: ByHand, key: str, encoded: str) -> None:
    """Source: documented by AWS: EncodingType; that clients read `+` as a space: wire 4."""
    send("PUT", f"/{BUCKET}/{quote(key, safe='')}", body=b"1")
    document = send("GET", f"/{BUCKET}", "encoding-type=url").body.decode()
    shown = document.partition("<Key>")[2].partition("</Key>")[0]
    assert shown == encoded


@promise
def prefixes_and_markers_are_encoded_like_keys(send: ByHand, client: Any) -> None:
    """Source: documented by AWS: "Delimiter, Marker, Prefix, NextMarker, Key" are encoded."""
    client.put_object(Bucket=BUCKET, Key="a b/ü c", Body=b"1")
    query = "encoding-type=url&prefix=a%20b&delimiter=%20c&marker=a%20"
    document = send("GET", f"/{BUCKET}", query).body.decode()
    for element in ("<Prefix>a+b</Prefix>", "<Delimiter>+c</Delimiter>", "<Marker>a+</Marker>"):
        assert element in document
    assert "<CommonPrefixes><Prefix>a+b/%C3%BC+c</Prefix></CommonPrefixes>" in document


@promise
def without_encoding_control_characters_are_references(send: ByHand, client: Any) -> None:
    # wire 4: S3 writes what XML 1.0 cannot say
    client.put_object(Bucket=BUCKET, Key="bell\x07\r", Body=b"1")
    assert b"<Key>bell&#x7;&#13;</Key>" in send("GET", f"/{BUCKET}").body


@promise
@cases("path", ["/photos/%FF", "/photos/%C3", "/photos/%zz", "/photos/%"])
def a_key_that_is_not_utf_8_is_refused(cos: Service, send: ByHand, path: str) -> None:
    """Source: documented by AWS: InvalidURI."""
    with refused(cos, "InvalidURI", "Couldn't parse the specified URI.", 400, URI=path):
        send("PUT", path, body=b"1")


@promise
@cases("text", ["%00", "a%07b", "%1F", "%EF%BF%BE", "%EF%BF%BF"])
def a_refusal_that_repeats_what_no_xml_holds_can_be_read(cos: Service, send: ByHand, text: str) -> None:
    """Source: assumed: lists have references to such characters (wire 4), at which readers stop; here U+FFFD stands."""
    with refused(cos, "NoSuchKey", status=404) as answer:
        send("GET", f"/{BUCKET}/k{text}")
    assert answer["Error"]["Key"].startswith("k")
    with refused(cos, "InvalidArgument", status=400) as answer:
        send("GET", f"/{BUCKET}/key", f"versionId={text}")
    assert answer["Error"]["ArgumentName"] == "versionId"
