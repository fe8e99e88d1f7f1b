"""The short way through a list of parts reads what the general way reads, or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakecos.facts.errors import S3Error
from fakecos.facts.services.dialect import DECLARATION
from fakecos.wire import complete_fast_path, parse, service_model, xml
from fakecos.wire.model_overrides import NAMESPACE
from tests.support.service_models import TEXT

AWS = service_model.load("aws")
READERS: dict[str, Any] = {
    name: parse.integer if shape == "integer" else None for name, (shape, _, _) in AWS.members("CompletedPart").items()
}
GENERAL = parse.structure(AWS, "CompletedMultipartUpload", strict=True)
ROOT = "CompleteMultipartUpload"

MEMBERS = st.lists(st.sampled_from([*READERS, "Unknown"]), min_size=1, max_size=4)
NOISE = st.sampled_from(
    ["", "", "", " ", "\n", "x", "<", ">", "&", "&amp;", "\r", "\x01", "<Part>", "</Part>", "<Part></Part>", "<!-- -->"]
)


def short(body: bytes) -> list[dict[str, Any]] | None:
    return complete_fast_path.read(body, ROOT, "Part", READERS)


def general(body: bytes) -> list[dict[str, Any]] | None:
    root = xml.read(body)
    if xml.local(root.tag) != ROOT:
        return None
    parts: list[dict[str, Any]] = GENERAL(root).get("Parts", [])
    return parts


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    members = draw(MEMBERS)
    part = "".join(f"<{name}>{{}}</{name}>" for name in members)
    texts = draw(st.lists(st.lists(TEXT.map(xml.escape), min_size=len(members), max_size=len(members)), max_size=4))
    inner = "".join(f"<Part>{part.format(*row)}</Part>" for row in texts)
    opening = draw(st.sampled_from([f"<{ROOT}>", f'<{ROOT} xmlns="{NAMESPACE}">', f'<{ROOT} xmlns="x">', "<Other>"]))
    declaration = draw(st.sampled_from(["", '<?xml version="1.0"?>\n', DECLARATION, '<?xml version="2.0"?>']))
    whole = f"{declaration}{opening}{inner}</{ROOT}>"
    place = draw(st.integers(0, len(whole)))
    return (whole[:place] + draw(NOISE) + whole[place:]).encode()


@given(body=bodies())
def test_what_the_short_way_reads_the_general_way_reads_too(body: bytes) -> None:
    found = short(body)
    if found is not None:
        assert found == general(body)


@pytest.mark.parametrize(
    "opening", [f"<{ROOT}>", f'<?xml version="1.0" encoding="UTF-8"?>\n<{ROOT} xmlns="{NAMESPACE}">']
)
def test_the_short_way_is_taken_for_what_clients_send(opening: str) -> None:
    part = '<Part><PartNumber>{}</PartNumber><ETag>"e"</ETag><ChecksumCRC32>AA==</ChecksumCRC32></Part>'
    body = f"{opening}{''.join(map(part.format, range(1, 101)))}</{ROOT}>".encode()
    found = short(body)
    assert found is not None
    assert found == general(body)
    assert found[99] == {"PartNumber": 100, "ETag": '"e"', "ChecksumCRC32": "AA=="}


def test_parts_of_different_members_take_the_general_way() -> None:
    body = (
        f"<{ROOT}><Part><PartNumber>1</PartNumber><ETag>a</ETag></Part>"
        f"<Part><ETag>b</ETag><PartNumber>2</PartNumber></Part></{ROOT}>"
    ).encode()
    assert short(body) is None
    assert [part["PartNumber"] for part in general(body) or ()] == [1, 2]


@pytest.mark.parametrize("body", [b"\xff", b"", f"<{ROOT}/>".encode(), f"<{ROOT}></{ROOT}>".encode()])
def test_the_short_way_refuses_nothing(body: bytes) -> None:
    assert short(body) is None


def test_a_doubtful_character_is_refused_on_the_general_way() -> None:
    body = f"<{ROOT}><Part><PartNumber>1</PartNumber><ETag>\x01</ETag></Part></{ROOT}>".encode()
    assert short(body) is None
    with pytest.raises(S3Error):
        general(body)
