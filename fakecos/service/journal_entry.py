"""What the journal keeps of a call: its line, made when the answer is."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from fakecos.service.call import attempt_of
from fakecos.service.journal import RecordedRequest, redacted

if TYPE_CHECKING:
    import datetime as dt

    from fakecos.facts.errors import S3Error
    from fakecos.service.call import Call
    from fakecos.service.journal import Journal

LOG = logging.getLogger("fakecos")
CREATE = "CreateMultipartUpload"


def enter(
    journal: Journal, call: Call, status: int, error: S3Error | None, moment: dt.datetime, received: int
) -> RecordedRequest:
    """Write a request and its answer into the journal, and return it; `received` are the bytes of its body."""
    place, query = call.address, call.query
    recorded = RecordedRequest(
        moment,
        call.operation,
        place.bucket if place else None,
        place.key if place else None,
        query.get("uploadId"),
        query.get("partNumber"),
        status,
        error.code if error else call.refused,
        call.request_id,
        attempt_of(call.request.headers.get("amz-sdk-request", "")),
        redacted(call.params),
        call.fault,
        call.started,
        time.perf_counter() - call.started,
        threading.current_thread().name,
        call.payload.declared_size or 0,
        received,
    )
    journal.add(recorded)
    if call.operation == CREATE and call.result is not None:
        journal.begin_upload(call.request_id, call.result["UploadId"])
    if LOG.isEnabledFor(logging.DEBUG):
        LOG.debug("%s", recorded)
    return recorded
