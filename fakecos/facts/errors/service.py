"""Refusals that come from the state of the service, or from who asks, and not from what is asked."""

from __future__ import annotations

from fakecos.facts.errors.s3_error import row

# --- The service is in trouble -----------------------------------------------------------------------

SLOW_DOWN = row("SlowDown", 503, "Please reduce your request rate.", (), "documented")
SERVICE_UNAVAILABLE = row("ServiceUnavailable", 503, "Service is unable to handle request.", (), "documented")
INTERNAL_ERROR = row("InternalError", 500, "We encountered an internal error. Please try again.", (), "documented")
REQUEST_TIMEOUT = row(
    "RequestTimeout",
    400,
    "Your socket connection to the server was not read from or written to within the timeout period. "
    "Idle connections will be closed.",
    (),
    "documented; the second sentence: public",
)
OPERATION_ABORTED = row(
    "OperationAborted",
    409,
    "A conflicting conditional operation is currently in progress against this resource. Please try again.",
    (),
    "documented",
)

# --- The bucket is somewhere else --------------------------------------------------------------------

PERMANENT_REDIRECT = row(
    "PermanentRedirect",
    301,
    "The bucket you are attempting to access must be addressed using the specified endpoint. "
    "Please send all future requests to this endpoint.",
    ("Endpoint", "Bucket"),
    "documented; the fields: public",
)
TEMPORARY_REDIRECT = row(
    "TemporaryRedirect",
    307,
    "Please re-send this request to the specified temporary endpoint. "
    "Continue to use the original request endpoint for future requests.",
    ("Endpoint", "Bucket"),
    "public",
)
WRONG_REGION = row(
    "AuthorizationHeaderMalformed",
    400,
    "The authorization header is malformed; the region '{given}' is wrong; expecting '{expected}'",
    ("Region",),
    "recorded aws-presigned 31",
)
WRONG_REGION_IN_QUERY = row(
    "AuthorizationQueryParametersError",
    400,
    "Error parsing the X-Amz-Credential parameter; the region '{given}' is wrong; expecting '{expected}'",
    ("Region",),
    "public",
)

# --- Who asks ----------------------------------------------------------------------------------------

REQUEST_TIME_TOO_SKEWED = row(
    "RequestTimeTooSkewed",
    403,
    "The difference between the request time and the current time is too large.",
    ("RequestTime", "ServerTime", "MaxAllowedSkewMilliseconds"),
    "documented; the fields: public",
)
REQUEST_EXPIRED = row(
    "AccessDenied",
    403,
    "Request has expired",
    ("X-Amz-Expires", "Expires", "ServerTime"),
    "recorded aws-presigned 7, 8",
)
EXPIRED_TOKEN = row("ExpiredToken", 400, "The provided token has expired.", ("Token-0",), "documented")
INVALID_TOKEN = row(
    "InvalidToken", 400, "The provided token is malformed or otherwise invalid.", ("Token-0",), "documented"
)
INVALID_ACCESS_KEY = row(
    "InvalidAccessKeyId",
    403,
    "The AWS Access Key Id you provided does not exist in our records.",
    ("AWSAccessKeyId",),
    "documented",
)
SIGNATURE_MISMATCH = row(
    "SignatureDoesNotMatch",
    403,
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    (
        "AWSAccessKeyId",
        "StringToSign",
        "SignatureProvided",
        "StringToSignBytes",
        "CanonicalRequest",
        "CanonicalRequestBytes",
    ),
    "recorded aws-presigned 9",
)
