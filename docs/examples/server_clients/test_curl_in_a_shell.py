import json, subprocess, sys
from pathlib import Path

HERE = Path(__file__).parent


def test_a_shell_script_is_served(tmp_path):
    (tmp_path / "holiday.txt").write_text("sun")
    run = [sys.executable, "-m", "fakecos", "run", "--serve", "--bucket", "photos", "--json", "report.json"]
    subprocess.run([*run, HERE / "in_a_shell.py", HERE / "upload.sh", "holiday.txt"], cwd=tmp_path, check=True)
    (photos,) = json.loads((tmp_path / "report.json").read_text())["buckets"]
    assert [found["key"] for found in photos["objects"]] == ["holiday.txt"]
