"""Refusals of what an object is to be stored with, and of copies."""

from __future__ import annotations

from fakecos.facts.errors.s3_error import CHANGES, MULTIPART, OBJECTS, argument, request, row

# --- Create and Put: what an object is stored with ---------------------------------------------------

INVALID_STORAGE_CLASS = row(
    "InvalidStorageClass",
    400,
    "The storage class you specified is not valid",
    ("StorageClassRequested",),
    MULTIPART + "14; of a copy: assumed",
)
INVALID_CANNED_ACL = argument("", OBJECTS + "63; of a copy, an upload and a new bucket: assumed")
INVALID_TAGGING = argument(
    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name "
    "duplicates.",
    "public",
)

INVALID_REDIRECT = row(
    "InvalidRedirectLocation",
    400,
    "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.",
    (),
    "public",
)
INVALID_TAG_KEY = row("InvalidTag", 400, "The TagKey you have provided is invalid", ("TagKey",), "public")
INVALID_TAG_VALUE = row(
    "InvalidTag", 400, "The TagValue you have provided is invalid", ("TagKey", "TagValue"), "public"
)
TOO_MANY_TAGS = row("BadRequest", 400, "Object tags cannot be greater than {maximum}", (), "public")
TOO_MANY_BUCKET_TAGS = row("BadRequest", 400, "Bucket tag count cannot be greater than {maximum}", (), "public")
SAME_TAG_KEY = row("InvalidTag", 400, "Cannot provide multiple Tags with the same key", ("TagKey",), "public")
SYSTEM_TAG_OF_OBJECT = row("InvalidTag", 400, "Your TagKey cannot be prefixed with {prefix}", ("TagKey",), "public")
SYSTEM_TAG_OF_BUCKET = row("InvalidTag", 400, "System tags cannot be added/updated by requester", ("TagKey",), "public")
SYSTEM_TAG_OF_NEW_BUCKET = row(
    "InvalidTag",
    400,
    'User-defined tag keys can\'t start with "{prefix}". This prefix is reserved for system tags. Remove "{prefix}" '
    "from your tag keys and try again.",
    (),
    CHANGES + "14",
)
ACL_NOT_SUPPORTED = row(
    "AccessControlListNotSupported", 400, "The bucket does not allow ACLs", (), "documented, public"
)

# --- Copies ------------------------------------------------------------------------------------------

COPY_RANGE_FORM = argument(
    "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based "
    "offsets of the first and last bytes to copy",
    MULTIPART + "23",
)
COPY_RANGE_BEYOND = argument("Range specified is not valid for source object of size: {size}", MULTIPART + "24")
COPY_RANGE_OUTSIDE = request("The specified copy range is invalid for the source object size", MULTIPART + "24")
COPY_SOURCE_FORM = argument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey", "public")
COPY_SOURCE_KEY = argument("Invalid copy source object key", "public")
COPY_SOURCE_ENCODING = argument("Invalid copy source encoding", "public")
COPY_SOURCE_BUCKET = argument("Invalid copy source bucket name", "public")
COPY_SOURCE_ELSEWHERE = argument("You can only specify a copy source header for copy requests.", "public")
COPY_SOURCE_TOO_LARGE = request(
    "The specified copy source is larger than the maximum allowable size for a copy source: {maximum}", "public"
)
COPY_SOURCE_ARCHIVED = row(
    "InvalidObjectState",
    403,
    "Operation is not valid for the source object's storage class",
    ("StorageClass",),
    "public",
)
COPY_OF_MARKER = request(
    "The source of a copy request may not specifically refer to a delete marker by version id.", "public"
)
COPY_VERSION_FORM = request("Invalid Request", "public: CopyObject says no more than this; UploadPartCopy does")
COPY_ONTO_ITSELF = request(
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's "
    "metadata, storage class, website redirect location or encryption attributes.",
    OBJECTS + "35",
)
INVALID_DIRECTIVE = argument("Unknown {kind} directive.", "public")
