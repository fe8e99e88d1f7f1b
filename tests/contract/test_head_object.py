"""HeadObject: everything of GetObject but the bytes; a refusal is a status alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.answers import http_status, members_of, specific_headers
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import upload_in_parts

if TYPE_CHECKING:
    from fakecos import FakeCOS


@pytest.mark.limits(min_part_size=1)
def test_an_object_in_parts_does_not_say_how_many_unless_a_part_is_asked_for(client: Any) -> None:
    # recorded aws-multipart 16: PartsCount comes with partNumber
    upload_in_parts(client, b"one", b"two", key="key")
    assert "PartsCount" not in members_of(client.head_object(Bucket=BUCKET, Key="key"))
    answer = client.head_object(Bucket=BUCKET, Key="key", PartNumber=2)
    assert http_status(answer) == 206
    assert (answer["PartsCount"], answer["ContentLength"]) == (2, 3)


@pytest.mark.only_patch("HTTP says by a header that no body follows")
def test_a_missing_key_is_a_404_without_a_body(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 2; the type of the body that is not there: public
    with refused(cos, "404", "Not Found", 404) as answer:
        client.head_object(Bucket=BUCKET, Key="nothing")
    assert specific_headers(answer) == {"content-type": "application/xml"}
