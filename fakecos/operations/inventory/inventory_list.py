"""One list of an inventory: its data file, its manifests, and where they go (aws-logs-and-inventory 19, 20)."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fakecos import urls
from fakecos.facts.services.aws_principals import S3
from fakecos.model.acl import BUCKET_OWNER_FULL_CONTROL
from fakecos.model.encryption import SSE_KMS, SSE_S3, Encryption
from fakecos.operations import written_by_s3
from fakecos.operations.inventory import columnar
from fakecos.operations.inventory.columns import COLUMNS, chosen, rows_of, text_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from fakecos.model.bucket import Bucket
    from fakecos.model.store import Store
    from fakecos.operations.context import Context
    from fakecos.operations.written_by_s3 import ContextOf

VERSION = "2016-11-30"
CSV = "CSV"
KEY = "Key"
OCTETS = "application/octet-stream"


def write(
    store: Store, source: Bucket, document: Mapping[str, Any], moment: dt.datetime, context_of: ContextOf
) -> None:
    """Write the list that is made at a moment into its destination. A notice says why where it cannot be.

    UsageError: the policy of the destination has a condition that is not evaluated here.
    """
    wanted = document["Destination"]["S3BucketDestination"]
    name = wanted["Bucket"].rpartition(":::")[2]
    bucket = store.buckets.get(name)
    if bucket is None:
        _notice(store, source, document, f"there is no destination bucket {name}")
        return
    context = context_of(name, written_by_s3.service_for(S3, source.name, source.account))
    folder = "/".join(filter(None, (wanted.get("Prefix"), source.name, document["Id"])))
    why = _why_not(context, source, bucket, wanted, f"{folder}/data/")
    if why is not None:
        _notice(store, source, document, why)
        return
    columns = chosen(document)
    form = wanted["Format"]
    rows = [[COLUMNS[name](row) for name in columns] for row in rows_of(context, source, document)]
    data = _as_csv(columns, rows) if form == CSV else columnar.data_of(form, columns, rows)
    data_key = f"{folder}/data/{context.ids.uuid()}.{columnar.EXTENSIONS.get(form, 'csv.gz')}"
    manifest = {
        "sourceBucket": source.name,
        "destinationBucket": f"arn:aws:s3:::{name}",
        "version": VERSION,
        "creationTimestamp": str(int(moment.timestamp() * 1000)),
        "fileFormat": form,
        "fileSchema": ", ".join(columns) if form == CSV else columnar.schema_of(form, columns),
        "files": [{"key": data_key, "size": len(data), "MD5checksum": _md5(data)}],
    }
    text = json.dumps(manifest, indent=2, separators=(",", " : "), ensure_ascii=False).encode()
    stamp = f"{moment:%Y-%m-%dT%H-%MZ}"
    for key, body in (
        (data_key, data),
        (f"{folder}/hive/dt={moment:%Y-%m-%d-%H-%M}/symlink.txt", f"s3://{name}/{data_key}".encode()),
        (f"{folder}/{stamp}/manifest.json", text),
        (f"{folder}/{stamp}/manifest.checksum", f"{_md5(text)}\n".encode()),  # the last: it says that all is there
    ):
        encrypted = _encryption(wanted)
        written_by_s3.write(context, bucket, key, body, moment, content_type=OCTETS, encrypted=encrypted)


def _why_not(context: Context, source: Bucket, bucket: Bucket, wanted: Mapping[str, Any], place: str) -> str | None:
    """Return why S3 does not write a list into its destination, None if it does (documented, unless said)."""
    name = bucket.name
    if bucket.region != source.region:
        return f"the destination bucket {name} is in {bucket.region}, and not in {source.region} as the source is"
    if wanted.get("AccountId", bucket.account) != bucket.account:
        return f"the destination bucket {name} is not of the account {wanted['AccountId']}, but of {bucket.account}"
    if wanted["Format"] != CSV and not columnar.is_writable():
        return f"fakecos writes {wanted['Format']} where pyarrow is installed, and here it is not"
    decision = written_by_s3.decision(context, bucket, place, {"ACL": BUCKET_OWNER_FULL_CONTROL})
    if decision is True:
        return None
    said = "denies" if decision is False else "does not allow"
    advice = "" if decision is False else f': give it a statement with "Principal": {{"Service": "{S3}"}}'
    return f"the policy of the destination bucket {name} {said} s3:PutObject of {place}* to the service {S3}{advice}"


def _as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return the rows: each value between quotes, the key URL-encoded (documented), without a heading (reported)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    for row in rows:
        writer.writerow(
            quote(value, safe="/") if name == KEY else text_of(value) for name, value in zip(columns, row, strict=True)
        )
    return gzip.compress(text.getvalue().encode(), mtime=0)


def _encryption(wanted: Mapping[str, Any]) -> Encryption | None:
    """Return the encryption that the configuration asks for; without one it is the destination's (documented)."""
    asked = wanted.get("Encryption") or {}
    if "SSEKMS" in asked:
        return Encryption(SSE_KMS, kms_key_id=asked["SSEKMS"]["KeyId"])
    return Encryption(SSE_S3) if "SSES3" in asked else None


def _md5(body: bytes) -> str:
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


def _notice(store: Store, source: Bucket, document: Mapping[str, Any], why: str) -> None:
    page = urls.page("how-to/logs-and-inventory")
    store.not_written(f"inventory {document['Id']} of the bucket {source.name}", f"{why}. See {page}")
