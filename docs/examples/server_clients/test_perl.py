import subprocess
from pathlib import Path

MIB = 1024 * 1024
PROGRAM = Path(__file__).parent / "holiday.pl"


def test_net_amazon_s3_of_perl(fakecos, fakecos_server, tmp_path):
    photos = fakecos.create_bucket("photos")
    film = tmp_path / "holiday.mp4"
    film.write_bytes(bytes(11 * MIB))
    done = subprocess.run(["perl", str(PROGRAM)], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["copy.mp4", "holiday.mp4"]
    assert photos.objects["holiday.mp4"].content_type == "video/mp4"
    assert (tmp_path / "copy.mp4").read_bytes() == film.read_bytes()
