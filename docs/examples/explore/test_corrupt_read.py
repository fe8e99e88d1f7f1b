import pytest
from fakecos import ExplorationError

BOOK = {"Bucket": "box", "Key": "book"}
HALF = 50


def download(s3):
    size = s3.head_object(**BOOK)["ContentLength"]
    ranges = [f"bytes={first}-{first + HALF - 1}" for first in range(0, size, HALF)]
    return b"".join(s3.get_object(**BOOK, Range=one)["Body"].read() for one in ranges)


def test_two_halves_of_two_books(cos, s3):
    cos.put_object("box", "book", bytes(range(100)))
    with pytest.raises(ExplorationError, match="corrupt-read"):
        cos.explore(lambda: download(s3))


def download_one_version(s3):
    head = s3.head_object(**BOOK)
    ranges = [f"bytes={first}-{first + HALF - 1}" for first in range(0, head["ContentLength"], HALF)]
    same = {**BOOK, "IfMatch": head["ETag"]}
    return b"".join(s3.get_object(**same, Range=one)["Body"].read() for one in ranges)


def test_one_book_or_an_error(cos, s3):
    cos.put_object("box", "book", bytes(range(100)))
    cos.explore(lambda: download_one_version(s3))
