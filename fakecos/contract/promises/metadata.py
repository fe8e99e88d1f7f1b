"""What is stored beside the bytes: system headers, user metadata, tags, redirects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, only_boto3, promise
from fakecos.contract.steps.raising import raises

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

import datetime as dt
from typing import TYPE_CHECKING

from fakecos.contract.steps.answers import DATETIME, members_of, specific_headers
from fakecos.contract.steps.messages import TAGGING_HEADER
from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.objects import head_object, put_object
from fakecos.contract.steps.refused import refused, stored_state
from fakecos.contract.steps.uploads import upload_in_parts

TOO_LARGE = "Your metadata headers exceed the maximum allowed metadata size"
HEADERS = {
    "CacheControl": "no-cache",
    "ContentDisposition": "attachment",
    "ContentEncoding": "gzip",
    "ContentLanguage": "de",
    "ContentType": "text/plain",
}


@promise
def names_are_in_lower_case_and_keep_their_underscores(client: Any) -> None:
    """Source: recorded aws-objects 8."""
    put_object(client, Body=b"foo", Metadata={"TEST_META_1": "foo", "__meta_2": "bar"})
    assert head_object(client) == {
        "AcceptRanges": "bytes",
        "ContentLength": 3,
        "ContentType": "binary/octet-stream",
        "ETag": '"acbd18db4cc2f85cedef654fccc4a4d8"',
        "LastModified": DATETIME,
        "Metadata": {"__meta_2": "bar", "test_meta_1": "foo"},
        "ServerSideEncryption": "AES256",
    }


@promise
def an_encoded_word_that_is_malformed_comes_back_repaired(client: Any) -> None:
    """Source: recorded aws-objects 9."""
    put_object(client, Body=b"foo", Metadata={"bad-b64-encoded": "=?UTF-8?B?=GGG?="})
    assert head_object(client)["Metadata"] == {"bad-b64-encoded": "=?UTF-8?B?77+9Ye+/vQ==?="}


@promise
@cases("value", ["=?nowhere?Q?a?=", "=?UTF-8?Q?a=?=", "a =?UTF-8?B?!?= b", "=?x?=", "=", "a  b"])
def what_is_no_encoded_word_is_kept_as_it_is(client: Any, value: str) -> None:
    """Source: assumed."""
    put_object(client, Body=b"foo", Metadata={"value": value})
    assert head_object(client)["Metadata"] == {"value": value}


WORDS = {
    "=?UTF-8?Q?plain?=": "plain",
    "=?utf-8?b?cGxhaW4=?=": "plain",
    "=?UTF-8?Q?a_b=5Fc?=": "a b_c",
    "=?UTF-8?B?w7xiZXI=?=": "=?UTF-8?Q?=C3=BCber?=",  # four characters, three of them ASCII
    "=?UTF-8?Q?=C3=BC?=": "=?UTF-8?B?w7w=?=",
    "=?ISO-8859-1?Q?caf=E9?=": "=?UTF-8?Q?caf=C3=A9?=",  # assumed: the charset
    "a =?UTF-8?Q?b?= =?UTF-8?Q?c?= d": "a bc d",  # assumed: within other text
}


@promise
@cases("sent", WORDS)
def an_encoded_word_is_read_and_comes_back_as_s3_writes_it(client: Any, sent: str) -> None:
    """Source: recorded aws-changes 19; the charset, and words within other text: assumed."""
    put_object(client, Body=b"foo", Metadata={"q": sent})
    assert head_object(client)["Metadata"] == {"q": WORDS[sent]}
    client.copy_object(Bucket=BUCKET, Key="key", CopySource=f"{BUCKET}/key", StorageClass="STANDARD_IA")
    assert client.get_object(Bucket=BUCKET, Key="key")["Metadata"] == {"q": WORDS[sent]}


@promise
@only_boto3("its sessions have words of their own: tests/aio")
@cases("more", [{"Metadata": {"a": "x\ny"}}, {"ContentType": "a\rb"}, {"Metadata": {"a\n": "x"}}])
def a_header_of_two_lines_is_not_sent(cos: Service, client: Any, more: dict[str, Any]) -> None:
    # measured: http.client refuses it, so S3 never sees it
    before = stored_state(cos)
    with raises(Exception, match="Invalid header") as caught:
        put_object(client, Body=b"foo", **more)
    assert type(caught.value).__name__ == "HTTPClientError"
    assert stored_state(cos) == before


@promise
def every_system_header_is_kept_and_answered(client: Any) -> None:
    """Source: documented by AWS: "System-defined object metadata"; recorded aws-objects 1 for three of them."""
    put_object(client, Body=b"foo", **HEADERS)
    answer = head_object(client)
    assert {name: answer[name] for name in HEADERS} == HEADERS
    got = members_of(client.get_object(Bucket=BUCKET, Key="key"))
    assert {name: got[name] for name in HEADERS} == HEADERS


@promise
def an_upload_in_parts_keeps_what_it_was_created_with(client: Any) -> None:
    """Source: documented by AWS: CreateMultipartUpload."""
    upload_in_parts(client, b"foo", key="key", Metadata={"a": "b"}, **HEADERS)
    answer = head_object(client)
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert answer["Metadata"] == {"a": "b"}


@promise
@cases(("sent", "kept"), [("gzip", "gzip"), ("aws-chunked", None), ("gzip,aws-chunked", "gzip"), (None, None)])
def the_framing_is_no_encoding_of_the_object(client: Any, sent: str | None, kept: str | None) -> None:
    """Source: public; wire 2: clients add the token themselves."""
    put_object(client, Body=b"foo", **{"ContentEncoding": sent} if sent else {})
    assert head_object(client).get("ContentEncoding") == kept


@promise
@cases("days", [1, -1])
def expires_is_only_a_header(client: Any, dialect: str, days: int) -> None:
    """Source: recorded aws-objects 6: an object that has expired is read all the same, and the text comes back."""
    moment = dt.datetime.now(dt.timezone.utc).replace(microsecond=0) + dt.timedelta(days=days)
    put_object(client, Body=b"foo", Expires=moment)
    answer = client.get_object(Bucket=BUCKET, Key="key")
    assert answer["Body"].read() == b"foo"
    assert answer["Expires"] == moment
    if dialect == AWS:
        assert specific_headers(answer)["expires"] == moment.strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert client.head_object(Bucket=BUCKET, Key="key")["Expires"] == moment


@promise
def metadata_has_up_to_2048_bytes(client: Any) -> None:
    """Source: documented by AWS: 2 KB, "the number of bytes in the UTF-8 encoding of each key and value"."""
    put_object(client, Body=b"foo", Metadata={"name": "v" * 2044})
    assert head_object(client)["Metadata"] == {"name": "v" * 2044}


@promise
@cases(
    ("more", "size"),
    [({"Metadata": {"name": "v" * 2045}}, "2049"), ({"Metadata": {"a": "v" * 2000, "b": "v" * 100}}, "2102")],
)
def more_metadata_is_refused(cos: Service, client: Any, more: dict[str, Any], size: str) -> None:
    """Source: public sources: the fields."""
    with refused(cos, "MetadataTooLarge", TOO_LARGE, 400, Size=size, MaxSizeAllowed="2048"):
        put_object(client, Body=b"foo", **more)
    with refused(cos, "MetadataTooLarge", TOO_LARGE, 400, Size=size, MaxSizeAllowed="2048"):
        client.create_multipart_upload(Bucket=BUCKET, Key="key", **more)


@promise
def a_system_header_can_be_too_large_as_well(cos: Service, client: Any) -> None:
    """Source: public sources: a Content-Disposition of 3,000 bytes."""
    with refused(cos, "MetadataTooLarge", status=400):
        put_object(client, Body=b"foo", ContentDisposition="a" * 3000)


@promise
def reads_tell_the_number_of_tags(aws: Any) -> None:
    """Source: recorded aws-objects 60."""
    put_object(aws, Body=b"foo", Tagging="a=1&b=2")
    assert head_object(aws)["TagCount"] == 2
    assert members_of(aws.get_object(Bucket=BUCKET, Key="key"))["TagCount"] == 2


@promise
def an_object_without_tags_does_not_tell_a_number(client: Any) -> None:
    """Source: recorded aws-objects 1."""
    put_object(client, Body=b"foo")
    assert "x-amz-tagging-count" not in specific_headers(client.get_object(Bucket=BUCKET, Key="key"))


@promise
@cases("header", ["a=1&a=2", "=", "a=1&=", "key1=val1,key2=val2", "a=%zz", "a=%FF", "%E2%82=1", "a=\xe9"])
def a_tag_given_twice_or_not_encoded_is_refused(cos: Service, aws: Any, header: str) -> None:
    """Source: public; characters outside of ASCII: assumed."""
    with refused(cos, "InvalidArgument", TAGGING_HEADER, 400, ArgumentName="x-amz-tagging", ArgumentValue=header):
        put_object(aws, Body=b"foo", Tagging=header)


@promise
@cases(
    ("header", "message", "said"),
    [
        ("=1", "The TagKey you have provided is invalid", {"TagKey": None}),
        (f"{'k' * 129}=1", "The TagKey you have provided is invalid", {"TagKey": "k" * 129}),
        (f"k={'v' * 257}", "The TagValue you have provided is invalid", {"TagKey": "k", "TagValue": "v" * 257}),
    ],
)
def a_tag_that_is_too_long_or_has_no_name_is_refused(
    cos: Service, client: Any, header: str, message: str, said: dict[str, str | None]
) -> None:
    """Source: documented limits; words public."""
    with refused(cos, "InvalidTag", message, 400, **said):
        put_object(client, Body=b"foo", Tagging=header)


@promise
def ten_tags_and_no_more(cos: Service, client: Any) -> None:
    """Source: documented by AWS: "up to 10 tags"; the words: public."""
    put_object(client, Body=b"foo", Tagging="&".join(f"t{number}=1" for number in range(10)))
    with refused(cos, "BadRequest", "Object tags cannot be greater than 10", 400):
        put_object(client, Body=b"foo", Tagging="&".join(f"t{number}=1" for number in range(11)))


@promise
def a_redirect_is_kept_and_told(client: Any) -> None:
    """Source: documented by AWS: x-amz-website-redirect-location; recorded aws-objects 39."""
    put_object(client, Body=b"foo", WebsiteRedirectLocation="/other")
    assert head_object(client)["WebsiteRedirectLocation"] == "/other"


@promise
def a_redirect_of_more_than_2_kb_is_refused(cos: Service, client: Any) -> None:
    """Source: documented limit; the error: assumed."""
    put_object(client, Body=b"foo", WebsiteRedirectLocation="/" + "x" * 2047)
    with refused(cos, "MetadataTooLarge", TOO_LARGE, 400, Size="2049", MaxSizeAllowed="2048"):
        put_object(client, Body=b"foo", WebsiteRedirectLocation="/" + "x" * 2048)


@promise
@cases("way", ["parts", "replacing copy", "presigned"])
def an_encoded_word_is_read_on_every_way_in(send: ByHand, aws: Any, way: str) -> None:
    """Source: recorded aws-changes 19."""
    sent = {"q": "=?UTF-8?Q?plain?="}
    if way == "parts":
        upload_in_parts(aws, b"foo", key="key", Metadata=sent)
    elif way == "replacing copy":
        put_object(aws, Body=b"foo")
        source = f"{BUCKET}/key"
        aws.copy_object(Bucket=BUCKET, Key="key", CopySource=source, Metadata=sent, MetadataDirective="REPLACE")
    else:
        named = {"Bucket": BUCKET, "Key": "key", "Metadata": sent}
        send.url("PUT", aws.generate_presigned_url("put_object", named), {"x-amz-meta-q": sent["q"]}, b"foo")
    assert head_object(aws)["Metadata"] == {"q": "plain"}


@promise
@cases(
    ("value", "shown"),
    [
        ("\xfcber", "=?UTF-8?Q?=C3=BCber?="),
        ("Mini\xc3\xb6", "=?UTF-8?Q?Mini=C3=83=C2=B6?="),  # bytes of UTF-8, as AWS answers them
        ("\xc3\xb6", "=?UTF-8?B?w4PCtg==?="),
        ("\xfc a_b?=", "=?UTF-8?Q?=C3=BC_a=5Fb=3F=3D?="),
    ],
)
def text_outside_of_ascii_comes_back_as_an_encoded_word(send: ByHand, client: Any, value: str, shown: str) -> None:
    """Source: documented by AWS: metadata of REST requests is read as ISO 8859-1, and encoded by RFC 2047; aws-
    changes 19;."""
    # documented by AWS: metadata of REST requests is read as ISO 8859-1, and encoded by RFC 2047; aws-changes 19;
    # public: answers of AWS in minio's pull request 21282
    send("PUT", f"/{BUCKET}/key", headers={"x-amz-meta-name": value}, body=b"foo")
    assert head_object(client)["Metadata"] == {"name": shown}


@promise
def a_long_value_comes_back_as_several_words(send: ByHand, client: Any) -> None:
    """Source: public: a user of the SDK for iOS (issue 241); the rule: JavaMail's, as aws-changes 19."""
    value = "Make sure you drink some water, rest your voice, and review your le\xdfon in your journal."
    send("PUT", f"/{BUCKET}/key", headers={"x-amz-meta-name": value}, body=b"foo")
    shown = head_object(client)["Metadata"]["name"]
    assert shown == (
        "=?UTF-8?Q?Make_sure_you_drink_some_water,_rest_your_v?= "
        "=?UTF-8?Q?oice,_and_review_your_le=C3=9Fon_in_your_journal.?="
    )
    put_object(client, Body=b"foo", Metadata={"name": shown})  # read and written again it is the same
    assert head_object(client)["Metadata"] == {"name": shown}


