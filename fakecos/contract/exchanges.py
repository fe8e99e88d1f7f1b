"""What a promise asks and what is answered, as its client sees it: written down beside the promise.

It listens to the events of botocore and ibm_botocore, so that it sees the same of the fake and of any service.
"""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING, Any

from fakecos.comparison.exchange import Exchange, digest_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.bucket_names import BucketNames

REFUSED = 300


class Recorder:
    """Listens to clients. `exchanges` are what they asked since it began, `threads` in how many threads.

    - `names`: how buckets are called at the service; None: as in the promise.
    - `before`: called before each request, with its operation.
    """

    def __init__(self, names: BucketNames | None = None, before: Callable[[str], None] | None = None) -> None:
        self.exchanges: list[Exchange] = []
        self.threads: set[int] = set()
        self._names = names
        self._before = before
        self._local = threading.local()

    def listen(self, client: Any) -> Any:
        """Listen to a client, and return it."""
        events = client.meta.events
        events.register_first("provide-client-params.s3", self._ask)
        events.register_last("before-sign.s3", self._sign)
        events.register_last("before-send.s3", self._send)
        events.register_first("before-parse.s3", self._receive)
        events.register_first("after-call.s3", self._answer)
        return client

    def note(self, exchange: Exchange) -> None:
        """Write down what was asked by hand."""
        self.threads.add(threading.get_ident())
        self.exchanges.append(exchange)

    def ordered(self) -> list[Exchange]:
        """Return the exchanges in an order that does not depend on which thread came first."""
        if len(self.threads) <= 1:
            return self.exchanges
        return sorted(self.exchanges, key=lambda made: (made.operation, repr(made.params)))

    def _ask(self, params: dict[str, Any], **_: Any) -> dict[str, Any]:
        self._local.asked = params
        return params if self._names is None else dict(self._names.params_there(params))

    def _sign(self, request: Any, **_: Any) -> None:
        """Give the source of a copy the service's name, which a promise wrote into the headers by itself."""
        source = request.headers.get("x-amz-copy-source")
        if self._names is not None and source is not None:
            text = source.decode() if isinstance(source, bytes) else str(source)
            del request.headers["x-amz-copy-source"]
            request.headers["x-amz-copy-source"] = self._names.source_there(text)

    def _send(self, request: Any, event_name: str, **_: Any) -> None:
        if self._names is not None:
            self._names.require_own(request.url)
        operation = event_name.rpartition(".")[2]
        if self._before is not None:
            self._before(operation)
        sent = int(request.headers.get("X-Amz-Decoded-Content-Length") or request.headers.get("Content-Length") or 0)
        params = {name: described(value) for name, value in getattr(self._local, "asked", {}).items()}
        self._local.made = Exchange(operation, params, sent=sent)
        self.threads.add(threading.get_ident())
        self.exchanges.append(self._local.made)

    def _receive(self, response_dict: dict[str, Any], operation_model: Any, **_: Any) -> None:
        """Note an answer before the client reads it, which it may not be able to, as a page in HTML."""
        made = getattr(self._local, "made", None)
        if made is None or made.operation != operation_model.name:
            return
        made.status = int(response_dict["status_code"])
        made.headers = self._renamed({name.lower(): str(value) for name, value in response_dict["headers"].items()})
        if isinstance(response_dict.get("body"), bytes):
            made.body = self._renamed(response_dict["body"])

    def _renamed(self, answer: Any) -> Any:
        return answer if self._names is None else self._names.here(answer)

    def _answer(self, http_response: Any, parsed: dict[str, Any], model: Any, **_: Any) -> None:
        made = getattr(self._local, "made", None)
        if made is None or made.operation != model.name:
            return  # answered without a request, as by a stub
        made.status = int(http_response.status_code)
        made.headers = {name.lower(): str(value) for name, value in http_response.headers.items()}
        streamed = _streamed(model)
        if streamed is not None and made.status < REFUSED:
            stream: Any = parsed[streamed]
            data = stream.read()  # the client verifies its checksum here
            parsed[streamed] = _plain_class(type(stream))(io.BytesIO(data), len(data))
            made.body, made.received = digest_of(data), len(data)
        elif not model.has_event_stream_output:
            made.body = bytes(http_response.content)
            made.received = len(made.body)
        if self._names is not None:
            size = len(made.body)
            made.headers, made.body = self._names.here(made.headers), self._names.here(made.body)
            if len(made.body) != size:
                made.headers["content-length"] = str(len(made.body))
            renamed = {name: self._names.here(value) for name, value in parsed.items() if name != streamed}
            parsed.update(renamed)


def _streamed(model: Any) -> str | None:
    """Return the member of an answer that is its body as a stream, None if none is."""
    return model.output_shape.serialization.get("payload") if model.has_streaming_output else None


def _plain_class(stream: type) -> Any:
    """Return the client's class of a streamed body without a checksum, which was verified."""
    return next(each for each in stream.__mro__ if each.__name__ == "StreamingBody")


def described(value: Any) -> Any:
    """Return a parameter as it is written down: no bytes of bodies, and no keys of customers."""
    if isinstance(value, (bytes, bytearray)):
        return digest_of(bytes(value)).decode()
    if isinstance(value, dict):
        return {name: described(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [described(item) for item in value]
    return "(a stream)" if hasattr(value, "read") else value
