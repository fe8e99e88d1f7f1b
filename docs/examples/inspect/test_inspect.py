import pytest
from fakecos import FakeCOS, Limits
from uploader import resume, upload


@pytest.fixture
def cos():
    with FakeCOS(limits=Limits(min_part_size=1)) as cos:
        cos.create_bucket("photos")
        yield cos


pytestmark = pytest.mark.fakecos(open_uploads="ignore", autouse=False)  # they are left open on purpose


def test_looking(cos):
    upload(cos.client(), "photos", "holiday.mp4", [b"one", b"two!"], ContentType="video/mp4")
    stored = cos.bucket("photos").objects["holiday.mp4"]
    assert stored.body == b"onetwo!"
    assert stored.content_type == "video/mp4"
    assert stored.parts[2].body == b"two!"
    assert stored.parts[2].size == 4
    assert cos.billed_bytes == 7
    assert not cos.open_uploads


def test_looking_at_versions(cos):
    client = cos.client()
    client.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    client.put_object(Bucket="photos", Key="cat.jpg", Body=b"first")
    client.put_object(Bucket="photos", Key="cat.jpg", Body=b"second")
    client.delete_object(Bucket="photos", Key="cat.jpg")
    marker, second, first = cos.bucket("photos").versions["cat.jpg"]
    assert marker.is_delete_marker
    assert second.body == b"second"
    assert client.get_object(Bucket="photos", Key="cat.jpg", VersionId=first.version_id)["Body"].read() == b"first"


def test_asserting(cos):
    upload(cos.client(), "photos", "holiday.mp4", [b"one", b"two!"], Metadata={"camera": "Leica"})
    cos.assert_object("photos", "holiday.mp4", body=b"onetwo!", metadata={"camera": "Leica"})
    cos.assert_parts("photos", "holiday.mp4", [b"one", b"two!"])
    cos.assert_part("photos", "holiday.mp4", 2, size=4)
    cos.assert_upload_completed("photos", "holiday.mp4")
    cos.assert_no_open_uploads()
    cos.assert_no_object("photos", "holiday.mp4.tmp")


def test_beginning_in_the_middle(cos):
    began = cos.start_upload("photos", "holiday.mp4", parts=[b"one"])
    resume(cos.client(), "photos", "holiday.mp4", began.upload_id, [b"one", b"two!"])
    cos.assert_object("photos", "holiday.mp4", body=b"onetwo!", parts=2)
    cos.assert_requests(["ListParts", ("UploadPart", {"PartNumber": 2}), "CompleteMultipartUpload"])


def test_requests(cos):
    upload(cos.client(), "photos", "holiday.mp4", [b"one", b"two!"])
    cos.assert_requests(
        [("UploadPart", {"PartNumber": 2, "Body": 4, "status": 200}), "CompleteMultipartUpload"],
        match="in_order",
    )
    parts = cos.journal.filter("UploadPart", key="*.mp4")
    assert [exchange.parameters["PartNumber"] for exchange in parts] == [1, 2]
    print(cos.journal)


def test_a_key_of_the_customer(cos):
    key = "k" * 32
    cos.create_bucket("vault", sse_c="allowed")  # new buckets of S3 block keys of the customer
    cos.start_upload("vault", "secret", parts=[b"one"], SSECustomerKey=key)
    cos.assert_part("vault", "secret", 1, body=b"one", sse_c_key=key)


def test_a_copy_is_equal(cos):
    original = cos.put_object("photos", "a.jpg", b"holiday", ContentType="image/jpeg")
    cos.create_bucket("copies")
    cos.client().copy_object(Bucket="copies", Key="b.jpg", CopySource="photos/a.jpg")
    assert cos.bucket("copies").objects["b.jpg"] == original
    assert original == b"holiday"


def test_files(cos, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"1")
    cos.load_directory("photos", tmp_path / "in", prefix="album/")
    cos.dump_directory(tmp_path / "out")
    assert (tmp_path / "out" / "photos" / "album" / "a.txt").read_bytes() == b"1"
