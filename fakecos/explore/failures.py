"""What can happen to a request: a table, with why each row is real. The reference page is made from it.

A row says for which requests it is, and makes the fault. `standard` rows are what a careful person wants in CI; the
others are rarer, or are caught by something else than the code under test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.explore.made_of_outcomes import answer, error, flipped, in_answer, in_body, meanwhile, transport
from fakecos.explore.seen import (
    FOR_GOOD,
    ONE_KEY_REFUSED,
    Failure,
    always,
    changes,
    changes_on_condition,
    deletes_several,
    is_for_token,
    is_other_read,
    is_read,
    is_verifiable_read,
    names_bucket,
    names_upload,
    of_cos,
    of_s3,
    reads_what_others_know,
    sends_body,
    sends_checked_data,
    sends_data,
    sends_several_bytes,
    sends_unchecked_data,
    stores,
    stores_on_condition,
)
from fakecos.facts.exceptions import UsageError
from fakecos.facts.transport import Transport
from fakecos.faults import error_outcomes, outcomes
from fakecos.faults.corruption import Corrupt
from fakecos.faults.outcomes import Meanwhile, When
from fakecos.faults.validation import IN_200
from fakecos.usage import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fakecos.explore.seen import Seen


def _may_fail_in_200(seen: Seen) -> bool:
    """Whether it is CompleteMultipartUpload, CopyObject or UploadPartCopy."""
    return seen.target.operation in IN_200


# What the client's own exception is known by, in its code, its class or its text.
_CLOSED = (
    *("ConnectionClosed", "ConnectionReset", "closed", "reset", "roken", "IncompleteRead", "disconnected"),
    *("ResponseStreaming", "ClientPayload"),
)
_REFUSED = ("Could not connect", "EndpointConnection", "refused", "ConnectionError", "Cannot connect")
_TIMED_OUT = ("ReadTimeout", "timed out", "timeout")
_UNAVAILABLE = ("SlowDown", "503", "educe your request rate", "Service Unavailable")
_INTERNAL = ("InternalError", "500", "internal error", "Internal Server Error")
_DENIED = ("AccessDenied", "403", "Access Denied", "Forbidden", "PermissionError")

_ROWS = (
    Failure(
        "SlowDown",
        "S3 answers 503 while it scales a prefix (documented): the most common error of all.",
        of_s3,
        error("SlowDown"),
        signs=_UNAVAILABLE,
    ),
    Failure(
        "SlowDown" + FOR_GOOD,
        "S3 answers 503 SlowDown to every attempt, for longer than any client retries.",
        of_s3,
        error("SlowDown"),
        for_good=True,
        signs=_UNAVAILABLE,
    ),
    Failure(
        "InternalError",
        "S3 answers 500 and asks for a retry (documented).",
        of_s3,
        error("InternalError"),
        signs=_INTERNAL,
    ),
    Failure(
        "InternalError" + FOR_GOOD,
        "S3 answers 500 InternalError to every attempt, for longer than any client retries.",
        of_s3,
        error("InternalError"),
        standard=False,
        for_good=True,
        signs=_INTERNAL,
    ),
    Failure(
        "RequestTimeout",
        "The body came too slowly: S3 answers 400 and closes the connection (documented).",
        sends_body,
        error("RequestTimeout"),
        signs=("RequestTimeout", "400", "not read from or written to", "Bad Request"),
    ),
    Failure(
        "AccessDenied",
        "S3 denies access: a policy changed, or this one action is not allowed. No client retries that.",
        of_s3,
        error("AccessDenied"),
        signs=_DENIED,
    ),
    Failure(
        "AccessDenied" + FOR_GOOD,
        "Access to this one action is denied, however often the code under test asks.",
        of_s3,
        error("AccessDenied"),
        standard=False,
        for_good=True,
        signs=_DENIED,
    ),
    Failure(
        "ExpiredToken",
        "Temporary credentials run out here (documented): from now on S3 refuses every request.",
        of_s3,
        error("ExpiredToken"),
        for_all=True,
        signs=("ExpiredToken", "400", "expired", "Bad Request"),
    ),
    Failure(
        "refused",
        "The connection is refused: nobody listens, or a firewall says no.",
        always,
        transport(Transport.CONNECT),
        signs=_REFUSED,
    ),
    Failure(
        "refused" + FOR_GOOD,
        "Every connection for this request is refused, for longer than any client retries.",
        always,
        transport(Transport.CONNECT),
        standard=False,
        for_good=True,
        signs=_REFUSED,
    ),
    Failure(
        "reset",
        "The connection is reset before S3 read the request.",
        always,
        transport(Transport.RESET),
        signs=_CLOSED,
    ),
    Failure(
        "reset@body",
        "The connection is reset while the body is sent.",
        sends_several_bytes,
        in_body,
        signs=_CLOSED,
    ),
    Failure(
        "closed@stored",
        "S3 did what was asked, and its answer was lost.",
        always,
        transport(Transport.CLOSED, When.STORED),
        signs=_CLOSED,
    ),
    Failure(
        "closed@stored" + FOR_GOOD,
        "S3 did what was asked, and the answer to every attempt was lost, as by a proxy that cuts slow answers.",
        changes,
        transport(Transport.CLOSED, When.STORED),
        for_good=True,
        signs=_CLOSED,
    ),
    Failure(
        "timeout",
        "No answer came in time, and nothing was done.",
        always,
        transport(Transport.READ_TIMEOUT),
        standard=False,
        signs=_TIMED_OUT,
    ),
    Failure(
        "timeout@stored",
        "S3 did what was asked, later than the client waits.",
        changes,
        transport(Transport.READ_TIMEOUT, When.STORED),
        standard=False,
        signs=_TIMED_OUT,
    ),
    Failure(
        "InternalError in 200",
        "S3 began its answer with 200, and the work failed afterwards (documented for Complete and the copies).",
        _may_fail_in_200,
        lambda _: (error_outcomes.error_in_200("InternalError"), When.BEFORE),
        signs=_INTERNAL,
    ),
    Failure(
        "upload aborted",
        "A lifecycle rule, a clean-up job or another worker aborted the upload.",
        names_upload,
        meanwhile(Meanwhile.UPLOAD_ABORTED),
        by_others=True,
    ),
    Failure(
        "upload completed",
        "Another worker completed the upload with the parts that were there.",
        names_upload,
        meanwhile(Meanwhile.UPLOAD_COMPLETED),
        standard=False,
        by_others=True,
    ),
    Failure(
        "bucket gone",
        "The bucket was deleted.",
        names_bucket,
        meanwhile(Meanwhile.BUCKET_GONE),
        standard=False,
        by_others=True,
    ),
    Failure(
        "object replaced",
        "Another writer stored another object under the key, of the same size, just before the request.",
        reads_what_others_know,
        meanwhile(Meanwhile.OBJECT_REPLACED),
        by_others=True,
    ),
    Failure(
        "object deleted",
        "Somebody deleted the object just before the request.",
        reads_what_others_know,
        meanwhile(Meanwhile.OBJECT_DELETED),
        by_others=True,
    ),
    Failure(
        "409",
        "S3 answers a conditional write with 409 when another write of the key is in progress (documented).",
        stores_on_condition,
        error("ConditionalRequestConflict"),
        signs=("ConditionalRequestConflict", "409", "Conflict"),
    ),
    Failure(
        "412",
        "Another writer was faster, and stored something under the key: the condition does not hold.",
        changes_on_condition,
        meanwhile(Meanwhile.OBJECT_WRITTEN),
        by_others=True,
    ),
    Failure(
        "bit turned",
        "A bit of the body turned on its way: S3 compares the checksum that the client took, and refuses.",
        sends_checked_data,
        flipped,
        signs=("BadDigest", "InvalidDigest", "did not match", "400", "XAmzContentSHA256Mismatch", "checksum"),
    ),
    Failure(
        "bit turned unseen",
        "A bit of the body turned on its way, and the request has no checksum by which S3 could notice.",
        sends_unchecked_data,
        flipped,
        standard=False,
    ),
    Failure(
        "body cut",
        "The body ended early: S3 waits for what its headers promise, and refuses.",
        sends_data,
        lambda seen: (outcomes.corrupt(Corrupt.cut((seen.size or 0) // 2)), When.BEFORE),
        standard=False,
        signs=("IncompleteBody", "400", "MalformedTrailer", "did not match", "BadDigest", "RequestTimeout"),
    ),
    Failure(
        "answer cut",
        "The connection broke while the object was read.",
        is_read,
        in_answer,
        signs=_CLOSED,
    ),
    Failure(
        "answer with a bit turned",
        "A bit of a whole object turned on its way: a client that compares its checksum notices.",
        is_verifiable_read,
        answer(lambda seen: Corrupt.flip(seen.answer_size * 4)),
        signs=("FlexibleChecksum", "checksum", "hecksum", "mismatch", "digest", "corrupt"),
    ),
    Failure(
        "range with a bit turned",
        "A bit turned on its way in an answer of which no client has a checksum, such as that to a Range.",
        is_other_read,
        answer(lambda seen: Corrupt.flip(seen.answer_size * 4)),
        standard=False,
    ),
    Failure(
        "answer too short",
        "A proxy gave less than the object, and a Content-Length that agrees.",
        is_read,
        answer(lambda seen: Corrupt.short(seen.answer_size // 2)),
        standard=False,
    ),
    Failure(
        "answer too long",
        "A proxy gave more than the object, and a Content-Length that agrees.",
        is_read,
        answer(lambda _: Corrupt.pad(1)),
        standard=False,
    ),
    Failure(
        "no ETag",
        "A proxy or another store leaves the ETag out.",
        stores,
        answer(lambda _: Corrupt.etag(None)),
        standard=False,
    ),
    Failure(
        "wrong ETag",
        "A proxy changes the ETag, as some do that compress.",
        stores,
        answer(lambda _: Corrupt.etag('"00000000000000000000000000000000"')),
        standard=False,
    ),
    Failure(
        ONE_KEY_REFUSED,
        "S3 answers 200 and deletes all keys but one, for which its answer has an error (documented).",
        deletes_several,
        None,
    ),
    Failure(
        "IAM: unknown key",
        "IBM's IAM refuses the API key (its own code BXNIM0415E).",
        is_for_token,
        lambda _: (outcomes.iam_error("BXNIM0415E"), When.BEFORE),
        signs=("CredentialRetrieval", "BXNIM0415E", "400", "IAM", "token"),
    ),
    Failure(
        "IAM: unavailable",
        "IBM's IAM is overloaded.",
        is_for_token,
        lambda _: (outcomes.http(503), When.BEFORE),
        signs=("CredentialRetrieval", "503", "IAM", "token"),
    ),
    Failure(
        "429",
        "IBM COS limits the rate of requests (documented).",
        of_cos,
        lambda _: (error_outcomes.error("TooManyRequests", "Too many requests.", status=429), When.BEFORE),
        signs=("TooManyRequests", "429"),
    ),
)

TABLE: dict[str, Failure] = {row.name: row for row in _ROWS}
"""Every failure by its name."""
OF_OTHERS = {
    "object replaced": Meanwhile.OBJECT_REPLACED,
    "object deleted": Meanwhile.OBJECT_DELETED,
    "412": Meanwhile.OBJECT_WRITTEN,
}
"""What somebody else does to an object: a run may then end as if it had happened before the act, or after it."""
STANDARD = "standard"
ALL = "all"
IN_WORDS = {
    "answer lost after the change": "closed@stored",
    "answer lost": "closed@stored",
    "ConditionalRequestConflict": "409",
    "PreconditionFailed": "412",
}
"""Other words for some of them."""


def chosen(failures: str | Iterable[str], *, is_served: bool = False) -> tuple[Failure, ...]:
    """Return the rows that `failures` names: a set, or names. UsageError: there is no such set or name.

    No connection to a server that serves is refused: those rows are left out.
    """
    names = [failures] if isinstance(failures, str) else list(failures)
    found: dict[str, Failure] = {}
    for name in names:
        if name == ALL:
            found |= TABLE
        elif name == STANDARD:
            found |= {row.name: row for row in _ROWS if row.standard}
        else:
            row = named(name)
            found[row.name] = row
    return tuple(row for row in _ROWS if row.name in found and not (is_served and row.name.startswith("refused")))


def named(name: str) -> Failure:
    """Return the row of a name. UsageError: there is none."""
    row = TABLE.get(IN_WORDS.get(name, name))
    if row is None:
        listed = f" (the names are {', '.join(map(repr, TABLE))}; the sets {STANDARD!r} and {ALL!r})"
        message = f"There is no failure {name!r}{did_you_mean(name, (*TABLE, STANDARD, ALL)) or listed}"
        raise UsageError(message)
    return row
