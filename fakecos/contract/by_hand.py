"""Requests by hand, signed with SigV4, as no client of S3 sends them: `send` of a promise.

    answer = send("PUT", f"/{BUCKET}/{KEY}", "tagging", {"content-md5": "x"}, b"<Tagging/>")
    answer = send.presigned("GET", f"/{BUCKET}/{KEY}", {"x-amz-checksum-mode": "ENABLED"})
    answer = send.url("GET", client.generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": KEY}))
    answer = send.form(BUCKET, Form({"key": KEY}))

What is signed is what is sent: a header that a promise leaves out is not signed either, and the digest of the body is
the one that `x-amz-content-sha256` says. So a service that verifies signatures finds each of them right.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

from fakecos.auth import canonical_request
from fakecos.auth.credential import Credential
from fakecos.contract.forms import CONTENT_TYPE, POLICY
from fakecos.model.clock import now
from fakecos.wire.messages import HttpRequest, RawBody

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fakecos.contract.forms import Form

LEFT_OUT = "(left out)"
"""The value of a header that is not sent."""
ALGORITHM = "AWS4-HMAC-SHA256"
UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD"
REFUSED = 300
SEE_OTHER = 303
"""To where a form sends a browser that has uploaded a file."""
SECONDS = "300"
_UNSIGNED = frozenset({"content-length", "transfer-encoding", "expect", "authorization"})


class Keys(NamedTuple):
    """Whose signature it is, and in which region."""

    access: str
    secret: str
    token: str | None = None
    region: str = "us-east-1"


class Request(NamedTuple):
    """A request as it is sent, but for its signature; names of headers in lower case. `fields`: of a form, by name."""

    method: str
    scheme: str
    host: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    fields: Sequence[tuple[str, str]] = ()

    def on_the_wire(self) -> HttpRequest:
        """Return it as the fake's doors hand it in."""
        body = RawBody(self.body)
        headers = dict(self.headers)
        return HttpRequest(self.method, self.scheme, self.host, self.path, self.query, headers, body, self.host)


class Headers(dict[str, str]):
    """Headers of an answer: names in lower case, found in any."""

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return super().__contains__(str(name).lower())

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of a header, or the default."""
        return super().get(name.lower(), default)


class Answer(NamedTuple):
    """An answer: status, headers, and the body without HTTP's chunks."""

    status: int
    headers: Headers
    body: bytes


class ErrorAnswer(Exception):  # noqa: N818  what `refused` looks for, as in a client's own error
    """The answer to a request by hand, when it is no success: `response` is as botocore's."""

    def __init__(self, answer: Answer) -> None:
        fields = {"Code": str(answer.status)}
        if answer.body.lstrip().startswith(b"<"):
            fields = {child.tag: child.text or "" for child in ET.fromstring(answer.body)}  # noqa: S314  its answer
        metadata = {"HTTPStatusCode": answer.status, "HTTPHeaders": dict(answer.headers)}
        self.response = {"Error": fields, "ResponseMetadata": metadata, "Body": answer.body}
        super().__init__(str(self.response))


class Way(Protocol):
    """How requests get to a service: by a call, or over HTTP."""

    def place(self, path: str) -> tuple[str, str, str]:
        """Return scheme, host and path for a path `/bucket/key` of a promise."""

    def headers_there(self, headers: dict[str, str]) -> dict[str, str]:
        """Return headers with the service's names for buckets."""

    def exchange(self, request: Request) -> Answer:
        """Send a request, and return its answer with the names of the promise."""


