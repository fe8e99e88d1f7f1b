"""Answers in a form that compares to the letter: those of clients, and raw ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fakecos.comparison.headers_of_any_answer import ALWAYS, OF_IBM, OF_THE_CONNECTION

DATETIME = "a time"
UPLOAD_ID = "an upload id"


def members_of(answer: Any) -> Any:
    """Return all members of a client's answer as plain values.

    A time is `DATETIME`, the id of an upload is `UPLOAD_ID`, and a body is its bytes.
    """
    if isinstance(answer, dict):
        return {
            name: UPLOAD_ID if name == "UploadId" else members_of(value)
            for name, value in answer.items()
            if name != "ResponseMetadata"
        }
    if isinstance(answer, list):
        return [members_of(item) for item in answer]
    if isinstance(answer, dt.datetime):
        assert answer.utcoffset() == dt.timedelta(0)
        return DATETIME
    return answer.read() if hasattr(answer, "read") else answer


def http_status(answer: Any) -> int:
    """Return the HTTP status of a client's answer."""
    return int(answer["ResponseMetadata"]["HTTPStatusCode"])


def http_headers(answer: Any) -> dict[str, str]:
    """Return all headers of a client's answer, names in lower case."""
    return dict(answer["ResponseMetadata"]["HTTPHeaders"])


def specific_headers(answer: Any) -> dict[str, str]:
    """Return the headers of a client's answer without those that every answer of AWS or COS has, which must be there.

    Those of the connection are left out too.
    """
    headers = http_headers(answer)
    server = headers.get("server", "")
    always = OF_IBM if server.startswith("Cleversafe") else ALWAYS
    assert headers.keys() >= always or not server.startswith(("Cleversafe", "AmazonS3"))
    if always == OF_IBM and "last-modified" not in headers:  # on a read of what is no object, where AWS has none
        always = always | {"accept-ranges"}
    return {name: value for name, value in headers.items() if name not in always | OF_THE_CONNECTION}
