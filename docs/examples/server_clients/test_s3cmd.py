import subprocess

MIB = 1024 * 1024


def test_s3cmd(fakecos, fakecos_server, tmp_path):
    photos = fakecos.create_bucket("photos")
    address = fakecos_server.endpoint_url.removeprefix("http://")
    s3cmd = ["s3cmd", "--access_key=any", "--secret_key=any", "--region=us-east-1", "--no-ssl", "--config=/dev/null"]
    s3cmd += [f"--host={address}", f"--host-bucket={address}"]  # no bucket in the host
    film = tmp_path / "holiday.mp4"
    film.write_bytes(bytes(11 * MIB))
    subprocess.run([*s3cmd, "--multipart-chunk-size-mb=5", "put", str(film), "s3://photos/holiday.mp4"], check=True)
    assert len(photos.objects["holiday.mp4"].parts) == 3
    listed = subprocess.run([*s3cmd, "ls", "s3://photos"], check=True, capture_output=True, text=True)
    assert "s3://photos/holiday.mp4" in listed.stdout
