import os, subprocess

MIB = 1024 * 1024


def test_restic(fakecos, fakecos_server, tmp_path):
    photos = fakecos.create_bucket("photos")
    repository = f"s3:{fakecos_server.endpoint_url}/photos/backup"
    environment = {**os.environ, "RESTIC_REPOSITORY": repository, "RESTIC_PASSWORD": "any"}

    def restic(*words):
        subprocess.run(["restic", "--no-cache", *words], env=environment, check=True, capture_output=True)

    def stored():
        return sum(found.size for found in photos.objects.values())

    film = tmp_path / "holiday.mp4"
    restic("init")
    for _ in range(2):
        film.write_bytes(os.urandom(9 * MIB))
        restic("backup", str(film))
    assert stored() > 18 * MIB
    restic("forget", "--keep-last=1", "--prune")
    assert stored() < 10 * MIB
    restic("check", "--read-data")
    restic("restore", "latest", f"--target={tmp_path / 'restored'}")
    (restored,) = (tmp_path / "restored").rglob("holiday.mp4")
    assert restored.read_bytes() == film.read_bytes()
