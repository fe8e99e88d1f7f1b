"""The size of a part: what is refused from the declared length, and what when the bytes have come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.upload_part_sizes import STREAMED
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload, upload_part
from fakecos.wire.messages import RawBody
from tests.support.raw_requests import send_raw
from tests.support.uploads import stored_part, upload_raw_part

if TYPE_CHECKING:
    from fakecos import FakeCOS

GIB = 1024**3
TOO_LARGE = "Your proposed upload exceeds the maximum allowed size"


class Unread(RawBody):
    """A body that must not be touched."""

    def read(self) -> bytes:
        raise AssertionError


@pytest.mark.one_door("it counts how often the body is read")
@pytest.mark.parametrize("size", [5 * GIB + 1, 10 * GIB])
def test_a_part_that_declares_more_than_5_gib_is_refused_unread(cos: FakeCOS, aws: Any, size: int) -> None:
    """Source: documented limit; code, message and fields are public."""
    upload_id = create_upload(aws)
    with refused(cos, "EntityTooLarge", TOO_LARGE, 400, ProposedSize=str(size), MaxSizeAllowed=str(5 * GIB)):
        upload_raw_part(cos, upload_id, Unread(), {"content-length": str(size)})


@pytest.mark.one_door("it counts how often the body is read")
def test_a_framed_part_that_declares_more_than_5_gib_is_refused_unread(cos: FakeCOS, aws: Any) -> None:
    upload_id = create_upload(aws)
    size = str(5 * GIB + 1)
    with refused(cos, "EntityTooLarge", TOO_LARGE, 400, ProposedSize=size, MaxSizeAllowed=str(5 * GIB)):
        upload_raw_part(
            cos,
            upload_id,
            Unread(),
            {**STREAMED, "transfer-encoding": "chunked", "x-amz-decoded-content-length": size},
        )


@pytest.mark.limits(max_part_size=4)
def test_the_maximum_is_a_value_that_a_test_can_set(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    upload_part(client, upload_id, b"1234")
    with refused(cos, "EntityTooLarge", TOO_LARGE, 400, ProposedSize="5", MaxSizeAllowed="4"):
        upload_part(client, upload_id, b"12345")


@pytest.mark.one_door("it counts how often the body is read")
def test_a_too_large_part_is_told_before_its_digest(cos: FakeCOS, aws: Any) -> None:
    """The digest needs the bytes, which are not read (law of this project: refuse early)."""
    upload_id = create_upload(aws)
    size = str(5 * GIB + 1)
    with refused(cos, "EntityTooLarge", TOO_LARGE, 400, ProposedSize=size, MaxSizeAllowed=str(5 * GIB)):
        upload_raw_part(cos, upload_id, Unread(), {"content-length": size, "content-md5": "1B2M2Y8AsgTpgAmY7PhCfg=="})


def test_a_file_from_its_middle_is_stored_from_there(cos: FakeCOS, client: Any) -> None:
    """A client sends from the current position (wire 2)."""
    import io

    body = io.BytesIO(b"0123456789")
    body.seek(4)
    upload_id = create_upload(client)
    upload_part(client, upload_id, body)
    assert stored_part(cos, upload_id).body == b"456789"


@pytest.mark.one_door("it counts how often the body is read")
def test_the_size_of_an_object_of_one_request_is_limited_too(cos: FakeCOS) -> None:
    """Source: documented (PutObject: 5 GiB)."""
    size = str(5 * GIB + 1)
    with refused(cos, "EntityTooLarge", TOO_LARGE, 400, ProposedSize=size, MaxSizeAllowed=str(5 * GIB)):
        send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", "", {"content-length": size}, Unread())
