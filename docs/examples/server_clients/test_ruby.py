import subprocess
from pathlib import Path

MIB = 1024 * 1024
PROGRAM = Path(__file__).parent / "holiday.rb"


def test_the_sdk_of_ruby(fakecos, fakecos_server, tmp_path):
    photos = fakecos.create_bucket("photos")
    film = tmp_path / "holiday.mp4"
    film.write_bytes(bytes(11 * MIB))
    done = subprocess.run(["ruby", str(PROGRAM)], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["copy.mp4", "holiday.mp4"]
    assert len(photos.objects["holiday.mp4"].parts) == 3
    assert (tmp_path / "copy.mp4").read_bytes() == film.read_bytes()
