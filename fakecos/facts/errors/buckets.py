"""Refusals of buckets: their names, places and ownership."""

from __future__ import annotations

from fakecos.facts import dates
from fakecos.facts.errors.s3_error import BUCKETS, argument, row

INVALID_BUCKET_NAME = row("InvalidBucketName", 400, "The specified bucket is not valid.", ("BucketName",), "documented")
MISSING_NAMESPACE = row(
    "MissingNamespaceHeader",
    400,
    "The requested bucket is an account-regional namespace bucket, but your request is missing the required "
    "x-amz-bucket-namespace header.",
    ("Header",),
    "public: aws-changes 3",
    dates.ACCOUNT_REGIONAL_NAMES,
)
_OF_ACCOUNT = "The requested bucket is an account-regional namespace bucket, but "
NAMESPACE_SUFFIX = row(
    "InvalidBucketNamespace",
    400,
    _OF_ACCOUNT + "the bucket name does not end with -{account}-{region}-an. "
    "Specify the targeted account and region in the bucket name.",
    ("BucketNamespace",),
    "public: aws-changes 3",
    dates.ACCOUNT_REGIONAL_NAMES,
)
NAMESPACE_ACCOUNT = row(
    "InvalidBucketNamespace",
    400,
    _OF_ACCOUNT + "the requested AWS Account ID '{given}' does not match the caller's AWS Account ID '{account}'. "
    "Specify the caller's AWS Account ID in the bucket name.",
    ("BucketNamespace",),
    "public: aws-changes 3",
    dates.ACCOUNT_REGIONAL_NAMES,
)
NAMESPACE_REGION = row(
    "InvalidBucketNamespace",
    400,
    _OF_ACCOUNT + "the requested region '{given}' does not match the current region '{region}'. "
    "Specify the targeted region in the bucket name.",
    ("BucketNamespace",),
    "public: aws-changes 3",
    dates.ACCOUNT_REGIONAL_NAMES,
)
UNKNOWN_NAMESPACE = argument("Invalid x-amz-bucket-namespace header", "assumed", dates.ACCOUNT_REGIONAL_NAMES)
BUCKET_OWNED = row(
    "BucketAlreadyOwnedByYou",
    409,
    "Your previous request to create the named bucket succeeded and you already own it.",
    ("BucketName",),
    "documented",
)
BUCKET_NOT_EMPTY = row(
    "BucketNotEmpty", 409, "The bucket you tried to delete is not empty", ("BucketName",), BUCKETS + "6"
)
BUCKET_EXISTS = row(
    "BucketAlreadyExists",
    409,
    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. "
    "Please select a different name and try again.",
    ("BucketName",),
    "documented, public",
)
BUCKET_HAS_VERSIONS = row(
    "BucketNotEmpty",
    409,
    "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
    ("BucketName",),
    "public",
)
INVALID_OWNERSHIP = row(
    "InvalidArgument", 400, "Invalid x-amz-object-ownership header: {value}", ("ArgumentName",), BUCKETS + "24"
)
ACL_WITH_OWNER_ENFORCED = row(
    "InvalidBucketAclWithObjectOwnership",
    400,
    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    (),
    "documented, public",
)
ACL_WITH_BLOCKED_ACCESS = row(
    "InvalidBucketAclWithBlockPublicAccessError",
    400,
    "Bucket cannot have public ACLs set with BlockPublicAccess enabled",
    (),
    "public: several reports of what CreateBucket answers; the status is assumed",
)
INVALID_LOCATION = row(
    "InvalidLocationConstraint",
    400,
    "The specified location-constraint is not valid",
    ("LocationConstraint",),
    BUCKETS + "3",
)
ILLEGAL_LOCATION = row(
    "IllegalLocationConstraintException",
    400,
    "The {location} location constraint is incompatible for the region specific endpoint this request was sent to.",
    (),
    BUCKETS + "4",
)
