"""Refusals of lists and of GetObjectAttributes."""

from __future__ import annotations

from fakecos.facts.errors.s3_error import LISTING, MULTIPART, argument, request

INVALID_ENCODING = argument("Invalid Encoding Method specified in Request", LISTING + "13")
INVALID_UPLOAD_ID_MARKER = argument("Invalid uploadId marker", MULTIPART + "58")
INVALID_CONTINUATION_TOKEN = argument("The continuation token provided is incorrect", LISTING + "11")
NOT_AN_INTEGER = argument("Provided {name} not an integer or within integer range", "public")
NEGATIVE = argument("Argument {name} must be an integer between 0 and 2147483647", "public")
NO_ATTRIBUTES = request(
    "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty",
    "public",
)
INVALID_ATTRIBUTE = argument("Invalid attribute name specified.", "public")
TOKEN_OF_V2 = argument(
    "continuation-token only supported in REST.GET.BUCKET with list-type=2", "public (aws-measured 11)"
)
START_OF_V2 = argument("startAfter only supported in REST.GET.BUCKET with list-type=2", "public (aws-measured 11)")
MARKER_OF_V1 = argument("Marker unsupported with REST.GET.BUCKET in list-type=2", "public (aws-measured 11)")
UNKNOWN_REGION = argument("Argument value {region} is not a valid AWS Region", LISTING + "3")
REGION_OF_OTHER_ENDPOINT = argument(
    "Requests with bucket-region specified must be made to the corresponding regional endpoint",
    "public (aws-measured 23)",
)
INVALID_MAX_BUCKETS = argument(
    "Argument max-buckets must be an integer between 1 and {maximum}", "public (aws-measured 23)"
)
