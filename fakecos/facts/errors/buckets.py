"""Refusals of buckets: their names, places and ownership."""

from __future__ import annotations

from fakecos.facts.errors.s3_error import BUCKETS, row

INVALID_BUCKET_NAME = row("InvalidBucketName", 400, "The specified bucket is not valid.", ("BucketName",), "documented")
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
