"""The order of the checks that many operations share, and of the operations on objects and buckets."""

from __future__ import annotations

from fakecos.facts import errors
from fakecos.facts.check_order.order import Order, check

INTRODUCTION = """\
A request may break several rules at once, and gets one error. S3 documents the order nowhere, so each step here says
where it is from:

- **recorded**: an answer of AWS shows it; the number is that of the fact, see [Sources](../explanation/sources.md).
- **documented**: Amazon's documentation says so.
- **public**: suites that are run on AWS agree on it.
- **assumed**: nothing was found. The step stands where it seems most likely.

A refused request changes nothing, whatever it is refused for. The tests are in
`tests/contract/test_order_of_checks.py`, one for each pair that is proven, and in the files of the operations."""

EVERY_REQUEST = Order(
    (
        check(
            "the address: `InvalidURI`, an unknown access point",
            "assumed",
            errors.INVALID_URI,
            errors.NO_SUCH_ACCESS_POINT,
        ),
        check(
            (
                "a method that S3 does not have; two sub-resources at once; a part of a bucket; a version id of what "
                "has none, or an empty one; a value of `website`"
            ),
            "public: aws-measured 1 to 4, 8",
            errors.BAD_REQUEST,
            errors.CONFLICTING_QUERY,
            errors.PART_OF_BUCKET,
            errors.NO_VERSION_TAKEN,
            errors.EMPTY_VERSION_ID,
            errors.VALUE_OF_WEBSITE,
        ),
        check(
            (
                "a copy source of what is no copy: `InvalidArgument`; no operation has this method here, or this "
                "sub-resource has not: `MethodNotAllowed`; a header of the answer that cannot be chosen: "
                "`InvalidArgument`"
            ),
            "public; place assumed",
            errors.COPY_SOURCE_ELSEWHERE,
            errors.METHOD_NOT_ALLOWED,
            errors.NOT_OVERRIDABLE,
        ),
        check(
            (
                "the signature: SigV2 in a region that does not take it, `InvalidRequest`; its form, its time, headers "
                "that are not signed; then, if secrets are known, key and signature; in a presigned URL a length that "
                "is none, `MissingContentLength`"
            ),
            "recorded aws-presigned 6 to 16; SigV2: aws-changes 11; the order assumed",
            errors.SIGV4_ONLY,
        ),
        check(
            "a token of IBM's IAM that is not valid: `AccessDenied`",
            "public for one that expired; the rest assumed",
            errors.ACCESS_DENIED,
        ),
        check(
            (
                "what a path does not have, once the bucket is found: a sub-resource of a key, an upload or a restore "
                "of a bucket; a 405 comes after the signature too"
            ),
            "public: aws-measured 1, 5",
            errors.KEY_NEEDED,
            errors.NO_LOGGING_OF_KEY,
            errors.NO_SUCH_SUBRESOURCE,
            errors.UPLOADS_OF_KEY,
            errors.USER_KEY_NEEDED,
        ),
        check(
            "another region than the bucket's: `PermanentRedirect`, `AuthorizationHeaderMalformed`",
            "documented; recorded aws-presigned 31; place assumed",
            errors.PERMANENT_REDIRECT,
            errors.WRONG_REGION,
        ),
        check(
            "an operation that fakecos does not have, or of a later day (`as_of`): `NotImplemented` 501",
            "fakecos",
            errors.OPERATION_NOT_IMPLEMENTED,
            errors.OPERATION_OF_LATER,
        ),
        check(
            "no such bucket, of a request with a document; a hash that announces a trailer, of one without a body",
            "public: aws-measured 20, 21",
            errors.NO_SUCH_BUCKET,
            errors.STREAMED_DOCUMENT,
        ),
        check(
            (
                "of a copy: a body, `InvalidRequest`; of an operation with a document: what its own table has "
                "before the document, and the document"
            ),
            "public; the place of a copy's assumed",
            errors.BODY_OF_A_COPY,
        ),
        check(
            (
                "what the caller may not do: `AccessDenied`, if there is such a bucket; of an upload, after "
                "`NoSuchUpload` and a part number that is none"
            ),
            "place assumed; of an upload: public",
        ),
        check(
            "no such bucket: `NoSuchBucket`; another owner than expected",
            "public; recorded aws-bucket-configuration 19, 20",
            errors.NO_SUCH_BUCKET,
        ),
    ),
    after="""\
Where an operation has steps before the bucket, its own table says so. The body of an object or a part is read after
all of these. A browser's form is judged in
[an order of its own](../explanation/decisions/post-object.md#a-form-is-judged-before-its-bucket).""",
)

