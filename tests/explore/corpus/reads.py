"""Programs that read, each with one fault."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from tests.explore.corpus.program import BUCKET, Place, Program, faulty

if TYPE_CHECKING:
    from collections.abc import Iterator

BOOK = b"It was a bright cold day in April, and the clocks were striking thirteen."
PLACE = {"Bucket": BUCKET, "Key": "book"}
log = logging.getLogger(__name__)


@faulty("corrupt-read")
def ranges_of_two_objects(place: Place) -> Program:
    """Ranges without If-Match: half of the old object, half of the new one (mem9-ai/drive9 issue 139)."""
    place.cos.put_object(BUCKET, "book", BOOK)

    def act() -> bytes:
        size = place.s3.head_object(**PLACE)["ContentLength"]
        ranges = [(first, min(first + 40, size) - 1) for first in range(0, size, 40)]
        return b"".join(place.s3.get_object(**PLACE, Range=f"bytes={a}-{b}")["Body"].read() for a, b in ranges)

    return Program(act)


@faulty("corrupt-read")
def failed_range_is_skipped(place: Place) -> Program:
    """A range that failed is left out of the whole (scrapinghub/exporters issue 303: "or even skip")."""
    place.cos.put_object(BUCKET, "book", BOOK)

    def act() -> bytes:
        head = place.s3.head_object(**PLACE)
        read = b""
        for first in range(0, head["ContentLength"], 40):
            try:
                answer = place.s3.get_object(**PLACE, Range=f"bytes={first}-{first + 39}", IfMatch=head["ETag"])
                read += answer["Body"].read()
            except Exception as error:  # noqa: BLE001
                log.info("range from %s failed: %s", first, error)
        return read

    return Program(act)


@faulty("corrupt-read")
def short_read_is_the_end(place: Place) -> Program:
    """A connection that breaks reads as the end of the object (aws/aws-sdk-js issue 257)."""
    place.cos.put_object(BUCKET, "book", BOOK)

    def act() -> bytes:
        body, read = place.s3.get_object(**PLACE)["Body"], b""
        while True:
            try:
                piece = body.read(16)
            except Exception:  # noqa: BLE001
                break
            if not piece:
                break
            read += piece
        return read

    return Program(act)


@faulty("check")
def half_a_file_is_left(place: Place) -> Program:
    """The download writes to its target at once, and leaves half of it (rxvt/s3fetch pull request 43)."""
    place.cos.put_object(BUCKET, "book", BOOK)
    target = place.folder / "book.txt"

    def act() -> None:
        target.unlink(missing_ok=True)
        body = place.s3.get_object(**PLACE)["Body"]
        with target.open("wb") as file:
            for piece in body.iter_chunks(16):
                file.write(piece)

    def check(_: object, __: object) -> None:
        assert not target.exists() or target.read_bytes() in {BOOK, BOOK.translate(INVERTED)}, "half a file"

    return Program(act, check)


INVERTED = bytes(255 - value for value in range(256))


@faulty("corrupt-read")
def default_for_any_error(place: Place) -> Program:
    """Whatever fails, the default comes back (jschneier/django-storages issue 902: forbidden reads as not there)."""
    place.cos.put_object(BUCKET, "settings", b'{"theme": "dark"}')

    def act() -> Any:
        try:
            return json.loads(place.s3.get_object(Bucket=BUCKET, Key="settings")["Body"].read())
        except Exception:  # noqa: BLE001
            return {}

    return Program(act)


@faulty("corrupt-read")
def generator_that_ends_early(place: Place) -> Program:
    """A generator that ends at an error looks as if there were no more (scrapinghub/exporters issue 303)."""
    for number in range(3):
        place.cos.put_object(BUCKET, f"log/{number}", f"line {number}\n".encode())

    def lines() -> Iterator[str]:
        for number in range(3):
            try:
                body = place.s3.get_object(Bucket=BUCKET, Key=f"log/{number}")["Body"].read()
            except Exception:  # noqa: BLE001
                return
            yield from body.decode(errors="replace").splitlines()

    return Program(lines)


@faulty("bug-in-error-path")
def attribute_error_in_the_handler(place: Place) -> Program:
    """An error of the connection has no `response` (aws/chalice pull request 517)."""
    place.cos.put_object(BUCKET, "book", BOOK)

    def act() -> bytes:
        try:
            read: bytes = place.s3.get_object(**PLACE)["Body"].read()
        except Exception as error:
            log.info("failed: %s", error.response["Error"]["Code"])  # type: ignore[attr-defined]
            raise
        return read

    return Program(act)


@faulty("bug-in-error-path")
def key_error_in_the_handler(place: Place) -> Program:
    """Not every error has each member (boto/boto3 issue 4046)."""
    place.cos.put_object(BUCKET, "book", BOOK)

    def act() -> bytes:
        try:
            read: bytes = place.s3.get_object(**PLACE)["Body"].read()
        except ClientError as error:
            log.info("no %s", error.response["Error"]["Key"])  # type: ignore[typeddict-item]
            raise
        return read

    return Program(act)


@faulty("bug-in-error-path")
def name_error_in_the_handler(place: Place) -> Program:
    """A name that only the handler uses, and that is not there (linuxdynasty/awsretry pull request 6 is its kin)."""
    place.cos.put_object(BUCKET, "book", BOOK)

    def act() -> bytes:
        try:
            read: bytes = place.s3.get_object(**PLACE)["Body"].read()
        except ClientError as error:
            logger.warning("failed: %s", error)  # type: ignore[name-defined]  # noqa: F821
            raise
        return read

    return Program(act)


@faulty("bug-in-error-path")
def code_is_no_number(place: Place) -> Program:
    """`int` of a code works for a HEAD's 404, and for nothing else (boto/botocore issue 885)."""
    place.cos.put_object(BUCKET, "book", BOOK)

    def act() -> bool:
        try:
            place.s3.get_object(**PLACE)["Body"].read()
        except ClientError as error:
            if int(error.response["Error"]["Code"]) == 404:
                return False
            raise
        return True

    return Program(act)
