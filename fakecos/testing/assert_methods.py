"""What a test's author asserts about a fake, in one line each; a failure says what is there instead.

Each is a method of FakeCOS, which names it: `self` is the fake. It raises AssertionError, or returns what it looked
at. The work is done in `fakecos.testing.assertions`, which is imported when it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fakecos.model.synthetic_body import SyntheticBody
    from fakecos.testing.assertions.parts import Expected
    from fakecos.testing.assertions.requests import Match, Wanted
    from fakecos.testing.contents import Inspectable
    from fakecos.testing.views import ObjectView, PartView, UploadView


def assert_part(
    self: Inspectable,
    bucket: str,
    key: str,
    number: int,
    *,
    body: bytes | SyntheticBody | None = None,
    size: int | None = None,
    etag: str | None = None,
    sse_c_key: bytes | str | None = None,
    upload_id: str | None = None,
    **checksums: str,
) -> PartView:
    """Assert that a part is stored, and what is given of it; return it.

    It is a part of the open upload of the key or, when none is open, of the object that was uploaded in parts.
    `upload_id` is needed where several uploads are open. `size` is in bytes, `etag` with or without quotes,
    `sse_c_key` the customer's key as a client takes it. Checksums are base64: `checksum_crc32="..."` and so on.
    UsageError: several uploads are open, or no checksum has this name.
    """
    from fakecos.testing.assertions import parts

    __tracebackhide__ = True
    wanted = {"body": body, "size": size, "etag": etag, "sse_c_key": sse_c_key, **checksums}
    return parts.assert_part(self, (bucket, key), upload_id, number, wanted)


def assert_parts(
    self: Inspectable,
    bucket: str,
    key: str,
    expected: Sequence[Expected] | Mapping[int, Expected],
    *,
    upload_id: str | None = None,
) -> Mapping[int, PartView]:
    """Assert that just these parts are stored, by number or as parts 1, 2, ...; return them.

    Of each part the body is given, or its size, or a dictionary of the keywords of `assert_part`. Which upload is
    meant, and UsageError: as in `assert_part`.
    """
    from fakecos.testing.assertions import parts

    __tracebackhide__ = True
    return parts.assert_parts(self, (bucket, key), upload_id, expected)


def assert_object(
    self: Inspectable,
    bucket: str,
    key: str,
    *,
    body: bytes | SyntheticBody | None = None,
    size: int | None = None,
    etag: str | None = None,
    content_type: str | None = None,
    metadata: Mapping[str, str] | None = None,
    tags: Mapping[str, str] | None = None,
    annotations: Mapping[str, bytes] | None = None,
    storage_class: str | None = None,
    parts: int | Sequence[Expected] | Mapping[int, Expected] | None = None,
    sse_c_key: bytes | str | None = None,
    **checksums: str,
) -> ObjectView:
    """Assert that an object is stored, and what is given of it; return it.

    `parts` is how many parts it was uploaded in (0: in one request), or what `assert_parts` takes. `metadata`,
    `tags` and `annotations` are all there are. The other keywords are those of `assert_part`; a COMPOSITE checksum has
    `-N` behind it. UsageError: no checksum has this name.
    """
    from fakecos.testing.assertions import objects

    __tracebackhide__ = True
    wanted: dict[str, Any] = {"body": body, "size": size, "etag": etag, "content_type": content_type}
    wanted.update(metadata=metadata, tags=tags, annotations=annotations, storage_class=storage_class)
    wanted.update(sse_c_key=sse_c_key, **checksums)
    return objects.assert_object(self, (bucket, key), wanted, parts)


def assert_no_object(self: Inspectable, bucket: str, key: str) -> None:
    """Assert that no object of this key is stored. A bucket that is not there is a failure too."""
    from fakecos.testing.assertions import objects

    __tracebackhide__ = True
    objects.assert_no_object(self, (bucket, key))


def assert_upload_open(self: Inspectable, bucket: str, key: str, *, upload_id: str | None = None) -> UploadView:
    """Assert that an upload is neither completed nor aborted; return it.

    Without `upload_id` it is the last one that was created for the key. So it is in the next two.
    """
    from fakecos.testing.assertions import uploads

    __tracebackhide__ = True
    return uploads.assert_open(self, (bucket, key), upload_id)


def assert_upload_completed(self: Inspectable, bucket: str, key: str, *, upload_id: str | None = None) -> None:
    """Assert that an upload was completed, whatever became of its object since."""
    from fakecos.testing.assertions import uploads

    __tracebackhide__ = True
    uploads.assert_ended(self, (bucket, key), upload_id, "completed")


def assert_upload_aborted(self: Inspectable, bucket: str, key: str, *, upload_id: str | None = None) -> None:
    """Assert that an upload was aborted."""
    from fakecos.testing.assertions import uploads

    __tracebackhide__ = True
    uploads.assert_ended(self, (bucket, key), upload_id, "aborted")


def assert_no_open_uploads(self: Inspectable, bucket: str | None = None) -> None:
    """Assert that every upload, or every one of a bucket, was completed or aborted: the others are billed for."""
    from fakecos.testing.assertions import uploads

    __tracebackhide__ = True
    uploads.assert_none_open(self, bucket)


def assert_requests(
    self: Inspectable,
    expected: Sequence[Wanted],
    *,
    match: Match = "exact",
    bucket: str | None = None,
    key: str | None = None,
    upload_id: str | None = None,
) -> None:
    """Assert which requests came, by the journal.

    A request is the name of its operation, or that and a dictionary of what it must have: parameters by the
    names of the service model, and fields of RecordedRequest, as in `("UploadPart", {"PartNumber": 2, "status": 503})`.
    Each attempt of a client is a request. `bucket`, `key` (or a pattern such as `*.zip`) and `upload_id` narrow the
    journal down first. `match` is

    - "exact": just these, in this order;
    - "in_order": these in this order, with others between them;
    - "any_order": just these, in any order;
    - "at_least": these in any order, among others.

    UsageError: there is no such operation, field or match.
    """
    from fakecos.testing.assertions import requests

    __tracebackhide__ = True
    requests.assert_requests(self, expected, match, {"bucket": bucket, "key": key, "upload_id": upload_id})
