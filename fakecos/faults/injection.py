"""Fault injection: it wraps the pipeline of a service, which knows nothing of it.

Nothing here is a canned answer where S3 has a check of its own: bytes change below the real checks, a change is made
by the real operation before its answer is lost, and an error is the table's own.
"""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

from fakecos.facts.exceptions import UsageError
from fakecos.facts.iam import OPERATION as IAM_TOKEN
from fakecos.facts.transport import Transport, TransportFault
from fakecos.faults import store_changes
from fakecos.faults.corruption import OF_BYTES, Corrupt
from fakecos.faults.error_outcomes import Error
from fakecos.faults.matching import request_of
from fakecos.faults.outcomes import FOREVER, Delay, Http, InAnswer, InRequest, Meanwhile
from fakecos.model.content import Content
from fakecos.model.snapshot import copied
from fakecos.service.error_documents import error_document, in_service_words
from fakecos.timeline.recording import DELAY
from fakecos.wire import xml

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.faults.error_outcomes import ErrorIn200
    from fakecos.faults.matching import Request
    from fakecos.faults.outcomes import Outcome
    from fakecos.faults.schedule import Fault
    from fakecos.service.call import Answer, Call
    from fakecos.service.service import Service
    from fakecos.wire.payload import Payload

XML = "application/xml"
_ETAG = re.compile(rb"<ETag>.*?</ETag>")
_CHECKSUM = re.compile(rb"<(Checksum[A-Z0-9]+)>.*?</\1>")
_OK = 200


class FaultInjection:
    """All faults of one fake, in the order in which they were set: the first that takes a request has it alone.

    It is the wrapper of a service from the first fault on, so that a fake without any pays nothing.
    `virtual_seconds` counts the virtual time that delays took; `tick` is called with each wait.
    """

    def __init__(self, service: Service, tick: Callable[[float], None]) -> None:
        self.faults: list[Fault] = []
        self.virtual_seconds = 0.0
        self._service = service
        self._tick = tick
        self.rearm_lock()

    def rearm_lock(self) -> None:
        """Make a new lock, for a forked child."""
        self.lock = threading.RLock()  # who was interrupted while he held it may come again

    def answer(self, call: Call) -> Answer:
        """Answer a call: by what a fault makes of it, else as the service does."""
        taken = self._take(call)
        return self._service.perform(call) if taken is None else Injection(self, self._service, call, *taken).answer()

    def _take(self, call: Call) -> tuple[Fault, Outcome] | None:
        """Return the fault that takes a request, and what happens; None lets it pass."""
        request: Request | None = None
        for fault in self.faults:
            operations = fault.matcher.operations
            if fault.is_cancelled or (operations is not None and call.operation not in operations):
                continue
            if operations is None and call.operation == IAM_TOKEN:
                continue  # any operation of S3 is meant
            if request is None:
                request = request_of(call)
            if fault.matcher.matches(request):
                with self.lock:
                    outcome = fault.take(request)
                if outcome is not None:
                    return fault, outcome
        return None

    def unfired(self) -> list[Fault]:
        """Return the faults that never happened and were not cancelled."""
        return [fault for fault in self.faults if not fault.hits and not fault.is_cancelled]

    def unfinished(self) -> list[Fault]:
        """Return the faults that happened less often than they were to, and were not cancelled."""
        return [fault for fault in self.faults if fault.is_unfinished]

    def wait(self, seconds: float) -> None:
        """Let virtual time pass."""
        self.virtual_seconds += seconds
        self._tick(seconds)


def installed(service: Service) -> FaultInjection | None:
    """Return what injects faults into a service, None if no fault was set."""
    return service.wrapper if isinstance(service.wrapper, FaultInjection) else None


def install(service: Service, tick: Callable[[float], None]) -> FaultInjection:
    """Return what injects faults into a service, which it wraps from now on."""
    found = installed(service)
    if found is None:
        found = service.wrapper = FaultInjection(service, tick)
    return found


class Cut:
    """The answer's body breaks off: after `size` bytes, as `kind` says."""

    __slots__ = ("kind", "size")

    def __init__(self, size: int, kind: Transport) -> None:
        self.size = size
        self.kind = kind


