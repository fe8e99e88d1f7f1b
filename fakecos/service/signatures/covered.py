"""Which headers a signature covers: S3 wants Host and every x-amz-* header to be signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.error_table import HEADERS_NOT_SIGNED
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from collections.abc import Mapping

_KNOWN = 256
_sets: dict[str, frozenset[str]] = {}


def names_of(signed: str) -> frozenset[str]:
    """Return the names in `host;x-amz-date`; clients sign the same ones again and again."""
    names = _sets.get(signed)
    if names is None:
        if len(_sets) >= _KNOWN:
            _sets.clear()
        names = _sets[signed] = frozenset(signed.split(";"))
    return names


def require_covered(signed: str, headers: Mapping[str, str], exempt: str | None = None) -> None:
    """Refuse headers that had to be signed (recorded aws-presigned 12, 13; Host: public), but for `exempt`."""
    names = names_of(signed)
    if "host" not in names:
        _refuse(names, headers, exempt)
    for name in headers:
        if name.startswith("x-amz-") and name not in names and name != exempt:
            _refuse(names, headers, exempt)


def _refuse(names: frozenset[str], headers: Mapping[str, str], exempt: str | None) -> None:
    missing = [name for name in headers if name.startswith("x-amz-") and name not in names and name != exempt]
    if "host" not in names:
        missing.insert(0, "host")
    raise S3Error(HEADERS_NOT_SIGNED, HeadersNotSigned=", ".join(missing))