@promise
@only_boto3("aiohttp reads headers as UTF-8")
@cases("name", HEADERS)
@cases("way", ["put", "parts", "copy", "replacing copy", "by hand"])
def a_system_header_outside_of_ascii_comes_back_as_its_bytes(aws: Any, name: str, way: str) -> None:
    """Source: recorded aws-changes 18."""
    given = {name: "\xc4/\u65e5"}
    if way == "parts":
        upload_in_parts(aws, b"foo", key="key", **given)
    elif way == "by hand":
        aws.put_object(Bucket=BUCKET, Key="key", Body=b"foo", **given)
    else:
        put_object(aws, Body=b"foo", **({} if way == "replacing copy" else given))
    if "copy" in way:
        more = {**given, "MetadataDirective": "REPLACE"} if way == "replacing copy" else {"StorageClass": "STANDARD_IA"}
        aws.copy_object(Bucket=BUCKET, Key="key", CopySource=f"{BUCKET}/key", **more)
    seen = given[name].encode().decode("latin-1")
    assert head_object(aws)[name] == seen
    assert aws.get_object(Bucket=BUCKET, Key="key")[name] == seen


@promise
def a_byte_that_is_no_utf_8_comes_back_as_it_came(send: ByHand) -> None:
    """Source: assumed: it is the same reading (recorded aws-changes 18)."""
    send("PUT", f"/{BUCKET}/key", headers={"cache-control": "\xc4", "expires": "\xc4"}, body=b"1")
    headers = send("GET", f"/{BUCKET}/key").headers
    assert (headers["Cache-Control"], headers["Expires"]) == ("\xc4", "\xc4")


@promise
def an_expires_that_is_no_date_comes_back_verbatim(send: ByHand) -> None:
    """Source: recorded aws-objects 6: "ExpiresString verbatim"."""
    send("PUT", f"/{BUCKET}/key", headers={"expires": "never"}, body=b"1")
    assert send("GET", f"/{BUCKET}/key").headers["Expires"] == "never"


@promise
@only_boto3("its sessions do not send them")
def control_characters_are_refused(cos: Service, client: Any) -> None:
    """Source: public: 400; the code: assumed."""
    said = "Header value cannot be represented using ISO-8859-1."
    with refused(cos, "InvalidArgument", said, 400, ArgumentName="x-amz-meta-a"):
        put_object(client, Body=b"foo", Metadata={"a": "x\x01y"})
