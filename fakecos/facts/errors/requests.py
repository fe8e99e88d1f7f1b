"""Refusals of whole requests: what they name is not there, or S3 does not take them."""

from __future__ import annotations

from fakecos.facts.errors.s3_error import BUCKETS, MULTIPART, OBJECTS, argument, request, row

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
    "There is no such thing as the ?{name} sub-resource for a key",
    "public (aws-measured 5): versions; the others: assumed",
)
NO_LOGGING_OF_KEY = row(
    "NoLoggingStatusForKey",
    400,
    "There is no such thing as the ?logging sub-resource for a key",
    (),
    "public (aws-measured 5)",
)
CONFLICTING_QUERY = argument("Conflicting query string parameters: {names}", "public (aws-measured 2)")
PART_OF_BUCKET = request("Object must have a valid key name.", "public (aws-measured 1)")
KEY_NEEDED = request("A key must be specified", "public (aws-measured 1)")
USER_KEY_NEEDED = row("UserKeyMustBeSpecified", 400, "User key must be specified.", (), "public (aws-measured 1, 20)")
NO_VERSION_TAKEN = argument(
    "This operation does not accept a version-id.", "public (aws-measured 3, 4; aws-changes 21)"
)
VALUE_OF_WEBSITE = argument("The website parameter must not have a value", "public (aws-measured 3)")
UNEXPECTED_PARAMETER = argument("Unexpected query string parameter", "public (aws-measured 2)")
BAD_REQUEST = row("BadRequest", 400, "An error occurred when parsing the HTTP request.", (), "public (aws-measured 8)")
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
