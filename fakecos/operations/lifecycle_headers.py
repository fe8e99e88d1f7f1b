"""What answers say of lifecycle rules: x-amz-expiration, x-amz-abort-date and x-amz-abort-rule-id."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from fakecos.facts.http_dates import http_date

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.model.object import StoredObject
    from fakecos.model.upload import MultipartUpload
    from fakecos.wire.types import AbortFields, ExpiryFields


def expiry_fields(bucket: Bucket, stored: StoredObject) -> ExpiryFields:
    """Return x-amz-expiration of an object that a rule expires (recorded aws-bucket-configuration 30-35)."""
    due = bucket.lifecycle.expiry(stored) if bucket.lifecycle is not None else None
    if due is None:
        return {}
    return {"Expiration": f'expiry-date="{http_date(due.time)}", rule-id="{quote(due.rule_id, safe="")}"'}


def abort_fields(bucket: Bucket, upload: MultipartUpload) -> AbortFields:
    """Return x-amz-abort-date and x-amz-abort-rule-id of Create and ListParts (documented)."""
    due = bucket.lifecycle.abort(upload) if bucket.lifecycle is not None else None
    return {} if due is None else {"AbortDate": due.time, "AbortRuleId": due.rule_id}
