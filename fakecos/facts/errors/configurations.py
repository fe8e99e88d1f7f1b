"""Refusals of bucket configurations. `public`: what users and suites of other tools report of S3, to the letter."""

from __future__ import annotations

from fakecos.facts.errors.s3_error import BUCKETS, argument, request, row

# --- There is none -----------------------------------------------------------------------------------

NO_CORS = row("NoSuchCORSConfiguration", 404, "The CORS configuration does not exist", ("BucketName",), BUCKETS + "39")
NO_TAG_SET = row("NoSuchTagSet", 404, "The TagSet does not exist", ("BucketName",), BUCKETS + "10, 12")
NO_POLICY = row("NoSuchBucketPolicy", 404, "The bucket policy does not exist", ("BucketName",), BUCKETS + "16")
NO_OWNERSHIP = row(
    "OwnershipControlsNotFoundError",
    404,
    "The bucket ownership controls were not found",
    ("BucketName",),
    BUCKETS + "23",
)
NO_PUBLIC_ACCESS_BLOCK = row(
    "NoSuchPublicAccessBlockConfiguration",
    404,
    "The public access block configuration was not found",
    ("BucketName",),
    BUCKETS + "25",
)
NO_WEBSITE = row(
    "NoSuchWebsiteConfiguration",
    404,
    "The specified bucket does not have a website configuration",
    ("BucketName",),
    BUCKETS + "46",
)
NO_REPLICATION = row(
    "ReplicationConfigurationNotFoundError",
    404,
    "The replication configuration was not found",
    ("BucketName",),
    "public",
)
MALFORMED_TOKEN = row(
    "MalformedContinuationToken",
    400,
    "The continuation-token you provided invalid.",
    (),
    "public (aws-measured 24)",
)
NO_CONFIGURATION = row(
    "NoSuchConfiguration", 404, "The specified configuration does not exist.", (), BUCKETS + "61, 62, 63"
)

# --- Configurations with ids -------------------------------------------------------------------------

ID_MISMATCH = row("IdMismatch", 400, "Document ID does not match the specified configuration ID.", (), BUCKETS + "64")
INVALID_CONFIGURATION_ID = row(
    "InvalidConfigurationId", 400, "The specified configuration id is invalid.", (), "public; the words: assumed"
)
INVALID_DESTINATION = row("InvalidS3DestinationBucket", 400, "Invalid bucket ARN.", (), BUCKETS + "64")
TOO_MANY_CONFIGURATIONS = row(
    "TooManyConfigurations",
    400,
    "You are attempting to create a new configuration but have already reached the {maximum}-configuration limit.",
    (),
    "documented",
)
TIER_DAYS = row(
    "InvalidArgument",
    400,
    "Days must be between {minimum} and {maximum} for {tier}",
    ("ArgumentName", "ArgumentValue"),
    "documented range; the words: assumed",
)

# --- Encryption, logging, accelerate, public access block --------------------------------------------

KMS_KEY_WITH_AES = row(
    "InvalidArgument",
    400,
    "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
    ("ArgumentName",),
    BUCKETS + "26",
)
# The code is misspelt and the message ends with a blank, as recorded; a source in us-east-1 is not shown (public).
LOGGING_ELSEWHERE = row(
    "CrossLocationLoggingProhibitted",
    403,
    "Cross S3 location logging not allowed. ",
    ("SourceBucketLocation", "TargetBucketLocation"),
    BUCKETS + "54",
)
NO_LOGGING_TARGET = row(
    "InvalidTargetBucketForLogging",
    400,
    "The target bucket for logging does not exist",
    ("TargetBucket",),
    BUCKETS + "54",
)
LOGGING_TARGET_OF_ANOTHER = row(
    "InvalidTargetBucketForLogging",
    400,
    "The owner for the bucket to be logged and the target bucket must be the same.",
    ("TargetBucket",),
    "documented rule; the words: public",
)
ACCELERATE_WITH_DOTS = request(
    "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names", BUCKETS + "65"
)
NOT_ACCELERATED = request("S3 Transfer Acceleration is not configured on this bucket", "documented; the words: public")
ACCELERATION_SUSPENDED = request("S3 Transfer Acceleration is disabled on this bucket", "documented; the words: public")
EMPTY_PUBLIC_ACCESS_BLOCK = request("Must specify at least one configuration.", "public")

# --- CORS --------------------------------------------------------------------------------------------

CORS_METHOD = request("Found unsupported HTTP method in CORS config. Unsupported method is {method}", BUCKETS + "37")
TOO_MANY_CORS_RULES = request(
    "The number of CORS rules should not exceed allowed limit of {maximum} rules.", "public: aws-changes 22"
)
CORS_WILDCARDS = request('{element} "{value}" can not have more than one wildcard.', "public")
CORS_HEADER_CHARACTER = request('AllowedHeader "{value}" contains invalid character.', "public")
CORS_EXPOSED_WILDCARD = request(
    'ExposeHeader "{value}" contains wildcard. We currently do not support wildcard for ExposeHeader.', "public"
)

