"""What each version of the uploader on the way still loses."""

import importlib

import boto3
import pytest
from fakecos import FakeCOS, Limits

STEPS = [
    ("uploader_1", 1, ["torn-object", "leaked-upload"]),
    ("uploader_2", 1, ["leaked-upload"]),
    ("uploader_3", 1, ["leaked-upload"]),
    ("uploader_4", 1, []),
    ("uploader_4", 2, ["masked-error"]),
]


@pytest.mark.parametrize(("name", "depth", "kinds"), STEPS)
def test_a_step(monkeypatch, name, depth, kinds):
    version = importlib.import_module(name)
    monkeypatch.setattr(version, "PART", 4)
    with FakeCOS(limits=Limits(min_part_size=1)) as cos:
        cos.create_bucket("films")
        cos.put_object("films", "holiday", b"the old film")
        s3 = boto3.client("s3", "us-east-1")
        found = cos.explore(
            lambda: version.upload(s3, b"new film", "films", "holiday"), depth=depth, raise_findings=False
        )
    assert [finding.kind for finding in found.findings] == kinds
