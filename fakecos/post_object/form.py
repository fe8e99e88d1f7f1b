"""A browser's form: multipart/form-data taken apart, its fields as headers of a PutObject, and the answer to it.

S3 reads the fields up to `file` and ignores what follows it (documented, "POST Object"). Names of fields have no case
(recorded aws-presigned 24). Of a field that comes twice the first counts (assumed).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MAX_FORM_FIELDS
from fakecos.wire import xml
from fakecos.wire.parse import parse, structure
from fakecos.wire.payload import require_known_checksums
from fakecos.wire.serialize import serialize

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.wire.serialize import Answer
    from fakecos.wire.service_model import Table

FORM = "multipart/form-data"
NOT_A_FORM = "Bucket POST must be of the enclosure-type multipart/form-data"

# Fields that are the same as a header of PutObject under another name (documented).
_AS_HEADERS = {"acl": "x-amz-acl", "x-amz-checksum-algorithm": "x-amz-sdk-checksum-algorithm"}
_TAGGING = "Tagging"
_PARAMETER = r';\s*{name}=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))'
_STATUSES = {"200": 200, "201": 201}
_NO_CONTENT = 204
_SEE_OTHER = 303


class Form(NamedTuple):
    """A form: its fields by lower-case name, in order, the bytes of its file, and the file's name if there is one."""

    fields: dict[str, str]
    file: bytes
    filename: str | None


def read(content_type: str, body: bytes) -> Form:
    """Take a form apart.

    Raises PreconditionFailed for anything but a form (recorded aws-presigned 30), MalformedPOSTRequest,
    MaxPostPreDataLengthExceeded, and InvalidArgument unless there is just one file (public).
    """
    if content_type.partition(";")[0].strip().lower() != FORM:
        raise S3Error(errors.PRECONDITION_FAILED, Condition=NOT_A_FORM)
    boundary = _parameter("boundary", content_type)
    if not boundary:
        raise S3Error(errors.MALFORMED_FORM)
    fields: dict[str, str] = {}
    files: list[tuple[bytes, str | None]] = []
    for head, start, end in _parts(body, f"--{boundary}".encode()):
        name = _parameter("name", head)
        if name is None:
            continue
        if name.lower() == "file":
            files.append((body[start:end], _filename(head)))
        elif not files:
            fields.setdefault(name.lower(), _text(body[start:end]))
        if not files and end > MAX_FORM_FIELDS:
            raise S3Error(errors.FORM_FIELDS_TOO_LARGE, MaxPostPreDataLengthBytes=MAX_FORM_FIELDS)
    if len(files) != 1:
        raise S3Error(errors.ONE_FILE_ONLY, ArgumentName="file", ArgumentValue=len(files))
    return Form(fields, *files[0])


def _parts(body: bytes, delimiter: bytes) -> list[tuple[str, int, int]]:
    """Return the Content-Disposition of each part, and where its bytes begin and end."""
    parts: list[tuple[str, int, int]] = []
    line = b"\r\n" + delimiter
    at = 0 if body.startswith(delimiter) else body.find(line) + 2
    if at == 1:  # it was found nowhere
        raise S3Error(errors.MALFORMED_FORM)
    while True:
        at += len(delimiter)
        if body[at : at + 2] == b"--":
            return parts
        head_end = body.find(b"\r\n\r\n", at)
        end = body.find(line, head_end + 4)
        if body[at : at + 2] != b"\r\n" or head_end < 0 or end < 0:
            raise S3Error(errors.MALFORMED_FORM)
        parts.append((_disposition(_text(body[at:head_end])), head_end + 4, end))
        at = end + 2


def _disposition(head: str) -> str:
    for line in head.split("\r\n"):
        name, _, value = line.partition(":")
        if name.strip().lower() == "content-disposition":
            return value
    return ""


def _parameter(name: str, header: str) -> str | None:
    found = re.search(_PARAMETER.format(name=name), header, re.IGNORECASE)
    if found is None:
        return None
    return found[2] if found[1] is None else re.sub(r"\\(.)", r"\1", found[1])


def _filename(head: str) -> str | None:
    """Return the name of the file without the folders that some browsers put before it (documented)."""
    found = re.search(_PARAMETER.format(name="filename"), head, re.IGNORECASE)
    if found is None:
        return None
    name: str = found[2] if found[1] is None else found[1].replace('\\"', '"')
    return re.split(r"[/\\]", name)[-1]


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise S3Error(errors.MALFORMED_FORM) from None


def params_of(table: Table, bucket: str | None, key: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """Return the parameters of the PutObject that a form stands for.

    Raises InvalidRequest for a checksum that S3 does not have (public), MalformedXML for its tags (recorded 22).
    """
    require_known_checksums(tuple(fields))
    headers = {_AS_HEADERS.get(name, name): value for name, value in fields.items()}
    params = parse(table, "PutObject", bucket, key, {}, headers, None)
    if "tagging" in fields:
        params[_TAGGING] = _tagging(table, fields["tagging"])
    return params


def _tagging(table: Table, document: str) -> str:
    """Return the tags of a document as the x-amz-tagging header writes them; one of another kind has none (public)."""
    root = xml.read(document.encode())
    if xml.local(root.tag) != _TAGGING:
        return ""
    tags = structure(table, _TAGGING, strict=True)(root)["TagSet"]
    return "&".join(f"{quote(tag['Key'], safe='')}={quote(tag['Value'], safe='')}" for tag in tags)


def answer(table: Table, result: Mapping[str, Any]) -> Answer:
    """Return the answer to a form: 303 to where it asks to go, else 200, 201 with a document, or 204.

    A redirect that is no absolute URL is ignored (recorded aws-presigned 18), another status is 204 (documented).
    """
    _, headers, _ = serialize(table, "PutObject", result)
    headers["Location"] = result["Location"]
    headers["Content-Length"] = "0"
    url = result["SuccessActionRedirect"]
    if _is_absolute(url):
        headers["Location"] = _going_on(url, result)
        return _SEE_OTHER, headers, b""
    status = _STATUSES.get(result["SuccessActionStatus"], _NO_CONTENT)
    if status == _STATUSES["201"]:
        names = ("Location", "Bucket", "Key", "ETag")
        inner = "".join(f"<{name}>{xml.escape(result[name])}</{name}>" for name in names)
        body = xml.document("PostResponse", inner, namespace=None)
        headers.update({"Content-Type": "application/xml", "Content-Length": str(len(body))})
        return status, headers, body
    if status == _NO_CONTENT:
        del headers["Content-Length"]
    return status, headers, b""


def _is_absolute(url: str | None) -> bool:
    if not url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _going_on(url: str, result: Mapping[str, Any]) -> str:
    """Return the URL with the object's bucket, key and ETag in its query (recorded aws-presigned 18).

    What the URL has already stays as it is, and a space of the key is a plus (public).
    """
    added = urlencode({"bucket": result["Bucket"], "key": result["Key"], "etag": result["ETag"]})
    return f"{url}{'&' if urlsplit(url).query else '?'}{added}"
