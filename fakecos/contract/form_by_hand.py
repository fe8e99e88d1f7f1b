"""A browser's form as bytes: its fields, its policy, the signature of that, and the file."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

BOUNDARY = "----promise"


def form_of(
    bucket: str, fields: dict[str, str], expires: dt.datetime, body: bytes, sign: Callable[[str], str]
) -> tuple[str, bytes]:
    """Return content type and body of a form, whose policy allows exactly its fields until it expires."""
    conditions = [{"bucket": bucket}, *({name: value} for name, value in fields.items())]
    policy = {"expiration": expires.strftime("%Y-%m-%dT%H:%M:%SZ"), "conditions": conditions}
    text = base64.b64encode(json.dumps(policy).encode()).decode()
    signed = {**fields, "policy": text, "x-amz-signature": sign(text)}
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in signed.items()]
    file = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n\r\n'
    end = f"\r\n--{BOUNDARY}--\r\n"
    return f"multipart/form-data; boundary={BOUNDARY}", "".join([*parts, file]).encode() + body + end.encode()
