"""Bodies of botocore's requests: read late, and without copying."""

from __future__ import annotations

import io
from concurrent.futures import CancelledError
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

from fakecos.clients.streams import BLOCK, read_body, skip_body

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.model.content import Content


class SentBody:
    """The body of one AWSPreparedRequest; nothing is read before the service asks.

    `checksums` is the client's own module of checksums, `exceptions` the one of its exceptions. A failure
    of the client's own stream while it is read becomes what URLLib3Session would have raised (source:
    botocore's `httpsession.send` over urllib3's `urlopen`), and is kept in `failure`.
    """

    __slots__ = ("_block", "_body", "_exceptions", "_url", "as_read_trailer", "failure")

    def __init__(self, body: Any, url: str, checksums: ModuleType, exceptions: ModuleType) -> None:
        self._body = body
        self._block = BLOCK
        self._url = url
        self._exceptions = exceptions
        self.failure: Exception | None = None
        self.as_read_trailer: str | None = None
        if type(body) is checksums.AwsChunkedWrapper and is_plain(body, checksums):
            self._body = body._raw
            self._block = body._chunk_size
            self.as_read_trailer = body._checksum_name.lower()

    def read(self) -> bytes | Content:
        """Read everything from the current position; the very same object when the client gave bytes."""
        data: bytes | Content = self._take(read_body, self._body)
        return data

    def skip(self, size: int) -> None:
        """Read in the client's own blocks until `size` bytes or more were taken, as a connection that breaks then."""
        self._take(skip_body, self._body, size, self._block)

    def _take(self, reading: Callable[..., Any], *given: Any) -> Any:
        try:
            return reading(*given)
        except CancelledError as error:  # s3transfer's way to interrupt an upload: httpsession lets it pass
            self.failure = error
            raise
        except (OSError, HTTPException) as error:
            self.failure = self._exceptions.ConnectionClosedError(error=error, request=None, endpoint_url=self._url)
            raise self.failure from error
        except Exception as error:
            self.failure = self._exceptions.HTTPClientError(error=error)
            raise self.failure from error


def is_plain(wrapper: Any, checksums: ModuleType) -> bool:
    """Whether reading the raw bytes gives what the wrapper would have framed, checksum included.

    The wrapper is the client's own, with one of its own checksum classes, over a seekable stream, and
    nobody read from it. Anything else is pulled chunk by chunk, decoded and compared.
    """
    own = checksums._CHECKSUM_CLS.values()
    if wrapper._checksum_cls not in own or wrapper._complete or wrapper._remaining:
        return False
    return _is_seekable(wrapper._raw) and _is_fresh(wrapper._checksum)


def _is_seekable(stream: Any) -> bool:
    if type(stream) is io.BytesIO:
        return True
    seekable = getattr(stream, "seekable", None)
    return bool(seekable()) if callable(seekable) else hasattr(stream, "seek")


def _is_fresh(checksum: Any) -> bool:
    """Whether no byte went into it; its `digest` may end it, so only its plain states are looked at."""
    state = vars(checksum)
    numbers = [value for value in state.values() if isinstance(value, int)]
    if numbers:
        return not any(numbers)
    inner = state.get("_checksum")  # a hashlib object: its digest can be asked for at any time
    return hasattr(inner, "block_size") and inner.digest() == type(checksum)().digest()
