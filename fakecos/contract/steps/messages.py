"""Messages of S3's errors that more than one file of tests expects, to the letter."""

from __future__ import annotations

NO_SUCH_KEY = "The specified key does not exist."
NO_SUCH_VERSION = "The specified version does not exist."
METHOD_NOT_ALLOWED = "The specified method is not allowed against this resource."
INVALID_VERSION_ID = "Invalid version id specified"
NO_SUCH_UPLOAD = (
    "The specified upload does not exist. "
    "The upload ID may be invalid, or the upload may have been aborted or completed."
)
INVALID_PART = (
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified "
    "entity tag may not match the part's entity tag."
)
PART_NUMBER_RANGE = "Part number must be an integer between 1 and 10000, inclusive"
MALFORMED_XML = "The XML you provided was not well-formed or did not validate against our published schema"
PRECONDITION_FAILED = "At least one of the pre-conditions you specified did not hold"
HEADER_NOT_IMPLEMENTED = "A header you provided implies functionality that is not implemented"
COPY_SOURCE_FORM = "Copy Source must mention the source bucket and key: sourcebucket/sourcekey"
COPY_ONTO_ITSELF = (
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's "
    "metadata, storage class, website redirect location or encryption attributes."
)
TAGGING_HEADER = (
    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name "
    "duplicates."
)
INVALID_TAG_KEY = "The TagKey you have provided is invalid"
INVALID_TAG_VALUE = "The TagValue you have provided is invalid"
CHECKSUM_REQUIRED = "Missing required header for this request: Content-MD5 OR x-amz-checksum-*"
DENIED = ("AccessDenied", "Access Denied", 403)
