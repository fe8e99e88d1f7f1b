"""Refusals of lifecycle configurations. `public`: what users of other tools report of S3, to the letter."""

from __future__ import annotations

from fakecos.facts.error_table.rows import BUCKETS, argument, request, row

NO_LIFECYCLE = row(
    "NoSuchLifecycleConfiguration", 404, "The lifecycle configuration does not exist", ("BucketName",), BUCKETS + "27"
)
NOT_MIDNIGHT = argument("'Date' must be at midnight GMT", BUCKETS + "29")
DUPLICATE_TAGS = request("Duplicate Tag Keys are not allowed.", BUCKETS + "29")
NO_ACTION = request("At least one action needs to be specified in a rule", "public")
ABORT_WITH_TAGS = request("AbortIncompleteMultipartUpload cannot be specified with Tags.", "public")
ABORT_WITH_SIZES = request("AbortIncompleteMultipartUpload cannot be specified with Object Size.", "public")
FILTER_BESIDE_PREFIX = request("Filter element can only be used in Lifecycle V2.", "public")
DAYS_NOT_POSITIVE = argument("'{member}' for {action} action must be a positive integer", "public")
LONG_RULE_ID = argument("ID length should not exceed allowed limit of {maximum}", "public")
SAME_RULE_ID = argument("Rule ID must be unique. Found same ID for more than one rule", "public")
UNKNOWN_MINIMUM = argument("Invalid TransitionDefaultMinimumObjectSize found: {value}", "assumed")
