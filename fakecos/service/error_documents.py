"""The answer of a refusal and its document, in the words and with the children of the service that refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.errors import GIVEN
from fakecos.facts.http_dates import http_date
from fakecos.wire.messages import BODILESS, CHUNKED
from fakecos.wire.serialize import error_body
from fakecos.wire.xml import in_form

if TYPE_CHECKING:
    from fakecos.facts.errors import S3Error
    from fakecos.facts.ids import Ids
    from fakecos.facts.services.dialect import Dialect
    from fakecos.service.call import Call

# Their answers may follow white space that keeps the connection alive, so an error has no declaration (public).
UNDECLARED = frozenset({"CompleteMultipartUpload", "CopyObject", "DeleteObjects", "UploadPartCopy"})
OUR_OWN = ("fakecos", GIVEN)
"""Sources of refusals that are no service's: their fields are shown whatever the dialect."""


def in_service_words(dialect: Dialect, error: S3Error) -> S3Error:
    """Return a refusal in the words of a service, but for a code or a message that a test chose."""
    if error.spec.source == GIVEN:
        return error
    words = dialect.errors.get(error.code)
    if words is None:
        return _in_phrases(dialect, error)
    return error.reworded(error.code if error.keeps_code else words.code, words.message)


def _in_phrases(dialect: Dialect, error: S3Error) -> S3Error:
    """Return a refusal whose message calls things as a service calls them."""
    for phrase, own in dialect.phrases.items():
        if phrase in error.message:
            return error.reworded(error.code, error.message.replace(phrase, own))
    return error


def resource_of(call: Call) -> str:
    """Return the path of a request as an error shows it."""
    path = call.request.path
    place = call.address
    if call.dialect.bucket_slash and place is not None and place.bucket and not place.key:
        return path.rstrip("/") + "/"
    return path


def error_document(call: Call, error: S3Error, status: int, ids: Ids, *, declared: bool) -> bytes:
    """Return the document of a refusal that is in the service's words, with the children that this service gives it.

    `status` is that of the answer, and `declared` whether the document begins with an XML declaration.
    """
    dialect = call.dialect
    known = {
        "Resource": resource_of(call),
        "RequestId": call.request_id,
        "httpStatusCode": str(status),
        "HostId": ids.host_id(),
    }
    tail = {name: known[name] for name in dialect.error_tail}
    fields = dialect.error_fields or error.spec.source.startswith(OUR_OWN)
    return in_form(dialect, error_body(error, tail, fields=fields, declared=declared))


def answer_of(call: Call, error: S3Error, ids: Ids) -> tuple[int, dict[str, str], bytes]:
    """Return the answer of a refusal that is in the service's words: status, headers and body.

    HEAD and 304 have no body, so clients see only the status.
    That to a HEAD gives the type of the body it would have (public). Where the service sends the document in chunks
    there is no length (recorded aws-changes 17, aws-bucket-configuration 40).
    """
    headers = {name: value if isinstance(value, str) else http_date(value) for name, value in error.headers.items()}
    if error.status in BODILESS:
        return error.status, headers, b""
    headers["Content-Type"] = "application/xml"
    if call.request.method == "HEAD":
        return error.status, headers, b""
    declared = call.operation not in UNDECLARED
    body = error_document(call, error, error.status, ids, declared=declared)
    if call.dialect.chunks_errors:
        headers["Transfer-Encoding"] = CHUNKED
    else:
        headers["Content-Length"] = str(len(body))
    return error.status, headers, body
