"""Debian's chromium, without a window: what a page shows once its script has run, and what that looks like."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
MISSING = "Debian's chromium is not installed"
_OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr"),
    "--virtual-time-budget=4000",
)
_CONSOLE = re.compile(r".*CONSOLE.*")
_DARK, _LIGHT = 0, 1  # preferredColorScheme of Blink


class Shown(NamedTuple):
    """The document as it is in the end, and what its script said on the console."""

    text: str
    console: list[str]

    def facts(self) -> dict[str, str]:
        """Return what the script noted about the whole page."""
        (root,) = re.findall(r"<html[^>]*>", self.text)
        return dict(re.findall(r'data-([a-z-]+)="([^"]*)"', root))

    def panel(self) -> str:
        """Return the text of the panel."""
        (found,) = re.findall(r'<aside id="panel"[^>]*>(.*?)</aside>', self.text, re.DOTALL)
        return re.sub(r"<[^>]*>", " ", found)


def shown(page: Path, fragment: str = "", size: tuple[int, int] = (1280, 800)) -> Shown:
    """Open a page, and return what it shows."""
    done = _run(page, fragment, size, "--dump-dom")
    return Shown(done.stdout, _CONSOLE.findall(done.stderr))


def screenshot(page: Path, into: Path, fragment: str = "", *, dark: bool, size: tuple[int, int] = (1280, 800)) -> bytes:
    """Take a picture of a page, and return its bytes."""
    scheme = f"--blink-settings=preferredColorScheme={_DARK if dark else _LIGHT}"
    _run(page, fragment, size, scheme, f"--screenshot={into}")
    return into.read_bytes()


def _run(page: Path, fragment: str, size: tuple[int, int], *more: str) -> subprocess.CompletedProcess[str]:
    window = f"--window-size={size[0]},{size[1]}"
    command = [str(CHROMIUM), *_OPTIONS, window, *more, f"{page.as_uri()}{fragment}"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, encoding="utf-8")


if __name__ == "__main__":  # the picture of docs/how-to/timeline.md
    from pathlib import Path as _Path

    screenshot(_Path(sys.argv[1]).resolve(), _Path(sys.argv[2]).resolve(), "#request-2", dark=False, size=(1240, 520))
