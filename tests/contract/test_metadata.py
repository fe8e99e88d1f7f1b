"""What is stored beside the bytes: system headers, user metadata, tags, redirects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from fakecos.contract.promises.metadata import HEADERS
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import head_object, put_object
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import upload_in_parts
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS


@pytest.mark.parametrize("way", ["parts", "replacing copy", "presigned"])
def test_an_encoded_word_is_read_on_every_way_in(cos: FakeCOS, aws: Any, way: str) -> None:
    # recorded aws-changes 19
    sent = {"q": "=?UTF-8?Q?plain?="}
    if way == "parts":
        upload_in_parts(aws, b"foo", key="key", Metadata=sent)
    elif way == "replacing copy":
        put_object(aws, Body=b"foo")
        source = f"{BUCKET}/key"
        aws.copy_object(Bucket=BUCKET, Key="key", CopySource=source, Metadata=sent, MetadataDirective="REPLACE")
    else:
        named = {"Bucket": BUCKET, "Key": "key", "Metadata": sent}
        url = urlsplit(aws.generate_presigned_url("put_object", named))
        send_raw(cos, "PUT", f"/{BUCKET}/key", url.query, {"x-amz-meta-q": sent["q"]}, b"foo")
    assert head_object(aws)["Metadata"] == {"q": "plain"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("\xfcber", "=?UTF-8?Q?=C3=BCber?="),
        ("Mini\xc3\xb6", "=?UTF-8?Q?Mini=C3=83=C2=B6?="),  # bytes of UTF-8, as AWS answers them
        ("\xc3\xb6", "=?UTF-8?B?w4PCtg==?="),
        ("\xfc a_b?=", "=?UTF-8?Q?=C3=BC_a=5Fb=3F=3D?="),
    ],
)
def test_text_outside_of_ascii_comes_back_as_an_encoded_word(cos: FakeCOS, client: Any, value: str, shown: str) -> None:
    # documented by AWS: metadata of REST requests is read as ISO 8859-1, and encoded by RFC 2047; aws-changes 19;
    # public: answers of AWS in minio's pull request 21282
    send_raw(cos, "PUT", f"/{BUCKET}/key", headers={"x-amz-meta-name": value}, body=b"foo")
    assert head_object(client)["Metadata"] == {"name": shown}


def test_a_long_value_comes_back_as_several_words(cos: FakeCOS, client: Any) -> None:
    # public: a user of the SDK for iOS (issue 241); the rule: JavaMail's, as aws-changes 19
    value = "Make sure you drink some water, rest your voice, and review your le\xdfon in your journal."
    send_raw(cos, "PUT", f"/{BUCKET}/key", headers={"x-amz-meta-name": value}, body=b"foo")
    shown = head_object(client)["Metadata"]["name"]
    assert shown == (
        "=?UTF-8?Q?Make_sure_you_drink_some_water,_rest_your_v?= "
        "=?UTF-8?Q?oice,_and_review_your_le=C3=9Fon_in_your_journal.?="
    )
    put_object(client, Body=b"foo", Metadata={"name": shown})  # read and written again it is the same
    assert head_object(client)["Metadata"] == {"name": shown}


@pytest.mark.only_boto3("aiohttp reads headers as UTF-8")
@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("way", ["put", "parts", "copy", "replacing copy", "by hand"])
def test_a_system_header_outside_of_ascii_comes_back_as_its_bytes(cos: FakeCOS, aws: Any, name: str, way: str) -> None:
    # recorded aws-changes 18
    given = {name: "\xc4/\u65e5"}
    if way == "parts":
        upload_in_parts(aws, b"foo", key="key", **given)
    elif way == "by hand":
        cos.put_object(BUCKET, "key", b"foo", **given)
    else:
        put_object(aws, Body=b"foo", **({} if way == "replacing copy" else given))
    if "copy" in way:
        more = {**given, "MetadataDirective": "REPLACE"} if way == "replacing copy" else {"StorageClass": "STANDARD_IA"}
        aws.copy_object(Bucket=BUCKET, Key="key", CopySource=f"{BUCKET}/key", **more)
    seen = given[name].encode().decode("latin-1")
    assert head_object(aws)[name] == seen
    assert aws.get_object(Bucket=BUCKET, Key="key")[name] == seen


def test_a_byte_that_is_no_utf_8_comes_back_as_it_came(cos: FakeCOS) -> None:
    # assumed: it is the same reading (recorded aws-changes 18)
    send_raw(cos, "PUT", f"/{BUCKET}/key", headers={"cache-control": "\xc4", "expires": "\xc4"}, body=b"1")
    headers = send_raw(cos, "GET", f"/{BUCKET}/key").headers
    assert (headers["Cache-Control"], headers["Expires"]) == ("\xc4", "\xc4")


@pytest.mark.parametrize(
    "text", ["x\x01y", pytest.param("x\n y", marks=pytest.mark.only_patch("on a socket it is no HTTP"))]
)
@pytest.mark.only_boto3("its sessions do not send them")
def test_control_characters_are_refused(cos: FakeCOS, client: Any, text: str) -> None:
    # public: 400; the code: assumed
    said = "Header value cannot be represented using ISO-8859-1."
    with refused(cos, "InvalidArgument", said, 400, ArgumentName="x-amz-meta-a"):
        put_object(client, Body=b"foo", Metadata={"a": text})


def test_an_expires_that_is_no_date_comes_back_verbatim(cos: FakeCOS) -> None:
    # recorded aws-objects 6: "ExpiresString verbatim"
    send_raw(cos, "PUT", f"/{BUCKET}/key", headers={"expires": "never"}, body=b"1")
    assert send_raw(cos, "GET", f"/{BUCKET}/key").headers["Expires"] == "never"


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
