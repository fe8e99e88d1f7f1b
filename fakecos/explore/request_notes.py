"""What a run notes of a request before it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.explore.seen import CONDITIONS, NO_ANSWER, READS, Seen
from fakecos.faults.matching import read_place

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from fakecos.explore.sites import Target
    from fakecos.explore.state import Place
    from fakecos.faults.matching import Request
    from fakecos.service.call import Call


def seen_of(call: Call, request: Request, target: Target, nth: int, before: Collection[Place]) -> Seen:
    """Return what is known of a request before it is answered; `before` are the objects that were there."""
    reads = _read_place(request)
    return Seen(
        target,
        nth,
        request.method,
        CONDITIONS & request.headers.keys(),
        request.size,
        answer_size=0,
        status=NO_ANSWER,
        failure=None,
        upload_id=request.upload_id,
        reads=reads,
        service=call.dialect.name,
        existed=reads in before,
        is_checked=_is_checked(request.headers),
    )


def _is_checked(headers: Mapping[str, str]) -> bool:
    sha256 = headers.get("x-amz-content-sha256", "UNSIGNED")
    return (
        "content-md5" in headers
        or not sha256.startswith(("UNSIGNED", "STREAMING-UNSIGNED"))
        or any(name.startswith(("x-amz-checksum-", "x-amz-trailer")) for name in headers)
    )


def _read_place(request: Request) -> Place | None:
    """Return the object that a request reads, a copy's source first; None if it reads none."""
    return read_place(request) if request.operation in READS else None
