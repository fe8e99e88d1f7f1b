"""Refusals of encryption: the customer's key (SSE-C), SSE-S3 and SSE-KMS, and UpdateObjectEncryption."""

from __future__ import annotations

from fakecos.facts import dates
from fakecos.facts.errors.s3_error import ARGUMENT, MULTIPART, argument, request, row

SSE_C_WITH_SSE = argument(
    "Server Side Encryption with Customer provided key is incompatible with the encryption method specified",
    MULTIPART + "48; of an upload: assumed",
)
SSE_C_ALGORITHM = row(
    "InvalidEncryptionAlgorithmError",
    400,
    "The Encryption request you specified is not valid. Supported value: AES256.",
    ARGUMENT,
    MULTIPART + "48; of parts: assumed",
)
SSE_C_NO_ALGORITHM = argument(
    "Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.",
    MULTIPART + "48, of PutObject; of others: assumed",
)
SSE_C_NO_KEY = argument(
    "Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.",
    MULTIPART + "48, of PutObject; of others: assumed",
)
SSE_C_NO_KEY_MD5 = argument(
    "Requests specifying Server Side Encryption with Customer provided keys must provide the client calculated MD5 of "
    "the secret key.",
    "public",
)
SSE_C_NEEDED_TO_COMPLETE = request(
    "The object was stored using a form of Server Side Encryption. Correct SSE-C request parameters are required for "
    "this request when specifying checksums for each part.",
    "public",
)
SSE_C_INVALID_KEY = argument(
    "The secret key was invalid for the specified algorithm.", MULTIPART + "48, of PutObject; of others: assumed"
)
SSE_C_KEY_MD5_MISMATCH = argument(
    "The calculated MD5 hash of the key did not match the hash that was provided.",
    MULTIPART + "48, of PutObject; of others: assumed",
)
SSE_C_INSECURE = argument(
    "Requests specifying Server Side Encryption with Customer provided keys must be made over a secure connection.",
    "documented, also ibm-cos 4.1",
)
SSE_C_BLOCKED = row(
    "AccessDenied",
    403,
    'User: {user} is not authorized to perform: {action} on resource: "{resource}" because this bucket has blocked '
    "upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). "
    "Please specify a different server-side encryption type.",
    (),
    "documented, public: aws-changes 1",
    dates.SSE_C_BLOCKED,
)
SSE_C_NEEDED = request(
    "The object was stored using a form of Server Side Encryption. "
    "The correct parameters must be provided to retrieve the object.",
    MULTIPART + "49",
)
SSE_C_WRONG_KEY = row(
    "AccessDenied",
    403,
    "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.",
    (),
    MULTIPART + "49",
)
SSE_C_NOT_APPLICABLE = request("The encryption parameters are not applicable to this object.", "public")
UPLOAD_ENCRYPTION_DIFFERS = request(
    "The multipart upload initiate requested encryption. "
    "Subsequent part requests must include the appropriate encryption parameters.",
    MULTIPART + "47",
)
UPLOAD_KEY_DIFFERS = request(
    "The provided encryption parameters did not match the ones used originally.", MULTIPART + "47"
)
SSE_NOT_HERE = argument("{header} header is not supported for this operation.", "public")
INVALID_KMS_CONTEXT = argument(
    "The header x-amz-server-side-encryption-context shall be Base64-encoded UTF-8 string holding JSON "
    "which represents a string-string map",
    "public",
)
INVALID_BUCKET_KEY = argument("Value for x-amz-server-side-encryption-bucket-key-enabled header is invalid.", "assumed")
SSE_UNKNOWN = argument("The encryption method specified is not supported", "public")
SSE_KMS_KEY_WITHOUT_KMS = argument(
    "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
    "public",
)
SSE_KMS_NEEDS_V4 = argument(
    "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.",
    "documented, also aws-changes 38",
)
SSE_KMS_INSECURE = argument(
    "Requests specifying Server Side Encryption with AWS KMS managed keys must be made over a secure connection.",
    "documented, also aws-changes 38",
)

# --- UpdateObjectEncryption: the messages of its page ------------------------------------------------

MEASURED = "public (aws-measured 27)"
UPDATE_NEEDS_SIGV4 = request(
    "Requests modifying object encryption configuration require AWS Signature Version 4.", MEASURED
)
UPDATE_TO_OTHER_TYPE = request("Target encryption type '{type}' is not supported.", MEASURED)
UPDATE_WITHOUT_KEY = request(
    "Requests modifying object encryption configuration to SSE-KMS require a target kms key arn.", MEASURED
)
UPDATE_KEY_MALFORMED = request(
    "Requests modifying object encryption configuration to SSE-KMS require a valid target kms key arn: {fault}",
    MEASURED,
)
UPDATE_KEY_FORM = request(
    "Invalid KMS Key ARN format. You must provide the full KMS Key ARN to make an UpdateObjectEncryption request",
    MEASURED,
)
UPDATE_BUCKET_KEY = request("BucketKeyEnabled must be 'true' or 'false'. Invalid value: {value}", MEASURED)
UPDATE_OF_OTHER_TYPE = request(
    "The UpdateObjectEncryption operation doesn't support source objects with the encryption type DSSE-KMS or SSE-C. "
    "Only source objects encrypted with SSE-S3 or SSE-KMS are supported.",
    "documented",
)
UPDATE_KEY_OF_OTHER_ACCOUNT = row(
    "AccessDenied",
    403,
    "The AWS KMS key in the request must be owned by the same account as the bucket. Modify the request to specify a "
    "KMS key from the same account, and then try again.",
    (),
    "documented",
)
UPDATE_OF_LOCKED = row(
    "AccessDenied",
    403,
    "The encryption type for the specified object can't be updated because that object is protected by S3 Object Lock. "
    "If the object has a governance-mode retention period or a legal hold, you must first remove the Object Lock "
    "status on the object before you issue your UpdateObjectEncryption request. You can't use the "
    "UpdateObjectEncryption operation with objects that have an Object Lock compliance mode retention period applied "
    "to them.",
    (),
    "documented",
)
