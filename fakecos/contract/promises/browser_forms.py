"""Browsers' forms that are taken, signed by SigV4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from fakecos.contract.forms import BOUNDARY, Form
from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.customer_keys import allow_sse_c
from fakecos.contract.steps.digests import md5, sha256
from fakecos.contract.steps.documents import xml_document
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from fakecos.contract.by_hand import Answer, ByHand

KEY = "cat.jpg"
HELLO = b"hello"
ETAG = f'"{md5(HELLO)}"'
DONE = "http://localhost:8080/done?page=1"


def post(send: ByHand, key: str = KEY, conditions: Any = None, **fields: str) -> Answer:
    """Send a form with a condition for each field; `_` stands for `-` in names that begin with `x_`."""
    named = {name.replace("_", "-") if name.startswith("x_") else name: value for name, value in fields.items()}
    said = None if conditions is None else [["starts-with", "$key", ""], *conditions]
    return send.form(BUCKET, Form({"key": key, **named}, conditions=said))


def read(aws: Any, key: str = KEY) -> bytes:
    return bytes(aws.get_object(Bucket=BUCKET, Key=key)["Body"].read())


def listed(aws: Any) -> list[str]:
    return [each["Key"] for each in aws.list_objects_v2(Bucket=BUCKET).get("Contents", [])]


# --- answers --------------------------------------------------------------------------------------------


@promise
def a_file_is_stored(send: ByHand, aws: Any) -> None:
    """Source: recorded aws-presigned 19."""
    answer = post(send)
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["etag"] == ETAG
    assert answer.headers["x-amz-checksum-crc64nvme"]
    assert answer.headers["x-amz-checksum-type"] == "FULL_OBJECT"
    assert answer.headers["x-amz-server-side-encryption"] == "AES256"
    assert answer.headers["location"].endswith(f"{BUCKET}/{KEY}")
    assert "content-length" not in answer.headers
    assert read(aws) == HELLO


@promise
def the_answer_may_be_a_document(send: ByHand) -> None:
    """Source: recorded aws-presigned 17."""
    answer = post(send, "dir/${filename}", success_action_status="201")
    assert answer.status == 201
    root = xml_document(answer)
    assert [child.tag for child in root] == ["Location", "Bucket", "Key", "ETag"]
    assert [child.text for child in root][1:] == [BUCKET, "dir/cat.jpg", ETAG]
    assert answer.headers["etag"] == ETAG
    assert answer.headers["location"] == root.findtext("Location")


@promise
@cases(("status", "answered"), [("200", 200), ("204", 204), ("999", 204), ("", 204)])
def another_status_of_the_answer(send: ByHand, status: str, answered: int) -> None:
    """Source: documented, public."""
    answer = post(send, success_action_status=status)
    assert (answer.status, answer.body) == (answered, b"")


@promise
@cases("name", ["success_action_redirect", "redirect"])
def the_answer_may_send_the_browser_on(send: ByHand, name: str) -> None:
    """Source: recorded aws-presigned 18; the older name is documented."""
    answer = post(send, "a b/\u00fc", **{name: DONE})
    assert (answer.status, answer.body) == (303, b"")
    url = urlsplit(answer.headers["location"])
    assert (url.netloc, url.path) == ("localhost:8080", "/done")
    assert parse_qs(url.query) == {"page": ["1"], "bucket": [BUCKET], "key": ["a b/\u00fc"], "etag": [ETAG]}


@promise
def what_the_redirect_says_already_stays_as_it_is(send: ByHand) -> None:
    """Source: public."""
    answer = post(send, "d/a b.jpg", success_action_redirect="http://localhost/done?from=Untitled copy")
    added = f"&bucket={BUCKET}&key=d%2Fa+b.jpg&etag=%22{ETAG[1:-1]}%22"
    assert answer.headers["location"] == "http://localhost/done?from=Untitled copy" + added


@promise
@cases("target", ["/done", "done.html", "http://[", "ftp://host/a"])
def a_redirect_that_is_no_url_is_ignored(send: ByHand, target: str) -> None:
    """Source: recorded aws-presigned 18."""
    assert post(send, success_action_redirect=target).status == 204


# --- fields ---------------------------------------------------------------------------------------------


@promise
def fields_are_stored(send: ByHand, aws: Any) -> None:
    """Source: recorded aws-presigned 20, 21."""
    fields = {
        "Content-Type": "text/plain",
        "Expires": "Wed, 21 Oct 2026 07:28:00 GMT",
        "x-amz-meta-TEST-1": "test-meta-1",
        "x-amz-meta-TEST-2": "test-meta-2",
        "x-amz-storage-class": "STANDARD_IA",
        "acl": "private",
    }
    assert post(send, **fields).status == 204
    found = aws.head_object(Bucket=BUCKET, Key=KEY)
    assert found["Metadata"] == {"test-1": "test-meta-1", "test-2": "test-meta-2"}
    assert (found["ContentType"], found["StorageClass"]) == ("text/plain", "STANDARD_IA")
    assert found["ResponseMetadata"]["HTTPHeaders"]["expires"] == fields["Expires"]


@promise
@cases("names", [["TagName"], ["TagName", "TagName2"]], ids=len)
def tags_are_a_document(cos: Service, send: ByHand, aws: Any, names: list[str]) -> None:
    """Source: recorded aws-presigned 22."""
    allowed = [["starts-with", "$tagging", ""]]
    tags = "".join(f"<Tag><Key>{name}</Key><Value>Tag Value+</Value></Tag>" for name in names)
    post(send, conditions=allowed, tagging=f"<Tagging><TagSet>{tags}</TagSet></Tagging>")
    found = aws.get_object_tagging(Bucket=BUCKET, Key=KEY)["TagSet"]
    assert {tag["Key"]: tag["Value"] for tag in found} == dict.fromkeys(names, "Tag Value+")
    for broken in ("not-xml", "<Tagging><TagSet><Tag><Key>a</Key></TagSet></Tagging>"):
        with refused(cos, "MalformedXML", status=400):
            post(send, conditions=allowed, tagging=broken)


@promise
@cases("document", ["<OtherTagging></OtherTagging>", "<Tagging/>"])
def a_document_of_another_kind_has_no_tags(send: ByHand, aws: Any, document: str) -> None:
    """Source: public; without a TagSet: recorded aws-changes 16, of the operations on tags."""
    assert post(send, conditions=[["starts-with", "$tagging", ""]], tagging=document).status == 204
    assert aws.get_object_tagging(Bucket=BUCKET, Key=KEY)["TagSet"] == []


@promise
@cases(
    ("value", "shown"),
    [
        ("=?UTF-8?Q?plain?=", "=?UTF-8?Q?plain?="),
        ("=?UTF-8?B?w7w=?=", "=?UTF-8?B?w7w=?="),
        ("a\x01b", "=?UTF-8?Q?a=01b?="),
        ("\xfcber", "=?UTF-8?Q?=C3=BCber?="),
        ("a b", "a b"),
    ],
)
def metadata_keeps_encoded_words_and_takes_control_characters(send: ByHand, value: str, shown: str) -> None:
    """Source: recorded aws-changes 19."""
    assert post(send, conditions=[["starts-with", "$x-amz-meta-a", ""]], **{"x-amz-meta-a": value}).status == 204
    assert send("HEAD", f"/{BUCKET}/{KEY}").headers["x-amz-meta-a"] == shown


@promise
def a_system_header_comes_back_as_its_bytes(send: ByHand) -> None:
    """Source: recorded aws-changes 18."""
    post(send, conditions=[["starts-with", "$Cache-Control", ""]], **{"Cache-Control": "\xc4"})
    assert send("HEAD", f"/{BUCKET}/{KEY}").headers["Cache-Control"] == "\xc3\x84"


@promise
def names_of_fields_have_no_case(send: ByHand, aws: Any) -> None:
    """Source: recorded aws-presigned 24."""
    form = Form({"KEY": KEY, "CONTENT-TYPE": "a/b"}, conditions=[{"key": KEY}, {"Content-Type": "a/b"}])
    assert send.form(BUCKET, form).status == 204
    assert aws.head_object(Bucket=BUCKET, Key=KEY)["ContentType"] == "a/b"


@promise
@cases("name", ["key", "Key", "KEY"])
def of_a_field_that_comes_twice_the_first_counts(send: ByHand, aws: Any, name: str) -> None:
    """Source: assumed."""
    form = Form({"key": KEY}, twice=[(name, "dog.jpg")], conditions=[["starts-with", "$key", ""]])
    assert send.form(BUCKET, form).status == 204
    assert listed(aws) == [KEY]


@promise
def what_may_stand_in_a_form_without_a_condition(send: ByHand) -> None:
    """Source: documented, public."""
    assert send.form(BUCKET, Form({"key": KEY}, put_in={"x-ignore-me": "value"})).status == 204


@promise
@cases("named", [{}, {"x-amz-checksum-algorithm": "SHA256"}], ids=len)
def a_checksum_is_verified(cos: Service, send: ByHand, named: dict[str, str]) -> None:
    """Source: public."""
    right = post(send, **{"x-amz-checksum-sha256": sha256(HELLO), **named})
    assert right.headers["x-amz-checksum-sha256"] == sha256(HELLO)
    with refused(cos, "BadDigest", status=400):
        post(send, **{"x-amz-checksum-sha256": sha256(b"bye"), **named})
    with refused(cos, "InvalidRequest", status=400):
        post(send, **{"x-amz-checksum-algorithm": "SHA256"})


@promise
def encryption_may_be_asked_for(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public."""
    allow_sse_c(aws)
    assert post(send, **{"x-amz-server-side-encryption": "AES256"}).status == 204
    with refused(cos, "InvalidArgument", status=400):
        post(send, **{"x-amz-server-side-encryption-customer-algorithm": "AES256"})


