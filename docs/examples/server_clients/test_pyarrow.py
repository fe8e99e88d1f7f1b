from pyarrow import fs

MIB = 1024 * 1024


def test_pyarrow(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    s3 = fs.S3FileSystem(
        access_key="any",
        secret_key="any",
        region="us-east-1",
        scheme="http",
        endpoint_override=fakecos_server.endpoint_url.removeprefix("http://"),
    )
    with s3.open_output_stream("photos/holiday.bin") as file:
        file.write(bytes(12 * MIB))
    assert photos.objects["holiday.bin"].size == 12 * MIB
    assert "UploadPart" in fakecos.journal.counts
    with s3.open_input_stream("photos/holiday.bin") as file:
        assert file.read() == bytes(12 * MIB)
