"""Where the wire is not what the service models say: each exception by name, with its source.

Sources of the roots and of the order of elements: the recorded ones are aws-objects 14, 46 and 56,
aws-bucket-configuration 5 and aws-listing 5, 9, 17, 20 and 23; the others are documented (the XML schema of the
first S3, AmazonS3.xsd, and the API reference), those of IBM's own operations are assumed.
Elements that these do not know keep the model's order.
"""

from __future__ import annotations

from typing import Any

NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"
SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"

# -- routes -------------------------------------------------------------------------------------------------

# Deprecated twins have the same method and URI as the operation that replaced them: the newer one answers
# (wire 5).
DEPRECATED_TWINS = {
    "GetBucketLifecycle": "GetBucketLifecycleConfiguration",
    "GetBucketNotification": "GetBucketNotificationConfiguration",
    "PutBucketLifecycle": "PutBucketLifecycleConfiguration",
    "PutBucketNotification": "PutBucketNotificationConfiguration",
}

# POST /WriteGetObjectResponse has neither bucket nor key; its two required headers mark it, whatever level the
# path is taken for (wire 5).
ANY_LEVEL = ("WriteGetObjectResponse",)

# Either name alone means a part of an upload: `PUT ?partNumber=1` without an upload id must not overwrite the
# object of that key. The operation refuses what is missing (assumed: at least as strict as the service).
PART_QUERY = frozenset({"partNumber", "uploadId"})

# A method that a sub-resource does not have is refused with the type of the resource (aws-measured 7: each of
# these). The others are the names in capitals.
RESOURCE_TYPES = {
    "abac": "BUCKET_ABAC",
    "delete": "MULTI_OBJECT_DELETE",
    "legal-hold": "OBJECT_LOCK_LEGALHOLD",
    "logging": "LOGGING_STATUS",
    "metadataAnnotationTable": "BUCKET_METADATA_ANNOTATION_TABLE_CONFIGURATION",
    "metadataConfiguration": "BUCKET_METADATA_CONFIGURATION",
    "metadataInventoryTable": "BUCKET_METADATA_INVENTORY_TABLE_CONFIGURATION",
    "metadataJournalTable": "BUCKET_METADATA_JOURNAL_TABLE_CONFIGURATION",
    "metadataTable": "BUCKET_METADATA_TABLE_CONFIGURATION",
    "object-lock": "OBJECT_LOCK_CONFIGURATION",
    "ownershipControls": "OWNERSHIP_CONTROLS",
    "policy": "BUCKETPOLICY",
    "policyStatus": "POLICY_STATUS",
    "publicAccessBlock": "PUBLIC_ACCESS_BLOCK",
    "requestPayment": "REQUEST_PAYMENT",
    "retention": "OBJECT_LOCK_RETENTION",
    "uploadId": "UPLOAD",
    "versions": "BUCKETVERSIONS",
}
RESOURCE_TYPES_OF_OBJECTS = {
    "annotation": "OBJECT_ANNOTATIONS",
    "attributes": "OBJECT_ATTRIBUTES",
    "encryption": "OBJECT_ENCRYPTION",
    "tagging": "OBJECT_TAGGING",
}
UPLOAD = "uploadId"
METHODS_OF_UPLOADS = ("DELETE", "POST", "GET")  # public; so is their order
ORDER_OF_METHODS = ("DELETE", "PUT", "POST", "GET", "HEAD")
METHODS = frozenset({*ORDER_OF_METHODS, "OPTIONS", "PATCH"})  # any other is none of HTTP for S3 (aws-measured 8)

# Not in any service model: the form upload and the preflight of a browser.
POST_OBJECT = "PostObject"
PREFLIGHT = "PreflightCORS"
WEBSITE_READ = "GetWebsiteObject"

# -- requests -----------------------------------------------------------------------------------------------

# A client may sign headers into the query of a presigned URL; facts/presigned_query says which of these S3 takes there.
HOISTED = ("x-amz-", "if-")

