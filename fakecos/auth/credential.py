"""The credential of a SigV4 signature: `key/date/region/service/aws4_request`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.facts.errors import S3Error

TERMINAL = "aws4_request"
SERVICES = frozenset({"s3", "s3express", "s3-outposts", "s3-object-lambda"})
HMAC = "AWS4-HMAC-SHA256"
IN_QUERY = "X-Amz-Credential"
ECDSA = "AWS4-ECDSA-P256-SHA256"

# Reasons: public, words of AWS.
MALFORMED = 'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".'
NO_KEY = "a non-empty Access Key (AKID) must be provided in the credential."
DATE_FORM = 'incorrect date format "{0}". This date in the credential must be in the format "yyyyMMdd".'
SERVICE = 'incorrect service "{0}". This endpoint belongs to "s3".'
WRONG_TERMINAL = 'incorrect terminal "{0}". This endpoint uses "aws4_request".'
DATE_DIFFERS = 'Invalid credential date "{0}". This date is not the same as X-Amz-Date: "{1}".'

_DAY = len("20260504")
_PARTS = 5


class Credential(NamedTuple):
    """Who signs, and for what: an access key id, a day (`yyyyMMdd`), a region ("" for SigV4A) and a service."""

    key: str
    date: str
    region: str
    service: str

    @property
    def scope(self) -> str:
        """What stands in the string to sign."""
        return f"{self.date}/{self.region}/{self.service}/{TERMINAL}"


def read(text: str, algorithm: str, refusal: Callable[[str], S3Error]) -> Credential:
    """Return the credential that a text spells; `refusal` makes the error for a reason (public). Raises that."""
    parts = text.split("/")
    if algorithm == ECDSA:
        parts[2:2] = [""]  # SigV4A signs for a set of regions, and names none here (documented)
    if len(parts) != _PARTS:
        raise refusal(MALFORMED)
    key, date, region, service, terminal = parts
    if not key:
        raise refusal(NO_KEY)
    if len(date) != _DAY or not (date.isascii() and date.isdigit()):
        raise refusal(DATE_FORM.format(date))
    if service not in SERVICES:
        raise refusal(SERVICE.format(service))
    if terminal != TERMINAL:
        raise refusal(WRONG_TERMINAL.format(terminal))
    return Credential(key, date, region, service)
