"""What IBM Cloud Object Storage says and does otherwise than AWS, with the source of each.

`documented` is IBM's public documentation, `sdk` the service model of ibm_botocore, `assumed` our own guess, `public`
are answers of the service that people printed into public notebooks and notes, 2019 to 2025.
"""

from __future__ import annotations

from typing import NamedTuple

HEADERS = {"X-Clv-S3-Version": "2.5", "server": "Cleversafe"}  # public; older examples have a version
READ_HEADERS = {"accept-ranges": "bytes"}  # public, also of buckets; examples of 2016 have it on every answer
REQUEST_IDS = ("X-Clv-Request-Id", "x-amz-request-id")  # public: the same id twice
RULES = (
    "fakecos.operations.immutable_storage.rules.ImmutableStorage",
    "fakecos.operations.archive_status.ArchiveStatus",
    "fakecos.operations.service_instances.ServiceInstances",
)
"""What COS adds to the operations of S3: classes, by name, as values know no operation."""
INSTANCE_HEADER = "ibm-service-instance-id"
DEFAULT_INSTANCE = "default"
"""The instance of HMAC keys, which belong to one and need not name it (documented); its name is ours."""

# "Ignored by COS if present." in the model of ibm_botocore (ibm-cos 3.1).
IGNORED = frozenset(
    {"RequestPayer", "ExpectedBucketOwner", "ExpectedSourceBucketOwner", "Token", "NewerNoncurrentVersions"}
)
# Documented: what the page on tags allows and what the page on operations of objects allows, which has other symbols.
TAG_CHARACTERS = r"[A-Za-z0-9 _.*!()`':\-]*"


class Words(NamedTuple):
    """A code and a message."""

    code: str
    message: str


_SLOWER = "Reduce your request rate."
_PUBLISHED = "The XML you provided was not well-formed or did not validate against our published schema."

# Documented: IBM's table of error codes. By the code of AWS; codes that stand for many sentences are not here, nor
# are those whose sentence is the same.
ERRORS = {
    "BucketNotEmpty": Words("BucketNotEmpty", "The bucket you tried to delete is not empty."),
    "ConditionalRequestConflict": Words(
        "OperationAborted",
        "A conflicting conditional operation is currently in progress against this resource. Try again.",
    ),
    "EntityTooLarge": Words("EntityTooLarge", "Your proposed upload exceeds the maximum allowed object size."),
    "EntityTooSmall": Words("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed object size."),
    "IncompleteBody": Words(
        "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header."
    ),
    "InternalError": Words("InternalError", "We encountered an internal error. Please try again."),
    "InvalidDigest": Words("InvalidDigest", "The Content-MD5 you specified is not valid."),
    "InvalidLocationConstraint": Words(
        "InvalidLocationConstraint",
        "The specified location constraint is not valid. For more information about regions, see How to Select a "
        "Region for Your Buckets.",
    ),
    "InvalidObjectState": Words(
        "InvalidObjectState", "The operation is not valid for the current state of the object."
    ),
    "InvalidPart": Words(
        "InvalidPart",
        "One or more of the specified parts could not be found. The part might not have been uploaded, or the "
        "specified entity tag might not have matched the part's entity tag.",
    ),
    "InvalidPartOrder": Words(
        "InvalidPartOrder",
        "The list of parts was not in ascending order. Parts list must specified in order by part number.",
    ),
    "InvalidRange": Words("InvalidRange", "The requested range cannot be satisfied."),
    "KeyTooLongError": Words("KeyTooLong", "Your key is too long."),
    "MalformedXML": Words("MalformedXML", _PUBLISHED),
    "MetadataTooLarge": Words("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size."),
    "MissingRequestBodyError": Words("MissingRequestBodyError", "Request body is empty."),
    "NoSuchBucket": Words("NoSuchBucket", "The specified bucket does not exist."),
    "NoSuchUpload": Words(
        "NoSuchUpload",
        "The specified multipart upload does not exist. The upload ID might be invalid, or the multipart upload might "
        "have been aborted or completed.",
    ),
    "PreconditionFailed": Words("PreconditionFailed", "At least one of the preconditions you specified did not hold."),
    "RequestTimeTooSkewed": Words(
        "RequestTimeTooSkewed", "The difference between the request time and the server's time is too large."
    ),
    "RequestTimeout": Words(
        "RequestTimeout",
        "Your socket connection to the server was not read from or written to within the timeout period.",
    ),
    "ServiceUnavailable": Words("ServiceUnavailable", _SLOWER),
    "SlowDown": Words("SlowDown", _SLOWER),
}

# Documented ("Using storage classes", May 2024): each place has these four classes; Flex is for no new bucket.
_PLACES = """
    us us-east us-south eu eu-gb eu-de eu-es ap jp-tok jp-osa au-syd br-sao ca-tor
    ams03 che01 mil01 mon01 par01 sjc04 sng01
"""
_CLASSES = ("standard", "vault", "cold", "smart")
# The class of the one-rate plan, and where it is: the model of ibm_botocore (ibm-cos 9).
_ONE_RATE = """
    us-east us-south eu-gb eu-de jp-tok jp-osa au-syd br-sao ca-tor
    ams03 che01 mil01 mon01 par01 sjc04 sng01
"""
LOCATIONS = frozenset(
    [f"{place}-{kind}" for place in _PLACES.split() for kind in _CLASSES]
    + [f"{place}-onerate_active" for place in _ONE_RATE.split()]
)
DEFAULT_LOCATION = "us-standard"
