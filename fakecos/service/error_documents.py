"""What the dialect of a call makes of parameters and refusals: which are heeded, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.errors import GIVEN
from fakecos.wire.serialize import error_body

if TYPE_CHECKING:
    from fakecos.facts.errors import S3Error
    from fakecos.facts.ids import Ids
    from fakecos.facts.services.dialect import Dialect
    from fakecos.operations.context import Params, Result
    from fakecos.service.call import Call

PEOPLE = ("Owner", "Initiator", "Grantee")
LISTED = ("Contents", "Versions", "DeleteMarkers", "Uploads", "Grants")
OUR_OWN = ("fakecos", GIVEN)
"""Refusals that are no service's: their fields are told whatever the dialect."""


def without_ignored(params: Params, dialect: Dialect) -> Params:
    """Return the parameters without those that a dialect ignores; the journal keeps them."""
    ignored = dialect.ignored
    if ignored.isdisjoint(params):
        return params
    return {name: value for name, value in params.items() if name not in ignored}


def in_service_words(call: Call, error: S3Error) -> S3Error:
    """Return a refusal in the words of the call's dialect, but for a code or a message that a test chose."""
    words = call.dialect.errors.get(error.code)
    if words is None or error.spec.source == GIVEN:
        return error
    return error.reworded(words.code if call.injection is None else error.code, words.message)


def with_names(result: Result) -> None:
    """Give each owner, initiator and grantee of an answer its ID as a DisplayName."""
    rows = [row for member in LISTED for row in result.get(member, ())]
    for row in (result, *rows):
        for member in PEOPLE:
            if "ID" in row.get(member, ()):
                row[member] = {**row[member], "DisplayName": row[member]["ID"]}


def resource_of(call: Call) -> str:
    """Return the path of a request as an error tells it."""
    path = call.request.path
    place = call.address
    if call.dialect.bucket_slash and place is not None and place.bucket and not place.key:
        return path.rstrip("/") + "/"
    return path


def document(call: Call, error: S3Error, status: int, ids: Ids, *, declared: bool) -> bytes:
    """Return the document of a refusal, with the children that the call's dialect gives it."""
    dialect = call.dialect
    known = {"Resource": resource_of(call), "RequestId": call.request_id, "httpStatusCode": str(status)}
    known["HostId"] = ids.host_id()
    tail = {name: known[name] for name in dialect.error_tail}
    fields = dialect.error_fields or error.spec.source.startswith(OUR_OWN)
    return error_body(in_service_words(call, error), tail, fields=fields, declared=declared)
