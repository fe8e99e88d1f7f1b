"""smart_open: streams to and from S3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.explore.libraries.acts import BUCKET, MIB, PART, act, three_parts
from tests.explore.libraries.boto3_acts import client

if TYPE_CHECKING:
    from tests.explore.libraries.acts import Function, Place


def writing(place: Place, s3: Any, **keywords: Any) -> Function:
    """Return an act that writes three parts over an object."""
    from smart_open import open as smart_open

    data = three_parts()
    place.put("film")

    def run() -> None:
        parameters = {"client": s3, "min_part_size": PART, **keywords}
        with smart_open(f"s3://{BUCKET}/film", "wb", transport_params=parameters) as file:
            for first in range(0, len(data), 2 * MIB):
                file.write(data[first : first + 2 * MIB])

    return run


@act("smart_open")
def write(place: Place) -> Function:
    """`with open(..., "wb")`: three parts over an object"""
    return writing(place, client())


@act("smart_open", dialect="ibm")
def write_to_cos(place: Place) -> Function:
    """the same, to IBM COS"""
    return writing(place, client())


@act("smart_open")
def write_in_one(place: Place) -> Function:
    """the same with `multipart_upload=False`"""
    return writing(place, client(), multipart_upload=False)


@act("smart_open")
def read(place: Place) -> Function:
    """`with open(..., "rb")`"""
    from smart_open import open as smart_open

    s3 = client()
    place.put("film", bytes(range(251)) * 12)

    def run() -> bytes:
        with smart_open(f"s3://{BUCKET}/film", "rb", transport_params={"client": s3, "buffer_size": 1024}) as file:
            return b"".join(iter(lambda: file.read(500), b""))

    return run
