"""Which permission of a policy each operation needs (documented: actions defined by Amazon S3)."""

from __future__ import annotations

PREFIX = "s3:"

# Operation to action. What is not named here needs the action of its own name.
ACTIONS: dict[str, str] = {
    "CompleteMultipartUpload": "PutObject",
    "CopyObject": "PutObject",
    "CreateMultipartUpload": "PutObject",
    "CreateBucketMetadataConfiguration": "CreateBucketMetadataTableConfiguration",
    "DeleteBucketCors": "PutBucketCORS",
    "DeleteBucketEncryption": "PutEncryptionConfiguration",
    "DeleteBucketLifecycle": "PutLifecycleConfiguration",
    "DeleteBucketMetadataConfiguration": "DeleteBucketMetadataTableConfiguration",
    "DeleteBucketOwnershipControls": "PutBucketOwnershipControls",
    "DeleteBucketReplication": "PutReplicationConfiguration",
    "DeleteBucketTagging": "PutBucketTagging",
    "DeleteObjects": "DeleteObject",
    "DeletePublicAccessBlock": "PutBucketPublicAccessBlock",
    "GetBucketAccelerateConfiguration": "GetAccelerateConfiguration",
    "GetBucketCors": "GetBucketCORS",
    "GetBucketEncryption": "GetEncryptionConfiguration",
    "GetBucketLifecycle": "GetLifecycleConfiguration",
    "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
    "GetBucketMetadataConfiguration": "GetBucketMetadataTableConfiguration",
    "GetBucketNotificationConfiguration": "GetBucketNotification",
    "GetBucketReplication": "GetReplicationConfiguration",
    "GetObjectLockConfiguration": "GetBucketObjectLockConfiguration",
    "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
    "HeadBucket": "ListBucket",
    "HeadObject": "GetObject",
    "ListBucketReplicationFailures": "GetReplicationConfiguration",  # assumed
    "ListBuckets": "ListAllMyBuckets",
    "ListMultipartUploads": "ListBucketMultipartUploads",
    "ListObjectVersions": "ListBucketVersions",
    "ListObjects": "ListBucket",
    "ListObjectsV2": "ListBucket",
    "ListParts": "ListMultipartUploadParts",
    "PutBucketAccelerateConfiguration": "PutAccelerateConfiguration",
    "PutBucketCors": "PutBucketCORS",
    "PutBucketEncryption": "PutEncryptionConfiguration",
    "PutBucketLifecycle": "PutLifecycleConfiguration",
    "PutBucketLifecycleConfiguration": "PutLifecycleConfiguration",
    "PutBucketNotificationConfiguration": "PutBucketNotification",
    "PutBucketReplication": "PutReplicationConfiguration",
    "PutBucketReplicationReattempt": "PutReplicationConfiguration",  # assumed
    "PutObjectLockConfiguration": "PutBucketObjectLockConfiguration",
    "PutPublicAccessBlock": "PutBucketPublicAccessBlock",
    "SelectObjectContent": "GetObject",
    "UploadPart": "PutObject",
    "UploadPartCopy": "PutObject",
}
for _kind in ("Analytics", "Inventory", "Metrics", "IntelligentTiering"):
    _action = "MetricsConfiguration" if _kind == "Metrics" else f"{_kind}Configuration"
    ACTIONS[f"GetBucket{_kind}Configuration"] = ACTIONS[f"ListBucket{_kind}Configurations"] = f"Get{_action}"
    ACTIONS[f"PutBucket{_kind}Configuration"] = ACTIONS[f"DeleteBucket{_kind}Configuration"] = f"Put{_action}"

# With a version id in the request another action is needed.
OF_A_VERSION: dict[str, str] = {
    "DeleteObject": "DeleteObjectVersion",
    "DeleteObjectAnnotation": "DeleteObjectVersionAnnotation",
    "DeleteObjectTagging": "DeleteObjectVersionTagging",
    "GetObject": "GetObjectVersion",
    "GetObjectAcl": "GetObjectVersionAcl",
    "GetObjectAnnotation": "GetObjectVersionAnnotation",
    "GetObjectAttributes": "GetObjectVersionAttributes",
    "GetObjectTagging": "GetObjectVersionTagging",
    "GetObjectTorrent": "GetObjectVersionTorrent",
    "ListObjectAnnotations": "ListObjectVersionAnnotations",
    "PutObjectAcl": "PutObjectVersionAcl",
    "PutObjectAnnotation": "PutObjectVersionAnnotation",
    "PutObjectTagging": "PutObjectVersionTagging",
}

