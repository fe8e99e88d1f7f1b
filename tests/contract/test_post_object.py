"""Browsers' forms that are taken: facts 17 to 25 of aws-presigned, signed by SigV2 and SigV4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest

from fakecos import FakeCOS
from fakecos.contract.steps.digests import sha256
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.model.acl import canned
from fakecos.model.principal import ANONYMOUS_ID, OWNER_ID
from tests.support.access import allow_acls
from tests.support.objects import stored_object
from tests.support.presigned import BOUNDARY, PAIR, V2, V4, RawAnswer, form_body, post_form, send_to_url, signing_client
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from collections.abc import Iterator

ETAG = '"5d41402abc4b2a76b9719d911017c592"'
NAMED_FIELDS = {"key": "cat.jpg"}


@pytest.fixture(params=["verified", "not verified"])
def cos(request: pytest.FixtureRequest) -> Iterator[FakeCOS]:
    with FakeCOS(credentials=PAIR if request.param == "verified" else None) as fake:
        fake.create_bucket(BUCKET, sse_c="allowed")
        yield fake


@pytest.fixture(params=[V2, V4])
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def presigned(
    key: str = "cat.jpg", version: str = V4, style: str = "virtual", conditions: Any = None, **fields: str
) -> dict[str, Any]:
    """Return what a client makes for a form, with a condition for each field."""
    named = {name.replace("_", "-") if name.startswith("x_") else name: value for name, value in fields.items()}
    given = conditions if conditions is not None else [{name: value} for name, value in named.items()]
    made: dict[str, Any] = signing_client(version, style).generate_presigned_post(BUCKET, key, dict(named), given)
    return made


def upload(cos: FakeCOS, made: dict[str, Any], **file: Any) -> RawAnswer:
    return post_form(cos, made["url"], form_body(made["fields"], **file))


@pytest.mark.parametrize("style", ["virtual", "path"])
def test_a_file_is_stored(cos: FakeCOS, version: str, style: str) -> None:
    # recorded aws-presigned 19
    answer = upload(cos, presigned(version=version, style=style))
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["etag"] == ETAG
    assert answer.headers["x-amz-checksum-crc64nvme"]
    assert answer.headers["x-amz-checksum-type"] == "FULL_OBJECT"
    assert answer.headers["x-amz-server-side-encryption"] == "AES256"
    assert answer.headers["location"].endswith(f"{BUCKET}/cat.jpg" if style == "path" else "amazonaws.com/cat.jpg")
    assert "content-length" not in answer.headers
    assert stored_object(cos, "cat.jpg").content.read() == b"hello"
    exchange = cos.journal[-1]
    assert (exchange.operation, exchange.key, exchange.parameters["Body"]) == ("PostObject", "cat.jpg", 5)


def test_the_answer_may_be_a_document(cos: FakeCOS, version: str) -> None:
    # recorded aws-presigned 17
    answer = upload(cos, presigned("dir/${filename}", version, success_action_status="201"))
    assert answer.status == 201
    root = ET.fromstring(answer.body)  # noqa: S314
    assert root.tag == "PostResponse"
    assert {child.tag: child.text for child in root} == {
        "Location": f"https://{BUCKET}.s3.amazonaws.com/dir%2Fcat.jpg",
        "Bucket": BUCKET,
        "Key": "dir/cat.jpg",
        "ETag": ETAG,
    }
    assert answer.headers["etag"] == ETAG
    assert answer.headers["location"] == root.findtext("Location")


@pytest.mark.parametrize(("status", "answered"), [("200", 200), ("204", 204), ("999", 204), ("", 204)])
def test_another_status_of_the_answer(cos: FakeCOS, status: str, answered: int) -> None:
    # documented, public
    answer = upload(cos, presigned(success_action_status=status))
    assert (answer.status, answer.body) == (answered, b"")


@pytest.mark.parametrize("name", ["success_action_redirect", "redirect"])
def test_the_answer_may_send_the_browser_on(cos: FakeCOS, name: str) -> None:
    # recorded aws-presigned 18; the older name is documented
    answer = upload(cos, presigned("a b/ü", **{name: "http://localhost:8080/done?page=1"}))
    assert (answer.status, answer.body) == (303, b"")
    url = urlsplit(answer.headers["location"])
    assert (url.netloc, url.path) == ("localhost:8080", "/done")
    assert parse_qs(url.query) == {"page": ["1"], "bucket": [BUCKET], "key": ["a b/ü"], "etag": [ETAG]}


def test_what_the_redirect_says_already_stays_as_it_is(cos: FakeCOS) -> None:
    # public
    answer = upload(cos, presigned("d/a b.jpg", success_action_redirect="http://localhost/done?from=Untitled copy"))
    added = f"&bucket={BUCKET}&key=d%2Fa+b.jpg&etag=%22{ETAG[1:-1]}%22"
    assert answer.headers["location"] == "http://localhost/done?from=Untitled copy" + added


@pytest.mark.parametrize("target", ["/done", "done.html", "http://[", "ftp://host/a"])
def test_a_redirect_that_is_no_url_is_ignored(cos: FakeCOS, target: str) -> None:
    # recorded aws-presigned 18
    assert upload(cos, presigned(success_action_redirect=target)).status == 204


def test_fields_are_stored(cos: FakeCOS, version: str) -> None:
    # recorded aws-presigned 20, 21
    fields = {
        "Content-Type": "text/plain",
        "Expires": "Wed, 21 Oct 2026 07:28:00 GMT",
        "x-amz-meta-TEST-1": "test-meta-1",
        "x-amz-meta-TEST-2": "test-meta-2",
        "x-amz-storage-class": "STANDARD_IA",
        "acl": "private",
    }
    assert upload(cos, presigned(version=version, **fields)).status == 204
    found = signing_client().head_object(Bucket=BUCKET, Key="cat.jpg")
    assert found["Metadata"] == {"test-1": "test-meta-1", "test-2": "test-meta-2"}
    assert (found["ContentType"], found["ExpiresString"]) == ("text/plain", fields["Expires"])
    assert found["StorageClass"] == "STANDARD_IA"


def test_an_unknown_storage_class(cos: FakeCOS) -> None:
    # recorded aws-presigned 21
    made = presigned(**{"x-amz-storage-class": "FakeClass"})
    message = "The storage class you specified is not valid"
    with refused(cos, "InvalidStorageClass", message, 400, StorageClassRequested="FakeClass"):
        upload(cos, made)


@pytest.mark.parametrize("names", [["TagName"], ["TagName", "TagName2"], []])
def test_tags_are_a_document(cos: FakeCOS, names: list[str]) -> None:
    # recorded aws-presigned 22
    tags = "".join(f"<Tag><Key>{name}</Key><Value>a &amp; b+c</Value></Tag>" for name in names)
    allowed = [["starts-with", "$tagging", ""]]
    if names:
        tagging = f"<Tagging><TagSet>{tags}</TagSet></Tagging>".replace("a &amp; b+c", "Tag Value+")
        upload(cos, presigned(conditions=allowed, tagging=tagging))
        assert stored_object(cos, "cat.jpg").attributes.tags == dict.fromkeys(names, "Tag Value+")
    for broken in ("not-xml", "<Tagging><TagSet><Tag><Key>a</Key></TagSet></Tagging>"):
        with refused(cos, "MalformedXML", status=400):
            upload(cos, presigned(conditions=allowed, tagging=broken))


def test_a_document_of_another_kind_has_no_tags(cos: FakeCOS) -> None:
    # public; without a TagSet: recorded aws-changes 16, of the operations on tags
    for document in ("<OtherTagging></OtherTagging>", "<Tagging/>"):
        made = presigned(conditions=[["starts-with", "$tagging", ""]], tagging=document)
        assert upload(cos, made).status == 204
        assert not stored_object(cos, "cat.jpg").attributes.tags


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=?UTF-8?Q?plain?=", "=?UTF-8?Q?plain?="),
        ("=?UTF-8?B?w7w=?=", "=?UTF-8?B?w7w=?="),
        ("a\x01b", "=?UTF-8?Q?a=01b?="),
        ("\xfcber", "=?UTF-8?Q?=C3=BCber?="),
        ("a b", "a b"),
    ],
)
def test_metadata_of_a_form_keeps_encoded_words_and_takes_control_characters(
    cos: FakeCOS, value: str, shown: str
) -> None:
    # recorded aws-changes 19
    allowed = [["starts-with", "$x-amz-meta-a", ""]]
    assert upload(cos, presigned(conditions=allowed, **{"x-amz-meta-a": value})).status == 204
    headers = send_raw(cos, "HEAD", f"/{BUCKET}/cat.jpg").headers
    assert headers["x-amz-meta-a"] == shown


def test_a_system_header_of_a_form_comes_back_as_its_bytes(cos: FakeCOS) -> None:
    # recorded aws-changes 18
    upload(cos, presigned(conditions=[["starts-with", "$Cache-Control", ""]], **{"Cache-Control": "\xc4"}))
    assert send_raw(cos, "HEAD", f"/{BUCKET}/cat.jpg").headers["Cache-Control"] == "\xc3\x84"


def test_a_file_without_a_name_leaves_the_key_as_it_is(cos: FakeCOS) -> None:
    # recorded aws-presigned 23
    upload(cos, presigned("file-as-field-${filename}"), filename=None)
    assert [*cos.store.buckets[BUCKET].objects] == ["file-as-field-${filename}"]


@pytest.mark.parametrize(
    ("filename", "key"),
    [("C:\\\\pictures\\\\cat.jpg", "d/cat.jpg"), ("../cat.jpg", "d/cat.jpg"), ("ü b.jpg", "d/ü b.jpg")],
)
def test_folders_of_the_file_do_not_count(cos: FakeCOS, filename: str, key: str) -> None:
    # documented
    upload(cos, presigned("d/${filename}"), filename=filename)
    assert [*cos.store.buckets[BUCKET].objects] == [key]


def test_names_of_fields_have_no_case(cos: FakeCOS) -> None:
    # recorded aws-presigned 24
    made = presigned()
    fields = {name.title() if name != "key" else "KEY": value for name, value in made["fields"].items()}
    assert post_form(cos, made["url"], form_body(fields)).status == 204


@pytest.mark.parametrize("target", ["http://localhost/next", "http://localhost"])
def test_a_condition_of_how_a_value_starts(cos: FakeCOS, target: str) -> None:
    # recorded aws-presigned 25
    starts = [["starts-with", "$success_action_redirect", "http://localhost"]]
    assert upload(cos, presigned(conditions=starts, success_action_redirect=target)).status == 303


def test_an_empty_start_allows_anything(cos: FakeCOS) -> None:
    # recorded aws-presigned 25
    anything = [["starts-with", "$Content-Type", ""]]
    assert upload(cos, presigned(conditions=anything, **{"Content-Type": "a/b"})).status == 204
    images = [["starts-with", "$Content-Type", "image/"]]  # documented: each item of a list must start so
    assert upload(cos, presigned(conditions=images, **{"Content-Type": "image/jpg,image/png"})).status == 204
    with refused(cos, "AccessDenied"):
        upload(cos, presigned(conditions=images, **{"Content-Type": "image/jpg,text/html"}))


def test_what_may_stand_in_a_form_without_a_condition(cos: FakeCOS) -> None:
    # documented, public
    made = presigned()
    made["fields"]["x-ignore-me"] = "value"
    assert upload(cos, made).status == 204


@pytest.mark.parametrize("size", [0, 1, 8191, 100_000])
def test_every_byte_of_a_file_is_kept(cos: FakeCOS, size: int) -> None:
    data = (bytes(range(256)) * 400)[:size] + b"\r\n--" + BOUNDARY[:-1].encode() + b"\r\n\r\n--"
    assert upload(cos, presigned(), file=data).status == 204
    assert stored_object(cos, "cat.jpg").content.read() == data


def test_an_empty_file(cos: FakeCOS) -> None:
    # public
    assert upload(cos, presigned(), file=b"").status == 204
    assert stored_object(cos, "cat.jpg").size == 0


def test_what_follows_the_file_is_ignored(cos: FakeCOS) -> None:
    # documented
    made = presigned()
    after = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="submit"\r\n\r\nUpload\r\n'.encode()
    assert post_form(cos, made["url"], form_body(made["fields"], after=after)).status == 204


def test_names_need_no_quotes_and_a_preamble_may_come_first(cos: FakeCOS) -> None:
    # public; RFC 2046
    made = presigned()
    body = b"hello\r\n" + form_body(made["fields"]).replace(b'name="key"', b"name=key")
    headers = {"content-type": f'Multipart/Form-Data; charset=utf-8; boundary="{BOUNDARY}"'}
    assert send_to_url(cos, "POST", made["url"], headers, body).status == 204


@pytest.mark.parametrize("named", [{}, {"x-amz-checksum-algorithm": "SHA256"}])
def test_a_checksum_is_verified(cos: FakeCOS, named: dict[str, str]) -> None:
    # public
    right = presigned(**{"x-amz-checksum-sha256": sha256(b"hello"), **named})
    assert upload(cos, right).headers["x-amz-checksum-sha256"] == sha256(b"hello")
    with refused(cos, "BadDigest", status=400):
        upload(cos, presigned(**{"x-amz-checksum-sha256": sha256(b"bye"), **named}))
    with refused(cos, "InvalidRequest", status=400):
        upload(cos, presigned(**{"x-amz-checksum-algorithm": "SHA256"}))


def test_encryption_may_be_asked_for(cos: FakeCOS) -> None:
    # public
    assert upload(cos, presigned(**{"x-amz-server-side-encryption": "AES256"})).status == 204
    with refused(cos, "InvalidArgument", status=400):
        upload(cos, presigned(**{"x-amz-server-side-encryption-customer-algorithm": "AES256"}))


def test_headers_of_the_request_itself_do_not_count(cos: FakeCOS) -> None:
    # public
    made = presigned()
    sent = {"x-amz-expected-bucket-owner": "000000000000", "if-none-match": "*", "x-amz-meta-a": "b"}
    for _ in range(2):
        assert post_form(cos, made["url"], form_body(made["fields"]), **sent).status == 204
    assert stored_object(cos, "cat.jpg").attributes.metadata == {}


def test_a_size_within_the_range(cos: FakeCOS) -> None:
    # documented; numbers may be text: public
    for least, most in ((1, 5), ("5", "5")):
        assert upload(cos, presigned(conditions=[["content-length-range", least, most]])).status == 204


def test_a_condition_may_name_a_field_in_any_case(cos: FakeCOS) -> None:
    # public; so may the name of the operation be written
    allowed = [["eq", "$CONTENT-type", "a/b"], ["STARTS-with", "$Key", "cat"], {"bUcKeT": BUCKET}]
    made = presigned(conditions=allowed, **{"Content-Type": "a/b"})
    assert upload(cos, made).status == 204


def test_a_form_without_a_policy_is_anonymous() -> None:
    # what an anonymous request may do is the bucket's to say
    with FakeCOS() as cos:
        cos.create_bucket(BUCKET)
        with refused(cos, "AccessDenied", "Access Denied", 403):
            post_form(cos, f"https://{BUCKET}.s3.amazonaws.com/", form_body(NAMED_FIELDS))
        allow_acls(cos, BUCKET).acl = canned("public-read-write", OWNER_ID, OWNER_ID)
        assert post_form(cos, f"https://{BUCKET}.s3.amazonaws.com/", form_body(NAMED_FIELDS)).status == 204
        assert cos.store.buckets[BUCKET].objects["cat.jpg"].owner == ANONYMOUS_ID


@pytest.mark.parametrize("bound", ["9" * 5000, "0" * 5000 + "999"])
def test_sizes_in_a_policy_of_many_digits(cos: FakeCOS, bound: str) -> None:
    # assumed: aws-changes 25
    assert upload(cos, presigned(conditions=[["content-length-range", "0", bound]])).status == 204
    with refused(cos, "EntityTooSmall", status=400):
        upload(cos, presigned(conditions=[["content-length-range", "9" * 5000, "9" * 5000]]))