GET_OBJECT = Order(
    (
        check(
            (
                "`NoSuchBucket`, then form of the version id, Range together with partNumber, form of partNumber, "
                "`NoSuchKey`"
            ),
            "public: aws-measured 15",
            errors.NO_SUCH_BUCKET,
            errors.INVALID_VERSION_ID,
            errors.RANGE_WITH_PART_NUMBER,
            errors.INVALID_PART_NUMBER,
            errors.NO_SUCH_KEY,
        ),
        check(
            "GetObject of an archived object: `InvalidObjectState`",
            "recorded aws-objects 57; place assumed",
            errors.INVALID_OBJECT_STATE,
        ),
        check(
            "SSE-C: form, then whether it opens the object",
            "recorded aws-multipart 49; place assumed",
            errors.SSE_C_KEY_MD5_MISMATCH,
            errors.SSE_C_NOT_APPLICABLE,
            errors.SSE_C_NEEDED,
            errors.SSE_C_WRONG_KEY,
        ),
        check(
            "If-Match or If-Unmodified-Since: 412; then If-None-Match or If-Modified-Since: 304",
            "recorded aws-objects 21, 31",
            errors.PRECONDITION_FAILED,
            errors.NOT_MODIFIED,
        ),
        check(
            "`InvalidPartNumber`, or `InvalidRange`",
            "recorded aws-multipart 18; public",
            errors.PART_NOT_SATISFIABLE,
            errors.INVALID_RANGE,
        ),
        check(
            "a checksum mode that is none; of GetObject, also in the place of `NoSuchKey`",
            "public: aws-measured 16",
            errors.CHECKSUM_MODE,
        ),
    ),
)

SSE_C_HEADERS = Order(
    (
        check("not over https: `InvalidArgument`", "documented; before the rest public", errors.SSE_C_INSECURE),
        check(
            "of what is stored: the bucket blocks SSE-C: `AccessDenied`",
            "aws-changes 1: before the key; the place: assumed",
            errors.SSE_C_BLOCKED,
        ),
        check("together with SSE-S3 or SSE-KMS", "recorded aws-multipart 48; place assumed", errors.SSE_C_WITH_SSE),
        check("no algorithm", "recorded aws-multipart 48; place public", errors.SSE_C_NO_ALGORITHM),
        check("no key", "recorded aws-multipart 48; place public", errors.SSE_C_NO_KEY),
        check(
            "the key's MD5 is another one's, or the key is not base64",
            "recorded aws-multipart 48; before 7 and 8 public",
            errors.SSE_C_KEY_MD5_MISMATCH,
        ),
        check(
            "algorithm other than AES256: `InvalidEncryptionAlgorithmError`",
            "recorded aws-multipart 48; before 8 assumed",
            errors.SSE_C_ALGORITHM,
        ),
        check(
            "the key is not of 32 bytes; to a read, a key that is too long is the wrong key",
            "recorded aws-multipart 48, 49",
            errors.SSE_C_INVALID_KEY,
        ),
        check(
            "no MD5 of the key",
            "recorded aws-multipart 48 and 49 read literally, public for UploadPart; place assumed",
            errors.SSE_C_NO_KEY_MD5,
        ),
    ),
    before="""\
The same order in every operation.""",
)

OTHERS_SAY = """\
Nothing was found about their order beyond what is said here; the rest is assumed."""
OTHERS: dict[str, str] = {
    "CopyObject": (
        "key length, `NoSuchBucket`, form of If-Match and If-None-Match, checksum algorithm, directives (annotations "
        "last), "
        "attributes and encryption, ACL, the source (form, bucket, owner, access, form of the version id, version"
        " or marker, key, SSE-C, archived), its size, x-amz-copy-source-if-, If-Match and If-None-Match (recorded"
        " aws-objects 29: before the next), a copy onto itself that changes nothing"
    ),
    "GetObjectAttributes": (
        "names of the attributes, `NoSuchBucket`, version id, `NoSuchKey`, SSE-C, paging of the parts"
    ),
    "SelectObjectContent": (
        "access, a Range header, members that are missing, the expression's type and length, how records are read and "
        "written, `NoSuchBucket`, `NoSuchKey`, SSE-C, the storage class, the scan range, the SQL, and last the records"
    ),
    "DeleteObject": (
        "`NoSuchBucket`, governance bypass, conditions that are not implemented, version id, If-Match, where "
        "nothing is `NoSuchKey`"
    ),
    "DeleteObjects": (
        "digests of the document, `MalformedXML`, `NoSuchBucket`, governance bypass, number of keys, key length; "
        "what remains is reported per key inside the answer"
    ),
    "ListObjects, ListObjectsV2": ("`NoSuchBucket`, encoding-type, continuation-token, max-keys"),
    "CreateBucket": (
        "digests and form of the document, name, ACL, Object Lock, ownership, ACL against ownership, location, a "
        "bucket of that name"
    ),
    "DeleteBucket": ("`NoSuchBucket`, `BucketNotEmpty`"),
    "PutObjectAnnotation": (
        "`NoSuchBucket`, the name (length, characters, none at all), the object (form of the version id, `NoSuchKey`,"
        " version or marker), SSE-C, x-amz-object-if-match, Object Lock, the number of annotations, digests and their"
        " form, declared length, the body (length, digests, UTF-8)"
    ),
    "GetObjectAnnotation": (
        "`NoSuchBucket`, an empty name (public: before the next), the object, `NoSuchAnnotation` (public: after it)"
    ),
    "ListObjectAnnotations": (
        "max-annotation-results (public: before the bucket), `NoSuchBucket`, the object, the prefix,"
        " continuation-token (public: after the object)"
    ),
    "DeleteObjectAnnotation": ("`NoSuchBucket`, an empty name, the object, x-amz-object-if-match, Object Lock"),
    "UpdateObjectEncryption": (
        "digests and form of the document, the signature's version, `NoSuchBucket`, the type, the key's ARN, the bucket"
        " key, the key's account, the object, its type, Object Lock"
    ),
}
