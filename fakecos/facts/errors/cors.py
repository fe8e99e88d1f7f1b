"""Refusals of a browser's preflight."""

from __future__ import annotations

from fakecos.facts.errors.s3_error import BUCKETS, row

_FIELDS = ("Method", "ResourceType")

ORIGIN_NEEDED = row("BadRequest", 400, "Insufficient information. Origin request header needed.", (), BUCKETS + "40")
INVALID_REQUEST_METHOD = row("BadRequest", 400, "Invalid Access-Control-Request-Method: {method}", (), "public")
REQUEST_HEADER_CHARACTER = row(
    "BadRequest", 400, 'Access-Control-Request-Headers "{name}" contains invalid character.', (), "public"
)
CORS_NOT_ALLOWED = row(
    "AccessForbidden",
    403,
    "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / "
    "Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
    _FIELDS,
    BUCKETS + "40",
)
CORS_NOT_ENABLED = row("AccessForbidden", 403, "CORSResponse: CORS is not enabled for this bucket.", _FIELDS, "public")
CORS_BUCKET_NOT_FOUND = row("AccessForbidden", 403, "CORSResponse: Bucket not found", _FIELDS, "public")
