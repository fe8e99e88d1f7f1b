"""Every refusal that fakecos knows, one row each; S3's words to the letter.

Sources are short: `recorded aws-multipart 4` is fact 4 of the recorded answers of AWS on multipart uploads
(docs/explanation/sources.md lists the collections); `documented` is Amazon's error table or API reference;
`public` is a report or a peer's test suite that was run on AWS; `assumed` is our own guess, on the strict side.
"""

from __future__ import annotations

from fakecos.facts.errors import ErrorSpec

_MP = "recorded aws-multipart "
_CK = "recorded aws-checksums-and-sse "
_OB = "recorded aws-objects "
_LS = "recorded aws-listing "
_BU = "recorded aws-bucket-configuration "
_ARGUMENT = ("ArgumentName", "ArgumentValue")


def _row(code: str, status: int, message: str, fields: tuple[str, ...], source: str) -> ErrorSpec:
    return ErrorSpec(code, status, message, fields, source)


def _argument(message: str, source: str) -> ErrorSpec:
    """Make an InvalidArgument row: the argument's name and, mostly, the value that came."""
    return ErrorSpec("InvalidArgument", 400, message, _ARGUMENT, source)


def _request(message: str, source: str) -> ErrorSpec:
    """Make an InvalidRequest row: a sentence, and no further field."""
    return ErrorSpec("InvalidRequest", 400, message, (), source)


# --- What is not there -------------------------------------------------------------------------------

NO_SUCH_BUCKET = _row("NoSuchBucket", 404, "The specified bucket does not exist", ("BucketName",), _BU + "7")
NO_SUCH_KEY = _row("NoSuchKey", 404, "The specified key does not exist.", ("Key",), _OB + "11")
NO_SUCH_VERSION = _row("NoSuchVersion", 404, "The specified version does not exist.", ("Key", "VersionId"), _OB + "49")
NO_SUCH_UPLOAD = _row(
    "NoSuchUpload",
    404,
    "The specified upload does not exist. "
    "The upload ID may be invalid, or the upload may have been aborted or completed.",
    ("UploadId",),
    _MP + "4",
)
NO_SUCH_ACCESS_POINT = _row(
    "NoSuchAccessPoint", 404, "The specified accesspoint does not exist", ("AccessPointName",), "assumed"
)

# --- Requests that S3 does not take ------------------------------------------------------------------

METHOD_NOT_ALLOWED = _row(
    "MethodNotAllowed",
    405,
    "The specified method is not allowed against this resource.",
    ("Method", "ResourceType"),
    _OB + "49",
)
OPERATION_NOT_IMPLEMENTED = _row(
    "NotImplemented",
    501,
    "{operation} is not implemented by fakecos",
    ("Operation",),
    "fakecos: S3 has the operation, this fake does not",
)
HEADER_NOT_IMPLEMENTED = _row(
    "NotImplemented",
    501,
    "A header you provided implies functionality that is not implemented",
    ("Header", "additionalMessage"),
    _MP + "54",
)
MALFORMED_XML = _row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema",
    (),
    _OB + "65",
)
INVALID_URI = _row("InvalidURI", 400, "Couldn't parse the specified URI.", ("URI",), "documented")
KEY_TOO_LONG = _row("KeyTooLongError", 400, "Your key is too long", ("Size", "MaxSizeAllowed"), "public")
METADATA_TOO_LARGE = _row(
    "MetadataTooLarge",
    400,
    "Your metadata headers exceed the maximum allowed metadata size",
    ("Size", "MaxSizeAllowed"),
    "public",
)
ACCESS_DENIED = _row("AccessDenied", 403, "Access Denied", (), _BU + "19")
INVALID_BUCKET_OWNER = _row(
    "InvalidBucketOwnerAWSAccountID",
    400,
    "The value of the expected bucket owner parameter must be an AWS Account ID... [{owner}]",
    (),
    _BU + "20",
)
NO_OBJECT_LOCK = _request("Bucket is missing Object Lock Configuration", _OB + "65")
NO_LOCK_TO_BYPASS = _row(
    "InvalidArgument",
    400,
    "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.",
    ("ArgumentName",),
    _OB + "72",
)
INVALID_OBJECT_STATE = _row(
    "InvalidObjectState",
    403,
    "The operation is not valid for the object's storage class",
    ("StorageClass",),
    _OB + "57",
)

# --- The body: sizes and framing ---------------------------------------------------------------------

