import pytest
from botocore.exceptions import ClientError
from uploader import upload

BODIES = [b"one", b"two"]


def test_nothing_is_lost(cos, s3):
    cos.put_object("box", "film", b"the old film")
    cos.explore(lambda: upload(s3, "box", "film", BODIES))


def the_object_is_whole(cos, outcome):
    stored = cos.bucket("box").objects
    if outcome.raised is None and not outcome.crashed:
        assert stored["film"].body == b"onetwo"


def test_with_a_check(cos, s3):
    cos.explore(lambda: upload(s3, "box", "film", BODIES), check=the_object_is_whole)


def test_what_heals(cos, s3):
    def clean_up_and_try_again():
        for left in s3.list_multipart_uploads(Bucket="box").get("Uploads", []):
            s3.abort_multipart_upload(Bucket="box", Key=left["Key"], UploadId=left["UploadId"])
        upload(s3, "box", "film", BODIES)

    cos.explore(lambda: upload(s3, "box", "film", BODIES), recover=clean_up_and_try_again)


def test_some_failures_and_two_at_once(cos, s3):
    failures = ["AccessDenied", "closed@stored for good"]
    cos.explore(lambda: upload(s3, "box", "film", BODIES), failures=failures, crashes=False, depth=2)


def test_the_report(cos, s3, tmp_path):
    found = cos.explore(lambda: upload(s3, "box", "film", BODIES), raise_findings=False)
    found.write_html(tmp_path / "report.html")
    found.write_json(tmp_path / "report.json")
    assert not found.findings
    assert {note.kind for note in found.notes} == {"unavoidable-upload", "stored-but-raised"}


def test_one_run_again(cos, s3):
    with pytest.raises(ClientError, match="AccessDenied"):
        cos.explore(lambda: upload(s3, "box", "film", BODIES), replay="UploadPart:part 2#1=AccessDenied")
