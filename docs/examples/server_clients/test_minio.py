import io

from minio import Minio

MIB = 1024 * 1024


def test_minio(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    address = fakecos_server.endpoint_url.removeprefix("http://")
    client = Minio(address, access_key="any", secret_key="any", secure=False, region="us-east-1")
    client.put_object("photos", "holiday.bin", io.BytesIO(bytes(11 * MIB)), 11 * MIB, part_size=5 * MIB)
    assert len(photos.objects["holiday.bin"].parts) == 3
    assert [found.object_name for found in client.list_objects("photos")] == ["holiday.bin"]
