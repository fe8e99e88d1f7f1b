"""assert_part and assert_parts: the parts of an open upload, or of the object that it became."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from fakecos.facts.exceptions import UsageError
from fakecos.testing.assertions import values
from fakecos.testing.assertions.bodies import content_of, first_difference
from fakecos.testing.assertions.failure import bucket_of, failure
from fakecos.testing.text import nearest, ranges
from fakecos.testing.views.objects import BODIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakecos.model.synthetic_body import SyntheticBody
    from fakecos.testing.assertions.failure import Place
    from fakecos.testing.contents import Inspectable
    from fakecos.testing.views import PartView

    Parts = Mapping[int, PartView]

Expected: TypeAlias = "bytes | SyntheticBody | int | Mapping[str, Any]"
"""What is expected of a part: its body, its size, or the keywords of `assert_part`."""

KEYWORDS = frozenset({"body", "size", "etag", "sse_c_key"})


def assert_part(
    fake: Inspectable, place: Place, upload_id: str | None, number: int, wanted: Mapping[str, Any]
) -> PartView:
    """Assert one part, and return it."""
    __tracebackhide__ = True
    values.require_form(wanted, KEYWORDS)
    require_number(number)
    parts, of = parts_of(fake, place, upload_id)
    lines = part_lines(parts, number, wanted)
    if lines:
        raise failure(fake, f"part {number} of {of} is not as expected", lines, place, number)
    return parts[number]


def assert_parts(
    fake: Inspectable, place: Place, upload_id: str | None, expected: Sequence[Expected] | Mapping[int, Expected]
) -> Parts:
    """Assert all parts, and return them."""
    __tracebackhide__ = True
    wanted = by_number(expected)
    parts, of = parts_of(fake, place, upload_id)
    lines = all_lines(parts, wanted)
    if lines:
        raise failure(fake, f"the parts of {of} are not as expected", lines, place)
    return parts


def by_number(expected: object) -> dict[int, Mapping[str, Any]]:
    """Return what is expected of each part, as keywords. Raises UsageError for what is no expectation."""
    if isinstance(expected, (str, *BODIES)) or not isinstance(expected, Iterable):
        message = (
            f'parts are a list of bodies or sizes, or such by number, as in [b"first", b"second"]; not {expected!r}.'
        )
        raise UsageError(message)
    numbered = expected if isinstance(expected, Mapping) else dict(enumerate(expected, 1))
    return {number: _keywords(value) for number, value in sorted(numbered.items())}


def require_number(number: object) -> None:
    """Refuse what is no number of a part. UsageError."""
    if type(number) is not int:
        example = f": write {int(number)}" if isinstance(number, str) and number.isdecimal() else ""
        message = f"cos.assert_part: the number of a part is a whole number, not {number!r}{example}."
        raise UsageError(message)


def _keywords(value: Expected) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        values.require_form(value, KEYWORDS)
        return value
    if type(value) is int:
        return {"size": value}
    values.require_form({"body": value}, KEYWORDS)
    return {"body": value}


def all_lines(parts: Parts, wanted: Mapping[int, Mapping[str, Any]]) -> list[str]:
    """Return what is wrong with a list of parts, the numbers first."""
    lines = []
    if list(parts) != list(wanted):
        lines.append(f"numbers: expected {ranges(wanted) or 'none'}, there are {ranges(parts) or 'none'}")
    lines += [f"part {number} was not expected: {parts[number]!r}" for number in parts if number not in wanted]
    for number, each in wanted.items():
        lines += [f"part {number}: {line}" if line[0] != " " else line for line in part_lines(parts, number, each)]
    return lines


def part_lines(parts: Parts, number: int, wanted: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with one part."""
    body = wanted.get("body")
    if number not in parts:
        there = f"there are parts {ranges(parts)}" if parts else "there are no parts"
        return [f"it is not there; {there}", *_same_body(parts, body)]
    lines = values.complaints(parts[number], wanted)
    if any(line.startswith("body:") for line in lines):
        lines += _same_body(parts, body)
    return lines


def _same_body(parts: Parts, body: bytes | SyntheticBody | None) -> list[str]:
    """Say which part has the body that was expected of another."""
    if not isinstance(body, BODIES):
        return []
    wanted = content_of(body)
    same = [n for n, p in parts.items() if p.size == wanted.size and first_difference(p.content, wanted) is None]
    return [f"the nearest: part {ranges(same)} has the expected body"] if same else []


def parts_of(fake: Inspectable, place: Place, upload_id: str | None) -> tuple[Parts, str]:
    """Return the parts that are meant, and words for what they are parts of; fail if there is neither.

    UsageError: several uploads of the key are open, and none is named.
    """
    __tracebackhide__ = True
    name, key = place
    bucket = bucket_of(fake, place)
    uploads = [upload for upload in bucket.uploads.values() if upload.key == key]
    if upload_id is not None:
        uploads = [upload for upload in uploads if upload.upload_id == upload_id]
    if len(uploads) > 1:
        ids = "\n".join(f"  upload_id={upload.upload_id!r}: {upload!r}" for upload in uploads)
        message = f"{len(uploads)} uploads of {name}/{key} are open; say which one is meant:\n{ids}"
        raise UsageError(message)
    if uploads:
        return uploads[0].parts, f"the open upload of {name}/{key}"
    stored = bucket.objects.get(key)
    if stored is not None and stored.is_multipart and _is_from(fake, place, upload_id):
        return stored.parts, f"the object {name}/{key}"
    which = "such upload" if upload_id is not None else "upload"
    there = "the object was not uploaded in parts by it" if stored is not None else "there is no object either"
    keys = sorted({upload.key for upload in bucket.uploads.values()} | set(bucket.objects))
    raise failure(
        fake, f"no {which} of {name}/{key} is open, and {there}", [f"keys: {nearest(key, keys, 'keys')}"], place
    )


def _is_from(fake: Inspectable, place: Place, upload_id: str | None) -> bool:
    """Whether the object of the key is what the upload became."""
    if upload_id is None:
        return True
    bucket = fake.store.buckets[place[0]]
    ended = bucket.ended.get(upload_id)
    return ended is not None and ended.key == place[1] and ended.answer is not None and bucket.is_last_write(ended)
