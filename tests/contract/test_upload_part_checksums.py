"""The checksum of a part: ten algorithms, as a header and as a trailer, verified always and echoed always."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.upload_part_checksums import BODY, BOTH, TEN, _endpoint, _framed, echo
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.digests import base64_of, checksum_of
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from tests.support.uploads import stored_part, upload_raw_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

# Check values of b"123456789", published with each CRC's parameters; the others are hashlib's and xxhash's own.
CHECKS = {"CRC32": "cbf43926", "CRC32C": "e3069283", "CRC64NVME": "ae8b14860a799888"}


@pytest.mark.parametrize(("name", "check"), CHECKS.items())
def test_the_crcs_are_the_published_ones(name: str, check: str) -> None:
    assert checksum_of(name, b"123456789") == base64_of(bytes.fromhex(check))


@pytest.mark.parametrize("scheme", ["https", "http"])
@pytest.mark.parametrize(("dialect", "name"), BOTH)
def test_a_right_value_is_taken_and_echoed(
    cos: FakeCOS, make_client: Callable[..., Any], dialect: str, name: str, scheme: str
) -> None:
    """Source: recorded aws-multipart 32 (an upload without an algorithm takes any); documented."""
    client = make_client(dialect, use_ssl=scheme == "https", **_endpoint(dialect, scheme))
    upload_id = create_upload(client)
    answer = upload_part(client, upload_id, BODY, **{f"Checksum{name}": checksum_of(name, BODY)})
    assert members_of(answer) == echo(name)
    assert stored_part(cos, upload_id).checksums == {name: checksum_of(name, BODY)}


@pytest.mark.parametrize("name", TEN)
def test_a_trailer_on_the_wire_is_verified_and_echoed(cos: FakeCOS, aws: Any, name: str) -> None:
    """Source: documented; the framing is a golden one (wire 2)."""
    upload_id = create_upload(aws)
    body, headers = _framed(name, checksum_of(name, BODY))
    response = upload_raw_part(cos, upload_id, body, headers)
    assert response.headers[f"x-amz-checksum-{name.lower()}"] == checksum_of(name, BODY)
    assert stored_part(cos, upload_id).body == BODY


@pytest.mark.limits(min_part_size=1)
def test_parts_of_one_upload_may_have_different_checksums_if_it_has_none(client: Any) -> None:
    """Source: recorded aws-multipart 32 (any checksum)."""
    upload_id = create_upload(client)
    first = upload_part(client, upload_id, b"first", 1, ChecksumSHA1=checksum_of("SHA1", b"first"))
    second = upload_part(client, upload_id, b"second", 2, ChecksumCRC64NVME=checksum_of("CRC64NVME", b"second"))
    answer = complete_upload(client, upload_id, completed_part(1, first), completed_part(2, second))
    assert answer["ChecksumCRC64NVME"] == checksum_of("CRC64NVME", b"firstsecond")
