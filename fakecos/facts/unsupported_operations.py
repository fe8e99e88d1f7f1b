"""The operations that S3 or IBM COS have and fakecos refuses: with which error, and why.

Every operation of the service models is either in the registry of operations, or answered as the one that replaced
it, or stands here: a test holds that. So nothing is missing by oversight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.facts import errors

if TYPE_CHECKING:
    from fakecos.facts.errors import ErrorSpec


class Refusal(NamedTuple):
    """Why an operation is refused, in a sentence for the reference, and the row of its error."""

    why: str
    row: ErrorSpec = errors.OPERATION_NOT_IMPLEMENTED


_DIRECTORY = Refusal(
    "Only directory buckets (S3 Express One Zone) have it, and these are not there: they are another kind of bucket, "
    "with endpoints of their own."
)
_TABLES = Refusal("Its tables are those of S3 Tables, which is another service.")
_LAMBDA = Refusal("It belongs to S3 Object Lambda, which needs functions that run.")
_ASPERA = Refusal("Its keys are those of Aspera, which is another service of IBM's.")

REFUSED: dict[str, Refusal] = {
    "CreateSession": _DIRECTORY,
    "ListDirectoryBuckets": _DIRECTORY,
    "RenameObject": _DIRECTORY,
    "CreateBucketMetadataConfiguration": _TABLES,
    "CreateBucketMetadataTableConfiguration": _TABLES,
    "DeleteBucketMetadataConfiguration": _TABLES,
    "DeleteBucketMetadataTableConfiguration": _TABLES,
    "GetBucketMetadataConfiguration": _TABLES,
    "GetBucketMetadataTableConfiguration": _TABLES,
    "UpdateBucketMetadataAnnotationTableConfiguration": _TABLES,
    "UpdateBucketMetadataInventoryTableConfiguration": _TABLES,
    "UpdateBucketMetadataJournalTableConfiguration": _TABLES,
    "WriteGetObjectResponse": _LAMBDA,
    "GetBucketAspera": _ASPERA,
}
