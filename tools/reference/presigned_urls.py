"""The page on what may stand in the query of a presigned URL."""

from __future__ import annotations

from fakecos.facts import presigned_query
from tools.reference.markdown import cell, table

PRESIGNED = """\
# Presigned URLs: what may stand in the query

A signer may move headers into the query of a URL. The signature covers all of it: a value that is changed is 403
`SignatureDoesNotMatch`. What S3 does with the value then differs from name to name. *taken*: as if the header had been
sent. *ignored*: nothing. *refused*: 403, as a signed header is missing. If a header of the name is sent, the header
counts; by SigV4 an `x-amz-*` header that is sent must be signed.

- *not signed*: SigV4, and `X-Amz-SignedHeaders` does not name it. Names are in lower case, and ignored in
  capitals, unless the row says otherwise.
- *signed*: SigV4, and `X-Amz-SignedHeaders` names it.
- *SigV2*: a URL with `AWSAccessKeyId`, `Signature` and `Expires`. All `x-amz-*` of the query are signed as headers.

The first row that has a name counts. The same holds for IBM COS (assumed). Beside an `Authorization` header, names in
the query count as those that are not signed (assumed). Parameters of an operation that stand in the query anyhow
(`versionId`, `partNumber`, `uploadId`, `response-content-type` and the like) are taken: recorded, facts 3 and 4 of
aws-presigned.
"""
MOVED = (
    ("boto3 with `s3v4`", "nothing", "all that was given"),
    ("boto3 with `s3` (SigV2)", "`x-amz-*`, `content-md5`, `content-type`", "the latter two"),
    (
        "JavaScript SDK v3",
        "`x-amz-*` but for encryption, `x-id`, and for uploads the checksum of no body",
        "encryption, conditions, Content-MD5, Range and most others, as named",
    ),
    (
        "JavaScript SDK v2, SigV4",
        "`x-amz-*`, which are named as signed too; Content-MD5, Content-Type and Cache-Control",
        "what does not begin with `x-amz-`, as named",
    ),
    ("JavaScript SDK v2, SigV2", "everything", "Content-MD5 and Content-Type"),
    ("minio-js", "what the caller says", "nothing"),
)
MOVES = """\
## What clients move

Measured with botocore 1.44, the JavaScript SDKs 3.1169 and 2.1693, and minio-js 8.

{table}
So an upload by a URL of the JavaScript SDK v3 has the checksum that S3 adds by itself, CRC64NVME. The checksum in the
URL is that of an empty body, and is not compared with anything (recorded: aws-changes 8).
"""


def presigned_urls() -> str:
    """What S3 does with each name in the query of a presigned URL."""
    rows = [
        (
            ", ".join(f"`{name}`" for name in row.names) + (" (in any case)" if row.any_case else ""),
            row.unsigned,
            row.signed,
            row.by_v2,
            cell(row.source),
        )
        for row in presigned_query.PARAMETERS
    ]
    other = presigned_query.OTHER
    rows.append(("any other name", other.unsigned, other.signed, other.by_v2, cell(other.source)))
    moves = MOVES.format(table=table(("client", "in the query", "to be sent as headers"), MOVED))
    return "\n".join((PRESIGNED, table(("name", "not signed", "signed", "SigV2", "source"), rows), moves))