MISSING_CONTENT_LENGTH = _row(
    "MissingContentLength", 411, "You must provide the Content-Length HTTP header.", (), "documented"
)
INCOMPLETE_BODY = _row(
    "IncompleteBody",
    400,
    "You did not provide the number of bytes specified by the Content-Length HTTP header",
    ("NumberBytesExpected", "NumberBytesProvided"),
    "documented; the fields: public",
)
ENTITY_TOO_LARGE = _row(
    "EntityTooLarge",
    400,
    "Your proposed upload exceeds the maximum allowed size",
    ("ProposedSize", "MaxSizeAllowed"),
    "public",
)
ENTITY_TOO_SMALL = _row(
    "EntityTooSmall",
    400,
    "Your proposed upload is smaller than the minimum allowed size",
    ("ProposedSize", "MinSizeAllowed", "PartNumber", "ETag"),
    _MP + "8",
)

# --- Digests -----------------------------------------------------------------------------------------

INVALID_DIGEST = _row("InvalidDigest", 400, "The Content-MD5 you specified was invalid.", ("Content-MD5",), _MP + "44")
BAD_CONTENT_MD5 = _row(
    "BadDigest",
    400,
    "The Content-MD5 you specified did not match what we received.",
    ("ExpectedDigest", "CalculatedDigest"),
    _MP + "44",
)
BAD_CHECKSUM = _row(
    "BadDigest", 400, "The {algorithm} you specified did not match the calculated checksum.", (), _MP + "42"
)
BAD_PART_CHECKSUM = _row(
    "BadDigest", 400, "The {algorithm} you specified for part {number} did not match what we received.", (), _MP + "38"
)
INVALID_CHECKSUM_VALUE = _request("Value for {header} header is invalid.", _MP + "42")
SEVERAL_CHECKSUMS = _request(
    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.", _MP + "43"
)
UNSUPPORTED_CHECKSUM = _request(
    "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
    "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]",
    _MP + "30",
)
CHECKSUM_TYPE_WITHOUT_ALGORITHM = _request(
    "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.", _MP + "30"
)
CHECKSUM_TYPE_FORBIDDEN = _request(
    "The {type} checksum type cannot be used with the {algorithm} checksum algorithm.", _MP + "28"
)
INVALID_CHECKSUM_TYPE = _request("Value for x-amz-checksum-type header is invalid.", "public")
CHECKSUM_MISMATCH = _request(
    "Checksum Type mismatch occurred, expected checksum Type: {expected}, actual checksum Type: {actual}", _MP + "31"
)
CHECKSUM_MODE_MISMATCH = _request(
    "The upload was created using the {mode} checksum mode. The complete request must use the same checksum mode.",
    _MP + "34",
)
PART_CHECKSUM_MISSING = _request(
    "The upload was created using a {algorithm} checksum. "
    "The complete request must include the checksum for each part. It was missing for part {number} in the request.",
    _MP + "37",
)
CHECKSUM_REQUIRED = _request("Missing required header for this request: Content-MD5 OR x-amz-checksum-*", "public")

INVALID_TRAILER_VALUE = _request("Value for {header} trailing header is invalid.", "public")
SDK_CHECKSUM_DIFFERS = _request("Value for x-amz-sdk-checksum-algorithm header is invalid.", "public")
SDK_CHECKSUM_WITHOUT_VALUE = _request(
    "x-amz-sdk-checksum-algorithm specified, "
    "but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
    "public",
)

# --- Part numbers, parts, Complete -------------------------------------------------------------------

INVALID_PART_NUMBER = _argument("Part number must be an integer between 1 and {maximum}, inclusive", _MP + "11")
MISSING_UPLOAD_ID = _argument("This operation does not accept partNumber without uploadId", "public")
INVALID_PART = _row(
    "InvalidPart",
    400,
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified "
    "entity tag may not match the part's entity tag.",
    ("UploadId", "PartNumber", "ETag"),
    _MP + "9",
)
INVALID_PART_ORDER = _row(
    "InvalidPartOrder",
    400,
    "The list of parts was not in ascending order. Parts must be ordered by part number.",
    ("UploadId",),
    _MP + "10",
)
INVALID_PART_LIST_CHECKSUM = _argument("Invalid Base64 or multiple checksums present in request", "public")
NO_PARTS = _request("You must specify at least one part", _MP + "7")
OBJECT_SIZE_MISMATCH = _request(
    "The provided 'x-amz-mp-object-size' header value {given} does not match what was computed: {computed}", _MP + "13"
)
INVALID_OBJECT_SIZE = _request("Value for x-amz-mp-object-size header is invalid: '{given}'", "public")
NEGATIVE_OBJECT_SIZE = _request("Value for x-amz-mp-object-size header is less than zero: '{given}'", "public")
TOO_MANY_PARTS = _argument(
    "The CompleteMultipartUpload reqeust contains for than {maximum} parts.", "public, spelt as S3 spells it"
)
PART_NUMBER_TOO_SMALL = _argument("PartNumber must be >= 1", "public")
PARTS_NOT_CONSECUTIVE = _request(
    "Part numbers must be consecutive and begin with 1 when a checksum is used.",
    "documented rule; public: AWS answers InternalError 500, which a client would retry",
)

