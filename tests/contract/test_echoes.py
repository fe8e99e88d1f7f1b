"""A refusal that repeats what a request said is read by every client, whatever characters that has.

Source: assumed. XML 1.0, 2.2: it has no such characters. In results S3 writes references to them (wire 4), where
clients stop; what its refusals have is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused, stored_state
from tests.support.raw_requests import ErrorAnswer, send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS

NO_XML = ["%00", "a%07b", "%1F", "%EF%BF%BE", "%EF%BF%BF"]


@pytest.fixture(autouse=True)
def stored(cos: FakeCOS) -> None:
    cos.put_object(BUCKET, KEY, b"12345")


@pytest.mark.parametrize("text", NO_XML)
def test_a_version_id_that_no_xml_holds_is_told_as_any_other(cos: FakeCOS, aws: Any, text: str) -> None:
    with refused(cos, "InvalidArgument", status=400) as answer:
        aws.get_object(Bucket=BUCKET, Key=KEY, VersionId=unquote(text))
    assert answer["Error"]["ArgumentName"] == "versionId"


@pytest.mark.parametrize("text", NO_XML)
def test_a_key_and_an_upload_that_no_xml_holds_are_not_found(cos: FakeCOS, aws: Any, text: str) -> None:
    before = stored_state(cos)
    with pytest.raises(aws.exceptions.NoSuchKey):
        aws.get_object(Bucket=BUCKET, Key=f"k{unquote(text)}")
    with pytest.raises(aws.exceptions.NoSuchUpload):
        aws.upload_part(Bucket=BUCKET, Key=KEY, UploadId=unquote(text), PartNumber=1, Body=b"1")
    assert stored_state(cos) == before


@pytest.mark.parametrize("text", NO_XML)
@pytest.mark.parametrize(
    ("method", "path", "query"),
    [
        ("GET", f"/{BUCKET}/{KEY}", "versionId=@"),
        ("DELETE", f"/{BUCKET}/{KEY}", "versionId=@"),
        ("GET", f"/{BUCKET}/{KEY}", "uploadId=@"),
        ("PUT", f"/{BUCKET}/{KEY}", "partNumber=@&uploadId=a"),
        ("GET", f"/{BUCKET}", "max-keys=@"),
        ("GET", f"/{BUCKET}", "encoding-type=@"),
        ("GET", f"/{BUCKET}", "list-type=2&continuation-token=@"),
        ("GET", f"/{BUCKET}", "uploads&max-uploads=@"),
        ("GET", f"/{BUCKET}", "versions&version-id-marker=@&key-marker=a"),
        ("GET", "/", "max-buckets=@"),
        ("GET", f"/{BUCKET}@/a", ""),
        ("GET", f"/{BUCKET}/a@", ""),
    ],
)
def test_every_refusal_is_xml(cos: FakeCOS, method: str, path: str, query: str, text: str) -> None:
    before = stored_state(cos)
    with pytest.raises(ErrorAnswer) as caught:
        send_raw(cos, method, path.replace("@", text), query.replace("@", text))
    root = ET.fromstring(caught.value.response["Body"])  # noqa: S314  our own
    assert root.tag == "Error"
    assert 400 <= caught.value.response["ResponseMetadata"]["HTTPStatusCode"] < 500
    assert stored_state(cos) == before


def test_what_xml_holds_is_repeated_to_the_letter(cos: FakeCOS, aws: Any) -> None:
    """Source: XML 1.0, 2.2 and 2.11: a carriage return is there, if it is written as a reference."""
    key = "k\t\n\r\x7f\x85&<\U0001f680"
    with pytest.raises(aws.exceptions.NoSuchKey) as caught:
        aws.get_object(Bucket=BUCKET, Key=key)
    assert caught.value.response["Error"]["Key"] == key
