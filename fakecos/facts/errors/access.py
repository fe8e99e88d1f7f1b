"""Refusals of access control lists, and of those who may not do what they ask for."""

from __future__ import annotations

from fakecos.facts.errors.s3_error import BUCKETS, OBJECTS, argument, request, row

# --- Access control lists ----------------------------------------------------------------------------

ACL_SOURCE = f"{BUCKETS}22, {OBJECTS}63; of a new bucket or object: assumed"
INVALID_GROUP_URI = argument("Invalid group uri", ACL_SOURCE)
INVALID_GRANTEE_ID = argument("Invalid id", ACL_SOURCE)
INVALID_GRANT = argument("Argument format not recognized", ACL_SOURCE)
MALFORMED_ACL = row(
    "MalformedACLError",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema",
    (),
    f"{BUCKETS}22, {OBJECTS}63",
)
MISSING_SECURITY_HEADER = row(
    "MissingSecurityHeader",
    400,
    "Your request was missing a required header",
    ("MissingHeaderName",),
    f"{BUCKETS}22, {OBJECTS}63",
)
CANNED_AND_GRANTS = request(
    "Specifying both Canned ACLs and Header Grants is not allowed",
    ACL_SOURCE,
)
UNEXPECTED_CONTENT = row(
    "UnexpectedContent", 400, "This request does not support content", (), f"{BUCKETS}22, {OBJECTS}63"
)
EMAIL_GRANTEE = row(
    "MethodNotAllowed",
    405,
    "The specified method is not allowed against this resource.",
    (),
    "documented: since October 2025 no grant names an email address; the fields: assumed",
)

# --- Who may not -------------------------------------------------------------------------------------

ANONYMOUS_OVERRIDE = request(
    "Request specific response headers cannot be used for anonymous GET requests.",
    "documented: GetObject, HeadObject; the words: public",
)
NOT_AUTHORIZED = row(
    "AccessDenied",
    403,
    'User: {user} is not authorized to perform: {action} on resource: "{resource}" {reason}',
    (),
    "documented, public: to callers of the bucket's own account",
)
NOT_AUTHORIZED_AT_ALL = row(
    "AccessDenied",
    403,
    "User: {user} is not authorized to perform: {action} {reason}",
    (),
    "public: aws-permissions 5, of ListBuckets",
)
KMS_NOT_AUTHORIZED = row(
    "AccessDenied",
    403,
    "User: {user} is not authorized to perform: {action} {where} {reason}",
    (),
    "public: aws-permissions 4",
)