# --- Notification ------------------------------------------------------------------------------------

ARN_NOT_PARSED = argument("The ARN could not be parsed", BUCKETS + "67, 68, 69")
FIFO_QUEUE = argument("FIFO SQS queues are not supported.", "public; the fields: assumed")
FIFO_TOPIC = argument("FIFO SNS topics are not supported.", "documented rule; the words and the fields: assumed")
NO_SUCH_DESTINATION = row(  # one name and value for each destination: ArgumentName2, ArgumentValue2 and so on
    "InvalidArgument",
    400,
    "Unable to validate the following destination configurations",
    ("ArgumentName1", "ArgumentValue1"),
    BUCKETS + "67, 68, 69",
)
DESTINATION_REGION = argument(
    "The notification destination service region is not valid for the bucket location constraint",
    "documented rule; the words: public; the fields: assumed",
)
UNKNOWN_EVENT = argument("The event is not supported for notifications", "public")
FILTER_RULE_NAME = argument("filter rule name must be either prefix or suffix", "public")
FILTER_RULE_TWICE = argument("Cannot specify more than one {name} rule in a filter.", "public")
EVENTS_OVERLAP = row(
    "InvalidArgument",
    400,
    "Configurations overlap. Configurations on the same bucket cannot share a common event type.",
    (),
    "documented, public",
)

# --- Website -----------------------------------------------------------------------------------------

NO_INDEX_DOCUMENT = argument(
    "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty", "public"
)
INDEX_SUFFIX = argument("The IndexDocument Suffix is not well formed", "public")
ERROR_DOCUMENT_KEY = argument("The ErrorDocument Key is not well formed", "public")
REDIRECT_ALL_WITH_OTHERS = argument(
    "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.", "public"
)
REDIRECT_PROTOCOL = request(
    "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.",
    "public",
)
TWO_REPLACEMENTS = request("You can only define ReplaceKeyPrefix or ReplaceKey but not both.", "public")
EMPTY_CONDITION = request(
    "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be "
    "present.",
    "public",
)
REDIRECT_CODE = request(
    "The provided HTTP redirect code ({code}) is not valid. Valid codes are 3XX except 300.", "public"
)
ERROR_CODE_RETURNED = request(
    "The provided HTTP error code ({code}) is not valid. Valid codes are 4XX or 5XX.", "public"
)
TOO_MANY_ROUTING_RULES = request(
    "{count} routing rules provided, the number of routing rules in a website configuration is limited to {maximum}.",
    "public",
)

# --- Replication -------------------------------------------------------------------------------------

REPLICATION_UNVERSIONED = request(
    "Versioning must be 'Enabled' on the bucket to apply a replication configuration", "public"
)
REPLICATION_NO_DESTINATION = request("Destination bucket must exist.", "public")
REPLICATION_ONTO_ITSELF = request(
    "Destination bucket cannot be the same as the source bucket.", "public (aws-replication 21)"
)
REPLICATION_EMPTY_CRITERIA = request("SourceSelectionCriteria cannot be empty", "public (aws-replication 13)")
REPLICATION_NO_KMS_KEY = request(
    "ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.", "public (aws-replication 13)"
)
REPLICATION_NO_KMS_CRITERION = request(
    "SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.", "public (aws-replication 13)"
)
REPLICATION_DESTINATION_UNVERSIONED = request("Destination bucket must have versioning enabled.", "public")
REPLICATION_TIME = argument(
    "The value of first-sync-attempted-before must be milliseconds since 1970",
    "documented: sdk's model; the words: assumed",
)
REPLICATION_NO_MARKERS = request(
    "DeleteMarkerReplication must be specified for this version of Cross Region Replication configuration schema. "
    "Please refer to S3 Developer Guide for more information.",
    "public",
)
REPLICATION_NO_PRIORITY = request(
    "Priority must be specified for this version of Cross Region Replication configuration schema. "
    "Please refer to S3 Developer Guide for more information.",
    "public",
)
REPLICATION_MARKERS_BY_TAG = request(
    "Delete marker replication is not supported if any Tag filter is specified. "
    "Please refer to S3 Developer Guide for more information.",
    "public",
)
REPLICATION_SAME_ID = argument("Rule Id must be unique", "public")
REPLICATION_SAME_PRIORITY = request("Found duplicate priority {priority}", "documented rule; the words: assumed")

# --- Tags --------------------------------------------------------------------------------------------

# --- Tags that decide on access (ABAC) ---------------------------------------------------------------

_ABAC = "This S3 general purpose bucket has attribute-based access control (ABAC) enabled. "
_UNTAG = "To delete tags from this bucket, initiate an UntagResource request."
TAGGED_WITH_ABAC = row(
    "BadRequest",
    400,
    f"{_ABAC}To add tags to this bucket, initiate a TagResource request. {_UNTAG}",
    (),
    "public: aws-changes 4",
)
UNTAGGED_WITH_ABAC = row("BadRequest", 400, f"{_ABAC}{_UNTAG}", (), "public: aws-changes 4")
