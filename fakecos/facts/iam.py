"""What is known of IBM's IAM: where tokens come from, how long they live, and how a request for one is refused.

Sources: `documented` is IBM's page on tokens by API key, `sdk` the code of ibm_botocore, `public` answers of IAM that
people and IBM's own tools have shown, `assumed` our own guess.
"""

from __future__ import annotations

from typing import NamedTuple

SERVICE = "iam"
OPERATION = "IAMToken"
"""The name of a request for a token, in the journal and for faults; no service model has it."""

APIKEY_GRANT = "urn:ibm:params:oauth:grant-type:apikey"  # sdk
REFRESH_GRANT = "refresh_token"  # sdk
ACCESS = "cloud_iam"  # sdk; the default too (documented: the page's request names none)
DELEGATED = "delegated_refresh_token"  # sdk: DelegatedTokenManager
LIFETIME = 3600  # documented: "at most 1 hour", and `expires_in` of the page's answer
DELEGATED_LIFETIME = 10 * 24 * 3600  # assumed; the SDK renews after six days
REFRESH_LIFETIME = 30 * 24 * 3600  # assumed
SCOPE = "ibm openid"  # documented
# Only a client that names itself gets a refresh token (public); ibm_botocore does, with `bx:bx` (sdk).
CLIENT = "Basic Yng6Yng="
NO_REFRESH = "not_supported"  # documented
SECRET_PARAMETERS = frozenset({"apikey", "refresh_token", "password", "passcode", "assertion"})
"""What the journal may not show of a request for a token."""


class IamError(NamedTuple):
    """A refusal of IAM: a document of JSON. `details` may have placeholders, and an empty one is left out."""

    code: str
    status: int
    message: str
    details: str
    source: str


UNKNOWN_KEY = IamError("BXNIM0415E", 400, "Provided API key could not be found.", "", "public")
MISSING = IamError(
    "BXNIM0109E", 400, "Property missing or empty.", "Property '{name}' either missing or empty.", "public"
)
BAD_VALUE = IamError(
    "BXNIM0106E",
    400,
    "Property not valid.",
    "Validation of property '{name}' with value '{value}' failed.",
    "the code and the details: public; the message: assumed",
)
BAD_REFRESH_TOKEN = IamError(
    "BXNIM0407E", 400, "Provided refresh_token is invalid.", "", "the code: public; the message: assumed"
)
EXPIRED_REFRESH_TOKEN = IamError(
    "BXNIM0408E", 400, "Provided refresh_token is expired.", "", "the code: public; the message: assumed"
)
WRONG_METHOD = IamError(
    "BXNIM0060E",
    405,
    "Web application exception 'javax.ws.rs.ClientErrorException' during request processing.",
    "HTTP 405 Method Not Allowed",
    "public",
)
WRONG_TYPE = WRONG_METHOD._replace(status=415, details="HTTP 415 Unsupported Media Type", source="assumed")

BY_CODE: dict[str, IamError] = {
    error.code: error
    for error in (UNKNOWN_KEY, MISSING, BAD_VALUE, BAD_REFRESH_TOKEN, EXPIRED_REFRESH_TOKEN, WRONG_METHOD)
}
