"""The names of operations as the author of a test may write them: `UploadPart`, or `upload_part` as a client has it."""

from __future__ import annotations

import re
from functools import lru_cache

from fakecos import urls
from fakecos.facts import iam
from fakecos.facts.exceptions import UsageError
from fakecos.usage import did_you_mean
from fakecos.wire import model_overrides, service_model

_WORD = r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"
FURTHER = (model_overrides.POST_OBJECT, model_overrides.PREFLIGHT, model_overrides.WEBSITE_READ, iam.OPERATION)
"""What is recorded under a name that no service model has."""
UNROUTED = "(none)"
"""Stands in the journal for a request that is no operation."""
OF_BOTO3 = {
    "upload_file": "PutObject, or above 8 MB CreateMultipartUpload, UploadPart and CompleteMultipartUpload",
    "upload_fileobj": "PutObject, or above 8 MB CreateMultipartUpload, UploadPart and CompleteMultipartUpload",
    "download_file": "HeadObject and GetObject",
    "download_fileobj": "HeadObject and GetObject",
    "copy": "HeadObject and CopyObject, or for a large object UploadPartCopy",
}
"""Transfers of boto3 (documented: the guide of boto3, "Uploading files"): calls of a client that are no operations."""


def snake_case(name: str) -> str:
    """Return a name as clients of Python have it: `list_objects_v2` of `ListObjectsV2`."""
    return re.sub(_WORD, "_", name).lower()  # compiled once, when it is first asked for


def _names() -> dict[str, str]:
    """Return every operation of every service, by its name and by its name in snake case."""
    from fakecos.facts.services import dialects  # when needed: what imports this module is deep enough

    return _of_tables(tuple(dialect.table for dialect in dialects.BY_NAME.values()))


@lru_cache(maxsize=4)
def _of_tables(used: tuple[str, ...]) -> dict[str, str]:
    tables = [service_model.load(table) for table in used]
    names = {name for table in tables for name in (*table.operations, *table.foreign)}
    both = {name: name for name in (*sorted(names), *FURTHER, UNROUTED)}
    return {**{snake_case(name): name for name in both}, **both}


def find(name: object) -> str | None:
    """Return the operation that is meant, None if there is none."""
    return _names().get(name) if isinstance(name, str) else None


def operation(name: object, where: str = "") -> str:
    """Return the operation that is meant. UsageError: there is none; `where` is the call that named it."""
    found = find(name)
    if found is None:
        raise UsageError(f"{where}: {_unknown(name)}" if where else _unknown(name))
    return found


def _unknown(name: object) -> str:
    text = _what_is_wrong(name)
    return f"{text}{'' if text.endswith('?') else '.'} They are listed in {urls.page('reference/operations')}"


def _what_is_wrong(name: object) -> str:
    if not isinstance(name, str):
        return f'an operation is named by text, such as "UploadPart", not by {name!r}'
    if name in OF_BOTO3:
        return f"{name!r} is a transfer of boto3 and no operation: it sends {OF_BOTO3[name]}"
    if set(name) & set("*?["):
        return f"{name!r} is a pattern, and operations have none: name each"
    known = _names().values()
    return f"S3 has no operation {name!r}{did_you_mean(name, known)}"
