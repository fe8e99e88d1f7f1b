"""Operations by hand: by their own rules, but without HTTP, journal and faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.services import dialects
from fakecos.facts.services.aws import GLOBAL_ENDPOINT
from fakecos.operations.registry import operation_of
from fakecos.service.call import Call
from fakecos.service.pipeline import run
from fakecos.wire import service_model
from fakecos.wire.messages import HttpRequest, RawBody
from fakecos.wire.payload import Payload

if TYPE_CHECKING:
    from fakecos.facts.services.dialect import Dialect
    from fakecos.model.change import Change
    from fakecos.model.content import Content
    from fakecos.model.principal import Principal
    from fakecos.operations.context import Context, Params, Result
    from fakecos.service.pipeline import Pipeline


class ByHand:
    """Does operations that no request asked for, as the service of a dialect, None: as S3."""

    def __init__(self, pipeline: Pipeline, dialect: Dialect | None) -> None:
        self._pipeline = pipeline
        self._dialect = dialect or dialects.DEFAULT

    def context(self, bucket: str) -> Context:
        """Return what an operation by hand may see, for a bucket by its name."""
        return self._begun("HeadBucket", {"Bucket": bucket}, b"")[0]

    def context_as(self, bucket: str, caller: Principal, changes: list[Change]) -> Context:
        """Return what an operation may see that a caller does without a request, for a bucket by its name.

        What it does to objects is added to `changes`.
        """
        context = self.context(bucket)
        context.caller, context.changes = caller, changes
        return context

    def arrange(self, operation: str, params: Params, body: bytes | Content = b"") -> Result:
        """Do an operation. Raises S3Error."""
        context, payload = self._begun(operation, params, body)
        found = operation_of(operation)
        assert found is not None
        given = {**params, "Body": payload} if found.locks_itself else params
        return run(found, context, given)

    def _begun(self, operation: str, params: Params, body: bytes | Content) -> tuple[Context, Payload]:
        headers = {"content-length": str(len(body))}
        if params.get("ContentEncoding") is not None:
            headers["content-encoding"] = params["ContentEncoding"]  # where a body's own is looked for
        request = HttpRequest("PUT", "https", GLOBAL_ENDPOINT, "/", "", headers, RawBody(body))
        dialect = self._dialect
        call = Call(request, dialect, service_model.load(dialect.table), "", Payload(request), operation=operation)
        store = self._pipeline.store
        return self._pipeline.context_of(call, store, store.buckets.get(params["Bucket"])), call.payload
