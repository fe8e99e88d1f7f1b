"""A DeleteObjects of which S3 refuses one key: the bucket's policy denies it while the request is answered."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from fakecos.explore.seen import ONE_KEY_REFUSED
from fakecos.faults.matching import request_of
from fakecos.model.bucket import POLICY
from fakecos.wire.messages import as_bytes

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.model.content import Content
    from fakecos.service.call import Answer, Call
    from fakecos.service.service import Service

_KEY = re.compile(rb"<Key>(.*?)</Key>", re.DOTALL)


def perform_without_last_key(service: Service, call: Call) -> Answer:
    """Answer a DeleteObjects whose last key a policy denies; the policy is as before afterwards."""
    bucket = service.store.buckets.get(request_of(call).bucket or "")
    if bucket is None:
        return service.perform(call)
    before = bucket.configurations.get(POLICY)

    def look(data: bytes | Content) -> bytes | Content:
        keys = _KEY.findall(as_bytes(data))
        if keys:
            bucket.configurations[POLICY] = _denying(before, bucket, unescape(keys[-1].decode()))
        return data

    call.payload.alter = look
    call.fault = ONE_KEY_REFUSED
    try:
        return service.perform(call)
    finally:
        if before is None:
            bucket.configurations.pop(POLICY, None)
        else:
            bucket.configurations[POLICY] = before


def _denying(policy: Any, bucket: Bucket, key: str) -> str:
    """Return a policy with one more statement. Signs of patterns in the key may let it match another key too."""
    document = {"Version": "2012-10-17", "Statement": []} if policy is None else json.loads(policy)
    statements = document["Statement"]
    named = key.replace("$", "?")  # else a brace behind it begins a variable
    denied = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": ["s3:DeleteObject", "s3:DeleteObjectVersion"],
        "Resource": f"arn:aws:s3:::{bucket.name}/{named}",
    }
    document["Statement"] = [*(statements if isinstance(statements, list) else [statements]), denied]
    return json.dumps(document)
