"""Which headers a signature covers: S3 wants Host and every x-amz-* header to be signed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from collections.abc import Mapping


def require_covered(signed: str, headers: Mapping[str, str], exempt: str | None = None) -> None:
    """Refuse headers that had to be signed (recorded aws-presigned 12, 13; Host: public), but for `exempt`."""
    missing = uncovered(signed, tuple(headers), exempt)
    if missing:
        raise refusal(missing)


def refusal(missing: list[str]) -> S3Error:
    """Return the refusal of a signature that does not cover some headers."""
    return S3Error(errors.HEADERS_NOT_SIGNED, HeadersNotSigned=", ".join(missing))


@lru_cache(256)  # clients send and sign the same headers again and again
def uncovered(signed: str, headers: tuple[str, ...], exempt: str | None = None) -> list[str]:
    """Return the names that had to be signed and are not; `signed` is such as `host;x-amz-date`."""
    names = {*signed.split(";"), exempt}
    missing = [name for name in headers if name.startswith("x-amz-") and name not in names]
    return missing if "host" in names else ["host", *missing]
