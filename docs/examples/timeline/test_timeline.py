import pytest

from fakecos import FakeCOS, Limits


@pytest.fixture
def cos():
    with FakeCOS(limits=Limits(min_part_size=1)) as cos:
        cos.create_bucket("photos")
        yield cos


def upload(client, key, *bodies):
    place = {"Bucket": "photos", "Key": key}
    place["UploadId"] = client.create_multipart_upload(**place)["UploadId"]
    for number, body in enumerate(bodies, 1):
        client.upload_part(**place, PartNumber=number, Body=body)
    return place


@pytest.mark.fakecos(open_uploads="ignore")
def test_a_timeline(cos, tmp_path):
    cos.inject("UploadPart", part_number=2, error="SlowDown", times=2)
    upload(cos.client(), "holiday.zip", b"one", b"two")
    cos.journal.write_timeline(tmp_path / "timeline.html")
    assert (tmp_path / "timeline.html").exists()


@pytest.mark.fakecos(open_uploads="ignore")
def test_a_timeline_of_some_requests(cos, tmp_path):
    client = cos.client()
    upload(client, "holiday.zip", b"one")
    client.put_object(Bucket="photos", Key="index", Body=b"[]")
    cos.journal.filter(key="*.zip").write_timeline(tmp_path / "uploads.html")
    assert "holiday.zip" in (tmp_path / "uploads.html").read_text(encoding="utf-8")


@pytest.mark.fakecos(open_uploads="ignore")
def test_the_run_of_a_finding(cos, tmp_path):
    client = cos.client()
    found = cos.explore(lambda: upload(client, "holiday.zip", b"one"), failures=["SlowDown"], raise_findings=False)
    for number, finding in enumerate(found.findings, 1):
        finding.write_timeline(tmp_path / f"finding-{number}.html")
    found.write_html(tmp_path / "report.html")
    assert not found.findings or 'id="timeline-1"' in (tmp_path / "report.html").read_text(encoding="utf-8")
