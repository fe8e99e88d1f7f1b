import subprocess

MIB = 1024 * 1024


def aws(*words):
    return subprocess.run(["aws", *words], check=True, capture_output=True, text=True).stdout


def test_the_aws_command_line(fakecos, fakecos_server, tmp_path):
    photos = fakecos.create_bucket("photos")
    film = tmp_path / "holiday.mp4"
    film.write_bytes(bytes(20 * MIB))
    aws("s3", "cp", str(film), "s3://photos/holiday.mp4")
    assert len(photos.objects["holiday.mp4"].parts) == 3  # of 8 MiB each, as it does by itself
    assert "holiday.mp4" in aws("s3", "ls", "s3://photos/")
    aws("s3", "rm", "s3://photos/holiday.mp4")
    assert not photos.objects
