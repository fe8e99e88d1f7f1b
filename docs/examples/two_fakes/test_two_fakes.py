import boto3
from fakecos import FakeCOS


def test_from_one_store_to_the_other():
    source, target = FakeCOS(), FakeCOS()
    reader = source.client()  # attached: `source` is not active
    writer = boto3.client("s3", region_name="us-east-1")
    target.attach(writer)

    source.create_bucket("photos")
    copies = target.create_bucket("copies")
    reader.put_object(Bucket="photos", Key="a.jpg", Body=b"holiday")
    body = reader.get_object(Bucket="photos", Key="a.jpg")["Body"].read()
    writer.put_object(Bucket="copies", Key="a.jpg", Body=body)

    assert copies.objects["a.jpg"].body == b"holiday"
    source.stop()
    target.stop()


def test_the_inner_fake_answers():
    with FakeCOS() as outer:
        outer.create_bucket("photos")
        with FakeCOS() as inner:
            inner.create_bucket("copies")
            assert [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]] == ["copies"]
        assert [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]] == ["photos"]
