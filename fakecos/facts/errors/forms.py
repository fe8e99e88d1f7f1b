"""Refusals of browsers' forms: their encoding, their fields, and the policy that they carry."""

from __future__ import annotations

from fakecos.facts.errors.s3_error import argument, row

# --- The form ----------------------------------------------------------------------------------------

MALFORMED_FORM = row(
    "MalformedPOSTRequest",
    400,
    "The body of your POST request is not well-formed multipart/form-data.",
    (),
    "documented",
)
FORM_FIELDS_TOO_LARGE = row(
    "MaxPostPreDataLengthExceeded",  # documented with Error after it; several answers of AWS are without (public)
    400,
    "Your POST request fields preceeding the upload file was too large.",
    ("MaxPostPreDataLengthBytes",),
    "public",
)
ONE_FILE_ONLY = argument("POST requires exactly one file upload per request.", "public")
FORM_FIELD_MISSING = argument(
    "Bucket POST must contain a field named '{field}'.  If it is specified, please check the order of the fields.",
    "recorded aws-presigned 28, 29",
)
FORM_CREDENTIAL = argument("{reason}", "public")
FORM_REGION = row(
    "InvalidArgument",
    400,
    "the region '{given}' is wrong; expecting '{expected}'",
    ("ArgumentName", "ArgumentValue", "Region"),
    "public",
)
FORM_ALGORITHM = argument('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"', "assumed")

# --- Its policy --------------------------------------------------------------------------------------

INVALID_POLICY = row("InvalidPolicyDocument", 400, "Invalid Policy: {reason}", (), "public")
POLICY_EXPIRED = row(
    "AccessDenied", 403, "Invalid according to Policy: Policy expired.", (), "recorded aws-presigned 26"
)
POLICY_CONDITION_FAILED = row(
    "AccessDenied",
    403,
    "Invalid according to Policy: Policy Condition failed: {condition}",
    (),
    "recorded aws-presigned 25",
)
EXTRA_FIELDS = row("AccessDenied", 403, "Invalid according to Policy: Extra input fields: {fields}", (), "public")
