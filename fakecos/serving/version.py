"""The version of fakecos, as what a server answers beside S3 has it."""

from __future__ import annotations


def version_of_fakecos() -> str:
    """Return the version that is installed; "0" in a tree that is not."""
    from importlib.metadata import PackageNotFoundError, version  # slow to import, and rarely asked for

    try:
        return version("fakecos")
    except PackageNotFoundError:
        return "0"
