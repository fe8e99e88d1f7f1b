"""Short ways to say what the tests of Object Lock do again and again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.contract.parts import md5_base64

LOCKED = "locked"
GOVERNANCE = "GOVERNANCE"
COMPLIANCE = "COMPLIANCE"
UNTIL = dt.datetime(2099, 3, 4, 5, 6, 7, tzinfo=dt.timezone.utc)
PROTECTED = "Access Denied because object protected by object lock."
NO_LOCK = "Bucket is missing Object Lock Configuration"
NEVER = "The specified object does not have a ObjectLock configuration"
PAST = "The retain until date must be in the future!"


def put(client: Any, key: str = "key", body: bytes = b"x", **more: Any) -> str:
    """Put an object with a digest, and return its version id."""
    more.setdefault("ContentMD5", md5_base64(body))
    return str(client.put_object(Bucket=LOCKED, Key=key, Body=body, **more)["VersionId"])


def retain(client: Any, until: dt.datetime, mode: str = GOVERNANCE, key: str = "key", **more: Any) -> Any:
    retention = {"Mode": mode, "RetainUntilDate": until}
    return client.put_object_retention(Bucket=LOCKED, Key=key, Retention=retention, **more)


def hold(client: Any, status: str, key: str = "key", **more: Any) -> Any:
    return client.put_object_legal_hold(Bucket=LOCKED, Key=key, LegalHold={"Status": status}, **more)


def delete(client: Any, version: str, key: str = "key", **more: Any) -> Any:
    return client.delete_object(Bucket=LOCKED, Key=key, VersionId=version, **more)
