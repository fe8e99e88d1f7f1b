"""Refusals of Object Lock, and of restores of archived objects."""

from __future__ import annotations

from fakecos.facts.errors.s3_error import BUCKETS, OBJECTS, argument, request, row

# --- Object Lock: objects ----------------------------------------------------------------------------

OBJECT_LOCKED = row(
    "AccessDenied", 403, "Access Denied because object protected by object lock.", (), OBJECTS + "65, 69"
)
NO_LOCK_OF_OBJECT = row(
    "NoSuchObjectLockConfiguration",
    404,
    "The specified object does not have a ObjectLock configuration",
    (),
    OBJECTS + "65, 68",
)
RETAIN_UNTIL_PAST = argument(
    "The retain until date must be in the future!", OBJECTS + "65, of PutObjectRetention; of headers: public"
)
RETAIN_UNTIL_FORM = argument("The retain until date must be provided in ISO 8601 format", "public")
UNKNOWN_LOCK_MODE = argument("Unknown wormMode directive.", OBJECTS + "67; of a copy: assumed")
UNKNOWN_LEGAL_HOLD = argument("Legal Hold must be either of 'ON' or 'OFF'", "public")
LOCK_HEADER_MISSING = row(
    "InvalidArgument",
    400,
    "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
    ("ArgumentName",),
    OBJECTS + "67, of PutObject; of others: assumed",
)
LOCK_NEEDS_DIGEST = request(
    "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters",
    "public",
)
LOCKED_PART_NEEDS_DIGEST = request(
    "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Part requests with Object Lock parameters",
    "public",
)

# --- Object Lock: buckets ----------------------------------------------------------------------------

NO_LOCK_CONFIGURATION = row(
    "ObjectLockConfigurationNotFoundError",
    404,
    "Object Lock configuration does not exist for this bucket",
    ("BucketName",),
    BUCKETS + "15",
)
LOCK_NEEDS_VERSIONING = row(
    "InvalidBucketState",
    409,
    "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
    (),
    "public",
)
VERSIONING_OF_LOCK = row(
    "InvalidBucketState",
    409,
    "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
    (),
    OBJECTS + "71",
)
RETENTION_NOT_POSITIVE = row(
    "InvalidArgument", 400, "Default retention period must be a positive integer value.", ("ArgumentName",), "public"
)
RETENTION_TOO_LONG = row(
    "InvalidArgument", 400, "Default retention period too large.", ("ArgumentName",), "public; the field: assumed"
)
NO_REQUEST_BODY = row("MissingRequestBodyError", 400, "Request Body is empty", (), "documented; the words: public")

# --- Restores ----------------------------------------------------------------------------------------

NOT_ARCHIVED = row(
    "InvalidObjectState", 403, "Restore is not allowed for the object's current storage class", (), "public"
)
RESTORE_IN_PROGRESS = row(
    "RestoreAlreadyInProgress", 409, "Object restore is already in progress", (), "documented, public"
)
NO_SUCH_RETRIEVAL = argument("Retrieval option is not supported by this storage class", "public; the fields: assumed")
