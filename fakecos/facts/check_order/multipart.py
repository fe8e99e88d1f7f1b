"""The order of checks of the operations of multipart uploads."""

from __future__ import annotations

from fakecos.facts import errors
from fakecos.facts.check_order.order import Order, check

CREATE_MULTIPART_UPLOAD = Order(
    (
        check("key of more than 1,024 bytes: `KeyTooLongError`", "assumed", errors.KEY_TOO_LONG),
        check(
            "checksum type without an algorithm, unknown algorithm, unknown type, forbidden pair",
            "assumed",
            errors.CHECKSUM_TYPE_WITHOUT_ALGORITHM,
            errors.UNSUPPORTED_CHECKSUM,
            errors.INVALID_CHECKSUM_TYPE,
            errors.CHECKSUM_TYPE_FORBIDDEN,
        ),
        check("`MetadataTooLarge`: system headers, then user metadata", "assumed", errors.METADATA_TOO_LARGE),
        check(
            "the form of SSE-C, in [its own order](#the-headers-of-sse-c); then SSE-KMS and SSE-S3",
            "assumed",
            errors.SSE_C_NO_KEY,
            errors.SSE_C_KEY_MD5_MISMATCH,
            errors.SSE_UNKNOWN,
        ),
        check(
            "`InvalidStorageClass`, then tags, then the form of a lock",
            "assumed",
            errors.INVALID_STORAGE_CLASS,
            errors.INVALID_TAG_KEY,
            errors.UNKNOWN_LEGAL_HOLD,
        ),
        check("`NoSuchBucket`", "assumed", errors.NO_SUCH_BUCKET),
        check(
            "an unknown ACL, then `AccessControlListNotSupported`",
            "assumed",
            errors.INVALID_CANNED_ACL,
            errors.ACL_NOT_SUPPORTED,
        ),
        check("Object Lock in a bucket without it: `InvalidRequest`", "assumed", errors.LOCK_WITHOUT_CONFIGURATION),
    ),
)

UPLOAD_PART = Order(
    (
        check(
            ("part number without upload id: `InvalidArgument`; upload id without part number: `MethodNotAllowed`"),
            "public; before the bucket: assumed",
            errors.MISSING_UPLOAD_ID,
            errors.METHOD_NOT_ALLOWED,
        ),
        check("`NoSuchBucket`", "public", errors.NO_SUCH_BUCKET),
        check(
            "`NoSuchUpload`: unknown, ended, or of another key",
            "public: before everything below; recorded aws-multipart 4 to 6",
            errors.NO_SUCH_UPLOAD,
        ),
        check(
            "part number not 1 to 10,000: `InvalidArgument`",
            "public: before digests; before the rest assumed",
            errors.INVALID_PART_NUMBER,
        ),
        check(
            "form of Content-MD5: `InvalidDigest`",
            "public: before SSE-C, and before step 6 assumed",
            errors.INVALID_DIGEST,
        ),
        check(
            "form of x-amz-content-sha256; aws-chunked with UNSIGNED-PAYLOAD: `InvalidArgument`",
            "public; place of the second assumed",
            errors.CONTENT_SHA256_INVALID,
            errors.CHUNKED_AND_UNSIGNED,
        ),
        check(
            "no length: `MissingContentLength`; HTTP chunks around a body of unknown length: `NotImplemented`",
            "public",
            errors.MISSING_CONTENT_LENGTH,
            errors.HEADER_NOT_IMPLEMENTED,
        ),
        check(
            "unknown x-amz-checksum- header, unknown trailer, several checksums, a trailer without framing",
            "public",
            errors.UNKNOWN_CHECKSUM_HEADER,
            errors.TRAILER_NOT_SUPPORTED,
            errors.SEVERAL_CHECKSUMS,
            errors.CHECKSUM_AND_TRAILER,
            errors.MALFORMED_TRAILER,
        ),
        check(
            "form of the checksum's value; x-amz-sdk-checksum-algorithm without a value, or another one's",
            "public",
            errors.INVALID_CHECKSUM_VALUE,
            errors.SDK_CHECKSUM_WITHOUT_VALUE,
            errors.SDK_CHECKSUM_DIFFERS,
        ),
        check(
            "SSE headers that belong to Create; the form of SSE-C",
            "public: after Content-MD5; after the checksums assumed",
            errors.SSE_NOT_HERE,
            errors.SSE_C_NO_KEY,
            errors.SSE_C_KEY_MD5_MISMATCH,
        ),
        check(
            "SSE-C against the upload: missing, not asked for, another key",
            "recorded aws-multipart 47; place public",
            errors.UPLOAD_ENCRYPTION_DIFFERS,
            errors.UPLOAD_KEY_DIFFERS,
        ),
        check(
            "another algorithm than the upload's, or none on a COMPOSITE one",
            "recorded aws-multipart 31; place assumed",
            errors.CHECKSUM_MISMATCH,
        ),
        check(
            "declared size above 5 GiB: `EntityTooLarge`", "assumed: before the body is read", errors.ENTITY_TOO_LARGE
        ),
        check("the body: `IncompleteBody`, chunks, trailers", "public", errors.INCOMPLETE_BODY),
        check("`XAmzContentSHA256Mismatch`", "public", errors.CONTENT_SHA256_MISMATCH),
        check("Content-MD5: `BadDigest`", "public: after 15, before 17", errors.BAD_CONTENT_MD5),
        check(
            "checksum: form of a trailer's value, then `BadDigest`",
            "public",
            errors.INVALID_TRAILER_VALUE,
            errors.BAD_CHECKSUM,
        ),
        check("the upload ended while the part was on its way: `NoSuchUpload`", "public"),
    ),
    after="""\
PutObject has the same order from step 5 on. Its conditional headers, attributes and encryption come after step 9
(assumed), If-Match and If-None-Match themselves last (assumed).""",
)

