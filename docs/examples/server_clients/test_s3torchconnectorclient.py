from s3torchconnectorclient._mountpoint_s3_client import MountpointS3Client  # what s3torchconnector asks S3 by

MIB = 1024 * 1024


def test_the_client_of_s3torchconnector(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    client = MountpointS3Client(
        "us-east-1", "test", endpoint=fakecos_server.endpoint_url, force_path_style=True, part_size=5 * MIB
    )
    writer = client.put_object("photos", "epoch1.pt")
    writer.write(bytes(11 * MIB))
    writer.close()
    assert len(photos.objects["epoch1.pt"].parts) == 3
    assert b"".join(client.get_object("photos", "epoch1.pt")) == bytes(11 * MIB)
    assert [found.key for page in client.list_objects("photos", "") for found in page.object_info] == ["epoch1.pt"]
