"""What S3 does with each name that a signer may move from the headers into the query of a presigned URL.

A signature covers the whole query, so what stands there cannot be changed. Whether S3 acts on it is another question,
and the answer differs from name to name. This is the one table of it, and docs/reference/presigned-urls.md is made
from it.

`public` here: people who tried it on AWS, in issues and pull requests of Amazon's own SDKs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

TAKEN = "taken"
"""As if the header of that name had been sent."""
IGNORED = "ignored"
"""Covered by the signature, and nothing else."""
REFUSED = "refused"
"""A signed header that was not sent: SignatureDoesNotMatch."""

EXPECTED_OWNER = "x-amz-expected-bucket-owner"
SIGNED_HEADERS = "X-Amz-SignedHeaders"
V2_KEY = "AWSAccessKeyId"


class Parameter(NamedTuple):
    """A name in the query, or a family of them, whose `names` end in `*`; all in lower case.

    What becomes of it where no header of that name is sent (if one is, the header counts):
    - `unsigned`: where no SigV4 signature names it in X-Amz-SignedHeaders, and in capitals too if `any_case`;
    - `signed`: where one does;
    - `by_v2`: where the URL is presigned by SigV2, which signs every x-amz-* of the query as a header.
    """

    names: tuple[str, ...]
    unsigned: str
    signed: str
    by_v2: str
    source: str
    any_case: bool = False


def _amz(*names: str, unsigned: str, source: str, by_v2: str = TAKEN, any_case: bool = False) -> Parameter:
    return Parameter(names, unsigned, TAKEN, by_v2, source, any_case)


def _not_moved(*names: str, source: str) -> Parameter:
    """A header that counts only as one."""
    return Parameter(names, IGNORED, REFUSED, IGNORED, source)


# The first row that has a name is its row, so the families that have exceptions stand after them.
_SIGNED = "; named as signed: assumed, aws-changes 9"
PARAMETERS = (
    _amz("x-amz-meta-*", unsigned=TAKEN, source="public: aws-presigned 33; SigV2: recorded aws-presigned 14"),
    _amz("x-amz-acl", unsigned=TAKEN, source=f"public: aws-presigned 33{_SIGNED}"),
    _amz("x-amz-grant-*", unsigned=TAKEN, source="assumed, as x-amz-acl"),
    _amz("x-amz-tagging", unsigned=IGNORED, source=f"public: aws-presigned 34{_SIGNED}"),
    _amz(
        *("x-amz-server-side-encryption*", "x-amz-copy-source-server-side-encryption*"),
        unsigned=IGNORED,
        source="public: aws-presigned 35, of keys of the customer assumed; named as signed: recorded aws-presigned 32",
    ),
    _amz("x-amz-object-lock-*", unsigned=IGNORED, source=f"public: aws-presigned 36{_SIGNED}"),
    _amz(
        *("x-amz-bypass-governance-retention", "x-amz-mfa"),
        unsigned=IGNORED,
        source="assumed, as x-amz-object-lock-*",
    ),
    _amz("x-amz-checksum-mode", unsigned=IGNORED, by_v2=IGNORED, source=f"public: aws-presigned 37{_SIGNED}"),
    _amz(
        *("x-amz-checksum-*", "x-amz-sdk-checksum-algorithm"),
        unsigned=IGNORED,
        source="recorded: aws-changes 8, of PutObject; of other operations, of algorithm and type, by SigV2: assumed"
        + _SIGNED,
    ),
    _amz(
        *("x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner"),
        unsigned=TAKEN,
        source="public: aws-presigned 38, where in capitals it is refused; of the source of a copy: assumed",
    ),
    _amz("x-amz-request-payer", unsigned=TAKEN, any_case=True, source="public: aws-presigned 39"),
    _amz(
        *("x-amz-copy-source", "x-amz-copy-source-*"),
        unsigned=TAKEN,
        source="public: aws-presigned 40; by SigV2: recorded there; conditions and range: assumed",
    ),
    _not_moved(
        "x-amz-content-sha256",
        source="public: it is the digest that is signed; that the body is compared with it: assumed",
    ),
    _not_moved(
        *("x-amz-decoded-content-length", "x-amz-trailer"),
        source="assumed; a length that is none is MissingContentLength: aws-changes 25",
    ),
    _not_moved(
        *("x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-expires", "x-amz-signature"),
        *("x-amz-signedheaders", "x-amz-security-token"),
        source="documented: the signature itself; recorded aws-presigned 10",
    ),
    _amz("x-amz-*", unsigned=TAKEN, source="assumed: any other header of the operation, such as x-amz-storage-class"),
    Parameter(
        ("if-match", "if-none-match", "if-modified-since", "if-unmodified-since"),
        TAKEN,
        REFUSED,
        TAKEN,
        "recorded: aws-changes 10, of PutObject; of other operations, by SigV2, and named as signed: assumed",
        any_case=True,
    ),
    _not_moved("content-md5", source="recorded aws-presigned 32"),
    _not_moved("content-type", source="recorded aws-presigned 11; that it does nothing in the query: assumed"),
    _not_moved("cache-control", "content-disposition", source="public: aws-presigned 41"),
    _not_moved("content-encoding", "content-language", "expect", "expires", "range", source="assumed, as Content-MD5"),
    _not_moved("content-length", source="assumed; a length that is none is MissingContentLength: aws-changes 25"),
)
OTHER = _not_moved("*", source="recorded aws-presigned 6: x-id; of other names: assumed")
"""Any name that is neither a header nor a parameter of the operation."""

LENGTHS = frozenset({"content-length", "x-amz-decoded-content-length"})


@lru_cache(256)  # clients sign the same names all day
def row_of(name: str) -> Parameter:
    """Return what becomes of a name in the query, given in lower case."""
    for row in PARAMETERS:
        for known in row.names:
            if name == known or (known[-1] == "*" and name.startswith(known[:-1])):
                return row
    return OTHER


@lru_cache(256)
def is_taken_unsigned(name: str) -> bool:
    """Whether a name in the query counts as a header though no signature names it; `name` as it stands there."""
    header = name.lower()
    row = row_of(header)
    return row.unsigned == TAKEN and (row.any_case or name == header)


def is_taken_signed(header: str) -> bool:
    """Whether the value of a header that SigV4 signs, named in lower case, may stand in the query instead."""
    return row_of(header).signed == TAKEN


def is_taken_by_v2(header: str) -> bool:
    """Whether a name in the query of a URL presigned by SigV2, in lower case, counts as a header."""
    return row_of(header).by_v2 == TAKEN