@promise
def headers_of_the_request_itself_do_not_count(send: ByHand, aws: Any) -> None:
    """Source: public."""
    sent = {"x-amz-expected-bucket-owner": "000000000000", "if-none-match": "*", "x-amz-meta-a": "b"}
    for _ in range(2):
        assert send.form(BUCKET, Form({"key": KEY}), sent).status == 204
    assert aws.head_object(Bucket=BUCKET, Key=KEY)["Metadata"] == {}


# --- the file -------------------------------------------------------------------------------------------


@promise
def a_file_without_a_name_leaves_the_key_as_it_is(send: ByHand, aws: Any) -> None:
    """Source: recorded aws-presigned 23."""
    send.form(BUCKET, Form({"key": "file-as-field-${filename}"}, filename=None))
    assert listed(aws) == ["file-as-field-${filename}"]


@promise
@cases(
    ("filename", "key"),
    [("C:\\\\pictures\\\\cat.jpg", "d/cat.jpg"), ("../cat.jpg", "d/cat.jpg"), ("\u00fc b.jpg", "d/\u00fc b.jpg")],
)
def folders_of_the_file_do_not_count(send: ByHand, aws: Any, filename: str, key: str) -> None:
    """Source: documented."""
    send.form(BUCKET, Form({"key": "d/${filename}"}, filename=filename))
    assert listed(aws) == [key]


