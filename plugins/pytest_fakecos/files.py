"""The files that are written of the requests of a test that fails: as the options name a folder for each kind.

Imported with the report of a failure: it imports fakecos.
"""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING

from fakecos import UsageError
from pytest_fakecos import options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from fakecos import Journal

ENDINGS = {"timeline": ".html", "trace": ".json"}
"""How the file of each kind ends: the option `fakecos_trace`, and `journal.write_trace`, are of the kind "trace"."""
LONGEST = 100


def write(item: pytest.Item, journal: Journal, number: int, of: int) -> Iterator[str]:
    """Write the files of a fake, one of several, and yield a line for each: where it is, or why it is not."""
    for kind, ending in ENDINGS.items():
        folder = options.folder(item.config, f"fakecos_{kind}")
        if folder is None:
            continue
        path = folder / f"{name_of(item.nodeid)}{f'-{number}' if of > 1 else ''}{ending}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            getattr(journal, f"write_{kind}")(path)
        except (OSError, UsageError) as error:
            yield f"{kind}: cannot write {path}: {getattr(error, 'strerror', error)}"
        else:
            yield f"{kind}: {_near(path, item.config)}"


def name_of(node_id: str) -> str:
    """Return a file name for a test, right on all systems and another one for each test."""
    digest = hashlib.sha256(node_id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", node_id.replace("::", "-").replace(".py", ""))
    return f"{plain.strip('-.')[:LONGEST]}-{digest}"


def _near(path: Path, config: pytest.Config) -> str:
    """Return a path as seen from where pytest was called, if it is below."""
    start = config.invocation_params.dir
    return os.path.relpath(path, start) if path.is_relative_to(start) else str(path)
