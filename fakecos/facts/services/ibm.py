"""IBM Cloud Object Storage: how a request for it is recognised, and what it says and does otherwise than AWS.

`documented` is IBM's public documentation, `sdk` the service model of ibm_botocore, `assumed` our own guess, `public`
are answers of the service that people printed into public notebooks and notes, 2019 to 2025.
"""

from __future__ import annotations

from fakecos.facts import limits
from fakecos.facts.hosts import UNKNOWN_FORM, WEBSITE, HostForm, Hosts, Kind
from fakecos.facts.ids import Ids
from fakecos.facts.services.dialect import HOUR, Dialect, Words

# Documented: IBM's "Endpoints and storage locations"; the two older domains: its notes on their end (ibm-cos 5.8).
HOSTS = Hosts(
    domains=(
        ".cloud-object-storage.appdomain.cloud",
        ".objectstorage.softlayer.net",
        ".objectstorage.service.networklayer.com",
    ),
    forms=(
        HostForm(
            # Before a geography there may be one of its cities (documented: IBM's page on tethered endpoints).
            r"(?:(?P<name>.+)\.)?(?P<label>s3(?:-api|-web)?)(?:\.(?:private|direct))?"
            r"(?:\.[a-z]{3}(?=\.(?:us|eu|ap)$))?\.(?P<region>[a-z0-9-]+)",
            (Kind("s3-web", WEBSITE), Kind("")),
        ),
        HostForm(r"(?P<label>.+)", (Kind("", UNKNOWN_FORM),)),
    ),
    # Documented: the public and the private endpoints of IAM, and the ones that they had before.
    token_hosts=r"((private|.*\.private)\.)?iam(\.test)?\.cloud\.ibm\.com|iam(\.[a-z-]+)?\.bluemix\.net",  # noqa: S106  hosts
    token_paths=frozenset({"/identity/token", "/oidc/token"}),
)
TOKEN_URL = "https://iam.cloud.ibm.com"  # noqa: S105  an address
LIMITS = limits.AWS._replace(max_part_size=5 * limits.GIB, max_object_size=10 * limits.TIB)  # documented: ibm-cos 1.1

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

# Documented on premises: the error table of IBM Cloud Object Storage System 3.20.1, for a key that is missing and for a
# connection that is not secure (ibm-cos 4.1); the other sentences about SSE-C: assumed to call it the same.
PHRASES = {"Server Side Encryption with Customer provided keys": "Server-Side Encryption with Customer-Provided Keys"}

# How a document begins. Recorded, of errors: aws-changes 28. Documented, of ListBuckets, its extended list and
# DeleteObjects; the documents that IBM's examples print without it have just the Content-Length that they have with it:
# of CopyObject, ListParts, GetBucketLocation, GetBucketCors and GetPublicAccessBlock (ibm-cos 11). Of others: assumed.
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

