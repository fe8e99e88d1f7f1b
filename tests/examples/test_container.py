"""The container files of the docs, without an engine: their commands are run as they stand, and the page shows them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import boto3
import pytest

from fakecos import FakeCOS

DOCS = Path(__file__).parent.parent.parent / "docs"
FOLDER = DOCS / "examples" / "container"
PAGE = (DOCS / "how-to" / "run-in-a-container.md").read_text()
CONTAINERFILE = (FOLDER / "Containerfile").read_text()
COMPOSE = (FOLDER / "compose.yaml").read_text()


def words(text: str, name: str) -> list[str]:
    found: list[str] = json.loads(re.search(rf"^{name} (\[.*\])$", text, flags=re.MULTILINE)[1])  # type: ignore[index]
    return found


@pytest.mark.parametrize("text", [CONTAINERFILE, COMPOSE], ids=["Containerfile", "compose.yaml"])
def test_the_page_shows_the_file(text: str) -> None:
    comment, _, rest = text.partition("\n")
    assert comment.startswith("# Not run where fakecos is tested")
    assert f"\n{rest}```\n" in PAGE


@pytest.mark.loopback
@pytest.mark.parametrize("given", [words(CONTAINERFILE, "CMD"), words(COMPOSE, " +command:")], ids=["alone", "compose"])
def test_the_command_serves_and_the_health_check_finds_it(given: list[str]) -> None:
    entry = words(CONTAINERFILE, "ENTRYPOINT")
    check = words(CONTAINERFILE, "    CMD")
    assert (entry[0], check[0]) == ("fakecos", "python")
    asked = ["0" if word in {"9000", "9001"} else word for word in given]
    command = [sys.executable, "-m", *entry, *asked]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = re.search(r"http://127\.0\.0\.1:(\d+)", process.stdout.readline())
            assert address is not None
            checked = [word.replace("9000", address[1]) for word in check[1:]]
            assert subprocess.run([sys.executable, *checked], check=False, timeout=30).returncode == 0
        finally:
            process.terminate()
        _, report = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "fakecos" in report


@pytest.mark.loopback
def test_the_variables_of_the_tests_suffice() -> None:
    named = dict(re.findall(r"^ +(\w+_\w+): (\S+)", COMPOSE, flags=re.MULTILINE))
    assert named["AWS_REGION"] == named["AWS_DEFAULT_REGION"]
    assert named["FAKECOS_CONTROL_URL"] == f"http://127.0.0.1:{words(COMPOSE, ' +command:')[3]}"
    cos = FakeCOS()
    cos.create_bucket("photos")
    with cos.serve(environment=False) as server:
        s3 = boto3.client(
            "s3",
            endpoint_url=named["AWS_ENDPOINT_URL_S3"].replace(":9000", f":{server.port}"),
            aws_access_key_id=named["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=named["AWS_SECRET_ACCESS_KEY"],
            region_name=named["AWS_DEFAULT_REGION"],
        )
        s3.put_object(Bucket="photos", Key="a.jpg", Body=b"holiday")
        s3.close()
    assert cos.bucket("photos").objects["a.jpg"] == b"holiday"
