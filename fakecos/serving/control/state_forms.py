"""What is stored as JSON: the forms of buckets, objects, versions and uploads that are open."""

from __future__ import annotations

from fakecos.serving.control.forms import flag, listed, mapping, one_of, or_null, record, text, whole

CHECKSUM = record({"algorithm": or_null(text()), "value": text("In base64.")}, title="PartChecksum")
PART = record(
    {
        "number": whole(),
        "size": whole("In bytes."),
        "etag": text("Without quotes."),
        "checksum": or_null(CHECKSUM),
    },
    "A part of an upload, or of an object that was uploaded in parts.",
    title="Part",
)
CARRIED = {
    "content_type": text(),
    "metadata": mapping(text(), "Names in lower case, without x-amz-meta-."),
    "tags": mapping(text()),
    "storage_class": text("Such as STANDARD."),
    "encryption": text("AES256, aws:kms, aws:kms:dsse or SSE-C."),
}
OBJECT = record(
    {
        "key": text(),
        "version_id": text('"null" unless it was stored while versioning was enabled.'),
        "size": whole("In bytes."),
        "etag": text("Without quotes."),
        "checksum": or_null(
            record(
                {"algorithm": text(), "type": one_of(["COMPOSITE", "FULL_OBJECT"]), "value": text()},
                title="ObjectChecksum",
            )
        ),
        "parts": listed(PART, "Empty unless it came from an upload in parts."),
        "last_modified": text("By the fake's clock."),
        **CARRIED,
    },
    "An object, or one of its versions. Its bytes are read by a client of S3.",
    title="Object",
)
MARKER = record(
    {"key": text(), "version_id": text(), "delete_marker": {"type": "boolean", "const": True}, "last_modified": text()},
    title="DeleteMarker",
)
UPLOAD_MEMBERS = {
    "bucket": text(),
    "key": text(),
    "upload_id": text(),
    "size": whole("Of its parts, in bytes: what is billed."),
    "parts": listed(PART, "In the order of their numbers."),
}
UPLOAD = record({**UPLOAD_MEMBERS, "initiated": text(), **CARRIED}, "An upload that is open.", title="OpenUpload")
BUCKET = record(
    {
        "name": text(),
        "region": text(),
        "account": text("The 12 digits of its owner."),
        "created": text(),
        "versioning": or_null(one_of(["Enabled", "Suspended"])),
        "objects": listed(OBJECT, "The current ones, in the order of S3's lists."),
        "versions": listed(
            {"anyOf": [OBJECT, MARKER]},
            "All of them, the newest of each key first; empty where versioning was never enabled.",
        ),
        "uploads": listed(UPLOAD, "Those that are open."),
        "is_truncated": flag("Whether `limit` left something out."),
    },
    title="Bucket",
)
STATE = record({"buckets": listed(BUCKET), "billed_bytes": whole("What S3 would charge for.")}, title="State")
SNAPSHOT = record(
    {"snapshot": text("Its name, for /v1/restore."), "buckets": whole(), "objects": whole(), "uploads": whole()},
    "What is stored at a moment.",
    title="Snapshot",
)
