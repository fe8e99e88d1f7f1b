"""Condition keys of which a request does not say the one value that S3 would see, and what each of them may be.

A condition on them counts where its answer is the same for all of these. Who asks for more gets a UsageError.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.operations.policy.question import Question

    Alternatives = list[list[str] | None]

V2 = "AWS"
MILLISECOND = dt.timedelta(milliseconds=1)
LONGEST_AGE = dt.timedelta(days=7) // MILLISECOND  # documented: a signature of version 4 is valid for up to seven days


def _tls_version(question: Question) -> Alternatives:
    """Return the versions of TLS that S3 speaks: none below 1.2 since 2024-02-27 (documented: AWS Storage Blog).

    Over plain HTTP the key is absent (assumed).
    """
    return [["1.2"], ["1.3"]] if question.context.request_info.is_secure else [None]


def _signature_age(question: Question) -> Alternatives:
    """Return how old the signature may be, in milliseconds.

    Documented, Signature Version 4 authentication specific policy keys: of a presigned URL it is the time since
    X-Amz-Date, and 0 for version 2. Whether headers and forms have it, the editions of that page say differently.
    """
    info = question.context.request_info
    kind = info.auth_type
    if kind is None:
        return [None]
    if kind == "POST":
        return [None, ["0"], [str(LONGEST_AGE)]]
    if info.signature_version == V2:
        return [["0"]]
    signed = info.signed_at
    age = [str(max(0, (question.context.instant() - signed) // MILLISECOND))] if signed is not None else None
    return [age] if kind == "REST-QUERY-STRING" else [None, age]


UNCERTAIN: dict[str, Callable[[Question], Alternatives]] = {
    "s3:signatureage": _signature_age,
    "s3:tlsversion": _tls_version,
}
"""By the key in lower case."""