TAGS_OF_BUCKET = "CreateBucketConfiguration"
"""The member of CreateBucket that may have tags."""
_ACL_MEMBERS = ("ACL", "GrantFullControl", "GrantRead", "GrantReadACP", "GrantWriteACP")
# What a parameter of these operations needs besides the action of the operation.
ACL_ACTION = "PutObjectAcl"
EXTRAS: dict[str, str] = {
    **dict.fromkeys(_ACL_MEMBERS, ACL_ACTION),
    "Tagging": "PutObjectTagging",
    "ObjectLockMode": "PutObjectRetention",
    "ObjectLockRetainUntilDate": "PutObjectRetention",
    "ObjectLockLegalHoldStatus": "PutObjectLegalHold",
}
WITH_EXTRAS = frozenset({"CopyObject", "CreateMultipartUpload", "PutObject"})
# What these need besides, whatever their parameters (documented: aws-permissions 1).
FURTHER: dict[str, str] = {"GetObjectAttributes": "GetObject", "UpdateObjectEncryption": "PutObject"}
# With a condition on an ETag these need GetObject too (documented: aws-permissions 13); `*` is no ETag of a delete.
ON_ETAG = frozenset({"CompleteMultipartUpload", "CopyObject", "DeleteObject", "PutObject"})
# What a CreateBucket needs by its parameters, besides CreateBucket (documented: aws-permissions 1).
OF_NEW_BUCKETS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((*_ACL_MEMBERS, "GrantWrite"), ("PutBucketAcl",)),
    TAGS_OF_BUCKET: ("TagResource",),
    "ObjectLockEnabledForBucket": ("PutBucketObjectLockConfiguration", "PutBucketVersioning"),
    "ObjectOwnership": ("PutBucketOwnershipControls",),
}
# These are about no bucket: the resource that a policy names for them is `*` (documented).
EVERY_BUCKET = frozenset({"ListBuckets", "ListBucketsExtended", "ListDirectoryBuckets"})
# What an operation needs of the key that an object, or an upload, is encrypted with, where that is a customer managed
# key of KMS (documented: aws-permissions 3; of HeadObject, where the checksum is asked for: assumed).
KMS = "kms:"
KMS_TO_WRITE: dict[str, tuple[str, ...]] = {
    "CompleteMultipartUpload": ("Decrypt",),
    "CopyObject": ("GenerateDataKey",),
    "CreateMultipartUpload": ("GenerateDataKey",),
    "ListParts": ("Decrypt",),
    "PutObject": ("GenerateDataKey",),
    "UpdateObjectEncryption": ("GenerateDataKey", "Encrypt", "ReEncryptTo"),
    "UploadPart": ("GenerateDataKey", "Decrypt"),
    "UploadPartCopy": ("GenerateDataKey", "Decrypt"),
}
KMS_TO_READ: dict[str, tuple[str, ...]] = {
    "GetObject": ("Decrypt",),
    "GetObjectAttributes": ("Decrypt",),
    "HeadObject": ("Decrypt",),
    "SelectObjectContent": ("Decrypt",),
    "UpdateObjectEncryption": ("Decrypt", "ReEncryptFrom"),
}
# These members of an answer are left out for who may not read them by an action of their own (documented:
# aws-permissions 8).
SHOWN_BY: dict[str, str] = {
    "ObjectLockMode": "GetObjectRetention",
    "ObjectLockRetainUntilDate": "GetObjectRetention",
    "ObjectLockLegalHoldStatus": "GetObjectLegalHold",
    "TagCount": "GetObjectTagging",
}
SHOWING = frozenset({"GetObject", "HeadObject"})
BYPASS = "BypassGovernanceRetention"

# The kinds of policies, as the reason of a refusal names them (documented).
RESOURCE_BASED = "resource-based"
IDENTITY_BASED = "identity-based"
# Of these every account is asked itself, and no bucket.
OF_THE_ACCOUNT = frozenset({"CreateBucket", "ListBuckets", "ListBucketsExtended", "ListDirectoryBuckets"})

# These read an object: who may not list the bucket does not learn whether it is there (documented).
READS = frozenset(
    {
        *("GetObject", "HeadObject", "GetObjectAttributes", "GetObjectTagging", "GetObjectAcl"),
        "SelectObjectContent",
        *("GetObjectAnnotation", "ListObjectAnnotations"),  # assumed, as for tags
    }
)

# The root of the bucket's account may do these whatever a policy says (documented).
ALWAYS_ROOTS = frozenset({"GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy"})

# What a permission of an ACL lets one do (documented: mapping of ACL permissions and access policy permissions).
BY_BUCKET_ACL: dict[str, str] = {
    "AbortMultipartUpload": "WRITE",
    "DeleteObject": "WRITE",
    "GetBucketAcl": "READ_ACP",
    "ListBucket": "READ",
    "ListBucketMultipartUploads": "READ",
    "ListBucketVersions": "READ",
    "ListMultipartUploadParts": "WRITE",
    "PutBucketAcl": "WRITE_ACP",
    "PutObject": "WRITE",
}
BY_OBJECT_ACL: dict[str, str] = {
    "GetObject": "READ",
    "GetObjectAcl": "READ_ACP",
    "GetObjectVersion": "READ",
    "GetObjectVersionAcl": "READ_ACP",
    "PutObjectAcl": "WRITE_ACP",
    "PutObjectVersionAcl": "WRITE_ACP",
}


def action_of(operation: str, *, version: bool) -> str:
    """Return the action that an operation needs, without `s3:`; `version`: the request has a version id."""
    action = ACTIONS.get(operation, operation)
    return OF_A_VERSION.get(action, action) if version else action
