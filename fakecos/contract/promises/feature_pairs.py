"""Where two features meet: what no test of a single feature shows.

The table of all pairs, and which test holds each, is fakecos/facts/feature_pairs.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import cases, promise
from fakecos.contract.steps.names import BUCKET

if TYPE_CHECKING:
    from collections.abc import Callable
KMS: dict[str, Any] = {"ServerSideEncryption": "aws:kms"}
ANOTHER = '"0123456789abcdef0123456789abcdef"'


def with_header(client: Any, name: str, value: str) -> None:
    """Let each GET of a client have one more header."""

    def add(request: Any, **_: object) -> None:
        request.headers[name] = value

    for operation in ("GetObject", "HeadObject"):
        client.meta.events.register_first(f"before-sign.s3.{operation}", add)


@promise
@cases(
    "shape",
    ["own", "unquoted", "date", "another", "weak", "later", "nonsense"],
)
def if_range_with_another_etag_gives_the_whole_object(make_client: Callable[..., Any], shape: str) -> None:
    """Source: reported: aws-changes 39; dates, and that a weak ETag is none: RFC 9110, 13.1.5."""
    client = make_client()
    etag = client.put_object(Bucket=BUCKET, Key="key", Body=b"0123456789")["ETag"]
    written = client.head_object(Bucket=BUCKET, Key="key")["LastModified"]
    later = written + dt.timedelta(days=1)
    form = "%a, %d %b %Y %H:%M:%S GMT"
    values = {"own": etag, "unquoted": etag.strip('"'), "date": written.strftime(form), "another": ANOTHER}
    values |= {"weak": f"W/{etag}", "later": later.strftime(form), "nonsense": "yesterday"}
    with_header(client, "If-Range", values[shape])
    answer = client.get_object(Bucket=BUCKET, Key="key", Range="bytes=2-3")
    head = client.head_object(Bucket=BUCKET, Key="key", Range="bytes=2-3")
    assert answer["Body"].read() == (b"23" if shape in {"own", "unquoted", "date"} else b"0123456789")
    assert head["ContentLength"] == answer["ContentLength"]


@promise
def a_checksum_is_that_of_the_bytes_under_sse_kms(aws: Any) -> None:
    """Source: documented by AWS: checking object integrity."""
    plain = aws.put_object(Bucket=BUCKET, Key="plain", Body=b"1", ChecksumAlgorithm="SHA256")
    under_kms = aws.put_object(Bucket=BUCKET, Key="key", Body=b"1", ChecksumAlgorithm="SHA256", **KMS)
    assert under_kms["ChecksumSHA256"] == plain["ChecksumSHA256"]
    assert under_kms["ETag"] != plain["ETag"]


@promise
def a_copy_does_not_inherit_sse_kms(aws: Any) -> None:
    """Source: documented by AWS: CopyObject encrypts as asked for, else as the bucket of the copy does by default."""
    aws.put_object(Bucket=BUCKET, Key="source", **KMS)
    answer = aws.copy_object(Bucket=BUCKET, Key="key", CopySource=f"{BUCKET}/source")
    assert answer["ServerSideEncryption"] == "AES256"
    assert "SSEKMSKeyId" not in answer
