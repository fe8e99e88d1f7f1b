"""The ways by which requests by hand get to a service: a call of the fake, and HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fakecos.comparison.exchange import Exchange, digest_of
from fakecos.contract.bucket_names import NotAsked
from fakecos.contract.by_hand import Answer, Headers
from fakecos.contract.exchanges import REFUSED
from fakecos.contract.forms import SIGNING as SIGNING_FIELDS
from fakecos.contract.needs import HEADERS, QUERY
from fakecos.facts.services import dialects
from fakecos.wire.messages import header_bytes, in_chunks

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.bucket_names import BucketNames
    from fakecos.contract.by_hand import Request
    from fakecos.contract.exchanges import Recorder
    from fakecos.wire.messages import HttpRequest, HttpResponse

HOST = dialects.BY_NAME["aws"].endpoint.format(region="us-east-1")
TIMEOUT = 60
SIGNING = frozenset(
    {
        *("X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders"),
        *("X-Amz-Signature", "X-Amz-Security-Token", "AWSAccessKeyId", "Signature", "Expires", "x-amz-security-token"),
    }
)


class InProcess:
    """A call of the fake's own `exchange`."""

    def __init__(
        self, exchange: Callable[[HttpRequest], HttpResponse], scheme: str = "https", recorder: Recorder | None = None
    ) -> None:
        self._exchange = exchange
        self._scheme = scheme
        self._recorder = recorder

    def place(self, path: str) -> tuple[str, str, str]:
        """Return scheme, host and path for a path `/bucket/key` of a promise."""
        return self._scheme, HOST, path

    def headers_there(self, headers: dict[str, str]) -> dict[str, str]:
        """Return headers as they are."""
        return headers

    def exchange(self, request: Request) -> Answer:
        """Return the fake's answer."""
        response = self._exchange(request.on_the_wire())
        headers = Headers({name.lower(): value for name, value in response.headers.items()})
        answer = Answer(response.status, headers, b"".join(bytes(piece) for piece in response.chunks()))
        return _noted(self._recorder, request, answer, request.path)


class OverHttp:
    """HTTP to the address of a service.

    - `names`: how buckets are called there, None: as in the promise.
    - `judge`: called with each request before it is sent; it raises NotAsked for what is not. `after`: when it was
      answered.
    - `patience`: seconds in which it must answer.
    """

    def __init__(
        self,
        endpoint_url: str,
        bundle: str | None = None,
        names: BucketNames | None = None,
        recorder: Recorder | None = None,
        judge: Callable[[Request], None] | None = None,
        after: Callable[[Request, Answer], None] | None = None,
        patience: int = TIMEOUT,
    ) -> None:
        self._address = urlsplit(endpoint_url)
        self._bundle = bundle
        self._names = names
        self._recorder = recorder
        self._judge = judge
        self._after = after
        self._patience = patience

    def place(self, path: str) -> tuple[str, str, str]:
        """Return scheme, host and path for a path `/bucket/key` of a promise."""
        return self._address.scheme, self._address.netloc, self._path_there(path)

    def headers_there(self, headers: dict[str, str]) -> dict[str, str]:
        """Return headers, or a query, with the service's name for the bucket of a copy's source, and its account."""
        if self._names is None:
            return headers
        source = "x-amz-copy-source"
        return {
            name: self._names.source_there(value) if name.lower() == source else self._names.account_there(value)
            for name, value in headers.items()
        }

    def _path_there(self, path: str) -> str:
        bucket, slash, key = path.removeprefix("/").partition("/")
        return path if self._names is None or not bucket else f"/{self._names.there(bucket)}{slash}{key}"

    def exchange(self, request: Request) -> Answer:
        """Send a request over a connection of its own. NotAsked: HTTP cannot send it as it is."""
        said = request.headers.get("content-length", str(len(request.body)))
        if said != str(len(request.body)):
            message = "it says another length than it sends: a service waits for the rest, or cannot read the request"
            raise NotAsked(message)
        if any(value != value.strip() for value in request.headers.values()):
            message = "a header begins or ends with a space, which HTTP takes away"
            raise NotAsked(message)
        if self._judge is not None:
            self._judge(request)
        answer = self._sent(request)
        if self._after is not None:
            self._after(request, answer)
        path = request.path
        if self._names is not None:
            headers = Headers(self._names.here(dict(answer.headers)))
            answer = Answer(answer.status, headers, self._names.here(answer.body))
            path = self._names.here(path)
        return _noted(self._recorder, request, answer, path)

    def _sent(self, request: Request) -> Answer:
        import http.client  # rarely needed, and slow to import
        import ssl

        if request.scheme == "https":
            context = ssl.create_default_context(cafile=self._bundle)
            made: http.client.HTTPConnection = http.client.HTTPSConnection(
                request.host, timeout=self._patience, context=context
            )
        else:
            made = http.client.HTTPConnection(request.host, timeout=self._patience)
        try:
            target = request.path + (f"?{request.query}" if request.query else "")
            made.putrequest(request.method, target, skip_accept_encoding=True)
            for name, value in request.headers.items():
                made.putheader(name, header_bytes(value))
            is_chunked = "transfer-encoding" in request.headers
            made.endheaders(in_chunks(request.body) if is_chunked else request.body or None)
            response = made.getresponse()
            headers = Headers({name.lower(): value for name, value in response.getheaders()})
            return Answer(response.status, headers, response.read())
        finally:
            made.close()


def _unsigned(query: str) -> str:
    """Return a query without what a signature adds to it: who signed, and when."""
    return "&".join(pair for pair in query.split("&") if pair.partition("=")[0] not in SIGNING)


def _public(request: Request) -> dict[str, str]:
    """Return what may give something to everybody, as clients call it."""
    given = {**request.headers, **_fields_of(request)}
    acl = given.get("acl", given.get("x-amz-acl"))
    found = {} if acl is None else {"ACL": acl}
    if "policy" in request.query.split("&"):
        found["Policy"] = request.body.decode("utf-8", "replace")
    return found


def _fields_of(request: Request) -> dict[str, str]:
    """Return what a form says, by names in lower case, without its signature."""
    return {name.lower(): value for name, value in request.fields if name.lower() not in SIGNING_FIELDS}


def _noted(recorder: Recorder | None, request: Request, answer: Answer, path: str) -> Answer:
    """Write an exchange down as those of clients are."""
    if recorder is not None:
        body = answer.body
        if answer.status < REFUSED and body and not body.lstrip().startswith(b"<"):
            body = digest_of(body)
        asked: dict[str, Any] = {"path": path, "query": _unsigned(request.query)}
        asked |= {"form": _fields_of(request)} if request.fields else {"body": digest_of(request.body).decode()}
        names = sorted({pair.partition("=")[0] for pair in asked["query"].split("&") if pair})
        said = [*request.headers, *names, *_fields_of(request)]
        params: dict[str, Any] = {**asked, QUERY: names, HEADERS: said, **_public(request)}
        operation = f"{request.method.title()} by hand"
        sent, received = len(request.body), len(answer.body)
        recorder.note(Exchange(operation, params, answer.status, dict(answer.headers), body, sent, received))
    return answer
