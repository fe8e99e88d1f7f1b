"""`fakecos run --json`: the report for machines, which keeps to its schema and says what the text says."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from fakecos.testing.json_report import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import os, sys
import boto3
from botocore.exceptions import ClientError
os.chdir("/")
s3 = boto3.client("s3")
s3.put_bucket_versioning(Bucket="films", VersioningConfiguration={"Status": "Enabled"})
for body in (b"1", b"12"):
    s3.put_object(Bucket="films", Key="a", Body=body)
s3.delete_object(Bucket="films", Key="a")
up = {"Bucket": "photos", "Key": "whole"}
up["UploadId"] = s3.create_multipart_upload(**up)["UploadId"]
part = {"PartNumber": 1, "ETag": s3.upload_part(**up, PartNumber=1, Body=b"123")["ETag"]}
s3.complete_multipart_upload(**up, MultipartUpload={"Parts": [part]})
up = {"Bucket": "photos", "Key": "open"}
up["UploadId"] = s3.create_multipart_upload(**up)["UploadId"]
s3.upload_part(**up, PartNumber=7, Body=b"1234567")
for _ in range(2):
    try:
        s3.put_object(Bucket="missing", Key="b", Body=b"1")
    except ClientError:
        pass
"""


def reported(folder: Path, end: str = "") -> tuple[int, Any]:
    """Run the program, and return the exit code and the report."""
    (folder / "script.py").write_text(PROGRAM + end)
    words = ["run", "--bucket", "photos", "--bucket", "films", "--json", "report.json", "script.py"]
    command = [sys.executable, "-m", "fakecos", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert "requests: " in done.stderr  # the text comes as well
    found = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, json.loads(SCHEMA.read_text(encoding="utf-8")))
    return done.returncode, found


def test_it_says_what_is_stored_what_is_open_and_what_was_refused(tmp_path: Path) -> None:
    code, found = reported(tmp_path)
    assert (code, found["format"], found["exit_code"]) == (0, 1, 0)
    films, photos = found["buckets"]
    (whole,) = photos["objects"]
    assert (whole["key"], whole["size"], [part["number"] for part in whole["parts"]]) == ("whole", 3, [1])
    assert films["objects"] == []
    assert [version.get("size", "marker") for version in films["versions"]] == ["marker", 2, 1]
    (left,) = found["uploads_left_open"]
    assert (left["bucket"], left["key"], left["size"], left["parts"][0]["number"]) == ("photos", "open", 7, 7)
    assert len(left["upload_id"]) > 100
    assert found["requests"]["PutObject"] == {"ok": 2, "refused": {"NoSuchBucket": 2}}
    assert found["requests"]["UploadPart"] == {"ok": 2, "refused": {}}
    assert found["notices"] == ["there was no bucket missing: --bucket missing creates it first"]


@pytest.mark.parametrize(
    ("end", "code"),
    [("sys.exit(7)", 7), ("sys.exit('words')", 1), ("1 / 0", 1), ("raise KeyboardInterrupt", 130), ("sys.exit()", 0)],
)
def test_it_says_the_exit_code(tmp_path: Path, end: str, code: int) -> None:
    returned, found = reported(tmp_path, end)
    assert (returned, found["exit_code"]) == (code, code)
