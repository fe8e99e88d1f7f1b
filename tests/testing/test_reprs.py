"""What a fake, its journal and its views say of themselves: what is in them, and nothing changes by it."""

from __future__ import annotations

import threading
from html.parser import HTMLParser
from typing import Any

import pytest
from botocore.exceptions import ClientError

from fakecos import FakeCOS, UsageError
from fakecos.contract.steps.refused import stored_state
from fakecos.model import summary
from fakecos.model.summary import size_text


def test_a_fake_says_what_is_in_it_and_whether_it_is_on() -> None:
    cos = FakeCOS(dialect="aws")
    assert repr(cos) == "<FakeCOS not started, aws, 0 buckets, 0 objects, 0 requests>"
    with cos:
        cos.create_bucket("photos")
        cos.create_bucket("videos")
        cos.put_object("photos", "a", b"x" * 1_600_000)
        cos.put_object("videos", "b", b"y" * 1_600_000)
        cos.start_upload("videos", "c", [b"1"])
        cos.client().list_buckets()
        before = stored_state(cos), list(cos.journal)
        wanted = "2 buckets, 2 objects (3.2 MB), 1 open upload"
        assert repr(cos) == f"<FakeCOS active, aws, {wanted}, 1 request>"
        assert repr(cos.snapshot()) == f"<Snapshot: {wanted}>"
        assert repr(cos.store) == "<Store: buckets <2: 'photos', 'videos'>>"
        assert before == (stored_state(cos), list(cos.journal))
    assert repr(cos) == f"<FakeCOS stopped, aws, {wanted}, 1 request>"
    assert "aws and ibm" in repr(FakeCOS())


def test_a_journal_says_which_requests_came(cos: FakeCOS, s3: Any) -> None:
    assert repr(cos.journal) == "<Journal of 0 requests>"
    s3.list_buckets()
    assert repr(cos.journal) == "<Journal of 1 request: ListBuckets 1>"
    for _ in range(2):
        with pytest.raises(ClientError):
            s3.get_object(Bucket="photos", Key="a")
    assert repr(cos.journal) == "<Journal of 3 requests: GetObject 2, ListBuckets 1; 2 refused>"


def test_a_fake_that_could_not_be_made_has_a_repr() -> None:
    with pytest.raises(UsageError) as caught:
        FakeCOS(dialect="nix")  # type: ignore[arg-type]
    made = next(entry.locals["self"] for entry in caught.traceback if type(entry.locals.get("self")) is FakeCOS)
    assert repr(made) == "<FakeCOS>"
    assert made._repr_html_() == "&lt;FakeCOS&gt;"


def test_no_repr_adds_up_what_is_large(cos: FakeCOS, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        cos.put_object("photos", f"{number:02}", b"1")
    assert repr(cos.bucket("photos").objects).endswith("... 10 more}")
    assert repr(cos.store.buckets["photos"].objects).startswith("<30: '00', '01', '02', '03', '04', ...")
    assert "30 objects (30 bytes)" in repr(cos)
    monkeypatch.setattr(summary, "LOOKED_AT", 29)
    assert "30 objects, 0 requests" in repr(cos)


def test_a_repr_does_not_wait_for_a_thread_that_keeps_the_store(cos: FakeCOS) -> None:
    release, held = threading.Event(), threading.Event()

    def hold() -> None:
        with cos.store.lock:
            held.set()
            release.wait(timeout=10)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(timeout=10)
    try:
        assert "busy in another thread" in repr(cos)
    finally:
        release.set()
        thread.join()


class Page(HTMLParser):
    """Its elements and its text, as a browser takes them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data + "\n"


def test_a_notebook_shows_tables_in_which_nothing_of_a_key_is_taken_for_html(cos: FakeCOS, s3: Any) -> None:
    key = "<script>alert(1)</script>&amp;"
    with pytest.raises(ClientError):
        s3.get_object(Bucket="photos", Key=key)
    page = Page(cos.journal._repr_html_())
    assert page.elements == {"div", "code", "table", "tr", "th", "td", "pre"}
    assert f"photos/{key}\n" in page.text
    assert "NoSuchKey" in page.text
    assert "cos.put_object(" in page.text
    page = Page(cos._repr_html_())
    assert page.elements == {"div", "code", "table", "tr", "th", "td"}
    assert "photos\nus-east-1\n" in page.text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (3_200_000, "3.2 MB"),
    ],
)
def test_sizes_are_said_as_people_say_them(size: int, text: str) -> None:
    assert size_text(size) == text
