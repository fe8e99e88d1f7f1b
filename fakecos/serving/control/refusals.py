"""What the control door refuses: a status of HTTP, a code for programs, a sentence for people, and what to do."""

from __future__ import annotations

from typing import Any

BAD_REQUEST = 400
FORBIDDEN = 403
NOT_FOUND = 404
METHOD_NOT_ALLOWED = 405
REQUEST_TIMEOUT = 408
NOT_YET = 409
NO_LENGTH = 411
TOO_LARGE = 413
NOT_JSON = 415
IMPOSSIBLE = 422

CODES = {
    BAD_REQUEST: "WrongForm",
    FORBIDDEN: "Forbidden",
    NOT_FOUND: "NotFound",
    METHOD_NOT_ALLOWED: "MethodNotAllowed",
    REQUEST_TIMEOUT: "BodyTooLate",
    NOT_YET: "NotYet",
    NO_LENGTH: "LengthRequired",
    TOO_LARGE: "TooLarge",
    NOT_JSON: "UnsupportedMediaType",
    IMPOSSIBLE: "Impossible",
}
"""The code in the answer, by its status."""


class Refused(Exception):  # noqa: N818  an answer, and no error of anybody here
    """A request that is answered with an error. `hint` says what to write instead, "" if nobody can tell."""

    def __init__(self, status: int, message: str, hint: str = "", **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.document: dict[str, Any] = {"error": {"code": CODES[status], "message": message, "hint": hint}}
