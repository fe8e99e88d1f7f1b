"""Refusals of digests: Content-MD5, the x-amz-checksum- headers and trailers, and the types of checksums."""

from __future__ import annotations

from fakecos.facts.errors.s3_error import MULTIPART, request, row

INVALID_DIGEST = row(
    "InvalidDigest",
    400,
    "The Content-MD5 you specified was invalid.",
    ("Content-MD5",),
    MULTIPART + "44; of documents: assumed",
)
BAD_CONTENT_MD5 = row(
    "BadDigest",
    400,
    "The Content-MD5 you specified did not match what we received.",
    ("CalculatedDigest", "ExpectedDigest"),  # their order: aws-measured 22
    MULTIPART + "44; of documents: assumed",
)
BAD_CHECKSUM = row(
    "BadDigest", 400, "The {algorithm} you specified did not match the calculated checksum.", (), MULTIPART + "42"
)
BAD_PART_CHECKSUM = row(
    "BadDigest",
    400,
    "The {algorithm} you specified for part {number} did not match what we received.",
    (),
    MULTIPART + "38",
)
INVALID_CHECKSUM_VALUE = request("Value for {header} header is invalid.", MULTIPART + "42")
SEVERAL_CHECKSUMS = request(
    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    MULTIPART + "43, of PutObject; of others: assumed",
)
UNSUPPORTED_CHECKSUM = request(
    "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
    "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]",
    MULTIPART + "30",
)
CHECKSUM_TYPE_WITHOUT_ALGORITHM = request(
    "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.", MULTIPART + "30"
)
CHECKSUM_TYPE_FORBIDDEN = request(
    "The {type} checksum type cannot be used with the {algorithm} checksum algorithm.", MULTIPART + "28"
)
INVALID_CHECKSUM_TYPE = request("Value for x-amz-checksum-type header is invalid.", "public")
CHECKSUM_MISMATCH = request(
    "Checksum Type mismatch occurred, expected checksum Type: {expected}, actual checksum Type: {actual}",
    MULTIPART + "31",
)
CHECKSUM_MODE_MISMATCH = request(
    "The upload was created using the {mode} checksum mode. The complete request must use the same checksum mode.",
    MULTIPART + "34",
)
PART_CHECKSUM_MISSING = request(
    "The upload was created using a {algorithm} checksum. "
    "The complete request must include the checksum for each part. It was missing for part {number} in the request.",
    MULTIPART + "37",
)
CHECKSUM_REQUIRED = request("Missing required header for this request: Content-MD5 OR x-amz-checksum-*", "public")

UNKNOWN_CHECKSUM_HEADER = request("The algorithm type you specified in x-amz-checksum- header is invalid.", "public")
STREAMED_DOCUMENT = request("The value of x-amz-content-sha256 header is invalid.", "public")
INVALID_TRAILER_VALUE = request("Value for {header} trailing header is invalid.", "public")
SDK_CHECKSUM_DIFFERS = request("Value for x-amz-sdk-checksum-algorithm header is invalid.", "public")
SDK_CHECKSUM_WITHOUT_VALUE = request(
    "x-amz-sdk-checksum-algorithm specified, "
    "but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
    "public",
)
