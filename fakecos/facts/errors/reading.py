"""Refusals of reads, and of conditions: preconditions, ranges and part numbers."""

from __future__ import annotations

from fakecos.facts.errors.s3_error import MULTIPART, OBJECTS, argument, request, row

# --- Conditions --------------------------------------------------------------------------------------

PRECONDITION_FAILED = row(
    "PreconditionFailed",
    412,
    "At least one of the pre-conditions you specified did not hold",
    ("Condition",),
    MULTIPART + "25",
)
EMPTY_IF_MATCH = row(
    "InvalidArgument",
    400,
    "The value provided for the If-Match query parameter cannot be empty for this API.",
    ("ArgumentName",),
    "public",
)
CONDITIONAL_CONFLICT = row(
    "ConditionalRequestConflict",
    409,
    "The conditional request cannot succeed due to a conflicting operation against this resource.",
    ("Condition", "Key"),
    MULTIPART + "51",
)
NOT_MODIFIED = row("NotModified", 304, "Not Modified", (), OBJECTS + "21")

# --- Get: ranges and parts ---------------------------------------------------------------------------

INVALID_RANGE = row(
    "InvalidRange",
    416,
    "The requested range is not satisfiable",
    ("RangeRequested", "ActualObjectSize"),
    OBJECTS + "20",
)
PART_NOT_SATISFIABLE = row(
    "InvalidPartNumber",
    416,
    "The requested partnumber is not satisfiable",
    ("PartNumberRequested", "ActualPartCount"),
    MULTIPART + "18",
)
RANGE_WITH_PART_NUMBER = request("Cannot specify both Range header and partNumber query parameter", MULTIPART + "19")
NOT_OVERRIDABLE = argument(
    "{name} is not in the set of overridable response headers. "
    "Please refer to the S3 API documentation for a complete list of overridable response headers.",
    "public",
)
HEADER_NOT_LATIN = argument("Header value cannot be represented using ISO-8859-1.", "public")
INVALID_VERSION_ID = argument("Invalid version id specified", OBJECTS + "49, of DeleteObject; of others: assumed")
CHECKSUM_MODE = request("Value for x-amz-checksum-mode header is invalid.", "public (aws-measured 16)")
EMPTY_VERSION_ID = argument("Version id cannot be the empty string", "public")
