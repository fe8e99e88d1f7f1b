"""Refusals of whole requests: what they name is not there, or S3 does not take them."""

from __future__ import annotations

from fakecos.facts.errors.s3_error import BUCKETS, MULTIPART, OBJECTS, request, row

# --- What is not there -------------------------------------------------------------------------------

NO_SUCH_BUCKET = row("NoSuchBucket", 404, "The specified bucket does not exist", ("BucketName",), BUCKETS + "7")
NO_SUCH_KEY = row("NoSuchKey", 404, "The specified key does not exist.", ("Key",), OBJECTS + "11")
NO_SUCH_VERSION = row(
    "NoSuchVersion", 404, "The specified version does not exist.", ("Key", "VersionId"), OBJECTS + "49"
)
NO_SUCH_UPLOAD = row(
    "NoSuchUpload",
    404,
    "The specified upload does not exist. "
    "The upload ID may be invalid, or the upload may have been aborted or completed.",
    ("UploadId",),
    MULTIPART + "4",
)
NO_SUCH_ACCESS_POINT = row(
    "NoSuchAccessPoint", 404, "The specified accesspoint does not exist", ("AccessPointName",), "assumed"
)

# --- Requests that S3 does not take ------------------------------------------------------------------

METHOD_NOT_ALLOWED = row(
    "MethodNotAllowed",
    405,
    "The specified method is not allowed against this resource.",
    ("Method", "ResourceType"),
    OBJECTS + "49",
)
NO_SUCH_SUBRESOURCE = request(
    "There is no such thing as the ?{name} sub-resource for a key", "public: versions; the others: assumed"
)
UPLOADS_OF_KEY = request("Key is not expected for the GET method ?uploads subresource", "public")
OPERATION_NOT_IMPLEMENTED = row(
    "NotImplemented",
    501,
    "{operation} is not implemented by fakecos",
    ("Operation",),
    "fakecos: S3 has the operation, this fake does not",
)
OPERATION_OF_LATER = row(
    "NotImplemented",
    501,
    "A header or query you provided implies functionality that is not implemented.",
    (),
    "assumed: an operation that there is since a later day than the one imitated",
)
HEADER_NOT_IMPLEMENTED = row(
    "NotImplemented",
    501,
    "A header you provided implies functionality that is not implemented",
    ("Header", "additionalMessage"),
    MULTIPART + "54, of PutObject; aws-objects 25, 26, of DeleteObject; of others: assumed",
)
MALFORMED_XML = row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema",
    (),
    OBJECTS + "65, of retention; of other documents where they say so, else assumed",
)
INVALID_URI = row("InvalidURI", 400, "Couldn't parse the specified URI.", ("URI",), "documented")
KEY_TOO_LONG = row("KeyTooLongError", 400, "Your key is too long", ("Size", "MaxSizeAllowed"), "public")
METADATA_TOO_LARGE = row(
    "MetadataTooLarge",
    400,
    "Your metadata headers exceed the maximum allowed metadata size",
    ("Size", "MaxSizeAllowed"),
    "public",
)
ACCESS_DENIED = row(
    "AccessDenied",
    403,
    "Access Denied",
    (),
    BUCKETS + "19, of PutBucketPolicy; aws-presigned 29 of a form; of others: public",
)
INVALID_BUCKET_OWNER = row(
    "InvalidBucketOwnerAWSAccountID",
    400,
    "The value of the expected bucket owner parameter must be an AWS Account ID... [{owner}]",
    (),
    BUCKETS + "20, 21, of bucket policies; of others: assumed",
)
NO_OBJECT_LOCK = request(
    "Bucket is missing Object Lock Configuration", OBJECTS + "65, of retention; of legal holds: assumed"
)
LOCK_WITHOUT_CONFIGURATION = request("Bucket is missing ObjectLockConfiguration", "public: aws-changes 34")
NO_LOCK_TO_BYPASS = row(
    "InvalidArgument",
    400,
    "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.",
    ("ArgumentName",),
    OBJECTS + "72",
)
INVALID_OBJECT_STATE = row(
    "InvalidObjectState",
    403,
    "The operation is not valid for the object's storage class",
    ("StorageClass",),
    OBJECTS + "57",
)
