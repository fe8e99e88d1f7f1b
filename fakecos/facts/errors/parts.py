"""Refusals of parts: their numbers, and the list that CompleteMultipartUpload gives."""

from __future__ import annotations

from fakecos.facts.errors.s3_error import MULTIPART, argument, request, row

INVALID_PART_NUMBER = argument(
    "Part number must be an integer between 1 and {maximum}, inclusive",
    MULTIPART + "11, of UploadPart; of UploadPartCopy and reads: assumed",
)
MISSING_UPLOAD_ID = argument("This operation does not accept partNumber without uploadId", "public")
INVALID_PART = row(
    "InvalidPart",
    400,
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified "
    "entity tag may not match the part's entity tag.",
    ("UploadId", "PartNumber", "ETag"),
    MULTIPART + "9",
)
INVALID_PART_ORDER = row(
    "InvalidPartOrder",
    400,
    "The list of parts was not in ascending order. Parts must be ordered by part number.",
    ("UploadId",),
    MULTIPART + "10",
)
INVALID_PART_LIST_CHECKSUM = argument("Invalid Base64 or multiple checksums present in request", "public")
NO_PARTS = request("You must specify at least one part", MULTIPART + "7")
OBJECT_SIZE_MISMATCH = request(
    "The provided 'x-amz-mp-object-size' header value {given} does not match what was computed: {computed}",
    MULTIPART + "13",
)
INVALID_OBJECT_SIZE = request("Value for x-amz-mp-object-size header is invalid: '{given}'", "public")
NEGATIVE_OBJECT_SIZE = request("Value for x-amz-mp-object-size header is less than zero: '{given}'", "public")
TOO_MANY_PARTS = argument(
    "The CompleteMultipartUpload reqeust contains for than {maximum} parts.", "public, spelt as S3 spells it"
)
PART_NUMBER_TOO_SMALL = argument("PartNumber must be >= 1", "public")
PARTS_NOT_CONSECUTIVE = request(
    "Part numbers must be consecutive and begin with 1 when a checksum is used.",
    "documented rule; public: AWS answers InternalError 500, which a client would retry",
)
