"""assert_object and assert_no_object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.testing.assertions import values
from fakecos.testing.assertions.bodies import content_of, first_difference
from fakecos.testing.assertions.failure import bucket_of, failure
from fakecos.testing.assertions.parts import all_lines, by_number
from fakecos.testing.text import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fakecos.testing.assertions.failure import Place
    from fakecos.testing.assertions.parts import Expected
    from fakecos.testing.contents import Inspectable
    from fakecos.testing.views import ObjectView

    ExpectedParts = int | Sequence[Expected] | Mapping[int, Expected] | None

KEYWORDS = frozenset(
    {"annotations", "body", "size", "etag", "content_type", "metadata", "tags", "storage_class", "sse_c_key"}
)
NAMED = 3


def assert_object(fake: Inspectable, place: Place, wanted: Mapping[str, Any], parts: ExpectedParts) -> ObjectView:
    """Assert an object, and return it."""
    __tracebackhide__ = True
    values.require_form(wanted, KEYWORDS | {"parts"})
    numbered = None if parts is None or isinstance(parts, int) else by_number(parts)
    bucket = bucket_of(fake, place)
    stored = bucket.objects.get(place[1])
    if stored is None:
        raise failure(fake, f"no object {place[0]}/{place[1]} is stored", _instead(fake, place, wanted), place)
    lines = values.complaints(stored, {name: value for name, value in wanted.items() if name != "body"})
    if numbered is not None:
        lines += all_lines(stored.parts, numbered)
    elif parts is not None:
        lines += values.value_lines("number of parts", parts, len(stored.parts))
    body_lines = values.complaints(stored, {"body": wanted.get("body")})
    lines += body_lines + (_same_body(fake, place, wanted) if body_lines else [])
    if lines:
        raise failure(fake, f"the object {place[0]}/{place[1]} is not as expected", lines, place)
    return stored


def assert_no_object(fake: Inspectable, place: Place) -> None:
    """Assert that there is no object of the key."""
    __tracebackhide__ = True
    stored = bucket_of(fake, place).objects.get(place[1])
    if stored is not None:
        when = f"stored at {stored.last_modified:%H:%M:%S}"
        raise failure(fake, f"an object {place[0]}/{place[1]} is stored", [f"{stored!r}, {when}"], place)


def _instead(fake: Inspectable, place: Place, wanted: Mapping[str, Any]) -> list[str]:
    """Return what may explain that an object is not there."""
    name, key = place
    bucket = fake.bucket(name)
    versions = bucket.versions.get(key, ())
    lines = [f"{version!r}, made at {version.last_modified:%H:%M:%S}" for version in versions[:NAMED]]
    lines += [f"{upload!r}: it was not completed" for upload in bucket.uploads.values() if upload.key == key]
    lines += [f"bucket {other!r} has this key" for other in fake.store.buckets if key in fake.bucket(other).objects]
    lines.append(f"keys in {name}: {nearest(key, bucket.objects, 'objects')}")
    return lines + _same_body(fake, place, wanted)


def _same_body(fake: Inspectable, place: Place, wanted: Mapping[str, Any]) -> list[str]:
    """Say which other object of the bucket has the body that was expected."""
    if not wanted.get("body"):
        return []
    body = content_of(wanted["body"])
    same = [
        other.key
        for other in fake.bucket(place[0]).objects.values()
        if other.size == body.size and first_difference(other.content, body) is None
    ]
    return [f"the nearest: {', '.join(map(repr, same[:NAMED]))} has the expected body"] if same else []