UPLOAD_PART_COPY = Order(
    (
        *UPLOAD_PART.checks[:4],
        check("form of x-amz-copy-source-range", "recorded aws-multipart 23; place public", errors.COPY_RANGE_FORM),
        check(
            (
                "form of x-amz-copy-source, then its bucket and owner, whether the caller may read it, form of "
                "the version id, version or marker, key"
            ),
            "public; place assumed",
            errors.COPY_SOURCE_FORM,
            errors.NO_SUCH_KEY,
        ),
        check(
            "the SSE-C headers of the source: their form, then whether they open it; then an archived source",
            "public: before the upload's",
            errors.SSE_C_NEEDED,
            errors.COPY_SOURCE_ARCHIVED,
        ),
        check(
            "SSE headers that belong to Create, form of SSE-C, and SSE-C against the upload",
            "public",
            errors.SSE_NOT_HERE,
            errors.SSE_C_KEY_MD5_MISMATCH,
            errors.UPLOAD_ENCRYPTION_DIFFERS,
        ),
        check(
            "x-amz-copy-source-if-: `PreconditionFailed`",
            "recorded aws-multipart 25, 26; public: before the range",
            errors.PRECONDITION_FAILED,
        ),
        check(
            "the source is too large; the range starts or ends after it",
            "recorded aws-multipart 24; place public",
            errors.COPY_SOURCE_TOO_LARGE,
            errors.COPY_RANGE_OUTSIDE,
            errors.COPY_RANGE_BEYOND,
        ),
        check("the upload ended meanwhile: `NoSuchUpload`", "public"),
    ),
    like=("UploadPart", 4),
    after="""\
Of several conditions: If-Match alone decides over If-Unmodified-Since (recorded aws-multipart 68), a failed
If-Unmodified-Since is reported before If-None-Match (26), and If-None-Match decides over If-Modified-Since
(documented).""",
)