class Injection:
    """One fault happening to one request."""

    __slots__ = ("_call", "_fault", "_has_hit", "_injection", "_outcome", "_service")

    def __init__(self, injection: FaultInjection, service: Service, call: Call, fault: Fault, outcome: Outcome) -> None:
        self._injection = injection
        self._service = service
        self._call = call
        self._fault = fault
        self._outcome = outcome
        self._has_hit = False

    def answer(self) -> Answer:
        """Answer the request. Raises S3Error, TransportFault, and what the operation itself raises."""
        try:
            answer = self._act()
        except BaseException:
            if not self._has_hit:
                self._miss("the request was refused before it could happen")
            raise
        finally:
            if not self._has_hit:
                with self._injection.lock:
                    self._fault.give_back()
        return answer

    def _act(self) -> Answer:
        outcome = self._outcome
        if isinstance(outcome, InRequest):
            self._corrupt_when_read(outcome.corrupt, self._call.payload)
            return self._service.perform(self._call)
        if isinstance(outcome, InAnswer):
            return self._corrupted(outcome.corrupt, self._service.perform(self._call))
        if isinstance(outcome, Meanwhile):
            return self._beside(outcome)
        if isinstance(outcome, Delay):
            return self._delayed(outcome)
        return self._failed(outcome)

    def _hit(self) -> None:
        self._has_hit = True
        self._call.fault = repr(self._outcome)
        with self._injection.lock:
            self._fault.hits += 1

    def _miss(self, reason: str) -> None:
        with self._injection.lock:
            self._fault.note_miss(reason)

    # --- errors, bare answers, failures of the connection ------------------------------------------------

    def _failed(self, outcome: Error | Http | ErrorIn200 | Transport) -> Answer:
        moment = self._fault.when.moment
        if moment == "after_answer_bytes" and isinstance(outcome, Transport):
            return self._cut_off(self._fault.when.size, outcome, self._service.perform(self._call))
        if moment == "after_bytes":
            self._call.request.body.skip(self._fault.when.size)
        elif moment == "VALIDATED":
            self._service.perform(self._call, copied(self._service.store))  # all is checked, nothing is changed
        elif moment == "STORED":
            self._service.perform(self._call)
        self._hit()
        if isinstance(outcome, Transport):
            raise TransportFault(outcome)
        if isinstance(outcome, Error):
            refusal = outcome.refusal(self._known())
            refusal.keeps_code = True
            raise refusal
        if isinstance(outcome, Http):
            self._call.is_bare = True
            return outcome.status, {"content-length": str(len(outcome.body)), **outcome.headers}, outcome.body
        return self._error_in_200(outcome)

    def _error_in_200(self, outcome: ErrorIn200) -> Answer:
        refusal = outcome.error.refusal(self._known())
        refusal.keeps_code = True
        refusal = in_service_words(self._call.dialect, refusal)
        body = error_document(self._call, refusal, _OK, self._service.ids, declared=False)
        body = b" " * outcome.white_space + body
        return _OK, {"Content-Type": XML, "Content-Length": str(len(body))}, body

    def _known(self) -> dict[str, object]:
        request = request_of(self._call)
        return {
            "Bucket": request.bucket,
            "BucketName": request.bucket,
            "Key": request.key,
            "UploadId": request.upload_id,
            "PartNumber": request.part_number,
        }

    def _cut_off(self, size: int, kind: Transport, answer: Answer) -> Answer:
        if len(answer[2]) < size:
            self._miss(f"the answer had only {len(answer[2])} bytes")
        else:
            self._hit()
            self._call.cut = Cut(size, kind)
        return answer

    # --- corruption --------------------------------------------------------------------------------------

    def _corrupt_when_read(self, corrupt: Corrupt, payload: Payload) -> None:
        """Let a corruption of the request happen to its body, when that is read."""
        if corrupt.kind == "trailer":
            payload.alter_trailers = self._other_trailers
        elif corrupt.kind == "framing":
            payload.alter_frames = self._broken_frames
        else:
            payload.alter = self._other_bytes

    def _other_bytes(self, data: bytes | Content) -> bytes | Content:
        assert isinstance(self._outcome, InRequest)
        corrupt = self._outcome.corrupt
        if not corrupt.applies_to(len(data)):
            self._miss(f"the body had only {len(data)} bytes")
            return data
        self._hit()
        return corrupt.change(data)

    def _other_trailers(self, trailers: dict[str, str]) -> dict[str, str]:
        assert isinstance(self._outcome, InRequest)
        self._hit()
        value = self._outcome.corrupt.value
        return {} if value is None else dict.fromkeys(trailers, value)

    def _broken_frames(self, raw: bytes) -> bytes:
        self._hit()
        return b"zz" + raw[raw.index(b"\r\n") :]

    def _corrupted(self, corrupt: Corrupt, answer: Answer) -> Answer:
        status, headers, body = answer
        data = body.read() if isinstance(body, Content) and body.is_held else body
        changed: bytes | Content | None
        if corrupt.kind in OF_BYTES:
            changed = corrupt.change(data) if data and corrupt.applies_to(len(data)) else None
            if changed is not None and corrupt.kind != "cut":
                _set_length(headers, changed)
        elif corrupt.kind == "etag":
            changed = _replaced(headers, {"etag"}, data, _ETAG, corrupt.value)
        elif corrupt.kind == "checksum":
            names = {name.lower() for name in headers if name.lower().startswith("x-amz-checksum-")}
            changed = _replaced(headers, names - {"x-amz-checksum-type"}, data, _CHECKSUM, corrupt.value)
        else:
            changed = _reshaped(headers, data, corrupt)
        if changed is None:
            self._miss("the answer had nothing of that kind")
            return answer
        self._hit()
        return status, headers, changed

    # --- somebody else, and time -------------------------------------------------------------------------

    def _beside(self, state: Meanwhile) -> Answer:
        service, call = self._service, self._call
        if state is Meanwhile.PART_LOST:
            answer = service.perform(call)
            store_changes.lose_part(service.store, request_of(call))
            self._hit()
            return answer
        if state is Meanwhile.DELIVERED_TWICE:
            service.perform(call)
            self._hit()
            return service.perform(call)
        store, request = service.store, request_of(call)
        context = service.pipeline.context_of(call, store, store.buckets.get(request.bucket or ""))
        reason = store_changes.act(state, context, request)
        if reason is None:
            self._hit()
        else:
            self._miss(reason)
        return service.perform(call)

    def _delayed(self, delay: Delay) -> Answer:
        service, call = self._service, self._call
        if delay.stall_after is not None:
            return self._stalled(delay, delay.stall_after)
        if delay.bytes_per_second is not None:
            answer = service.perform(call)
            self._hit()
            self._wait(((request_of(call).size or 0) + len(answer[2])) / delay.bytes_per_second)
            return answer
        if self._fault.when.moment == "STORED":
            answer = service.perform(call)
            self._pause(delay.seconds)
            return answer
        self._pause(delay.seconds)
        return service.perform(call)

    def _stalled(self, delay: Delay, size: int) -> Answer:
        if request_of(self._call).size != 0:
            if self._outlasts_client(delay.seconds):
                self._call.request.body.skip(size)
            self._pause(delay.seconds)
            return self._service.perform(self._call)
        answer = self._service.perform(self._call)
        if self._outlasts_client(delay.seconds):
            answer = self._cut_off(size, Transport.READ_TIMEOUT, answer)
            if self._has_hit:
                self._wait(self._call.request.patience or 0)
        elif len(answer[2]) >= size:
            self._pause(delay.seconds)
        else:
            self._miss(f"the answer had only {len(answer[2])} bytes")
        return answer

    def _pause(self, seconds: float) -> None:
        """Let virtual time pass; a client that waits no longer than its read timeout is gone then."""
        self._hit()
        if self._outlasts_client(seconds):
            self._wait(self._call.request.patience or 0)
            raise TransportFault(Transport.READ_TIMEOUT)
        self._wait(seconds)

    def _wait(self, seconds: float) -> None:
        """Let time pass: on the virtual clock, or really for a client that no virtual clock reaches."""
        if self._call.request.pause is not None:
            self._call.request.pause(seconds)
            return
        self._service.journal.pause(seconds, DELAY)
        self._injection.wait(seconds)

    def _outlasts_client(self, seconds: float) -> bool:
        if self._call.request.pause is not None:  # it is the client's own clock that ends a stall without end
            return seconds == FOREVER
        timeout = self._call.request.patience
        if timeout is None and seconds == FOREVER:
            message = f"{self._outcome!r} never ends, and this client has no read timeout: it would wait for ever."
            raise UsageError(message)
        return timeout is not None and seconds > timeout


