"""What S3 may say and fakecos never says by itself: for `error=` of a fault.

Documented: code, status and words are those of "Error responses", in Amazon's API reference of S3; of a code that this
page does not have the source is beside it (aws-changes 36). Whatever belongs to no bucket of fakecos is left out:
Outposts, Object Lambda, Storage Lens, Select, SOAP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.errors.s3_error import row

if TYPE_CHECKING:
    from fakecos.facts.errors.s3_error import ErrorSpec


def _documented(code: str, status: int, message: str, source: str = "documented") -> ErrorSpec:
    return row(code, status, message, (), source)


# --- Too much at once --------------------------------------------------------------------------------

BUSY = _documented("Busy", 503, "The service is unavailable. Try again later.")
BANDWIDTH_LIMIT = _documented(
    "BandwidthLimitExceeded",
    509,
    "Bandwidth limit exceeded.",
    "public: botocore sends again for the code, and for the status; the words: assumed",
)
REQUEST_HEADERS_TOO_LARGE = _documented(
    "RequestHeaderSectionTooLarge",
    400,
    "The request header and query parameters used to make the request exceed the maximum allowed size.",
)
MESSAGE_TOO_LARGE = _documented("MaxMessageLengthExceeded", 400, "Your request was too large.")

# --- KMS ---------------------------------------------------------------------------------------------

KMS_THROTTLED = _documented(
    "KMS.ThrottlingException",
    400,
    "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.",
    "documented by KMS, of its own answers: status and words; through S3: public",
)
KMS_DISABLED = _documented(
    "KMS.DisabledException", 400, "The request was rejected because the specified KMS key is not enabled."
)
KMS_NOT_FOUND = _documented(
    "KMS.NotFoundException",
    400,
    "The request was rejected because the specified entity or resource could not be found.",
)
KMS_KEY_USAGE = _documented(
    "KMS.InvalidKeyUsageException",
    400,
    "The KeyUsage value of the KMS key is incompatible with the API operation.",
)
KMS_INVALID_STATE = _documented(
    "KMS.KMSInvalidStateException",
    400,
    "The request was rejected because the state of the specified resource is not valid for this request.",
)

# --- Accounts and credentials ------------------------------------------------------------------------

TOKEN_REFRESH = _documented("TokenRefreshRequired", 400, "The provided token must be refreshed.")
TOKEN_CODE = _documented("TokenCodeInvalidError", 400, "The serial number and/or token code you provided is not valid.")
NO_AUTHENTICATION = _documented("MissingAuthenticationToken", 403, "The request was not signed.")
NO_CREDENTIALS_HERE = _documented("CredentialsNotSupported", 400, "This request does not support credentials.")
INVALID_SECURITY = _documented("InvalidSecurity", 403, "The provided security credentials are not valid.")
UNSUPPORTED_SIGNATURE = _documented(
    "UnsupportedSignature",
    400,
    "The provided request is signed with an unsupported STS Token version or the signature version is not supported.",
)
INVALID_SESSION = _documented(
    "InvalidSessionException", 400, "The session doesn't exist anymore because it timed out or expired."
)
DEVICE_OWNER = _documented(
    "NotDeviceOwnerError", 400, "The device that generated the token is not owned by the authenticated user."
)
DEVICE_NOT_ACTIVE = _documented("DeviceNotActiveError", 400, "The device is not currently active.")
ACCOUNT_PROBLEM = _documented(
    "AccountProblem",
    403,
    "There is a problem with your AWS account that prevents the operation from completing successfully.",
)
ALL_ACCESS_DISABLED = _documented("AllAccessDisabled", 403, "All access to this Amazon S3 resource has been disabled.")
INVALID_PAYER = _documented("InvalidPayer", 403, "All access to this object has been disabled.")
NOT_SIGNED_UP = _documented("NotSignedUp", 403, "Your account is not signed up for the Amazon S3 service.")
UNAUTHORIZED_IN_CHINA = _documented(
    "UnauthorizedAccessError", 403, "A request was made to a bucket that doesn't have an ICP license."
)
UNEXPECTED_IP = _documented("UnexpectedIPError", 403, "This request was rejected because the IP was unexpected.")
SEVERAL_ACCOUNTS = _documented(
    "AmbiguousGrantByEmailAddress", 400, "The email address that you provided is associated with more than one account."
)
NO_SUCH_ACCOUNT = _documented(
    "UnresolvableGrantByEmailAddress", 400, "The email address that you provided does not match any account on record."
)

# --- Buckets and addresses ---------------------------------------------------------------------------

TOO_MANY_BUCKETS = _documented(
    "TooManyBuckets", 400, "You have attempted to create more buckets than are allowed for an account."
)
BUCKET_HAS_ACCESS_POINTS = _documented(
    "BucketHasAccessPointsAttached",
    400,
    "The bucket you tried to delete has access points attached. Delete your access points before deleting your bucket.",
)
TAG_POLICY = _documented(
    "TagPolicyException", 400, "The tag policy does not allow the specified value for the following tag key."
)
INCORRECT_ENDPOINT = _documented(
    "IncorrectEndpoint",
    400,
    "The specified bucket exists in another Region. Direct requests to the correct endpoint.",
)
ENDPOINT_NOT_FOUND = _documented("EndpointNotFound", 400, "Direct requests to the correct endpoint.")
INVALID_HOST = _documented(
    "InvalidHostHeader", 400, "The host headers provided in the request used the incorrect style addressing."
)
INVALID_ACCESS_POINT = _documented(
    "InvalidAccessPoint", 400, "The specified access point name or account is not valid."
)
INVALID_ACCESS_POINT_ALIAS = _documented(
    "InvalidAccessPointAliasError", 400, "The specified access point alias name is not valid."
)

# --- Requests ----------------------------------------------------------------------------------------

INVALID_METHOD = _documented("InvalidHttpMethod", 400, "The request is made using an unexpected HTTP method.")
UNSUPPORTED_ARGUMENT = _documented("UnsupportedArgument", 400, "The request contained an unsupported argument.")
TORRENT_OF_BUCKET = _documented(
    "RequestTorrentOfBucketError", 400, "Requesting the torrent file of a bucket is not permitted."
)
NOT_MULTIPART = _documented(
    "RequestIsNotMultiPartContent", 412, "A bucket POST request must be of the enclosure-type multipart/form-data."
)
FIELD_MISSING = _documented(
    "UserKeyMustBeSpecified",
    400,
    "The bucket POST request must contain the specified field name. If it is specified, check the order of the fields.",
)
INLINE_DATA = _documented("InlineDataTooLarge", 400, "The inline data exceeds the maximum allowed size.")