# --- Conditions --------------------------------------------------------------------------------------

PRECONDITION_FAILED = _row(
    "PreconditionFailed",
    412,
    "At least one of the pre-conditions you specified did not hold",
    ("Condition",),
    _MP + "25",
)
EMPTY_IF_MATCH = _row(
    "InvalidArgument",
    400,
    "The value provided for the If-Match query parameter cannot be empty for this API.",
    ("ArgumentName",),
    "public",
)
CONDITIONAL_CONFLICT = _row(
    "ConditionalRequestConflict",
    409,
    "The conditional request cannot succeed due to a conflicting operation against this resource.",
    ("Condition", "Key"),
    _MP + "51",
)
NOT_MODIFIED = _row("NotModified", 304, "Not Modified", (), _OB + "21")

# --- Encryption --------------------------------------------------------------------------------------

SSE_C_WITH_SSE = _argument(
    "Server Side Encryption with Customer provided key is incompatible with the encryption method specified", _MP + "48"
)
SSE_C_ALGORITHM = _row(
    "InvalidEncryptionAlgorithmError",
    400,
    "The Encryption request you specified is not valid. Supported value: AES256.",
    _ARGUMENT,
    _MP + "48",
)
SSE_C_NO_ALGORITHM = _argument(
    "Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.",
    _MP + "48",
)
SSE_C_NO_KEY = _argument(
    "Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.",
    _MP + "48",
)
SSE_C_NO_KEY_MD5 = _argument(
    "Requests specifying Server Side Encryption with Customer provided keys must provide the client calculated MD5 of "
    "the secret key.",
    "public",
)
SSE_C_NEEDED_TO_COMPLETE = _request(
    "The object was stored using a form of Server Side Encryption. Correct SSE-C request parameters are required for "
    "this request when specifying checksums for each part.",
    "public",
)
SSE_C_INVALID_KEY = _argument("The secret key was invalid for the specified algorithm.", _MP + "48")
SSE_C_KEY_MD5_MISMATCH = _argument(
    "The calculated MD5 hash of the key did not match the hash that was provided.", _MP + "48"
)
SSE_C_INSECURE = _argument(
    "Requests specifying Server Side Encryption with Customer provided keys must be made over a secure connection.",
    "documented, also ibm-cos 4.1",
)
SSE_C_NEEDED = _request(
    "The object was stored using a form of Server Side Encryption. "
    "The correct parameters must be provided to retrieve the object.",
    _MP + "49",
)
SSE_C_WRONG_KEY = _row(
    "AccessDenied",
    403,
    "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.",
    (),
    _MP + "49",
)
SSE_C_NOT_APPLICABLE = _request("The encryption parameters are not applicable to this object.", "public")
UPLOAD_ENCRYPTION_DIFFERS = _request(
    "The multipart upload initiate requested encryption. "
    "Subsequent part requests must include the appropriate encryption parameters.",
    _MP + "47",
)
UPLOAD_KEY_DIFFERS = _request("The provided encryption parameters did not match the ones used originally.", _MP + "47")
SSE_UNKNOWN = _argument("The encryption method specified is not supported", "public")
SSE_KMS_KEY_WITHOUT_KMS = _argument(
    "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
    "public",
)

# --- Create and Put: what an object is stored with ---------------------------------------------------

INVALID_STORAGE_CLASS = _row(
    "InvalidStorageClass", 400, "The storage class you specified is not valid", ("StorageClassRequested",), _MP + "14"
)
INVALID_CANNED_ACL = _argument("", _OB + "63")
INVALID_TAGGING = _argument(
    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name "
    "duplicates.",
    "public",
)

INVALID_TAG_KEY = _row("InvalidTag", 400, "The TagKey you have provided is invalid", ("TagKey", "TagValue"), "public")
INVALID_TAG_VALUE = _row(
    "InvalidTag", 400, "The TagValue you have provided is invalid", ("TagKey", "TagValue"), "public"
)
TOO_MANY_TAGS = _row("BadRequest", 400, "Object tags cannot be greater than {maximum}", (), "public")
ACL_NOT_SUPPORTED = _row(
    "AccessControlListNotSupported", 400, "The bucket does not allow ACLs", (), "documented, public"
)

# --- Get: ranges and parts ---------------------------------------------------------------------------

INVALID_RANGE = _row(
    "InvalidRange", 416, "The requested range is not satisfiable", ("RangeRequested", "ActualObjectSize"), _OB + "20"
)
PART_NOT_SATISFIABLE = _row(
    "InvalidPartNumber",
    416,
    "The requested partnumber is not satisfiable",
    ("PartNumberRequested", "ActualPartCount"),
    _MP + "18",
)
RANGE_WITH_PART_NUMBER = _request("Cannot specify both Range header and partNumber query parameter", _MP + "19")
INVALID_VERSION_ID = _argument("Invalid version id specified", _OB + "49")

