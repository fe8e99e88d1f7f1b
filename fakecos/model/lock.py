"""What Object Lock says of one version: until when it is retained, and whether it is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt

GOVERNANCE = "GOVERNANCE"
COMPLIANCE = "COMPLIANCE"


class Lock(NamedTuple):
    """The lock of a version; each part is None where it was never set.

    - `mode`: GOVERNANCE or COMPLIANCE, and `until`: the end of the retention, in UTC.
    - `legal_hold`: "ON" or "OFF".
    """

    mode: str | None = None
    until: dt.datetime | None = None
    legal_hold: str | None = None


NO_LOCK = Lock()
