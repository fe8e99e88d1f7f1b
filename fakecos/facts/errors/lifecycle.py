"""Refusals of lifecycle configurations. `public`: what users of other tools report of S3, to the letter."""

from __future__ import annotations

from fakecos.facts import dates
from fakecos.facts.errors.s3_error import BUCKETS, argument, request, row

NO_LIFECYCLE = row(
    "NoSuchLifecycleConfiguration", 404, "The lifecycle configuration does not exist", ("BucketName",), BUCKETS + "27"
)
NOT_MIDNIGHT = argument("'Date' must be at midnight GMT", BUCKETS + "29")
DUPLICATE_TAGS = request("Duplicate Tag Keys are not allowed.", BUCKETS + "29")
LONG_PREFIX = request("The maximum size of a prefix is {maximum}", "public: aws-changes 22")
LONG_FILTER_TAG_KEY = request("A Tag's Key must be a length between 1 and {maximum}", "public: aws-changes 22")
LONG_FILTER_TAG_VALUE = request("A Tag's Value must be a length between 0 and {maximum}", "public: aws-changes 22")
NO_ACTION = request("At least one action needs to be specified in a rule", "public")
ABORT_WITH_TAGS = request("AbortIncompleteMultipartUpload cannot be specified with Tags.", "public")
ABORT_WITH_SIZES = request("AbortIncompleteMultipartUpload cannot be specified with Object Size.", "public")
FILTER_BESIDE_PREFIX = request("Filter element can only be used in Lifecycle V2.", "public")
DAYS_NOT_POSITIVE = argument("'{member}' for {action} action must be a positive integer", "public")
TOO_MANY_NEWER = argument(
    "'NewerNoncurrentVersions' for {action} action must be between 1 and {maximum}",
    "documented: NoncurrentVersionExpiration; the words: assumed",
)
LONG_RULE_ID = argument("ID length should not exceed allowed limit of {maximum}", "public")
SAME_RULE_ID = argument("Rule ID must be unique. Found same ID for more than one rule", "public")
UNKNOWN_MINIMUM = request("Invalid TransitionDefaultMinimumObjectSize found: {value}", "public")
MARKER_WITH_TAGS = request(
    "ExpiredObjectDeleteMarker cannot be specified with Tags.", "documented rule; the words: assumed"
)
MARKER_WITH_SIZES = request("ExpiredObjectDeleteMarker cannot be specified with Object Size.", "public")
PREFIX_BESIDE_FILTER = request(
    "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.", "public"
)
NEWER_WITHOUT_FILTER = request("NewerNoncurrentVersions element can only be used in Lifecycle V2.", "public")
OVERLAPPING_PREFIXES = request(
    "Found overlapping prefixes '{first}' and '{second}' for same action type '{action}'", "public"
)
SMALL_SIZE = request("'ObjectSizeLessThan' should be between 1 and {maximum}.", "public")
SIZES_CROSSED = request("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.", "public")

# --- Transitions -------------------------------------------------------------------------------------

NOT_NEGATIVE_DAYS = argument("'{member}' in {action} action must be nonnegative", "public")
TOO_EARLY_TRANSITION = argument(
    "'{member}' in {action} action must be greater than or equal to {least} for storageClass '{to}'",
    "public",
    dates.SOON_INFREQUENT,
)
SAME_STORAGE_CLASS = request(
    "'StorageClass' must be different for '{action}' actions in same 'Rule' with {scope}", "public"
)
MIXED_DATES = request("Found mixed 'Date' and 'Days' based {actions} actions in lifecycle rule for {scope}", "public")
TOO_SHORT_BETWEEN = argument(
    "'{member}' in the '{action}' action for StorageClass '{to}' for {scope} must be {days} days more than "
    "'{scope}' in the '{action}' action for StorageClass '{before}'",
    "public",
)
EXPIRED_BEFORE_TRANSITION = argument(
    "'{member}' in the {end} action for {scope} must be greater than '{member}' in the {action} action", "public"
)