@promise
@cases("size", [0, 1, 8191, 100_000])
def every_byte_of_a_file_is_kept(send: ByHand, aws: Any, size: int) -> None:
    """Source: RFC 7578, 4.1: only the whole delimiter ends a part."""
    data = (bytes(range(256)) * 400)[:size] + b"\r\n--" + BOUNDARY[:-1].encode() + b"\r\n\r\n--"
    assert send.form(BUCKET, Form({"key": KEY}, file=data)).status == 204
    assert read(aws) == data


@promise
def an_empty_file(send: ByHand, aws: Any) -> None:
    """Source: public."""
    assert send.form(BUCKET, Form({"key": KEY}, file=b"")).status == 204
    assert read(aws) == b""


@promise
def what_follows_the_file_is_ignored(send: ByHand) -> None:
    """Source: documented."""
    after = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="submit"\r\n\r\nUpload\r\n'.encode()
    assert send.form(BUCKET, Form({"key": KEY}, after=after)).status == 204


# --- conditions -----------------------------------------------------------------------------------------


@promise
@cases("target", ["http://localhost/next", "http://localhost"])
def a_condition_of_how_a_value_starts(send: ByHand, target: str) -> None:
    """Source: recorded aws-presigned 25."""
    starts = [["starts-with", "$success_action_redirect", "http://localhost"]]
    assert post(send, conditions=starts, success_action_redirect=target).status == 303


@promise
def an_empty_start_allows_anything(cos: Service, send: ByHand) -> None:
    """Source: recorded aws-presigned 25; documented: each item of a list of content types must start so."""
    assert post(send, conditions=[["starts-with", "$Content-Type", ""]], **{"Content-Type": "a/b"}).status == 204
    images = [["starts-with", "$Content-Type", "image/"]]
    assert post(send, conditions=images, **{"Content-Type": "image/jpg,image/png"}).status == 204
    with refused(cos, "AccessDenied", status=403):
        post(send, conditions=images, **{"Content-Type": "image/jpg,text/html"})


@promise
@cases(("least", "most"), [(1, 5), ("5", "5")])
def a_size_within_the_range(send: ByHand, least: int | str, most: int | str) -> None:
    """Source: documented; numbers may be text: public."""
    assert post(send, conditions=[["content-length-range", least, most]]).status == 204


@promise
def a_condition_may_name_a_field_in_any_case(send: ByHand) -> None:
    """Source: public; so may the name of the operation be written."""
    allowed = [["eq", "$CONTENT-type", "a/b"], ["STARTS-with", "$Key", "cat"]]
    assert post(send, conditions=allowed, **{"Content-Type": "a/b"}).status == 204


@promise
@cases("bound", ["9" * 5000, "0" * 5000 + "999"], ids=["large", "with zeros"])
def sizes_of_many_digits(cos: Service, send: ByHand, bound: str) -> None:
    """Source: assumed: aws-changes 25."""
    assert post(send, conditions=[["content-length-range", "0", bound]]).status == 204
    with refused(cos, "EntityTooSmall", status=400):
        post(send, conditions=[["content-length-range", "9" * 5000, "9" * 5000]])
