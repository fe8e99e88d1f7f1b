"""A browser's form: multipart/form-data taken apart, with S3's refusals of what is malformed.

S3 reads the fields up to `file` and ignores what follows it (documented, "POST Object"). Names of fields have no case
(recorded aws-presigned 24). Of a field that comes twice the first counts (assumed).

No library takes it apart. Those that there are refuse a part without a Content-Disposition, with another disposition or
with a length of its own that is wrong, and decode names of files as browsers do; what counts here is S3's judgement.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MAX_FORM_FIELDS

FORM = "multipart/form-data"
NOT_A_FORM = "Bucket POST must be of the enclosure-type multipart/form-data"

_PARAMETER = r';\s*{name}=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))'


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
