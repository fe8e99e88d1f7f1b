"""Why a request was refused, for whoever reads a failure: what S3 said, what was there instead, and one step.

It runs when a request was refused, and never on the way of one that succeeds. It looks at the store as it is then: the
code under test goes on, and a failed upload is aborted before a report is made. What it looks at is bounded, and names
that are near are compared only in a report. No key of a customer and no other secret is in its texts.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

from fakecos.facts import errors
from fakecos.service.journal import REDACTED, SECRET, Refusal
from fakecos.service.missing import no_such_bucket, no_such_key, no_such_upload, no_such_version
from fakecos.service.next_steps import BY_ROW, step_for
from fakecos.service.refused import NAMED, Refused, quoted
from fakecos.service.text_table import NAME_WIDTH, short_id, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fakecos.facts.errors import ErrorSpec, S3Error
    from fakecos.model.store import Store
    from fakecos.service.call import Call
    from fakecos.service.journal import RecordedRequest
    from fakecos.service.refused import Why

_VALUE = 64
_IDS = frozenset({"UploadId", "VersionId"})
# Long, and of no use to a person: a signature is computed anew, and what was signed may hold a customer's key.
_NOT_SHOWN = frozenset(
    {"CanonicalRequest", "CanonicalRequestBytes", "SignatureProvided", "StringToSign", "StringToSignBytes", "Token-0"}
)
_SECRETS = (
    "authorization",
    "x-amz-security-token",
    "x-amz-server-side-encryption-customer-key",
    "x-amz-copy-source-server-side-encryption-customer-key",
)
_SHORTEST_SECRET = 8


def refusal_of(
    call: Call, row: ErrorSpec, error: S3Error, store: Store, access_keys: Iterable[str], request: RecordedRequest
) -> Refusal:
    """Return what the journal keeps of a refusal, by the row of its rule: `error` is in the words of the service."""
    refused = Refused(call, row, error, store, tuple(islice(access_keys, NAMED)))
    secrets = _secrets_of(call)
    fields = tuple(
        (name, _shown(name, _without(secrets, value)))
        for name, value in error.fields.items()
        if value and name not in _NOT_SHOWN
    )
    why = _why(refused)
    if isinstance(why, str):
        why = _without(secrets, why)
    return Refusal(request, shortened(_without(secrets, error.message), 6 * _VALUE), fields, why)


def _why(refused: Refused) -> Why:
    if refused.call.fault is not None:
        return f"the test set a fault for this request, {refused.call.fault}: the code under test has to deal with it."
    if refused.error.explanation is not None:
        return refused.error.explanation
    look = LOOKED_UP.get(refused.row)
    if look is None and refused.row not in BY_ROW and refused.row.code == "InvalidArgument":
        look = _argument
    if look is not None:
        with refused.store.lock:
            found = look(refused)
        if found is not None:
            return found
    words = {name: value for name, value in refused.error.fields.items() if value}
    words.update(operation=refused.call.operation, bucket=refused.bucket_name or "...", key=refused.key or "...")
    return step_for(refused.row, words)


def _shown(name: str, value: str) -> str:
    value = short_id(value) if name in _IDS else shortened(value, _VALUE)
    return value if value.isprintable() else repr(value)[1:-1]


def _secrets_of(call: Call) -> list[str]:
    headers = call.request.headers
    found = [headers.get(name, "") for name in _SECRETS]
    found += [value for name, value in call.query.items() if name.lower() in _SECRETS]
    found.append(found[0].rpartition(" ")[2])
    found += [value for name in SECRET & (call.params or {}).keys() if isinstance(value := call.params[name], str)]  # type: ignore[index]
    return [secret for secret in found if len(secret) >= _SHORTEST_SECRET]


def _without(secrets: Iterable[str], text: str) -> str:
    for secret in secrets:
        text = text.replace(secret, REDACTED)
    return text


# --- uploads ------------------------------------------------------------------------------------------------------


def _named_parts(refused: Refused) -> list[Any]:
    document = refused.params.get("MultipartUpload")
    parts = document.get("Parts") if isinstance(document, dict) else None
    return parts if isinstance(parts, list) else []


_FROM_ANSWERS = "Give Complete the PartNumber and the ETag that each upload_part answered"


def _invalid_part(refused: Refused) -> Why | None:
    bucket = refused.bucket
    upload = None if bucket is None else bucket.uploads.get(refused.field("UploadId"))
    number = refused.field("PartNumber")
    if upload is None or not number.isdecimal():
        return None
    part = upload.parts.get(int(number))
    stored = ", ".join(f'{other} (ETag "{upload.parts[other].etag}")' for other in islice(sorted(upload.parts), NAMED))
    more = f" and {len(upload.parts) - NAMED:,} more" if len(upload.parts) > NAMED else ""
    if part is None:
        return f"part {number} was not uploaded. Stored: {stored or 'no part'}{more}. {_FROM_ANSWERS}."
    if part.etag == refused.field("ETag"):
        took = (
            f"of {upload.algorithm.name} it is {part.checksum}" if upload.algorithm else "the upload has no checksums"
        )
        return f"part {number} has another checksum than Complete names: {took}. {_FROM_ANSWERS}, and the checksum."
    return (
        f'part {number} is stored with the ETag "{part.etag}", and Complete names "{refused.field("ETag")}": an '
        f"earlier upload of the part, or another part's. {_FROM_ANSWERS}."
    )


def _invalid_part_order(refused: Refused) -> Why | None:
    previous = 0
    for entry in _named_parts(refused):
        number = entry.get("PartNumber")
        if type(number) is not int:
            return None
        if number <= previous:
            what = "comes twice" if number == previous else f"comes after part {previous}"
            return f'part {number} {what}. Sort the list: sorted(parts, key=lambda part: part["PartNumber"]).'
        previous = number
    return None


def _too_small(refused: Refused) -> Why | None:
    number, size = refused.field("PartNumber"), refused.field("ProposedSize")
    least = refused.field("MinSizeAllowed")
    if not (number and size.isdecimal() and least.isdecimal()):
        return f"the size of the file is {size}, and the form's policy wants at least {least} (content-length-range)."
    return (
        f"part {number} has {int(size):,} bytes, and each part but the last needs {int(least):,}. Upload larger parts, "
        f"or let this fake take small ones: FakeCOS(limits=Limits(min_part_size={size}))."
    )


# --- conditions, digests, reads -----------------------------------------------------------------------------------


def _precondition(refused: Refused) -> Why | None:
    condition, bucket, key = refused.field("Condition"), refused.bucket, refused.key
    prefix = ""
    if condition.startswith("x-amz-copy-source-"):
        prefix = "CopySource"
        path = unquote_plus(str(refused.params.get("CopySource") or "").partition("?versionId=")[0]).lstrip("/")
        name, _, key = path.partition("/")
        bucket = refused.store.buckets.get(name)
    member = prefix + condition.removeprefix("x-amz-copy-source-").replace("-", "")
    given = refused.params.get(member)
    if bucket is None or key is None or given is None:
        return None
    stored = bucket.objects.get(key)
    asked = f"{condition}: {shortened(str(given), _VALUE)}"
    if stored is None:
        return f"{asked}, and {bucket.name}/{shortened(key, NAME_WIDTH)} is not there: leave the condition away."
    if condition.endswith("Since"):
        return f"{asked}, and the object was last changed at {stored.last_modified:%Y-%m-%d %H:%M:%S} UTC."
    now = f'the object there now has the ETag "{stored.etag}"'
    if condition.endswith("None-Match"):
        return f"{asked}, and {now}: delete it first, or write under another key, or leave the condition away."
    return f"{asked}, and {now}: another write came between. Read the object again, and use its ETag."


def _content_md5(refused: Refused) -> Why:
    declared = refused.params.get("ContentMD5") or refused.field("ExpectedDigest")
    return (
        f"the request declares the MD5 {declared}, and that of the bytes that came is "
        f"{refused.field('CalculatedDigest')}: compute Content-MD5 of the body that is sent, and send it unchanged."
    )


def _marker(refused: Refused) -> Why | None:
    if refused.field("ResourceType") != "DeleteMarker":
        return None
    return (
        "this version is a delete marker, which can only be deleted: client.delete_object with its VersionId brings "
        "the object back. To read it, name an older version."
    )


def _argument(refused: Refused) -> Why | None:
    name, value = refused.field("ArgumentName"), refused.field("ArgumentValue")
    if not name or refused.row.fact is not None:
        return None
    came = f", which came as {quoted(value)}" if value and value != name else ""
    return f"correct {_member(refused, name)} in the call of {refused.call.operation}{came}."


def _member(refused: Refused, wire: str) -> str:
    """Return what a client calls an argument that S3 names as it stands on the wire: `MaxKeys` of `max-keys`."""
    operation = refused.call.table.operations.get(refused.call.operation) or {}
    members = refused.call.table.members(operation["input"]) if operation.get("input") else {}
    wanted = wire.lower().replace("-", "")
    for name, (_, _, on_wire) in members.items():
        places = [on_wire] if isinstance(on_wire, str) else on_wire
        if wanted == name.lower() or any(wanted == str(place).lower().replace("-", "") for place in places):
            return name
    return wire


# --- buckets and callers ------------------------------------------------------------------------------------------


def _bucket_name(refused: Refused) -> Why:
    name = refused.field("BucketName") or refused.bucket_name or ""
    wrong = [character for character in dict.fromkeys(name) if not (character in ".-" or _is_lower(character))]
    if wrong:
        what = f"{', '.join(map(repr, wrong[:NAMED]))} may not be in it"
    elif not 3 <= len(name) <= 63:  # noqa: PLR2004  the rule itself, as operations/buckets.py has it
        what = f"it has {len(name)} characters"
    else:
        what = "it begins, ends or is composed as no name may be"
    return (
        f"the name {quoted(name)}: {what}. A name has 3 to 63 of the characters a-z, 0-9, '.' and '-', begins and "
        "ends with a letter or digit, and is not written like an IP address."
    )


def _is_lower(character: str) -> bool:
    return character.isascii() and (character.isdigit() or character.islower())


def _location(refused: Refused) -> Why:
    given = (refused.params.get("CreateBucketConfiguration") or {}).get("LocationConstraint")
    region = _signed_region(refused) or (refused.call.address.region if refused.call.address else None) or "that region"
    asks = f"LocationConstraint is {given!r}" if given else "there is no LocationConstraint"
    return (
        f"the client is of {region}, and {asks}: both must be the same. Give "
        f'CreateBucketConfiguration={{"LocationConstraint": "{region}"}}, or make the client with another region_name.'
    )


def _signed_region(refused: Refused) -> str | None:
    """Return the region of the credential scope, which is no secret."""
    text = refused.call.request.headers.get("authorization", "")
    credential = text.partition("Credential=")[2].partition(",")[0] or refused.call.query.get("X-Amz-Credential", "")
    scope = credential.split("/")
    return scope[-3] if len(scope) >= 5 else None  # noqa: PLR2004  key/day/region/service/aws4_request


def _region(refused: Refused) -> Why | None:
    region = refused.field("Region") or (refused.bucket.region if refused.bucket else "")
    if not region:
        return None
    signed = _signed_region(refused)
    signs = f", and the client signs for {signed}" if signed else ""
    return f'the bucket is in {region}{signs}: make the client with region_name="{region}".'


def _access_key(refused: Refused) -> Why:
    known = f": {', '.join(refused.access_keys)}" if refused.access_keys else ""
    return (
        f"FakeCOS(credentials=...) does not have this access key; it has{known or ' none'}. Sign with one of these, as "
        "cos.client() does, or add the pair, or leave credentials= away: then any signature is taken."
    )


def _not_empty(refused: Refused) -> Why | None:
    bucket = refused.bucket
    if bucket is None or not bucket.objects:
        return None
    first = ", ".join(map(quoted, islice(bucket.objects, NAMED)))
    number = len(bucket.objects)
    return f"it still has {first}{f' and {number - NAMED:,} more' if number > NAMED else ''}: delete all objects first."


LOOKED_UP: dict[ErrorSpec, Callable[[Refused], Why | None]] = {
    errors.NO_SUCH_BUCKET: no_such_bucket,
    errors.NO_SUCH_KEY: no_such_key,
    errors.NO_SUCH_VERSION: no_such_version,
    errors.NO_SUCH_UPLOAD: no_such_upload,
    errors.INVALID_PART: _invalid_part,
    errors.INVALID_PART_ORDER: _invalid_part_order,
    errors.ENTITY_TOO_SMALL: _too_small,
    errors.PRECONDITION_FAILED: _precondition,
    errors.BAD_CONTENT_MD5: _content_md5,
    errors.METHOD_NOT_ALLOWED: _marker,
    errors.INVALID_BUCKET_NAME: _bucket_name,
    errors.ILLEGAL_LOCATION: _location,
    errors.WRONG_REGION: _region,
    errors.WRONG_REGION_IN_QUERY: _region,
    errors.PERMANENT_REDIRECT: _region,
    errors.TEMPORARY_REDIRECT: _region,
    errors.INVALID_ACCESS_KEY: _access_key,
    errors.BUCKET_NOT_EMPTY: _not_empty,
}
"""By row, what has to be looked up; None where there is nothing to say, and the table of steps has it."""
