import os, subprocess

MIB = 1024 * 1024


def test_s3fs_fuse(fakecos, fakecos_server, tmp_path):
    photos = fakecos.create_bucket("photos")
    (folder := tmp_path / "photos").mkdir()
    options = [f"url={fakecos_server.endpoint_url}", "use_path_request_style", "endpoint=us-east-1", "multipart_size=5"]
    subprocess.run(["s3fs", "photos", str(folder), *(f"-o{option}" for option in options)], check=True)
    try:
        (folder / "2026").mkdir()
        (folder / "2026/holiday.mp4").write_bytes(bytes(11 * MIB))
        assert len(photos.objects["2026/holiday.mp4"].parts) == 2
        (folder / "2026/holiday.mp4").rename(folder / "film.mp4")
        assert (folder / "film.mp4").read_bytes() == bytes(11 * MIB)
        assert sorted(os.listdir(folder)) == ["2026", "film.mp4"]
    finally:
        subprocess.run(["fusermount", "-u", str(folder)], check=True)
    assert set(photos.objects) == {"2026/", "film.mp4"}