def _set_length(headers: dict[str, str], body: bytes | Content) -> None:
    for name in headers:
        if name.lower() == "content-length":
            headers[name] = str(len(body))


def _replaced(
    headers: dict[str, str], names: set[str], data: bytes | Content, element: re.Pattern[bytes], value: str | None
) -> bytes | Content | None:
    """Return the body after a value was replaced in headers, else in its XML; None if it is in neither."""
    found = [name for name in headers if name.lower() in names]
    for name in found:
        if value is None:
            del headers[name]
        else:
            headers[name] = value
    if found or isinstance(data, Content) or not element.search(data):
        return data if found else None

    def put(match: re.Match[bytes]) -> bytes:
        tag = match.group().partition(b">")[0][1:].decode()
        return b"" if value is None else f"<{tag}>{xml.escape(value)}</{tag}>".encode()

    changed = element.sub(put, data)
    _set_length(headers, changed)
    return changed


def _reshaped(headers: dict[str, str], data: bytes | Content, corrupt: Corrupt) -> bytes | None:
    """Return an XML body that ends in the middle, or has white space before it; None if the body is no XML."""
    if isinstance(data, Content) or not data or not data.lstrip().startswith(b"<"):
        return None
    # A declaration must come first of all (wire 4).
    cut = corrupt.kind == "xml"
    changed = data[: len(data) // 2] if cut else b" " * corrupt.number + xml.undeclared(data)
    _set_length(headers, changed)
    return changed