# Headers that no service model has for these operations, and S3 judges all the same (public).
_ENCRYPTION = {
    "x-amz-server-side-encryption": "ServerSideEncryption",
    "x-amz-server-side-encryption-aws-kms-key-id": "SSEKMSKeyId",
}
# IBM's model has no conditions of writes, and COS has them: of a Put as on AWS (assumed), of an upload at Create
# (documented: ibm-cos 1.5). AWS has none of them at Create, and its own dialect does not look at them there.
_CONDITIONS = {"if-match": "IfMatch", "if-none-match": "IfNoneMatch"}
_READ = {**_ENCRYPTION, "if-range": "IfRange"}  # reported: aws-changes 39
UNMODELLED_HEADERS = {
    "CompleteMultipartUpload": _ENCRYPTION,
    "GetObject": _READ,
    "GetObjectAttributes": _ENCRYPTION,
    "HeadObject": _READ,
    "CopyObject": _CONDITIONS,
    "CreateMultipartUpload": _CONDITIONS,
    "PutObject": _CONDITIONS,
    "SelectObjectContent": {**_ENCRYPTION, "range": "Range"},
    "UploadPart": _ENCRYPTION,
    "UploadPartCopy": _ENCRYPTION,
}

# The headers of an answer that a read may choose; another name of this form is refused, not ignored (public).
OVERRIDE = "response-"
OVERRIDABLE = frozenset(
    OVERRIDE + name
    for name in (
        *("cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires"),
    )
)

# What only the other version of the list has is refused by each (public: aws-measured 11), and HeadBucket judges
# parameters of the lists (14).
UNMODELLED_QUERY = {
    "HeadBucket": {
        "continuation-token": "ContinuationToken",
        "encoding-type": "EncodingType",
        "list-type": "ListType",
        "marker": "Marker",
        "max-keys": "MaxKeys",
        "start-after": "StartAfter",
    },
    "ListObjects": {"continuation-token": "ContinuationToken", "start-after": "StartAfter"},
    "ListObjectsV2": {"marker": "Marker"},
}
UNMODELLED_NUMBERS = frozenset({"MaxKeys"})

# Kept as text and given back as it came (aws-objects 6 and 7).
# A retain-until date must be ISO 8601, and is quoted as it came (public).
VERBATIM = frozenset({"Expires", "ResponseExpires", "ObjectLockRetainUntilDate"})

# In these bodies an unknown element or text between elements is refused (assumed); elsewhere it is ignored, as
# the models are older than what some clients send.
STRICT_BODIES = frozenset({"CompleteMultipartUpload", "DeleteObjects", "UpdateObjectEncryption"})
# The same of one service. A lifecycle of COS has no NoncurrentVersionTransition (documented: IBM's page on versioning):
# what would be ignored here would never be done.
STRICT_BODIES_OF = {"ibm_botocore": frozenset({"PutBucketLifecycleConfiguration"})}

# Another name that the root of a body may have (public: a request that AWS takes; its errors say SelectRequest too).
OTHER_ROOTS = {"SelectObjectContent": "SelectRequest"}

# Bodies whose missing members the operation itself refuses, with a code of its own.
JUDGED_LATER = frozenset({"SelectObjectContentRequest"})

# Bodies that may be long runs of equal items and have a short way (runs.py).
RUNS = frozenset({"CompleteMultipartUpload"})

# -- answers ------------------------------------------------------------------------------------------------

STATUS = {
    "PutBucketTagging": 204,  # aws-bucket-configuration 12
    "PutBucketPolicy": 204,  # aws-bucket-configuration 16
    "PutBucketMetricsConfiguration": 204,  # aws-bucket-configuration 56
    "PutBucketAnalyticsConfiguration": 204,  # aws-bucket-configuration 61
    "PutBucketIntelligentTieringConfiguration": 204,  # aws-bucket-configuration 62
    "PutBucketInventoryConfiguration": 204,  # aws-bucket-configuration 63
    "PutBucketReplicationReattempt": 204,  # aws-changes 29
    "RestoreObject": 202,  # aws-objects 59
}

# The result may say another status: of an object that is restored already, RestoreObject is 200 (documented).
VARYING = frozenset({"RestoreObject"})

# 206 when the result says which range it is, also where IBM's model has no ContentRange (HEAD).
RANGED = frozenset({"GetObject", "HeadObject"})

