"""What a Put, a Create or a replacing Copy says about the object to be, judged and made into `Attributes`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.checksums import ALGORITHMS
from fakecos.facts.errors import S3Error
from fakecos.model.attributes import STANDARD, Attributes
from fakecos.model.lock import NO_LOCK
from fakecos.operations import encryption, object_lock, restore_object, tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.operations.context import Context
    from fakecos.wire.types import NewObjectRequest, ReadOutput

SYSTEM_HEADERS = ("CacheControl", "ContentDisposition", "ContentEncoding", "ContentLanguage", "ContentType", "Expires")
DEFAULT_CONTENT_TYPE = "binary/octet-stream"  # recorded aws-objects 1
STORAGE_CLASSES = frozenset(  # recorded aws-objects 57-59, documented; OUTPOSTS is refused (recorded aws-multipart 14)
    {
        STANDARD,
        "REDUCED_REDUNDANCY",
        "STANDARD_IA",
        "ONEZONE_IA",
        "INTELLIGENT_TIERING",
        "GLACIER",
        "GLACIER_IR",
        "DEEP_ARCHIVE",
    }
)
WITHOUT_ATTRIBUTES = frozenset(  # members of a Put that say nothing of what the object carries
    {
        *("Bucket", "Key", "Body", "ContentEncoding", "ContentLength", "ContentMD5", "ContentType"),
        *("ExpectedBucketOwner", "IfMatch", "IfNoneMatch", "ChecksumAlgorithm", "ChecksumType"),
        *(algorithm.member for algorithm in ALGORITHMS.values()),
    }
)
REDIRECTS = ("/", "http://", "https://")
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


def require_key(context: Context, key: str) -> None:
    """Refuse a key of more than 1,024 bytes of UTF-8 (documented; the fields are public knowledge)."""
    real, maximum = context.dialect.limits.max_key_size, context.limits.max_key_size
    if len(key) * 4 > min(real, maximum):
        size = len(key.encode("utf-8"))
        if size > maximum:
            raise S3Error(errors.KEY_TOO_LONG, Size=size, MaxSizeAllowed=maximum)
        context.notice_over("KeyTooLongError, bytes of a key:", size, real)


def requested(context: Context, params: NewObjectRequest, content_encoding: str | None) -> Attributes:
    """Return the attributes that a request gives; `content_encoding` is what remains of that header.

    Raises what the functions below raise, and those of encryption, tags and locks.
    """
    if content_encoding is None and params.keys() <= WITHOUT_ATTRIBUTES and is_usual(context, params):
        return of_content_type(params.get("ContentType", DEFAULT_CONTENT_TYPE))
    headers = headers_of(params)
    if content_encoding is None:
        headers.pop("ContentEncoding", None)
    else:
        headers["ContentEncoding"] = content_encoding
    require_metadata_size(context, headers)
    made = Attributes(
        headers=headers,
        metadata=metadata_of(context, params),
        encryption=encryption.requested(context, params),
        storage_class=storage_class_of(context, params),
        tags=tags.header_tags(context.dialect, params.get("Tagging")),
        redirect=redirect_of(context, params),
    )
    made.lock = object_lock.requested_lock(context, params)
    return made


def is_usual(context: Context, params: NewObjectRequest) -> bool:
    """Whether a request without attributes of its own gets the usual ones: no default encryption, a short type."""
    if context.bucket is not None and encryption.BUCKET_DEFAULT in context.bucket.configurations:
        return False
    content_type = params.get("ContentType", "")
    smallest = min(context.limits.max_metadata_size, context.dialect.limits.max_metadata_size)
    return content_type.isascii() and len("ContentType") + len(content_type or DEFAULT_CONTENT_TYPE) <= smallest


@lru_cache(256)  # clients store the same few types all day
def of_content_type(content_type: str) -> Attributes:
    """Return the attributes of an object of which only the type is known; they are shared, and never changed."""
    return Attributes(headers={"ContentType": content_type})


def headers_of(params: Mapping[str, Any]) -> dict[str, str]:
    """Return the system headers of a request by member name; Content-Type has a default."""
    headers = {name: params[name] for name in SYSTEM_HEADERS if name in params}
    headers.setdefault("ContentType", DEFAULT_CONTENT_TYPE)
    return headers


def metadata_of(context: Context, params: NewObjectRequest) -> dict[str, str]:
    """Return the user metadata; names are lower-case (recorded aws-objects 8), 2 KB in all (documented).

    Encoded words are read, and what is no plain ASCII comes back as such (recorded aws-objects 9, aws-changes 19).
    Raises InvalidArgument for control characters (public: 400; the code is assumed).
    """
    metadata: dict[str, str] | None = params.get("Metadata")
    if not metadata:
        return {}
    for name, value in metadata.items():
        if CONTROL.search(value):
            raise S3Error(errors.HEADER_NOT_LATIN, ArgumentName=f"x-amz-meta-{name}")  # XML cannot quote such a value
    if all(value.isascii() and "=?" not in value for value in metadata.values()):
        require_metadata_size(context, metadata)
        return metadata
    from fakecos.operations import encoded_words

    texts = {name: encoded_words.decoded(value) for name, value in metadata.items()}
    require_metadata_size(context, texts)
    return {name: encoded_words.encoded(text) for name, text in texts.items()}


def require_metadata_size(context: Context, headers: dict[str, str]) -> None:
    """Refuse more than 2 KB of names and values: user metadata, and system headers alike (documented, public)."""
    text = "".join((*headers, *headers.values()))
    size = len(text) if text.isascii() else len(text.encode("utf-8"))
    if size > context.limits.max_metadata_size:
        raise S3Error(errors.METADATA_TOO_LARGE, Size=size, MaxSizeAllowed=context.limits.max_metadata_size)
    context.notice_over("MetadataTooLarge, bytes of metadata:", size, context.dialect.limits.max_metadata_size)


def storage_class_of(context: Context, params: NewObjectRequest) -> str:
    """Return the storage class, STANDARD if none is given. Raises InvalidStorageClass."""
    name: str = params.get("StorageClass", STANDARD)
    if name not in STORAGE_CLASSES and name not in context.dialect.archives:
        raise S3Error(errors.INVALID_STORAGE_CLASS, StorageClassRequested=name)
    return name


def redirect_of(context: Context, params: NewObjectRequest) -> str | None:
    """Return the website redirect location.

    Raises InvalidRedirectLocation unless it is a path or a URL (public), MetadataTooLarge for more than 2 KB
    (documented; which error: assumed).
    """
    location: str | None = params.get("WebsiteRedirectLocation")
    if location is not None and not location.startswith(REDIRECTS):
        raise S3Error(errors.INVALID_REDIRECT)
    if location is not None:
        require_metadata_size(context, {"": location})
    return location


def read_fields(attributes: Attributes) -> ReadOutput:
    """Return the members with which Get and Head report the attributes."""
    fields: ReadOutput = dict(attributes.headers)  # type: ignore[assignment]  # by the names of members
    fields["Metadata"] = attributes.metadata
    fields.update(encryption.fields_of(attributes.encryption))
    if attributes.storage_class != STANDARD:  # recorded aws-objects 57: STANDARD is never shown
        fields["StorageClass"] = attributes.storage_class
    if attributes.tags:
        fields["TagCount"] = len(attributes.tags)
    if attributes.redirect is not None:
        fields["WebsiteRedirectLocation"] = attributes.redirect
    if attributes.lock is not NO_LOCK:
        fields.update(object_lock.lock_fields(attributes.lock))
    if attributes.restore is not None:
        fields.update(restore_object.restore_fields(attributes.restore))
    return fields
