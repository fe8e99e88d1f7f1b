import os, subprocess

MIB = 1024 * 1024


def test_s5cmd(fakecos, fakecos_server, tmp_path):
    photos = fakecos.create_bucket("photos")
    environment = {**os.environ, "S3_ENDPOINT_URL": fakecos_server.endpoint_url}

    def s5cmd(*words):
        return subprocess.run(["s5cmd", *words], env=environment, check=True, capture_output=True, text=True).stdout

    (tmp_path / "holiday.mp4").write_bytes(bytes(11 * MIB))
    s5cmd("cp", "--part-size=5", f"{tmp_path}/", "s3://photos/2026/")
    assert len(photos.objects["2026/holiday.mp4"].parts) == 3
    s5cmd("sync", f"{tmp_path}/", "s3://photos/2026/")
    assert fakecos.journal.counts["CompleteMultipartUpload"] == 1  # there was nothing new
    assert "holiday.mp4" in s5cmd("ls", "s3://photos/2026/")
    s5cmd("mv", "s3://photos/2026/*", "s3://photos/copy/")
    assert list(photos.objects) == ["copy/holiday.mp4"]
    s5cmd("rm", "s3://photos/*")
    assert not photos.objects