# Documented ("Using storage classes", May 2024): each place has these four classes; Flex is for no new bucket. The
# regions ca-mon, in-che and in-mum came later (documented: IBM's page on endpoints, February 2026; aws-changes 30), and
# that they have the same classes is assumed.
_PLACES = """
    us us-east us-south eu eu-gb eu-de eu-es ap jp-tok jp-osa au-syd br-sao ca-tor ca-mon in-che in-mum
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

IBM_COS = Dialect(
    name="ibm",
    table="ibm",
    hosts=HOSTS,
    endpoint="s3.{region}.cloud-object-storage.appdomain.cloud",
    packages=frozenset({"ibm_botocore"}),
    agent="ibm-cos-sdk",
    token_url=TOKEN_URL,
    limits=LIMITS,
    headers=HEADERS,
    read_headers=READ_HEADERS,
    request_ids=REQUEST_IDS,
    host_id=None,
    new_request_id=Ids.uuid,
    new_upload_id=Ids.uuid,
    new_version_id=Ids.time_version_id,
    milliseconds=True,
    declaration=DECLARATION,
    escapes_quotes=False,
    refuses=frozenset(),
    ignored=IGNORED,
    errors=ERRORS,
    phrases=PHRASES,
    error_tail=("Resource", "RequestId", "httpStatusCode"),
    error_fields=False,
    bucket_slash=True,
    upload_conditions=True,
    encryptions=frozenset({"AES256"}),
    archives={"GLACIER": {"Bulk": 12 * HOUR}, "ACCELERATED": {"Accelerated": 2 * HOUR}},
    tag_characters=TAG_CHARACTERS,
    tag_prefixes=("ibm:", "aws:"),
    reserved=("cosv1-", "account-"),
    locations=LOCATIONS,
    location=DEFAULT_LOCATION,
    rules=RULES,
    names_owners=True,
    recreates=False,
    aborts_again=False,
    chunks_errors=False,
    archive_rules=True,
    inventory_formats=("CSV",),
    bucket_crns=True,
    empty_token=True,
    empty_delimiter=True,
    blocks_sse_c=False,
    object_ownership=False,
    identity_policies=False,
    sends_bucket_arn=False,
)

# The source of each value above.
SOURCES: dict[str, str] = {
    "table": "sdk: ibm-cos 9",
    "hosts": "documented: IBM's page on endpoints; ibm-cos 5.8",
    "endpoint": "documented: ibm-cos 5.8",
    "packages": "sdk: ibm-cos 6.1",
    "agent": "sdk: wire 3; of other languages than Python: assumed",
    "token_url": "public",
    "limits": "documented: ibm-cos 1.1",
    "headers": "public; documented with a version: ibm-cos 1.4",
    "read_headers": "public; of refusals: assumed; IBM's examples of 2016 have them on every answer",
    "request_ids": "public, as in most of IBM's examples",
    "host_id": "public; documented: ibm-cos 1.4",
    "new_request_id": "documented: ibm-cos 1.4",
    "new_upload_id": "documented: ibm-cos 1.3",
    "new_version_id": "documented: aws-changes 32; that its end is the time in milliseconds: assumed",
    "milliseconds": "documented: ibm-cos 11; that HTTP's own dates go without: documented",
    "declaration": "recorded of errors: aws-changes 28; documented: ibm-cos 11",
    "escapes_quotes": "documented: the length of IBM's examples, ibm-cos 11",
    "refuses": "sdk: ibm-cos 9",
    "ignored": "sdk: ibm-cos 3.1",
    "errors": "documented: ibm-cos 8, IBM's table of errors",
    "phrases": "documented on premises: ibm-cos 4.1",
    "error_tail": "documented: IBM's example of BucketNotEmpty",
    "error_fields": "assumed: IBM's example has none (ibm-cos 10)",
    "bucket_slash": "public; documented: IBM's example of BucketNotEmpty",
    "upload_conditions": "documented, on premises: ibm-cos 1.5",
    "encryptions": "sdk: ibm-cos 4.6",
    "archives": "documented: IBM's page on archives",
    "tag_characters": (
        "documented: IBM's pages on tags and on operations of objects, each of which has symbols of its own"
    ),
    "tag_prefixes": "documented: IBM's page on tags; that `aws:` is refused there too: assumed",
    "reserved": "documented: IBM's page on buckets",
    "locations": "documented: IBM's page on storage classes; sdk: ibm-cos 9; of the newest regions: aws-changes 30",
    "location": "assumed",
    "rules": "documented: ibm-cos 5.7; IBM's pages on Immutable Object Storage and on archives",
    "names_owners": "public; of versions: assumed",
    "recreates": "documented: ibm-cos 8",
    "aborts_again": "assumed: nothing is known (aws-changes 7)",
    "chunks_errors": "assumed: nothing is known",
    "archive_rules": "documented: IBM's page on archives",
    "inventory_formats": "sdk: ibm-cos 9",
    "bucket_crns": "documented: IBM's page on operations of buckets, the list of inventories",
    "empty_token": "documented: the example of IBM's page on Python begins with one",
    "empty_delimiter": "public of ListObjects; documented of ListObjectsV2",
    "blocks_sse_c": "sdk: its model has no BlockedEncryptionTypes",
    "object_ownership": "sdk: ibm-cos 9; documented: IBM's page on public access; that nothing is blocked: assumed",
    "identity_policies": "documented: IBM's IAM has roles, and no policies in JSON",
    "sends_bucket_arn": "sdk: ibm-cos 9",
}
