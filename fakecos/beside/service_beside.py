"""The service of a fake with a real one beside it: it answers as ever, and has each answer compared.

A fake without one has none of this on its path.
"""

from __future__ import annotations

import dataclasses
import os
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fakecos.beside.compared import Answered, Comparison
from fakecos.beside.sent_request import TakenBody
from fakecos.facts.errors import S3Error
from fakecos.facts.exceptions import DifferenceWarning, UsageError
from fakecos.facts.transport import TransportFault
from fakecos.service.service import Service
from fakecos.wire.addressing import address

if TYPE_CHECKING:
    from fakecos.beside.beside import Beside
    from fakecos.model.content import Content
    from fakecos.model.snapshot import Snapshot
    from fakecos.model.store import Store
    from fakecos.operations.context import Params, Result
    from fakecos.service.call import Answer, Call
    from fakecos.service.journal import RecordedRequest
    from fakecos.wire.messages import HttpRequest, HttpResponse

_announced: set[str] = set()


class ServiceBeside(Service):
    """A service whose requests for some buckets are sent to another one too."""

    def __init__(self, beside: Beside, **keywords: Any) -> None:
        self.comparison: Comparison | None = None  # while the base class resets
        super().__init__(**keywords)
        self.beside = beside
        self.comparison = Comparison(beside)
        self.watchers = (self._note,)
        self._local = threading.local()
        self._process = os.getpid()
        self._turn = threading.RLock()
        text = beside.announcement
        if text not in _announced:  # once in a process
            _announced.add(text)
            print(f"fakecos: {text}", file=sys.stderr, flush=True)  # noqa: T201  nothing is sent without saying so

    def handle(self, request: HttpRequest) -> HttpResponse:
        """Answer one request, and send it to the other service too, if it is for one of the buckets."""
        bucket = self._bucket_of(request)
        if bucket is None:
            return super().handle(request)
        body = TakenBody(request.body)  # before the turn: a stream may wait for another request
        with self._turn:  # one after the other, so that both services have them in one order
            local = self._local
            local.call = local.performed = None
            local.was_there = bucket in self.store.buckets
            response: HttpResponse | None = None
            try:
                response = super().handle(dataclasses.replace(request, body=body))
            except TransportFault:
                self._compare(body, None)
                raise
            self._compare(body, response)
            return response

    def _bucket_of(self, request: HttpRequest) -> str | None:
        """Return the bucket of a request that is sent, None if it is not for one of them."""
        if os.getpid() == self._process:  # a forked child has a copy
            with suppress(S3Error):
                bucket = address(request, self.pipeline.access_points).bucket
                return bucket if self.beside.is_for(bucket) else None
        return None

    def _note(self, call: Call, recorded: RecordedRequest) -> None:
        self._local.call = call, recorded

    def perform(self, call: Call, store: Store | None = None) -> Answer:
        """Do what a call asks for, and keep the answer that a fault may change."""
        answer = super().perform(call, store)
        if store is None:
            status, headers, body = answer
            self._local.performed = status, dict(headers), body
        return answer

    def _compare(self, body: TakenBody, response: HttpResponse | None) -> None:
        call, recorded = self._local.call
        given = None if response is None else (response.status, response.headers, response.body)
        assert self.comparison is not None
        local = self._local
        answered = Answered(call, body, recorded, given, local.performed, local.was_there)
        self.comparison.take(answered, self.pipeline.keys)

    # --- what is done here only ----------------------------------------------------------------------------

    def arrange(self, operation: str, params: Params, body: bytes | Content = b"") -> Result:
        """Do an operation by hand, here only: what it changed is compared no more. A bucket may be there already."""
        result = super().arrange(operation, params, body)
        if self.comparison is not None and operation != "CreateBucket":
            self.comparison.part(str(params.get("Bucket")), f"{operation} by a method of the fake")
        return result

    def pass_time(self) -> None:
        """Do what is due here: the other service's clock goes on by itself."""
        super().pass_time()
        if self.comparison is not None:
            self.comparison.part_all("cos.advance, which moves only the time here")

    def reset(self) -> None:
        """Forget everything here: what is there stays."""
        super().reset()
        if self.comparison is not None:
            self.comparison.part_all("a reset, which forgets only what is stored here")

    def restore(self, snapshot: Snapshot) -> None:  # noqa: ARG002  as it is called
        """Refuse. UsageError: what is stored there cannot be set back."""
        message = (
            "cos.restore, cos.explore and cos.race set back what is stored, which cannot be done at "
            f"{self.beside.endpoint_url}: use a fake without beside=... for them."
        )
        raise UsageError(message)

    def rearm_locks(self) -> None:
        """Make the locks usable in a forked child."""
        super().rearm_locks()
        self._turn = threading.RLock()

    # --- the end -------------------------------------------------------------------------------------------

    def end(self) -> None:
        """Delete there what is to be deleted."""
        assert self.comparison is not None
        with self._turn:
            self.comparison.end()

    @property
    def last_warning(self) -> Warning | None:
        """What is to be said when the fake has stopped."""
        assert self.comparison is not None
        found = self.comparison.found
        return DifferenceWarning(str(found)) if found.has_news else None
