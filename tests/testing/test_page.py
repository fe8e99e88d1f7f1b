"""What docs/how-to/inspect-and-assert.md shows of failures and tables is so, to the letter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from botocore.exceptions import ClientError
from freezegun import freeze_time

from fakecos import FakeCOS

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "inspect-and-assert.md"


def test_the_page_shows_a_failure_to_the_letter() -> None:
    (shown,) = re.findall(r"^```text\n(.*?)\n```$", PAGE.read_text(), flags=re.MULTILINE | re.DOTALL)
    with freeze_time("2026-01-01 12:00:00"), FakeCOS(id_seed=1) as cos:
        cos.create_bucket("photos")
        s3 = cos.client()
        named = {"Bucket": "photos", "Key": "holiday.mp4"}
        named["UploadId"] = s3.create_multipart_upload(**named)["UploadId"]
        s3.upload_part(**named, PartNumber=1, Body=b"one")
        s3.upload_part(**named, PartNumber=2, Body=b"two?")
        with pytest.raises(AssertionError) as caught:
            cos.assert_part("photos", "holiday.mp4", 2, body=b"two!")
    assert str(caught.value) == shown


def test_the_page_shows_to_the_letter_why_a_request_was_refused() -> None:
    (shown,) = re.findall(r"^```console\n(.*?)\n```$", PAGE.read_text(), flags=re.MULTILINE | re.DOTALL)
    with freeze_time("2026-01-01 12:00:00"), FakeCOS() as cos:
        cos.create_bucket("photos")
        cos.put_object("photos", "a.jpg", b"one")
        with pytest.raises(ClientError):
            cos.client().put_object(Bucket="phots", Key="a.jpg", Body=b"one")
        with pytest.raises(ClientError):
            cos.client().get_object(Bucket="photos", Key="b.jpg")
    assert str(cos.journal) == shown
