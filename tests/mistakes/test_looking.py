"""Mistakes with buckets, views, assertions and the journal: each row is what was written, and what must be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.mistakes.conftest import Said


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('cos.create_bucket("videos", region="us-est-1")', "no such region; did you mean us-east-1 or us-west-1?"),
        ('cos.create_bucket("videos", "frankfurt")', 'Write it as in region="eu-west-1"'),
        ('cos.create_bucket("videos", region=None)', "left out it is us-east-1"),
        ('cos.create_bucket("videos", regoin="eu-west-1")', "did you mean region?"),
        ('cos.create_bucket(Bucket="videos")', "write the name first, as in cos.create_bucket('videos')"),
        ("cos.create_bucket()", 'name is missing. It is written cos.create_bucket("photos")'),
        ("cos.create_bucket(5)", "cos.create_bucket(name=5): it is text"),
        ('cos.create_bucket("videos", versioning=True)', 'VersioningConfiguration={"Status": "Enabled"}) too'),
        (
            'cos.create_bucket("videos", ACL="public-read")',
            "cos.client().create_bucket(Bucket=..., ACL='public-read') instead",
        ),
        ('cos.put_object("photos", "", b"x")', "a key has one character at least"),
        ('cos.start_upload("photos", "")', "a key has one character at least"),
        ('cos["photos"]', "a bucket is cos.bucket('photos')"),
        ('cos.create_bucket("photos")', "There is a bucket 'photos' already: cos.bucket('photos') returns it"),
        ('cos.create_bucket("My_Bucket")', "such as 'my-bucket'"),
        ('cos.create_bucket("videos", account="12")', "write the 12 digits of its id"),
        ('cos.create_bucket("videos", sse_c=True)', 'it is "allowed" or "blocked"'),
        ('cos.bucket("phots")', "There is no bucket 'phots'; the nearest: 'photos'"),
        ('cos.bucket("videos")', "cos.create_bucket('videos') makes it"),
        ("cos.bucket(5)", "It is named by text"),
        ('cos.bucket("photos")["a.txt"]', "cos.bucket('photos').objects['a.txt']"),
        ('view["Body"]', "An object is no answer of a client: write .body"),
        ('cos.put_object(Bucket="photos", Key="a", Body=b"x")', "Bucket= is boto3's; here it is bucket="),
        ('cos.put_object("photos", "a", 5)', "a body is bytes or text, not 5"),
        ('cos.put_object("phots", "a", b"x")', "the nearest: 'photos'"),
        ('cos.put_object("photos", "a", b"x", content_type="text/plain")', "the nearest: 'ContentType'"),
        ('cos.put_object("photos", "a", b"x", Metadata={"a": 1})', 'Metadata={"camera": "Leica"}'),
        ('cos.put_object("photos", "a", b"x", Tagging={"a": "1"})', 'Tagging="album=summer&year=2026"'),
        ('cos.put_object("photos", b"a", b"x")', "cos.put_object(key=b'a'): it is text"),
        ('cos.put_object("photos", "a", b"x", StorageClass="GLACIR")', "S3 would refuse PutObject of photos/a"),
        ('cos.start_upload("photos", "a", b"x")', 'parts=[b"first", b"second"]'),
        ('cos.start_upload("photos", "a", [b"x"], contenttype="x")', "the nearest: 'ContentType'"),
        ('cos.load_directory("photos", "/nowhere-at-all")', "There is no directory '/nowhere-at-all'"),
        ('cos.load_directory("/nowhere-at-all")', "directory is missing"),
        ('cos.create_access_point("point", "phots")', "There is no bucket 'phots' for the access point"),
        ('cos.account("1")', "write the 12 digits of its id"),
        ('cos.account("222222222222").user("a b")', "a name is 1 to 64 letters, digits"),
        ('cos.account("222222222222").user(nam="a")', "did you mean name?"),
    ],
)
def test_arranging_says_what_to_write(said: Said, line: str, message: str) -> None:
    text = said(line)
    assert text.startswith("fakecos.UsageError: ")
    assert message in text


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('cos.assert_object("photos", "a.txt", body="x")', "body= takes bytes, not str: body=b'x'"),
        ('cos.assert_object("photos", "a.txt", Body=b"x")', "There is no 'Body' to assert; the nearest: 'body'"),
        ('cos.assert_object("photos", "a.txt", checksum_crc="x")', "the nearest: 'checksum_crc32'"),
        ('cos.assert_object("photos", "a.txt", size="1")', "size='1': it is a number of bytes"),
        ('cos.assert_object("photos", "a.txt", metadata="x")', 'a dictionary, such as {"camera": "Leica"}'),
        ('cos.assert_object("photos", "a.txt", parts="2")', "parts are a list of bodies or sizes"),
        ('cos.assert_object("photos")', "key is missing. It is written cos.assert_object("),
        ('cos.assert_part("photos", "a.txt")', "number is missing"),
        ('cos.assert_part("photos", "a.txt", "1")', "a whole number, not '1': write 1"),
        ('cos.assert_parts("photos", "a.txt", 2)', "parts are a list of bodies or sizes"),
        ('cos.assert_parts("photos", "a.txt", b"x")', "parts are a list of bodies or sizes"),
        ('cos.assert_upload_open("photos", "a.txt", upload="x")', "did you mean upload_id?"),
        ('cos.assert_requests("PutObject")', "write a list, as in assert_requests(['PutObject'])"),
        ('cos.assert_requests(["PutObjct"])', "S3 has no operation 'PutObjct'; did you mean PutObject?"),
        ('cos.assert_requests([("PutObject", 2)])', '("UploadPart", {"PartNumber": 2})'),
        ('cos.assert_requests([("PutObject", {"Kye": "a"})])', "has no 'Kye'; the nearest: 'Key'"),
        ('cos.assert_requests(["PutObject"], match="ordered")', "the nearest: 'in_order', 'any_order'"),
        ('cos.assert_requests(["PutObject"], ordered=False)', 'match="in_order" or match="any_order"'),
        ('cos.assert_requests({"PutObject": 1})', "for how many came: cos.journal.counts == {...}"),
        ("cos.assert_requests(None)", "write a list of operations"),
        (
            'cos.journal["PutObject"]',
            "a request has a number, as in cos.journal[-1]; write cos.journal.filter('PutObject')",
        ),
        ("cos.journal[-3:]", "write list(cos.journal)[first:end]"),
        ("cos.journal.filter(lambda request: request.status == 404)", "[request for request in cos.journal if ...]"),
        ('cos.journal.filter("DeleteObjct")', "S3 has no operation 'DeleteObjct'; did you mean DeleteObject?"),
        ('cos.journal.filter("delete_objct")', "did you mean DeleteObject?"),
        ('cos.journal.filter("upload_file")', "is a transfer of boto3 and no operation: it sends PutObject"),
        ('cos.journal.filter("Get*")', "is a pattern, and operations have none"),
        ('cos.journal.filter(["PutObject"])', 'an operation is named by text, such as "UploadPart"'),
        ('cos.journal.filter(operaton="PutObject")', "did you mean operation?"),
        ("cos.journal.filter(bucket=5)", 'it is text, such as bucket="photos"'),
        ("cos.journal.filter(status=404)", "[request for request in cos.journal if request.status == 404]"),
        ('cos.journal.counts["DeleteObjct"]', "cos.journal.counts: S3 has no operation 'DeleteObjct'"),
        ('cos.journal.counts.get("DeleteObjct")', "did you mean DeleteObject?"),
        ('"DeleteObjct" in cos.journal.counts', "did you mean DeleteObject?"),
        ('cos.journal.counts == {"DeleteObjct": 1}', "did you mean DeleteObject?"),
    ],
)
def test_asserting_says_what_to_write(said: Said, line: str, message: str) -> None:
    text = said(line)
    assert text.startswith("fakecos.UsageError: ")
    assert message in text


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('cos.bucket("photos").objects["a.tx"]', "fakecos.NotThereError: no object 'a.tx'; the nearest: 'a.txt'"),
        ("view.parts[1]", "fakecos.NotThereError: no part 1; there are no parts"),
        ("view.read()", "AttributeError: 'ObjectView' object has no attribute 'read': here it is body"),
        ("view.last_modifed", "AttributeError: 'ObjectView' object has no attribute 'last_modifed'; did you mean"),
        ('cos.bucket("photos").object', "did you mean objects?"),
        ("cos.journal.last", "here it is cos.journal[-1]"),
        ("cos.journal[5]", "IndexError: cos.journal[5]: 0 requests came"),
        ("cos.snapshot().restore()", "here it is cos.restore(snapshot)"),
        ('cos.account("222222222222").add_user("a")', 'here it is create_user("alice", policy={...})'),
        ("cos.fail", "'FakeCOS' object has no attribute 'fail': here it is inject"),
        ("cos.rot", "here it is corrupt_stored"),
        ("cos.put", "here it is put_object"),
        ("cos.told", "here it is errors"),
        ("cos.open_upload", "here it is start_upload"),
        ("cos.objects", 'here it is bucket("photos").objects'),
        ("cos.requests", "here it is journal"),
        ("cos.list_objects_v2", "that is a client's, as in cos.client().list_objects_v2(...)"),
        ("cos.upload_file", "that is a client's, as in cos.client().upload_file(...)"),
        ("cos.advnce", "did you mean advance?"),
        ("cos.something", "there are account, advance, "),
        ("fakecos.FakeCos", "module 'fakecos' has no attribute 'FakeCos'; did you mean FakeCOS?"),
        (
            "from fakecos import FakeCos",
            "ImportError: cannot import name 'FakeCos' from 'fakecos'; did you mean FakeCOS?",
        ),
        ("from fakecos import mock_aws", "and @FakeCOS() for @mock_aws"),
        ("from fakecos import Http", "write from fakecos.faults import Http"),
        ("from fakecos import fakecos", "pytest finds the fixture `fakecos` by itself"),
        ("from fakecos.faults import HTTP", "did you mean Http?"),
        ("from fakecos.faults import FakeCOS", "write from fakecos import FakeCOS"),
    ],
)
def test_a_name_that_is_not_there_names_the_right_one(said: Said, line: str, message: str) -> None:
    assert message in said(line)
