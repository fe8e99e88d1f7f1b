"""Browsers' forms by hand, signed with SigV4: `send.form` of a promise.

    answer = send.form(BUCKET, Form({"key": "cat.jpg", "acl": "private"}))

Each field has a condition in the policy that is made for it, unless the form says which conditions there are.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BOUNDARY = "----fakecos-form-boundary"
CONTENT_TYPE = f"multipart/form-data; boundary={BOUNDARY}"
FILENAME = "${filename}"
POLICY = "policy"
SIGNING = frozenset(
    {POLICY, "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-security-token", "x-amz-signature"}
)
"""Fields that a signature adds: they say who signed, and when."""


class Form(NamedTuple):
    """A form before it is signed.

    - `fields`: what it says; `twice`: fields that come once more, behind these.
    - `conditions`: of its policy, beside the bucket and the signature; None: each field as it is.
    - `policy`: the whole policy, in the place of the one that is made; else `seconds`: for how long that is good.
    - `left_out`: fields that are not sent, though they were signed. `put_in`: fields that are sent in the place of
      those, or beside them.
    - `file`: its bytes, None for a form without one; `filename`: None for a field without a file's name.
    - `after`: what follows the file.
    """

    fields: Mapping[str, str]
    twice: Sequence[tuple[str, str]] = ()
    conditions: Sequence[Any] | None = None
    policy: bytes | None = None
    left_out: Sequence[str] = ()
    put_in: Mapping[str, str] = {}
    file: bytes | None = b"hello"
    filename: str | None = "cat.jpg"
    after: bytes = b""
    seconds: float = 300

    def policy_of(self, bucket: str, signing: Mapping[str, str], now: dt.datetime) -> str:
        """Return the policy in Base64, which is what is signed."""
        if self.policy is not None:
            return base64.b64encode(self.policy).decode()
        said = [_condition(*field) for field in self.fields.items()] if self.conditions is None else self.conditions
        conditions = [{"bucket": bucket}, *({name: value} for name, value in signing.items()), *said]
        until = f"{now + dt.timedelta(seconds=self.seconds):%Y-%m-%dT%H:%M:%SZ}"
        return base64.b64encode(json.dumps({"expiration": until, "conditions": conditions}).encode()).decode()

    def sent(self, signing: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return the fields that are sent, with those of the signature."""
        every = {**self.fields, **signing, **self.put_in}
        return [*((name, value) for name, value in every.items() if name not in self.left_out), *self.twice]

    def body_of(self, fields: Sequence[tuple[str, str]]) -> bytes:
        """Return the form as a browser sends it."""
        parts = [f'form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields]
        if self.file is not None:
            named = "" if self.filename is None else f'; filename="{self.filename}"'
            parts.append(f'form-data; name="file"{named}\r\nContent-Type: image/jpeg\r\n\r\n'.encode() + self.file)
        start = f"--{BOUNDARY}\r\nContent-Disposition: ".encode()
        return b"".join(start + part + b"\r\n" for part in parts) + self.after + f"--{BOUNDARY}--\r\n".encode()


def _condition(name: str, value: str) -> Any:
    """Return the condition that a field is as it is; what a file's name becomes part of only begins so."""
    before, found, _ = value.partition(FILENAME)
    return ["starts-with", f"${name}", before] if found else {name: value}
