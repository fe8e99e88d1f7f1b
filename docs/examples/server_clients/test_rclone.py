import subprocess

MIB = 1024 * 1024


def test_rclone(fakecos, fakecos_server, tmp_path):
    photos = fakecos.create_bucket("photos")

    def rclone(*words):
        options = ["--s3-provider=Other", "--s3-env-auth", f"--s3-endpoint={fakecos_server.endpoint_url}"]
        options += ["--s3-region=us-east-1", "--s3-chunk-size=5Mi", "--s3-upload-cutoff=5Mi", "--config=/dev/null"]
        return subprocess.run(["rclone", *options, *words], check=True, capture_output=True, text=True).stdout

    (tmp_path / "holiday.mp4").write_bytes(bytes(11 * MIB))
    rclone("sync", str(tmp_path), ":s3:photos/2026")
    assert len(photos.objects["2026/holiday.mp4"].parts) == 3
    rclone("check", str(tmp_path), ":s3:photos/2026")
    rclone("copy", ":s3:photos/2026", ":s3:photos/copy")
    assert fakecos.journal.counts["CopyObject"] == 1  # the service copied: nothing came back and forth
    assert rclone("lsf", "-R", "--files-only", ":s3:photos").split() == ["2026/holiday.mp4", "copy/holiday.mp4"]
    rclone("purge", ":s3:photos/2026")
    assert list(photos.objects) == ["copy/holiday.mp4"]
