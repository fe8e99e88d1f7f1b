"""What `fakecos run --json` writes at the end, for machines: `run.schema.json` beside this file says its form.

The control door of a server answers with the same forms.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fakecos.testing.report import not_written, outcomes, would_be_refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fakecos.model.bucket import Bucket
    from fakecos.model.delete_marker import DeleteMarker
    from fakecos.model.object import StoredObject
    from fakecos.model.part import CompletedPart, Part
    from fakecos.model.store import Store
    from fakecos.model.upload import MultipartUpload

FORMAT = 1
"""Changes when a reader of the form before could not read it."""
SCHEMA = Path(__file__).with_name("run.schema.json")


def as_json(
    store: Store,
    requests: Mapping[str, int],
    refused: Mapping[tuple[str, str], int],
    notices: Sequence[str],
    exit_code: int,
) -> str:
    """Return the text of the document; the arguments are those of `report`, and the program's exit code."""
    buckets = [_bucket(bucket) for bucket in store.buckets.values()]
    head = {"format": FORMAT, "exit_code": exit_code, "buckets": buckets}
    found = {**head, **left_behind(store, requests, refused, notices)}
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def left_behind(
    store: Store, requests: Mapping[str, int], refused: Mapping[tuple[str, str], int], notices: Sequence[str]
) -> dict[str, Any]:
    """Return what was left behind, and what came; all but what is stored."""
    return {
        "uploads_left_open": [
            upload_as_json(bucket, upload) for bucket in store.buckets.values() for upload in bucket.uploads.values()
        ],
        "requests": {
            name: {"ok": well, "refused": codes} for name, (well, codes) in outcomes(requests, refused).items()
        },
        "would_be_refused": would_be_refused(store),
        "refused_actions": [
            {"action": action, "resource": resource, "times": times, "why": why}
            for (action, resource, why), times in sorted(store.refused_actions.items())
        ],
        "notices": [*notices, *not_written(store)],
    }


def _bucket(bucket: Bucket) -> dict[str, Any]:
    versions = [version for key in bucket.versions.keys for version in bucket.versions_of(key)]
    return {
        "name": bucket.name,
        "region": bucket.region,
        "versioning": bucket.versioning,
        "objects": [object_as_json(stored) for stored in bucket.objects.values()],
        "versions": [version_as_json(version) for version in versions] if bucket.versioning else [],
    }


def version_as_json(version: StoredObject | DeleteMarker) -> dict[str, Any]:
    """Return a version: an object, or a delete marker."""
    if not version.is_delete_marker:
        return object_as_json(version)
    return {"key": version.key, "version_id": version.version_id, "delete_marker": True}


def object_as_json(stored: StoredObject) -> dict[str, Any]:
    """Return an object, or one of its versions."""
    checksum = stored.checksum
    name = checksum.algorithm.name if checksum else None
    return {
        "key": stored.key,
        "version_id": stored.version_id,
        "size": stored.size,
        "etag": stored.etag,
        "checksum": checksum and {"algorithm": name, "type": checksum.type, "value": checksum.text},
        "parts": [_part(part, name) for part in stored.parts],
    }


def upload_as_json(bucket: Bucket, upload: MultipartUpload) -> dict[str, Any]:
    """Return an upload that is open, with its parts in order."""
    parts = [part for _, part in sorted(upload.parts.items())]
    return {
        "bucket": bucket.name,
        "key": upload.key,
        "upload_id": upload.upload_id,
        "size": upload.size,
        "parts": [_part(part, part.algorithm.name if part.algorithm else None) for part in parts],
    }


def _part(part: Part | CompletedPart, algorithm: str | None) -> dict[str, Any]:
    checksum = {"algorithm": algorithm, "value": part.checksum} if part.checksum else None
    return {"number": part.number, "size": part.size, "etag": part.etag, "checksum": checksum}