# The root of a body whose members the model lists without naming the element around them. For a payload
# member the root is the member's own wire name.
ROOTS = {
    "CompleteMultipartUpload": "CompleteMultipartUploadResult",
    "CreateMultipartUpload": "InitiateMultipartUploadResult",
    "CreateSession": "CreateSessionResult",
    "DeleteObjects": "DeleteResult",
    "GetBucketAccelerateConfiguration": "AccelerateConfiguration",
    "GetBucketAcl": "AccessControlPolicy",
    "GetBucketAspera": "FASPConnectionInfo",
    "GetBucketCors": "CORSConfiguration",
    "GetBucketLifecycle": "LifecycleConfiguration",
    "GetBucketLifecycleConfiguration": "LifecycleConfiguration",
    "GetBucketLogging": "BucketLoggingStatus",
    "GetBucketNotification": "NotificationConfiguration",
    "GetBucketNotificationConfiguration": "NotificationConfiguration",
    "GetBucketRequestPayment": "RequestPaymentConfiguration",
    "GetBucketTagging": "Tagging",
    "GetBucketVersioning": "VersioningConfiguration",
    "GetBucketWebsite": "WebsiteConfiguration",
    "GetObjectAcl": "AccessControlPolicy",
    "GetObjectAttributes": "GetObjectAttributesResponse",
    "GetObjectTagging": "Tagging",
    "ListBucketAnalyticsConfigurations": "ListBucketAnalyticsConfigurationsResult",  # public: aws-measured 25
    "ListBucketIntelligentTieringConfigurations": "ListIntelligentTieringConfigurationsResult",  # public: 25 too
    "ListBucketInventoryConfigurations": "ListInventoryConfigurationsResult",
    "ListBucketMetricsConfigurations": "ListMetricsConfigurationsResult",
    "ListBuckets": "ListAllMyBucketsResult",
    "ListBucketsExtended": "ListAllMyBucketsResult",
    "ListDirectoryBuckets": "ListAllMyDirectoryBucketsResult",
    "ListLegalHolds": "RetentionState",
    "ListMultipartUploads": "ListMultipartUploadsResult",
    "ListObjectAnnotations": "ListObjectAnnotationsOutput",  # public
    "ListObjectVersions": "ListVersionsResult",
    "ListObjects": "ListBucketResult",
    "ListObjectsV2": "ListBucketResult",
    "ListParts": "ListPartsResult",
    "PutObjectAnnotation": "PutObjectAnnotationOutput",  # documented
}

# Members that no model has, so that clients pass over them. Those of IBM are in its documentation. The list of
# legal holds is in the answer twice: as it is documented, and as the model would read it (assumed).
FURTHER_SHAPES: dict[str, Any] = {
    "LegalHoldSet": {"list": "LegalHold", "item": "LegalHold"},
    "PutBucketReplicationReattemptOutput": {
        "members": {"ScheduledTime": ["timestamp", "header", "x-ibm-replication-reattempt-scheduled-time"]}
    },
    "OtherEncryption": {"members": {}},
}
# Answers of operations that have none in the model (documented: aws-changes 29; that it is a date of HTTP: assumed).
FURTHER_OUTPUTS = {"ibm": {"PutBucketReplicationReattempt": "PutBucketReplicationReattemptOutput"}}
_ARCHIVE_TIME = ["timestamp", "header", "x-ibm-archive-transition-time"]
FURTHER_MEMBERS = {
    "ibm": {
        "ListBucketsExtendedOutput": {"MaxKeys": ["integer"], "Prefix": ["string"], "Marker": ["string"]},
        "ListLegalHoldsOutput": {"LegalHoldSet": ["LegalHoldSet"]},
        "GetObjectOutput": {"IbmArchiveTransitionTime": _ARCHIVE_TIME},
        "HeadObjectOutput": {"IbmArchiveTransitionTime": _ARCHIVE_TIME},
    },
    # A list says where its bucket is, as HeadBucket does (public; of the first version: assumed).
    "aws": {
        "ListObjectsOutput": {"BucketRegion": ["string", "header", "x-amz-bucket-region"]},
        "ListObjectsV2Output": {"BucketRegion": ["string", "header", "x-amz-bucket-region"]},
        # What UpdateObjectEncryption refuses with a message of its own (public: aws-measured 27).
        "ObjectEncryption": {"SSES3": ["OtherEncryption", "body", "SSE-S3"]},
    },
}

# Members that a model requires of a document and S3 does not: `<Tagging/>` takes the tags away (recorded
# aws-changes 16; on COS: assumed).
NOT_REQUIRED: dict[str, dict[str, tuple[str, ...]]] = {
    "aws": {"Tagging": ("TagSet",)},
    "ibm": {"Tagging": ("TagSet",)},
}

