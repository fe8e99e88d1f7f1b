"""Refusals of signatures by their form: what is missing, malformed, too long valid, or not signed.

`public` here: suites that are run on AWS, and AWS answers quoted in the sources of servers that speak S3.
"""

from __future__ import annotations

from fakecos.facts.errors.s3_error import argument, request, row

# --- Any signature -----------------------------------------------------------------------------------

HEADERS_NOT_SIGNED = row(
    "AccessDenied",
    403,
    "There were headers present in the request which were not signed",
    ("HeadersNotSigned",),
    "recorded aws-presigned 12, 13",
)
ONE_SIGNATURE_ONLY = argument(
    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or "
    "the Authorization header should be specified",
    "public",
)
SIGV4_ONLY = request(
    "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
    "public: aws-changes 11",
)
UNSUPPORTED_AUTHORIZATION = argument("Unsupported Authorization Type", "public")
DATE_REQUIRED = row("AccessDenied", 403, "AWS authentication requires a valid Date or x-amz-date header", (), "public")
NOT_YET_VALID = row("AccessDenied", 403, "Request is not valid yet", (), "public")

# --- The Authorization header ------------------------------------------------------------------------

AUTHORIZATION_MALFORMED = row(
    "AuthorizationHeaderMalformed", 400, "The authorization header is malformed; {reason}", (), "public"
)
AUTHORIZATION_V2_MALFORMED = argument(
    "AWS authorization header is invalid.  Expected AwsAccessKeyId:signature", "public"
)

# --- The query of a presigned URL --------------------------------------------------------------------

QUERY_V2_INCOMPLETE = row(
    "AccessDenied",
    403,
    "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
    (),
    "recorded aws-presigned 10",
)
QUERY_V2_EXPIRES = row("AccessDenied", 403, "Invalid date (should be seconds since epoch): {value}", (), "public")
QUERY_V4_INCOMPLETE = row(
    "AuthorizationQueryParametersError",
    400,
    "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, "
    "X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
    (),
    "recorded aws-presigned 10",
)
QUERY_V4_MALFORMED = row("AuthorizationQueryParametersError", 400, "{reason}", (), "public")
