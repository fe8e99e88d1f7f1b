"""The page of a timeline in headless Chromium: what it shows, to whom, light and dark. Source: issue 16, item 1."""

from __future__ import annotations

import io
import re
import struct
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from boto3.s3.transfer import TransferConfig

from fakecos import FakeCOS, Limits
from fakecos.faults import Transport
from tests.timeline.browser import CHROMIUM, MISSING, Shown, screenshot, shown
from tests.timeline.recordings import data_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason=MISSING)]

EVIL = "</script><script>console.log('no')</script>\u2028<img src=x onerror=console.log(1)>"
PIECE = 16 * 1024


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with an upload that is repeated and delayed, one that is left open, a lost answer and a refusal."""
    with FakeCOS(limits=Limits(min_part_size=1)) as cos:
        cos.create_bucket("photos")
        return written(cos, cos.client(), tmp_path_factory.mktemp("timeline") / "timeline.html")


@pytest.fixture(scope="module")
def seen(page: Path) -> Shown:
    """What it shows when it is opened."""
    return shown(page)


def written(cos: FakeCOS, s3: Any, path: Path) -> Path:
    cos.inject("UploadPart", part_number=2, error="SlowDown", times=2)
    cos.inject("UploadPart", part_number=3, delay=4)
    transfer = TransferConfig(multipart_threshold=PIECE, multipart_chunksize=5 * 1024 * 1024, max_concurrency=3)
    s3.upload_fileobj(io.BytesIO(bytes(16 * 1024 * 1024)), "photos", "holiday.zip", Config=transfer)
    named: dict[str, Any] = {"Bucket": "photos", "Key": EVIL}
    named["UploadId"] = s3.create_multipart_upload(**named)["UploadId"]
    s3.upload_part(**named, PartNumber=1, Body=b"x" * 1000)
    cos.inject("PutObject", transport=Transport.READ_TIMEOUT, times=1)
    s3.put_object(Bucket="photos", Key="note", Body=b"hello")
    with pytest.raises(s3.exceptions.ClientError):
        s3.get_object(Bucket="photos", Key="nobody")
    cos.journal.write_timeline(path)
    return path


def test_every_request_is_a_bar_and_the_script_says_nothing(page: Path, seen: Shown) -> None:
    data = data_of(page.read_text(encoding="utf-8"))
    facts = seen.facts()
    assert seen.console == []
    assert facts["ready"] == "yes"
    assert int(facts["bars"]) == int(facts["requests"]) == len(data["requests"]) == 13
    assert len(re.findall(r'<button class="bar [^"]*"[^>]*id="request-\d+"', seen.text)) == 13
    assert int(facts["lanes"]) == len(data["lanes"])
    assert facts["axis"] == "short"


def test_what_is_left_open_is_marked_in_words_and_by_its_lane(seen: Shown) -> None:
    assert seen.facts()["leaks"] == "1"
    assert "1 upload left open; its parts are billed until it is completed or aborted: 1,000 bytes" in seen.text
    assert len(re.findall(r'<div class="lane is-open"', seen.text)) == 1
    assert len(re.findall(r'<i class="life open"', seen.text)) == 1


def test_attempts_faults_pauses_and_lost_answers_are_marked(seen: Shown) -> None:
    text = seen.text
    assert len(re.findall(r'<button class="bar bad fault', text)) == 2
    assert len(re.findall(r'<button class="bar lost fault', text)) == 1
    assert len(re.findall(r'<i class="link"', text)) == 3
    assert len(re.findall(r'<i class="pause"[^>]*data-seconds', text)) == 3
    assert re.findall(r'<i class="pause inside"[^>]*data-seconds="([^"]*)"', text) == ["4"]


def test_nothing_of_a_key_becomes_markup_or_runs(page: Path) -> None:
    there = shown(page, "#request-9")
    assert there.console == []
    assert "<img" not in re.sub(r"<script.*?</script>", "", there.text, flags=re.DOTALL)


def test_an_address_with_a_request_opens_its_panel(page: Path) -> None:
    there = shown(page, "#request-13")
    panel = there.panel()
    assert there.facts()["panel"] == "13"
    assert "#13 GetObject" in panel
    assert "404 NoSuchKey" in panel
    assert "The specified key does not exist." in panel
    assert "why:" in panel
    assert "MainThread" in panel


def test_without_one_no_panel_is_open(seen: Shown) -> None:
    assert re.search(r'<aside id="panel"[^>]*hidden', seen.text)


def act_on(page: Path, script: str) -> Path:
    """Return a page on which somebody does something."""
    acting = page.with_name("acting.html")
    doing = f"<script>addEventListener('load', () => {{ {script} }});</script></body>"
    acting.write_text(page.read_text(encoding="utf-8").replace("</body>", doing), encoding="utf-8")
    return acting


def test_a_click_opens_the_panel_and_escape_closes_it(page: Path) -> None:
    click = "document.getElementById('request-3').click();"
    assert shown(act_on(page, click)).facts()["panel"] == "3"
    escape = "dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}));"
    assert shown(act_on(page, click + escape)).facts()["panel"] == ""


def test_one_bar_is_reached_by_tab_and_arrows_go_on(page: Path, seen: Shown) -> None:
    assert len(re.findall(r'<button class="bar [^>]*tabindex="0"', seen.text)) == 1
    press = "b.dispatchEvent(new KeyboardEvent('keydown', {key: '%s', bubbles: true}));"
    script = "const b = document.querySelector('.bar[tabindex=\"0\"]'); b.focus();" + press % "ArrowRight"
    script += "document.activeElement.click();"
    assert shown(act_on(page, script)).facts()["panel"] not in {"", "1"}


def test_a_filter_leaves_what_has_its_words(page: Path) -> None:
    fill = (
        "const f = document.getElementById('filter'); f.value = 'uploadpart 503'; f.dispatchEvent(new Event('input'));"
    )
    filtered = shown(act_on(page, fill))
    assert filtered.facts()["shown"] == "2"
    assert "2 of 13 requests" in filtered.text
    trouble = "document.getElementById('trouble').click();"
    assert shown(act_on(page, trouble)).facts()["shown"] == "5"  # two refused, one delayed, one lost, one not there


def test_threads_and_the_other_axes_are_a_click_away(page: Path) -> None:
    data = data_of(page.read_text(encoding="utf-8"))
    threads = shown(act_on(page, "document.querySelector('button[data-lanes=threads]').click();")).facts()
    assert (int(threads["lanes"]), threads["bars"]) == (len(data["threads"]), "13")
    for axis in ("time", "order"):
        other = shown(act_on(page, f"document.querySelector('button[data-axis={axis}]').click();"))
        assert (other.facts()["axis"], other.facts()["bars"], other.console) == (axis, "13", [])


def test_no_width_of_a_window_lets_the_page_flow_over(page: Path) -> None:
    measure = (
        "setTimeout(() => { const e = document.documentElement; e.dataset.over = e.scrollWidth - e.clientWidth; "
        "const t = document.querySelector('.track').getBoundingClientRect(); "
        "e.dataset.outside = [...document.querySelectorAll('#chart .bar')].filter((b) => { "
        "const r = b.getBoundingClientRect(); return r.left < t.left - 1 || r.right > t.right + 1; }).length; }, 500);"
    )
    for width in (500, 1280, 2400):
        facts = shown(act_on(page, measure), size=(width, 800)).facts()
        assert (facts["over"], facts["outside"]) == ("0", "0")


def pixels(png: bytes) -> list[int]:
    """Return the brightness of the pixels of every twentieth row, of a PNG with eight bits a channel."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert depth == 8
    size = {2: 3, 6: 4}[kind]
    data, place = b"", 8
    while place < len(png):
        length, name = struct.unpack(">I4s", png[place : place + 8])
        data += png[place + 8 : place + 8 + length] if name == b"IDAT" else b""
        place += length + 12
    raw, row = zlib.decompress(data), width * size
    before, found = bytearray(row), []
    for number in range(height):
        start = number * (row + 1)
        before = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + row]), before, size)
        if number % 20 == 0:
            found += [sum(before[place : place + 3]) // 3 for place in range(0, row, size)]
    return found


def _unfiltered(kind: int, line: bytearray, above: bytearray, size: int) -> bytearray:
    """Undo the filter of a row (source: PNG, section 9)."""
    for place, byte in enumerate(line):
        left = line[place - size] if place >= size else 0
        corner = above[place - size] if place >= size else 0
        guess = left + above[place] - corner
        nearest = min((left, above[place], corner), key=lambda each: abs(guess - each))
        line[place] = (byte + (0, left, above[place], (left + above[place]) // 2, nearest)[kind]) & 255
    return line


def test_light_and_dark_are_both_drawn(page: Path, tmp_path: Path) -> None:
    light = pixels(screenshot(page, tmp_path / "light.png", dark=False, size=(700, 420)))
    dark = pixels(screenshot(page, tmp_path / "dark.png", dark=True, size=(700, 420)))
    assert sum(light) / len(light) > 200
    assert sum(dark) / len(dark) < 60
    for found in (light, dark):
        assert max(found) - min(found) > 100, "there is writing on it"


def test_the_report_of_an_exploration_shows_its_timelines(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    def act() -> None:
        named: dict[str, Any] = {"Bucket": "photos", "Key": "k"}
        named["UploadId"] = s3.create_multipart_upload(**named)["UploadId"]
        s3.upload_part(**named, PartNumber=1, Body=b"x")
        s3.abort_multipart_upload(**named)

    report = tmp_path / "report.html"
    cos.explore(act, raise_findings=False).write_html(report)
    look = (
        "setTimeout(() => { const e = document.documentElement, f = document.querySelector('#timeline-1 iframe'); "
        "e.dataset.inside = f.contentDocument.documentElement.dataset.bars; "
        "f.contentDocument.querySelector('.bar').click(); "
        "e.dataset.panel = f.contentDocument.documentElement.dataset.panel; }, 1500);"
    )
    opened = shown(act_on(report, look), "#timeline-1")
    assert opened.console == []
    assert int(opened.facts()["inside"]) > 0
    assert opened.facts()["panel"] == "1"