COMPLETE_MULTIPART_UPLOAD = Order(
    (
        check(
            "form of the conditions: both of them, If-None-Match other than `*`, If-Match `*` or empty",
            "public: first of all",
            errors.HEADER_NOT_IMPLEMENTED,
            errors.EMPTY_IF_MATCH,
        ),
        check("`NoSuchBucket`", "assumed", errors.NO_SUCH_BUCKET),
        check("`NoSuchUpload`: an id that was never given out for this key", "public", errors.NO_SUCH_UPLOAD),
        check(
            "SSE headers that belong to Create; x-amz-mp-object-size; x-amz-checksum-*; x-amz-checksum-type",
            "public: before the document; between them assumed",
            errors.SSE_NOT_HERE,
            errors.INVALID_OBJECT_SIZE,
            errors.NEGATIVE_OBJECT_SIZE,
            errors.SEVERAL_CHECKSUMS,
            errors.INVALID_CHECKSUM_VALUE,
            errors.INVALID_CHECKSUM_TYPE,
        ),
        check(
            "the document's own digests: x-amz-content-sha256, Content-MD5",
            "public",
            errors.CONTENT_SHA256_MISMATCH,
            errors.BAD_CONTENT_MD5,
        ),
        check(
            "no document: `InvalidRequest`; an empty, malformed or unknown one: `MalformedXML`",
            "recorded aws-multipart 7; place public",
            errors.NO_PARTS,
            errors.MALFORMED_XML,
        ),
        check("an upload that has ended: the first answer again, or `NoSuchUpload`", "documented, public"),
        check(
            "more than 10,000 parts, then part numbers below 1",
            "public",
            errors.TOO_MANY_PARTS,
            errors.PART_NUMBER_TOO_SMALL,
        ),
        check(
            "SSE-C: form, then against the upload",
            "public: after 8; before the rest assumed",
            errors.SSE_C_KEY_MD5_MISMATCH,
            errors.SSE_C_NEEDED_TO_COMPLETE,
        ),
        check("`InvalidPartOrder`", "recorded aws-multipart 10; public: before 12 and 16", errors.INVALID_PART_ORDER),
        check(
            "gaps in a COMPOSITE list; another checksum type than that of Create",
            "recorded aws-multipart 34, 39; place assumed",
            errors.PARTS_NOT_CONSECUTIVE,
            errors.CHECKSUM_MODE_MISMATCH,
        ),
        check(
            "`InvalidPart`: number or ETag, for all parts",
            "recorded aws-multipart 9; public: before 14 to 18",
            errors.INVALID_PART,
        ),
        check(
            "a part checksum that is malformed, of another algorithm, or another value",
            "recorded aws-multipart 33, 38; place assumed",
            errors.INVALID_PART_LIST_CHECKSUM,
            errors.BAD_PART_CHECKSUM,
        ),
        check(
            "a part checksum that is missing",
            "recorded aws-multipart 37; public: before 15, 16 and 18",
            errors.PART_CHECKSUM_MISSING,
        ),
        check(
            "`EntityTooSmall`, then `EntityTooLarge` for the object",
            "recorded aws-multipart 8; public: before 17 and 18; before 16 assumed",
            errors.ENTITY_TOO_SMALL,
            errors.ENTITY_TOO_LARGE,
        ),
        check(
            "the object's checksum: `BadDigest`", "recorded aws-multipart 40; public: before 17", errors.BAD_CHECKSUM
        ),
        check(
            "x-amz-mp-object-size: another size",
            "recorded aws-multipart 13; public: before 18",
            errors.OBJECT_SIZE_MISMATCH,
        ),
        check(
            "If-Match and If-None-Match: 404, 412, then 409",
            "recorded aws-multipart 51 to 53, 69 to 71; public: last",
            errors.NO_SUCH_KEY,
            errors.PRECONDITION_FAILED,
            errors.CONDITIONAL_CONFLICT,
        ),
    ),
    after="""\
Two answers differ from what public suites report of AWS, on purpose:

- A COMPOSITE list with gaps is `InvalidRequest` 400 here. AWS is reported to answer 500 `InternalError`, which a client
  would send again.
- A part that was never uploaded together with a wrong checksum of the object is `InvalidPart` here. AWS is reported to
  answer `BadDigest` to this one pair.""",
)

ABORT_MULTIPART_UPLOAD = Order(
    (
        check("`NoSuchBucket`", "public", errors.NO_SUCH_BUCKET),
        check("`NoSuchUpload`: unknown id, or of another key", "recorded aws-multipart 4, 6", errors.NO_SUCH_UPLOAD),
        check("`NoSuchUpload`: aborted or completed more than a day ago", "public: aws-changes 7"),
    ),
    after="""\
For a day after it ended, an upload may be aborted again: 204, and nothing happens. On IBM COS, of which nothing is
known here, it is `NoSuchUpload` at once.""",
)

LIST_PARTS = Order(
    (
        check(
            "max-parts, then part-number-marker that is no integer: `InvalidArgument`",
            "public: aws-measured 10",
            errors.NOT_AN_INTEGER,
        ),
        check("`NoSuchBucket`", "public: aws-measured 10", errors.NO_SUCH_BUCKET),
        check("a negative one of these: `InvalidArgument`", "public: before the upload"),
        check("`NoSuchUpload`", "recorded aws-multipart 5; place public", errors.NO_SUCH_UPLOAD),
        check(
            "SSE-C: form, then another key than the upload's; no key at all is fine",
            "assumed; documented",
            errors.SSE_C_KEY_MD5_MISMATCH,
        ),
    ),
)

LIST_MULTIPART_UPLOADS = Order(
    (
        check("max-uploads that is no integer: `InvalidArgument`", "public: aws-measured 13", errors.NOT_AN_INTEGER),
        check("`NoSuchBucket`", "public: aws-measured 13", errors.NO_SUCH_BUCKET),
        check(
            "encoding-type, then a negative max-uploads: `InvalidArgument`",
            "recorded aws-multipart 59; public: aws-measured 13",
            errors.INVALID_ENCODING,
        ),
        check(
            "upload-id-marker that is not of the key-marker: `InvalidArgument`",
            "recorded aws-multipart 58; place public",
        ),
    ),
)
