"""Refusals of bodies: their sizes, their framing, and the digest that the signature names."""

from __future__ import annotations

from fakecos.facts.errors.s3_error import MULTIPART, argument, request, row

# --- The body: sizes and framing ---------------------------------------------------------------------

MISSING_CONTENT_LENGTH = row(
    "MissingContentLength", 411, "You must provide the Content-Length HTTP header.", (), "documented"
)
BODY_OF_A_COPY = request(
    "The request included a body. Requests of this type must not include a non-empty body.", "public"
)
INCOMPLETE_BODY = row(
    "IncompleteBody",
    400,
    "You did not provide the number of bytes specified by the Content-Length HTTP header",
    ("NumberBytesExpected", "NumberBytesProvided"),
    "documented; the fields: public",
)
ENTITY_TOO_LARGE = row(
    "EntityTooLarge",
    400,
    "Your proposed upload exceeds the maximum allowed size",
    ("ProposedSize", "MaxSizeAllowed"),
    "public",
)
ENTITY_TOO_SMALL = row(
    "EntityTooSmall",
    400,
    "Your proposed upload is smaller than the minimum allowed size",
    ("ProposedSize", "MinSizeAllowed", "PartNumber", "ETag"),
    MULTIPART + "8",
)

# --- Framing: x-amz-content-sha256, aws-chunked, trailers --------------------------------------------
# `public` here: the tests that OpenStack Swift's S3 interface runs on AWS too (test/s3api/test_input_errors.py),
# and AWS answers quoted in versitygw's issues 1352, 1600, 1652, 1657, 1666, 1683, 1684, 1690, 1691, 1695.

CONTENT_SHA256_MISSING = request("Missing required header for this request: x-amz-content-sha256", "public")
CONTENT_SHA256_INVALID = argument(
    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, "
    "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER "
    "or a valid sha256 value.",
    "public",
)
CONTENT_SHA256_MISMATCH = row(
    "XAmzContentSHA256Mismatch",
    400,
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    ("ClientComputedContentSHA256", "S3ComputedContentSHA256"),
    "public",
)
CHUNKED_AND_UNSIGNED = argument(
    "aws-chunked encoding is not supported when x-amz-content-sha256 UNSIGNED-PAYLOAD is supplied.",
    "public; the value: assumed",
)
BODY_TERMINATED = row("IncompleteBody", 400, "The request body terminated unexpectedly", (), "public")
CHUNK_TOO_SMALL = row(
    "InvalidChunkSizeError",
    403,
    "Only the last chunk is allowed to have a size less than 8192 bytes",
    ("Chunk", "BadChunkSize"),
    "public",
)
MALFORMED_TRAILER = row(
    "MalformedTrailerError",
    400,
    "The request contained trailing data that was not well-formed or did not conform to our published schema.",
    (),
    "public",
)
TRAILER_NOT_SUPPORTED = request("The value specified in the x-amz-trailer header is not supported", "public")
CHECKSUM_AND_TRAILER = request("Expecting a single x-amz-checksum- header", "public")
