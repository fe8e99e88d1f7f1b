"""Refusals that only IBM Cloud Object Storage has.

The statuses are documented: IBM's page on Immutable Object Storage, and its model in ibm_botocore. Most codes and words
are not, so they are assumed.
"""

from __future__ import annotations

from fakecos.facts.errors.s3_error import argument, request, row

# --- Buckets -----------------------------------------------------------------------------------------

INSTANCE_MISSING = row(
    "InvalidArgument",
    400,
    "Missing required header for this request: ibm-service-instance-id",
    ("ArgumentName",),
    "assumed; that it is required: documented, ibm-cos 5.7",
)
KEY_PROTECT_ALGORITHM = argument("The encryption algorithm of Key Protect must be AES256", "assumed")
KEY_PROTECT_HALF = row(
    "InvalidArgument",
    400,
    "The encryption algorithm and the root key of Key Protect must be given together",
    ("ArgumentName",),
    "assumed",
)

# The recording names a key of KMS; SSE-C is what the message speaks of.
KEY_PROTECT_SSE_C = row(
    "BadRequest",
    400,
    "Server-Side Encryption with Customer-Provided Keys is not supported while Key Protect is enabled.",
    (),
    "recorded aws-changes 28",
)

# --- Retention: buckets ------------------------------------------------------------------------------

PROTECTION_STATUS = argument("The status of a protection configuration must be Retention", "assumed")
PROTECTION_DAYS = argument(
    "Minimum, default and maximum retention must be in this order and between 0 and 365243 days",
    "documented: IBM's page on Immutable Object Storage; the words: assumed",
)
PROTECTION_NOT_EMPTY = row(
    "InvalidBucketState",
    409,
    "A retention policy can only be added to an empty bucket",
    ("BucketName",),
    "documented: IBM's page on Immutable Object Storage; code and words: assumed",
)
PERMANENT_FOR_EVER = argument(
    "EnablePermanentRetention cannot be taken back", "documented: sdk's model; the words: assumed"
)
PROTECTION_OR_VERSIONS = row(
    "InvalidBucketState",
    409,
    "A bucket has either a retention policy or versioning and Object Lock",
    ("BucketName",),
    "assumed",
)

# --- Retention: objects ------------------------------------------------------------------------------

OBJECT_RETAINED = row(
    "UnavailableForLegalReasons",
    451,
    "The object is protected by a retention period or a legal hold",
    (),
    "documented on premises: the status of a delete; of an overwrite, the code and the words: assumed",
)
NO_PROTECTION = request("The bucket has no retention policy", "documented, ibm-cos 7.1: 400; the words: assumed")
RETENTION_TWICE = request(
    "Only one of the headers that say how long an object is retained may be given",
    "documented, ibm-cos 7.1: 400; the words: assumed",
)
RETENTION_FORM = argument(
    "A retention period is a whole number of seconds, a retention date an ISO 8601 time in UTC",
    "documented; the words: assumed",
)
RETENTION_RANGE = argument(
    "The retention period is not between the minimum and the maximum of the bucket",
    "documented: 400; the words: assumed",
)
RETENTION_SHORTENED = argument(
    "The retention period of an object can only be extended", "documented: 400; the words: assumed"
)
NO_EXTENSION = request("No new retention period is given", "documented: 400; the words: assumed")
RETENTION_NEEDS_DIGEST = request(
    "Content-MD5, a checksum or the SHA-256 of the body is required in a bucket with a retention policy",
    "documented, ibm-cos 7.1; the words: assumed",
)
RETENTION_NOT_REPLACED = request(
    "Retention headers of a copy need the Retention-Directive REPLACE", "documented: sdk's model; the words: assumed"
)
HOLD_FORM = argument(
    "A legal hold is named by 1 to 64 letters, digits and characters of !_.*()-", "documented: 400; the words: assumed"
)
TOO_MANY_HOLDS = request("An object has at most 100 legal holds", "documented: 400; the words: assumed")
HOLD_EXISTS = row(
    "LegalHoldAlreadyExists",
    409,
    "The object has a legal hold of this name already",
    (),
    "documented: 409; code and words: assumed",
)
NO_SUCH_HOLD = row("NoSuchLegalHold", 404, "The object has no legal hold of this name", (), "assumed")
NO_RETENTION = row(
    "NoSuchRetention",
    404,
    "The object has no retention period",
    (),
    "documented: 404; code and words: assumed",
)
