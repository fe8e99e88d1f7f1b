"""What setup.cfg cannot say: README as an index shows it, where no folder is beside it and links need addresses."""

import re
import sys
from pathlib import Path

from setuptools import setup

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from fakecos import urls  # noqa: E402  it imports nothing that must be installed first


def whole(link: "re.Match[str]") -> str:
    """Return a link with its address: a page of the documentation there, everything else in the repository."""
    target, mark, anchor = link[1].partition("#")
    if not target or "://" in target:
        return link[0]
    page = re.fullmatch(r"docs/(.+?)(?:/?README)?\.md", target)
    if page:
        return f"]({urls.address(page[1])}{mark}{anchor})" if page[1] != "README" else f"]({urls.DOCUMENTATION})"
    return f"]({urls.REPOSITORY}/blob/main/{target}{mark}{anchor})"


README = (ROOT / "README.md").read_text(encoding="utf-8")
setup(long_description=re.sub(r"\]\(([^)\s]+)\)", whole, README), long_description_content_type="text/markdown")