# Members that a model has and the service does not send. Public, of Create, Put, Get, parts and Complete, and of
# CreateBucket; of copies, and where a request asked for encryption: assumed.
UNTOLD_MEMBERS: dict[str, dict[str, tuple[str, ...]]] = {
    "aws": {},
    "ibm": {
        "CreateBucketOutput": ("Location",),
        **dict.fromkeys(
            (
                *("CompleteMultipartUploadOutput", "CopyObjectOutput", "CreateMultipartUploadOutput"),
                *("GetObjectOutput", "HeadObjectOutput", "PutObjectOutput", "UploadPartOutput", "UploadPartCopyOutput"),
            ),
            ("ServerSideEncryption",),
        ),
    },
}

# The root itself is the member (aws-bucket-configuration 5); us-east-1 is an empty element.
TEXT_ROOTS = {"GetBucketLocation": "LocationConstraint"}

# A body that is neither XML nor an object: the policy as it was put.
TEXT_TYPES = {"GetBucketPolicy": "application/json"}

# Answers without a body that say all the same that they are XML (public: a test of another project that AWS passes).
NO_BODY_BUT_XML = {"HeadBucket"}

# Lists whose items stand on the wire in one order, as the clients that read the raw document expect (documented: the
# example of ListObjectVersions). The order is a member that no model has: the name of a list for each item.
MIXED = {"ListObjectVersionsOutput": ("DeleteMarkers", "Versions")}
MIX = "Mix"

# Members of a shape in the order on the wire; "*" stands for those that are not named, in the model's order.
ORDER = {
    "ListBucketsOutput": ("Owner", "Buckets", "*"),
    "ListBucketsExtendedOutput": ("Owner", "*", "Buckets"),
    "ListObjectsOutput": (
        *("Name", "Prefix", "Marker", "NextMarker", "MaxKeys", "Delimiter", "EncodingType", "IsTruncated", "*"),
        *("Contents", "CommonPrefixes"),
    ),
    "ListObjectsV2Output": (
        *("Name", "Prefix", "StartAfter", "ContinuationToken", "NextContinuationToken", "KeyCount", "MaxKeys"),
        *("Delimiter", "EncodingType", "IsTruncated", "*", "Contents", "CommonPrefixes"),
    ),
    "ListObjectVersionsOutput": (
        *("Name", "Prefix", "KeyMarker", "VersionIdMarker", "NextKeyMarker", "NextVersionIdMarker", "MaxKeys"),
        *("Delimiter", "EncodingType", "IsTruncated", "*", "DeleteMarkers", "Versions", "CommonPrefixes"),
    ),
    "ListMultipartUploadsOutput": (
        *("Bucket", "KeyMarker", "UploadIdMarker", "NextKeyMarker", "NextUploadIdMarker", "Prefix", "Delimiter"),
        *("EncodingType", "MaxUploads", "IsTruncated", "*", "Uploads", "CommonPrefixes"),
    ),
    "ListPartsOutput": (
        *("Bucket", "Key", "UploadId", "Initiator", "Owner", "StorageClass", "PartNumberMarker"),
        *("NextPartNumberMarker", "MaxParts", "IsTruncated", "*", "Parts"),
    ),
    "GetObjectAttributesOutput": ("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize", "*"),
    "GetObjectAttributesParts": ("*", "Parts"),
    "ServerSideEncryptionRule": ("BucketKeyEnabled", "ApplyServerSideEncryptionByDefault", "*"),
    "Object": ("Key", "LastModified", "ETag", "ChecksumAlgorithm", "ChecksumType", "Size", "Owner", "*"),
    "ObjectVersion": (
        *("Key", "VersionId", "IsLatest", "LastModified", "ETag", "ChecksumAlgorithm", "ChecksumType", "Size"),
        *("Owner", "*"),
    ),
    "DeleteMarkerEntry": ("Key", "VersionId", "IsLatest", "LastModified", "Owner", "*"),
    "MultipartUpload": ("Key", "UploadId", "Initiator", "Owner", "StorageClass", "Initiated", "*"),
    "Part": ("PartNumber", "LastModified", "ETag", "Size", "*"),
    "Bucket": ("Name", "CreationDate", "*"),
    "CopyObjectResult": ("LastModified", "ETag", "*"),
    "CopyPartResult": ("LastModified", "ETag", "*"),
}
