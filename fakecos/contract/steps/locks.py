"""Objects under Object Lock: stored, retained, held, deleted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.objects import put_object

LOCKED = "locked"
GOVERNANCE = "GOVERNANCE"
COMPLIANCE = "COMPLIANCE"
UNTIL = dt.datetime(2099, 3, 4, 5, 6, 7, tzinfo=dt.timezone.utc)
PROTECTED = "Access Denied because object protected by object lock."
NO_LOCK_CONFIGURATION = "Bucket is missing Object Lock Configuration"
LOCK_WITHOUT_CONFIGURATION = "Bucket is missing ObjectLockConfiguration"
NO_LOCK_ON_OBJECT = "The specified object does not have a ObjectLock configuration"
RETENTION_IN_THE_PAST = "The retain until date must be in the future!"


def put_locked(client: Any, key: str = "key", body: bytes = b"x", **more: Any) -> str:
    """Put an object with a digest, and return its version id."""
    more.setdefault("ContentMD5", md5_base64(body))
    return str(put_object(client, Bucket=LOCKED, Key=key, Body=body, **more)["VersionId"])


def put_retention(client: Any, until: dt.datetime, mode: str = GOVERNANCE, key: str = "key", **more: Any) -> Any:
    retention = {"Mode": mode, "RetainUntilDate": until}
    return client.put_object_retention(Bucket=LOCKED, Key=key, Retention=retention, **more)


def put_legal_hold(client: Any, status: str, key: str = "key", **more: Any) -> Any:
    return client.put_object_legal_hold(Bucket=LOCKED, Key=key, LegalHold={"Status": status}, **more)


def delete_version(client: Any, version: str, key: str = "key", **more: Any) -> Any:
    return client.delete_object(Bucket=LOCKED, Key=key, VersionId=version, **more)