class ByHand:
    """Sends requests by hand. All raise ErrorAnswer where the answer is no success."""

    def __init__(self, way: Way, keys: Keys, shift: dt.timedelta = dt.timedelta()) -> None:
        self._way = way
        self._keys = keys
        self._shift = shift

    def dated(self, **delta: float) -> ByHand:
        """Return what sends requests that say they were signed at another time: `dated(minutes=-16)`."""
        return ByHand(self._way, self._keys, dt.timedelta(**delta))

    def __call__(
        self,
        method: str,
        path: str,
        query: str = "",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Answer:
        """Send a request that is signed by its headers. Its length and the digest of its body come along."""
        given = {name.lower(): value for name, value in (headers or {}).items()}
        if "transfer-encoding" not in given:
            given.setdefault("content-length", str(len(body)))
        given.setdefault("x-amz-content-sha256", canonical_request.sha256(body))
        given = self._way.headers_there({name: value for name, value in given.items() if value != LEFT_OUT})
        request = Request(method, *self._way.place(path), query, given, body)
        return _judged(self._way.exchange(self._signed(request)))

    def presigned(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        body: bytes = b"",
        signed: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        payload: str = UNSIGNED_PAYLOAD,
    ) -> Answer:
        """Send a request by a URL with a query that is signed.

        `signed` are headers that are named as signed; they stand in the query or are sent as `headers`, as the promise
        has it. `payload`: the digest that is signed.
        """
        return self.url(method, self.url_for(method, path, query, signed, payload), headers, body)

    def url_for(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        signed: Mapping[str, str] | None = None,
        payload: str = UNSIGNED_PAYLOAD,
    ) -> str:
        """Return a URL for a request by any client of HTTP."""
        scheme, host, there = self._way.place(path)
        covered = {name.lower(): value for name, value in (signed or {}).items()}
        moment, credential = self._moment()
        pairs = {**self._way.headers_there(dict(query)), "X-Amz-Algorithm": ALGORITHM}
        pairs["X-Amz-Credential"] = f"{self._keys.access}/{credential.scope}"
        names = ";".join(sorted({"host", *covered}))
        pairs |= {"X-Amz-Date": moment, "X-Amz-Expires": SECONDS, "X-Amz-SignedHeaders": names}
        if self._keys.token is not None:
            pairs["X-Amz-Security-Token"] = self._keys.token
        text = "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in pairs.items())
        request = Request(method, scheme, host, there, text, covered, b"")
        canonical = canonical_request.of_request(request.on_the_wire(), names, payload)
        return f"{scheme}://{host}{there}?{text}&X-Amz-Signature={self._signature_of(canonical, moment, credential)}"

    def url(self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answer:
        """Send a request to a URL, unsigned but for what the URL says."""
        parts = urlsplit(url)
        given = {name.lower(): value for name, value in (headers or {}).items()}
        if method in {"PUT", "POST"}:
            given.setdefault("content-length", str(len(body)))
        given = self._way.headers_there({name: value for name, value in given.items() if value != LEFT_OUT})
        request = Request(method, parts.scheme, parts.netloc, parts.path or "/", parts.query, given, body)
        return _judged(self._way.exchange(request))

    def url_of(self, bucket: str) -> str:
        """Return the address of a bucket."""
        scheme, host, path = self._way.place(f"/{bucket}")
        return f"{scheme}://{host}{path}"

    def form(self, bucket: str, form: Form, headers: Mapping[str, str] | None = None) -> Answer:
        """Send a browser's form, whose policy is signed; `headers` are further ones of the request.

        A redirect to another page is no refusal.
        """
        return self.signed_form(bucket, form, headers)()

    def signed_form(self, bucket: str, form: Form, headers: Mapping[str, str] | None = None) -> Callable[[], Answer]:
        """Sign a browser's form now, and return what sends it, as often as it is called."""
        scheme, host, path = self._way.place(f"/{bucket}")
        moment, credential = self._moment()
        signing = {"x-amz-algorithm": ALGORITHM, "x-amz-credential": f"{self._keys.access}/{credential.scope}"}
        signing["x-amz-date"] = moment
        if self._keys.token is not None:
            signing["x-amz-security-token"] = self._keys.token
        policy = form.policy_of(path.removeprefix("/"), signing, now() + self._shift)
        fields = form.sent({**signing, POLICY: policy, "x-amz-signature": self._signature(policy, credential)})
        body = form.body_of(fields)
        given = {"content-type": CONTENT_TYPE, "content-length": str(len(body)), **(headers or {})}
        request = Request("POST", scheme, host, path, "", given, body, fields)

        def send() -> Answer:
            answer = self._way.exchange(request)
            return answer if answer.status == SEE_OTHER else _judged(answer)

        return send

    def _moment(self) -> tuple[str, Credential]:
        moment = (now() + self._shift).strftime("%Y%m%dT%H%M%SZ")
        return moment, Credential(self._keys.access, moment[:8], self._keys.region, "s3")

    def _signature_of(self, canonical: str, moment: str, credential: Credential) -> str:
        return self._signature(
            canonical_request.string_to_sign(ALGORITHM, moment, credential.scope, canonical), credential
        )

    def _signature(self, text: str, credential: Credential) -> str:
        return canonical_request.sign(self._keys.secret, credential, text)

    def _signed(self, request: Request) -> Request:
        if "authorization" in request.headers:
            return request
        moment, credential = self._moment()
        headers = {**request.headers, "x-amz-date": moment}
        if self._keys.token is not None:
            headers["x-amz-security-token"] = self._keys.token
        names = ";".join(sorted({"host", *headers} - _UNSIGNED))
        payload = headers.get("x-amz-content-sha256", "")
        request = request._replace(headers=headers)
        canonical = canonical_request.of_request(request.on_the_wire(), names, payload)
        signature = self._signature_of(canonical, moment, credential)
        who = f"{ALGORITHM} Credential={self._keys.access}/{credential.scope}"
        headers["authorization"] = f"{who}, SignedHeaders={names}, Signature={signature}"
        return request


def _judged(answer: Answer) -> Answer:
    if answer.status >= REFUSED:
        raise ErrorAnswer(answer)
    return answer