# --- Copies ------------------------------------------------------------------------------------------

COPY_RANGE_FORM = _argument(
    "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based "
    "offsets of the first and last bytes to copy",
    _MP + "23",
)
COPY_RANGE_BEYOND = _argument("Range specified is not valid for source object of size: {size}", _MP + "24")
COPY_RANGE_OUTSIDE = _request("The specified copy range is invalid for the source object size", _MP + "24")
COPY_SOURCE_FORM = _argument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey", "public")
COPY_SOURCE_TOO_LARGE = _request(
    "The specified copy source is larger than the maximum allowable size for a copy source: {maximum}", "public"
)
COPY_ONTO_ITSELF = _request(
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's "
    "metadata, storage class, website redirect location or encryption attributes.",
    _OB + "35",
)
INVALID_DIRECTIVE = _argument("Unknown {kind} directive.", "public")

# --- Lists -------------------------------------------------------------------------------------------

INVALID_ENCODING = _argument("Invalid Encoding Method specified in Request", _LS + "13")
INVALID_UPLOAD_ID_MARKER = _argument("Invalid uploadId marker", _MP + "58")
INVALID_CONTINUATION_TOKEN = _argument("The continuation token provided is incorrect", _LS + "11")
NOT_AN_INTEGER = _argument("Provided {name} not an integer or within integer range", "public")
NEGATIVE = _argument("Argument {name} must be an integer between 0 and 2147483647", "public")
NO_ATTRIBUTES = _request(
    "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty",
    "public",
)
INVALID_ATTRIBUTE = _argument("Invalid attribute name specified.", "public")
UNKNOWN_REGION = _argument("Argument value {region} is not a valid AWS Region", _LS + "3")

# --- Buckets -----------------------------------------------------------------------------------------

INVALID_BUCKET_NAME = _row(
    "InvalidBucketName", 400, "The specified bucket is not valid.", ("BucketName",), "documented"
)
BUCKET_EXISTS = _row(
    "BucketAlreadyExists",
    409,
    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. "
    "Please select a different name and try again.",
    ("BucketName",),
    "documented",
)
BUCKET_OWNED = _row(
    "BucketAlreadyOwnedByYou",
    409,
    "Your previous request to create the named bucket succeeded and you already own it.",
    ("BucketName",),
    "documented",
)
BUCKET_NOT_EMPTY = _row(
    "BucketNotEmpty", 409, "The bucket you tried to delete is not empty", ("BucketName",), _BU + "6"
)
INVALID_OWNERSHIP = _row(
    "InvalidArgument", 400, "Invalid x-amz-object-ownership header: {value}", ("ArgumentName",), _BU + "24"
)
ACL_WITH_OWNER_ENFORCED = _row(
    "InvalidBucketAclWithObjectOwnership",
    400,
    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    (),
    "documented, public",
)
INVALID_LOCATION = _row(
    "InvalidLocationConstraint",
    400,
    "The specified location-constraint is not valid",
    ("LocationConstraint",),
    _BU + "3",
)
ILLEGAL_LOCATION = _row(
    "IllegalLocationConstraintException",
    400,
    "The {location} location constraint is incompatible for the region specific endpoint this request was sent to.",
    (),
    _BU + "4",
)

# --- Framing: x-amz-content-sha256, aws-chunked, trailers --------------------------------------------
# `public` here: the tests that OpenStack Swift's S3 interface runs on AWS too (test/s3api/test_input_errors.py),
# and AWS answers quoted in versitygw's issues 1352, 1600, 1652, 1657, 1666, 1683, 1684, 1690, 1691, 1695.

CONTENT_SHA256_MISSING = _request("Missing required header for this request: x-amz-content-sha256", "public")
CONTENT_SHA256_INVALID = _argument(
    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, "
    "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER "
    "or a valid sha256 value.",
    "public",
)
CONTENT_SHA256_MISMATCH = _row(
    "XAmzContentSHA256Mismatch",
    400,
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    ("ClientComputedContentSHA256", "S3ComputedContentSHA256"),
    "public",
)
BODY_TERMINATED = _row("IncompleteBody", 400, "The request body terminated unexpectedly", (), "public")
CHUNK_TOO_SMALL = _row(
    "InvalidChunkSizeError",
    403,
    "Only the last chunk is allowed to have a size less than 8192 bytes",
    ("Chunk", "BadChunkSize"),
    "public",
)
MALFORMED_TRAILER = _row(
    "MalformedTrailerError",
    400,
    "The request contained trailing data that was not well-formed or did not conform to our published schema.",
    (),
    "public",
)
TRAILER_NOT_SUPPORTED = _request("The value specified in the x-amz-trailer header is not supported", "public")
CHECKSUM_AND_TRAILER = _request("Expecting a single x-amz-checksum- header", "public")
