"""What the tests of assertions share: a fake with a bucket, its client, and the text of a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Says = Callable[..., str]


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    """An active fake with the bucket `photos`, where a part may have one byte and a key of the customer."""
    with FakeCOS(limits=Limits(min_part_size=1)) as fake:
        fake.create_bucket("photos", sse_c="allowed")
        yield fake


@pytest.fixture(autouse=True)
def _wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tables have all their columns; tests of narrow ones say how narrow."""
    monkeypatch.setenv("COLUMNS", "140")


@pytest.fixture
def s3(cos: FakeCOS) -> Any:
    """A client of the fake."""
    return cos.client()


@pytest.fixture
def says() -> Says:
    """Return the text with which an assertion fails."""

    def call(assertion: Callable[..., object], *arguments: Any, **keywords: Any) -> str:
        with pytest.raises(AssertionError) as caught:
            assertion(*arguments, **keywords)
        return str(caught.value)

    return call


@pytest.fixture
def complete(s3: Any) -> Callable[..., str]:
    """Upload bodies as parts 1, 2, ..., complete, and return the upload's id."""

    def upload(*bodies: bytes, key: str = "a", **parameters: Any) -> str:
        upload_id: str = s3.create_multipart_upload(Bucket="photos", Key=key, **parameters)["UploadId"]
        named = {"Bucket": "photos", "Key": key, "UploadId": upload_id}
        parts = []
        for number, body in enumerate(bodies, 1):
            answer = s3.upload_part(**named, PartNumber=number, Body=body)
            checksum = f"Checksum{parameters.get('ChecksumAlgorithm')}"
            kept = {name: answer[name] for name in ("ETag", checksum) if name in answer}
            parts.append({"PartNumber": number, **kept})
        s3.complete_multipart_upload(**named, MultipartUpload={"Parts": parts})
        return upload_id

    return upload
