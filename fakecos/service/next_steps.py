"""What the author of a test may do about a refusal: one step for each, a table by the rows and codes of S3's errors.

A step is for whoever reads a failure. S3's words say what is wrong; this says what to change, in the test or in the
code. It may name fields of the refusal, and {bucket}, {key} and {operation}. What has to be looked up in the store
stands in `why_refused`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos import urls
from fakecos.facts import errors

if TYPE_CHECKING:
    from fakecos.facts.errors import ErrorSpec

_LINES = "\n     "
_ALLOW_ACLS = (
    "the bucket {bucket} has no ACLs (Object Ownership BucketOwnerEnforced), as every new one since April 2023. Leave "
    "the ACL away and write a bucket policy; or let ACLs count first, and for a public one let go of the block:"
    f'{_LINES}client.put_bucket_ownership_controls(Bucket="{{bucket}}", '
    'OwnershipControls={{"Rules": [{{"ObjectOwnership": "BucketOwnerPreferred"}}]}})'
    f'{_LINES}client.delete_public_access_block(Bucket="{{bucket}}")'
)
_NEW_BUCKET_ACL = (
    "a new bucket has no ACLs and blocks public access, since April 2023. Leave the ACL away; or create it in these "
    "steps:"
    f'{_LINES}client.create_bucket(Bucket="{{bucket}}", ObjectOwnership="BucketOwnerPreferred")'
    f'{_LINES}client.delete_public_access_block(Bucket="{{bucket}}")'
    f'{_LINES}client.put_bucket_acl(Bucket="{{bucket}}", ACL=...)'
)
_HTTPS = (
    "the request came over plain http. Let the client use https (no endpoint_url, or one that begins with https://), "
    "or take it on http all the same: FakeCOS(strict_tls=False)."
)
_SSE_C = (
    "give SSECustomerAlgorithm, SSECustomerKey and SSECustomerKeyMD5 as the {what} was given them: the same three, "
    "with each request for it."
)
_WITH_LOCK = (
    'create the bucket with Object Lock: client.create_bucket(Bucket="{bucket}", ObjectLockEnabledForBucket=True).'
)
_DIGEST = 'let the client send a checksum, as with ChecksumAlgorithm="CRC32", or give ContentMD5.'
_JSON = "write the policy as JSON, with double quotes: Policy=json.dumps({{...}})."
_NOT_HERE = f"which operations there are: {urls.page('reference/operations')}"

BY_ROW: dict[ErrorSpec, str] = {
    errors.ACL_NOT_SUPPORTED: _ALLOW_ACLS,
    errors.ACL_WITH_OWNER_ENFORCED: _NEW_BUCKET_ACL,
    errors.ACL_WITH_BLOCKED_ACCESS: _NEW_BUCKET_ACL,
    errors.SSE_C_INSECURE: _HTTPS,
    errors.SSE_KMS_INSECURE: _HTTPS,
    errors.SSE_C_NEEDED: _SSE_C.replace("{what}", "object"),
    errors.SSE_C_WRONG_KEY: _SSE_C.replace("{what}", "object"),
    errors.UPLOAD_ENCRYPTION_DIFFERS: _SSE_C.replace("{what}", "upload"),
    errors.UPLOAD_KEY_DIFFERS: _SSE_C.replace("{what}", "upload"),
    errors.SSE_C_NEEDED_TO_COMPLETE: _SSE_C.replace("{what}", "upload"),
    errors.SSE_C_NOT_APPLICABLE: "the object is stored without a key of the customer: leave SSECustomer... away.",
    errors.SSE_KMS_NEEDS_V4: 'sign with Signature Version 4: Config(signature_version="s3v4").',
    errors.NO_PARTS: 'give Complete MultipartUpload={{"Parts": [...]}}, with the PartNumber and ETag of each part.',
    errors.PARTS_NOT_CONSECUTIVE: "number the parts 1, 2, 3, ... without a gap, or create the upload without a "
    "checksum algorithm of parts (ChecksumType FULL_OBJECT).",
    errors.CHECKSUM_MODE_MISMATCH: "give Complete the ChecksumType that create_multipart_upload was given, or none.",
    errors.PART_CHECKSUM_MISSING: "give Complete, for each part, PartNumber, ETag and the checksum that upload_part "
    "answered.",
    errors.BAD_PART_CHECKSUM: "give Complete the checksum that upload_part answered for this part, of the algorithm of "
    "the upload.",
    errors.OBJECT_SIZE_MISMATCH: "MpuObjectSize is the sum of the sizes of the parts that Complete names.",
    errors.COPY_ONTO_ITSELF: 'change something with the copy, as with MetadataDirective="REPLACE", or copy to another '
    "key.",
    errors.COPY_SOURCE_FORM: 'write CopySource={{"Bucket": ..., "Key": ...}}, or the text "bucket/key", encoded as in '
    "a URL.",
    errors.PART_NOT_SATISFIABLE: "read without PartNumber, or with one up to ActualPartCount.",
    errors.NOT_YET_VALID: "X-Amz-Date is later than the clock of the test: sign and send at the same (frozen) time.",
    errors.REQUEST_EXPIRED: "the URL was valid until {Expires}: presign it with a larger ExpiresIn, or "
    "let less time pass before it is used.",
    errors.HEADERS_NOT_SIGNED: "send only headers that were signed: presign the URL with the parameters that belong to "
    "{HeadersNotSigned}.",
    errors.SIGV4_ONLY: 'sign with Signature Version 4: Config(signature_version="s3v4").',
    errors.DATE_REQUIRED: "send the header x-amz-date (or Date), as every client of S3 does.",
    errors.ENTITY_TOO_LARGE: "send at most {MaxSizeAllowed} bytes at once, larger objects in parts; or set another "
    "limit: FakeCOS(limits=Limits(...)).",
    errors.MFA_NEEDED: "the bucket has MFA Delete, and only a request with an MFA may do this.",
    errors.OPERATION_NOT_IMPLEMENTED: _NOT_HERE,
    errors.BUCKET_HAS_VERSIONS: "deleting all objects is not enough in a bucket with versioning: delete every version "
    "and delete marker that client.list_object_versions lists, by VersionId.",
    errors.NO_OBJECT_LOCK: _WITH_LOCK,
    errors.LOCK_WITHOUT_CONFIGURATION: _WITH_LOCK,
    errors.INVALID_CHECKSUM_VALUE: "a checksum is the base64 of its bytes, as in base64.b64encode(hashlib.sha256(body)"
    '.digest()).decode(). Or let the client compute it: ChecksumAlgorithm="SHA256".',
    errors.CHECKSUM_TYPE_FORBIDDEN: "SHA1 and SHA256 are COMPOSITE only, CRC64NVME is FULL_OBJECT only; CRC32 and "
    "CRC32C may be either. Leave ChecksumType away, or take another ChecksumAlgorithm.",
    errors.INVALID_CHECKSUM_TYPE: 'ChecksumType is "COMPOSITE" or "FULL_OBJECT".',
    errors.CHECKSUM_REQUIRED: _DIGEST,
    errors.LOCK_NEEDS_DIGEST: _DIGEST,
    errors.LOCKED_PART_NEEDS_DIGEST: _DIGEST,
    errors.MALFORMED_ACL: "an AccessControlPolicy has the Owner and Grants that client.get_object_acl answers.",
    errors.INVALID_DESTINATION: 'name the bucket by its ARN, as in "arn:aws:s3:::photos".',
    errors.COPY_VERSION_FORM: "correct the VersionId in CopySource.",
    errors.CHECKSUM_MISMATCH: "give each upload_part the ChecksumAlgorithm that create_multipart_upload was given.",
    errors.CORS_METHOD: "AllowedMethods may be GET, PUT, POST, DELETE and HEAD.",
    errors.POLICY_NOT_JSON: _JSON,
    errors.POLICY_INVALID_JSON: _JSON,
    errors.LOCK_NEEDS_VERSIONING: "enable versioning first: client.put_bucket_versioning(...).",
    errors.VERSIONING_OF_LOCK: "a bucket with Object Lock keeps its versioning for ever: use another bucket.",
    errors.NOT_ARCHIVED: "only an archived object can be restored: put it with StorageClass GLACIER or DEEP_ARCHIVE.",
    errors.INVALID_OBJECT_STATE: "the object is archived: client.restore_object(...) first, and let time pass: "
    "cos.advance(hours=12).",
    errors.COPY_SOURCE_ARCHIVED: "the source is archived: client.restore_object(...) first, and let time pass: "
    "cos.advance(hours=12).",
    errors.NO_REQUEST_BODY: "send the document that the operation needs.",
    errors.BUCKET_NOT_EMPTY: "delete all objects of the bucket first.",
}
"""By row, where S3 has several sentences for one code."""

BY_CODE: dict[str, str] = {
    "AccessDenied": "use a caller who may do it, or allow it: a bucket policy, an ACL, or the bucket's own account.",
    "AuthorizationHeaderMalformed": "make the client with the region of the bucket: region_name=...",
    "AuthorizationQueryParametersError": "presign the URL with a client of the bucket's region, and change nothing in "
    "its query.",
    "BadDigest": "the bytes that came are not those that the checksum was computed of: send the body unchanged, and "
    "compute the checksum of what is sent.",
    "BucketAlreadyExists": "bucket names are shared by all accounts, and another account has this one: take another.",
    "BucketAlreadyOwnedByYou": 'the bucket is there already, as by cos.create_bucket("{bucket}") in a fixture: create '
    "it once, or let the code take this error for success.",
    "ConditionalRequestConflict": "another write of the key came between: read it again and try once more.",
    "ExpiredToken": "take a new token, or let less time pass.",
    "IllegalVersioningConfigurationException": 'write VersioningConfiguration={{"Status": "Enabled"}} or "Suspended".',
    "IncompleteBody": "Content-Length must be the number of bytes that are sent: look for a body that was cut off, or "
    "read before.",
    "InvalidArgument": "correct the argument in the call of {operation}.",
    "InvalidBucketState": "change the state that S3 names, or use another bucket.",
    "InvalidDigest": "Content-MD5 is the base64 of the 16 bytes of the MD5.",
    "InvalidLocationConstraint": "name a region of S3; for us-east-1 leave CreateBucketConfiguration away.",
    "InvalidRange": "the size of the object is {ActualObjectSize}: begin the range below that.",
    "InvalidStorageClass": "name a storage class of S3, such as STANDARD, STANDARD_IA or GLACIER.",
    "InvalidTag": "correct the tag: a key has 1 to 128 characters, a value up to 256, and no key comes twice.",
    "InvalidToken": "sign with the keys of FakeCOS(credentials=...) and without a session token.",
    "InvalidURI": "encode the path of the URL: what is not ASCII as UTF-8 in percent signs.",
    "KeyTooLongError": "a key has at most {MaxSizeAllowed} bytes of UTF-8.",
    "MalformedPolicy": "correct the policy's document as S3 says.",
    "MalformedXML": "the document of {operation} lacks something or has a value that S3 does not know: compare it with "
    "the operation's page in the reference of S3.",
    "MetadataTooLarge": "the names and values of Metadata have at most {MaxSizeAllowed} bytes together.",
    "MethodNotAllowed": "ask in another way: S3 does not take this method for this resource.",
    "MissingContentLength": "send the length of the body, or the body in aws-chunked encoding.",
    "NoSuchAccessPoint": "make it first: cos.create_access_point(name, bucket).",
    "NoSuchBucketPolicy": "put one first: client.put_bucket_policy(...), or let the code take this error for none.",
    "NoSuchCORSConfiguration": "put one first: client.put_bucket_cors(...), or let the code take this error for none.",
    "NoSuchConfiguration": "put a configuration of this id first, or correct the id.",
    "NoSuchLifecycleConfiguration": "put one first: client.put_bucket_lifecycle_configuration(...), or let the code "
    "take this error for none.",
    "NoSuchObjectLockConfiguration": "put it first: client.put_object_retention(...) or put_object_legal_hold(...).",
    "NoSuchPublicAccessBlockConfiguration": "put one first: client.put_public_access_block(...), or let the code take "
    "this error for none.",
    "NoSuchTagSet": "put tags first: client.put_bucket_tagging(...), or let the code take this error for none.",
    "NoSuchWebsiteConfiguration": "put one first: client.put_bucket_website(...), or let the code take this error for "
    "none.",
    "NotImplemented": "leave away what S3 names: it does not take that for {operation}.",
    "ObjectLockConfigurationNotFoundError": "create the bucket with ObjectLockEnabledForBucket=True, or let the code "
    "take this error for none.",
    "OperationAborted": "try again: another request for the same was under way.",
    "OwnershipControlsNotFoundError": "put them first: client.put_bucket_ownership_controls(...), or let the code take "
    "this error for none.",
    "PermanentRedirect": "the bucket is in another region: make the client with that region (region_name=...).",
    "TemporaryRedirect": "the bucket is in another region: make the client with that region (region_name=...).",
    "ReplicationConfigurationNotFoundError": "put one first: client.put_bucket_replication(...), or let the code take "
    "this error for none.",
    "RequestTimeTooSkewed": "the clock of the client and that of the fake are more than 15 minutes apart: freeze the "
    "time for both, or for neither.",
    "RestoreAlreadyInProgress": "let time pass until the first restore has ended: cos.advance(hours=12).",
    "SignatureDoesNotMatch": "sign with the secret that FakeCOS(credentials=...) has for this access key, as cos.client"
    "() does, and change nothing of the request after it was signed.",
    "UnavailableForLegalReasons": "the object is kept by immutable storage: let its retention end (cos.advance), or "
    "delete the legal hold.",
    "XAmzContentSHA256Mismatch": "the body was changed after it was signed, or the wrong bytes were hashed.",
}
"""By code, for the rows that have no step of their own."""


def step_for(spec: ErrorSpec, words: dict[str, str]) -> str:
    """Return the step for a row, in which `words` fill the names; of a dated fact its day and the way back.

    "": S3's own message says what to change, and there is nothing to add.
    """
    text = (BY_ROW.get(spec) or BY_CODE.get(spec.code) or "").format_map(_Words(words))
    if spec.fact is None:
        return text
    step = f": {text}" if text else "."
    return f'S3 refuses this since {spec.fact.day}{step} The S3 of before: FakeCOS(as_of="{spec.fact.last_day}").'


class _Words(dict[str, str]):
    """What a step may name; what the refusal does not have is shown as an ellipsis."""

    def __missing__(self, name: str) -> str:
        return "..."
