"""The one place where a request becomes an answer.

Law 5: only here does an `S3Error` turn into a response. A `UsageError` and a bug go up to whoever asked.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from fakecos.auth.principals import RequestInfo, principal_of
from fakecos.auth.region import region_of, require_region
from fakecos.auth.service_instance import is_bearer
from fakecos.auth.signature import require_signed
from fakecos.facts import checksums, errors
from fakecos.facts.errors import S3Error
from fakecos.facts.hosts import WEBSITE
from fakecos.facts.iam import OPERATION as IAM_TOKEN
from fakecos.facts.iam import SERVICE as IAM
from fakecos.facts.ids import Ids
from fakecos.facts.limits import Limits
from fakecos.facts.services import dialects
from fakecos.facts.services.aws import GLOBAL_ENDPOINT
from fakecos.facts.transport import TransportFault
from fakecos.model.snapshot import Snapshot, copied
from fakecos.model.store import OWNER, Store, now
from fakecos.operations.access_control import charged, require_allowed
from fakecos.operations.context import Context
from fakecos.operations.registry import operation_of
from fakecos.service.call import COPIES, Call
from fakecos.service.error_documents import document, in_service_words, with_names, without_ignored
from fakecos.service.journal import Journal, RecordedRequest, redacted
from fakecos.wire.addressing import address
from fakecos.wire.messages import HttpRequest, HttpResponse, RawBody
from fakecos.wire.model_overrides import POST_OBJECT, PREFLIGHT, WEBSITE_READ
from fakecos.wire.parse import has_document, parse, parse_document
from fakecos.wire.payload import Payload
from fakecos.wire.route import level_of, route, split_query
from fakecos.wire.serialize import http_date, serialize

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from threading import Lock

    from fakecos.auth.iam import Iam
    from fakecos.auth.principals import Key
    from fakecos.facts.limits import ServiceLimits
    from fakecos.facts.services.dialect import Dialect
    from fakecos.faults.schedule import Faults
    from fakecos.model.content import Content
    from fakecos.operations.context import Params, Result
    from fakecos.operations.registry import Operation

LOG = logging.getLogger("fakecos")
# Their answers may follow white space that keeps the connection alive, so an error has no declaration (public).
UNDECLARED = frozenset({"CompleteMultipartUpload", "CopyObject", "DeleteObjects", "UploadPartCopy"})
READS = frozenset({"GET", "HEAD"})
BODILESS = frozenset({204, 304})
NO_ANSWER = 0
"""The status in the journal of a request whose answer was lost, or that never arrived."""


class Service:
    """S3 in memory, behind HTTP messages. Thread-safe: s3transfer sends parts from several threads at once.

    `limits` overrides numbers of the service, `dialect` fixes a service for every request (None: chosen by
    client and host), `id_seed` makes ids reproducible, and `strict_tls=False` lets SSE-C pass over plain http.
    `api_keys` are the keys for which IBM's IAM gives tokens, None: any.
    `credentials` are secrets by access key id, with which every signature is verified; None: any is taken.
    """

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        dialect: str | None = None,
        id_seed: int | str | None = None,
        strict_tls: bool = True,
        api_keys: frozenset[str] | None = None,
        credentials: Mapping[str, str] | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._fixed = None if dialect is None else dialects.BY_NAME[dialect]
        self._strict_tls = strict_tls
        self._api_keys = api_keys
        self._iam: Iam | None = None
        self._credentials = credentials
        self._in_force: dict[str, ServiceLimits] = {}
        self.ids = Ids(id_seed)
        self.keys: dict[str, Key] = {}
        self.access_points: dict[str, str] = {}
        self.store = Store()
        self.journal = Journal()
        self.unimplemented: set[str] = set()
        self.faults: Faults | None = None

    def reset(self) -> None:
        """Forget everything that was stored and asked."""
        self.access_points.clear()
        self.store = Store()
        self.journal = Journal()
        self.unimplemented = set()
        self.faults = None

    def snapshot(self) -> Snapshot:
        """Return what is stored now, for `restore`."""
        return Snapshot(copied(self.store), dict(self.access_points))

    def restore(self, snapshot: Snapshot) -> None:
        """Store what was stored at the snapshot and nothing else; what was asked is forgotten."""
        self.reset()
        self.store = copied(snapshot.store)
        self.access_points.update(snapshot.access_points)

    def arrange(self, operation: str, params: Params, body: bytes = b"") -> Result:
        """Do an operation by hand: by its own rules, but without HTTP, journal and faults. Raises S3Error."""
        headers = {"content-length": str(len(body))}
        request = HttpRequest("PUT", "https", GLOBAL_ENDPOINT, "/", "", headers, RawBody(body))
        call = Call(request, self._fixed or dialects.DEFAULT, "")
        context = self.context_of(call)
        found = operation_of(operation)
        assert found is not None
        given = {**params, "Body": Payload(request)} if found.locks_itself else params
        return self._run(found, context, given)

    def register(self, access_key: str, key: Key) -> None:
        """Know whose an access key is, and by which secret its signatures are verified if any are."""
        self.keys[access_key] = key
        if self._credentials is not None:
            self._credentials = {**self._credentials, access_key: key.secret}

    def rearm_locks(self) -> None:
        """Make the locks usable in a forked child."""
        self.store.rearm_lock()
        if self._iam is not None:
            self._iam.rearm_lock()
        if self.faults is not None:
            self.faults.rearm_lock()

    def handle(self, request: HttpRequest) -> HttpResponse:
        """Answer one request. Raises what is no answer of S3: a UsageError, or a bug of fakecos."""
        call = self.call_of(request)
        dialect = call.dialect
        error: S3Error | None = None
        try:
            status, headers, body = self._answer(call)
        except S3Error as refusal:
            if refusal.spec is errors.OPERATION_NOT_IMPLEMENTED:
                self.unimplemented.add(str(refusal.fields["Operation"]))
            error = in_service_words(call, refusal)
            status, headers, body = self._refuse(call, error)
        except TransportFault:
            self._write_down(call, NO_ANSWER, None, now())
            raise
        injection, moment = call.injection, now()
        if request.service != IAM and (injection is None or not injection.is_bare):
            if dialect.host_id is not None:
                headers[dialect.host_id] = self.ids.host_id()
            for name in dialect.request_ids:
                headers[name] = call.request_id
            headers["date"] = http_date(moment)
            headers.update(dialect.headers)
            if request.method in READS:
                headers.update(dialect.read_headers)
            if "origin" in request.headers:
                from fakecos.service import cors_and_website

                cors_and_website.add_cors(self, call, headers)
        self._write_down(call, status, error, moment)
        return HttpResponse(status, headers, body, None if injection is None else injection.cut)

    # --- on the way in ---------------------------------------------------------------------------

    def call_of(self, request: HttpRequest) -> Call:
        """Begin a call."""
        dialect = self._dialect_of(request)
        return Call(request, dialect, dialect.new_request_id(self.ids))

    def _dialect_of(self, request: HttpRequest) -> Dialect:
        return self._fixed or dialects.service_for(request.package, request.service, request.host)

    def _answer(self, call: Call) -> tuple[int, dict[str, str], bytes | Content]:
        if call.request.service == IAM:
            call.operation = IAM_TOKEN
        else:
            self._route(call)
        if self.faults is not None:
            taken = self.faults.hit(call)
            if taken is not None:
                from fakecos.faults.injection import Injection

                call.injection = Injection(self, call, *taken)
                return call.injection.answer()
        return self.perform(call)

    def _route(self, call: Call) -> None:
        request = call.request
        place = call.address = address(request, self.access_points)
        if place.style == WEBSITE:
            call.operation = WEBSITE_READ
            return
        call.query = split_query(request.query)
        level = level_of(place.bucket, place.key)
        call.operation = route(call.table, request.method, level, call.query, request.headers, request.host)

    @property
    def iam(self) -> Iam:
        """IBM's IAM, which is there from its first token on."""
        if self._iam is None:
            from fakecos.auth.iam import Iam

            self._iam = Iam(self._api_keys)
        return self._iam

    def _apart(self, call: Call) -> tuple[int, dict[str, str], bytes | Content] | None:
        """Answer what is no operation of S3's API and is not signed as one; None for all else."""
        if call.operation == IAM_TOKEN:
            return self.iam.answer(call)
        if call.operation in {PREFLIGHT, WEBSITE_READ}:
            from fakecos.service import cors_and_website

            return cors_and_website.answer(self, call)
        return None

    def _require_identity(self, call: Call, store: Store) -> None:
        """Judge who signed the request, when, and for which region, and know that from now on."""
        request = call.request
        call.access_key = require_signed(request, call.query, self._credentials, call.address)
        if self._credentials is not None:
            from fakecos.auth.signed_chunks import verifier_of

            call.payload().verifier = verifier_of(request, self._credentials)
        if call.access_key is None and is_bearer(request.headers):
            self.iam.require_valid(request.headers["authorization"].partition(" ")[2].strip())
        require_region(call, store)

    def perform(self, call: Call, store: Store | None = None) -> tuple[int, dict[str, str], bytes | Content]:
        """Do what a call that has its operation asks for, in another store than the fake's if one is given."""
        request = call.request
        apart = self._apart(call)
        if apart is not None:
            return apart
        self._require_identity(call, store or self.store)
        operation = operation_of(call.operation)
        # An operation that only another service has is refused (wire/service_model.py, `foreign`).
        if operation is None or not call.has_operation:
            from fakecos.facts.unsupported_operations import REFUSED

            known = REFUSED.get(call.operation)
            row = known.row if known else errors.OPERATION_NOT_IMPLEMENTED
            raise S3Error(row, Operation=call.operation, operation=call.operation)
        if call.operation == POST_OBJECT:
            return self._post(call, operation, store)
        assert call.address is not None
        place = call.address
        params = parse(call.table, call.operation, place.bucket, place.key, call.query, request.headers, None)
        call.params = params
        context = self.context_of(call, store)
        self._receive(call, operation, context, params)
        params = without_ignored(params, call.dialect)
        require_allowed(context, call.operation, params)
        result = self._run(operation, context, params)
        if "RequestPayer" in params:
            result.update(charged(context, params))
        if call.dialect.names_owners:
            with_names(result)
        return serialize(call.table, call.operation, result)

    def _post(
        self, call: Call, operation: Operation, store: Store | None
    ) -> tuple[int, dict[str, str], bytes | Content]:
        """Do a PostObject, whose parameters are all in its body: also who asks."""
        from fakecos.post_object import form
        from fakecos.post_object.receive import receive_form

        assert call.address is not None
        bucket = call.address.bucket or ""
        content_type = call.request.headers.get("content-type", "")
        region = region_of(call, store or self.store)
        params, key = receive_form(call.table, bucket, content_type, call.payload(), self._credentials, region)
        call.params, call.access_key = params, key or call.access_key
        call.address = call.address._replace(key=params["Key"])
        context = self.context_of(call, store)
        require_allowed(context, "PutObject", params)
        return form.answer(call.table, self._run(operation, context, params))

    def _receive(self, call: Call, operation: Operation, context: Context, params: Params) -> None:
        """Put the body into the parameters: unread where it is the object's bytes, else as a document."""
        if call.operation in COPIES:
            call.payload().require_none()
        if operation.locks_itself:
            params["Body"] = call.payload()
            return
        if not has_document(call.table, call.operation):
            Payload(call.request).require_sha256_form()
            return
        if operation.precheck is not None:
            with context.store.lock:
                operation.precheck(context, without_ignored(params, call.dialect))
        if call.request.headers.get("x-amz-content-sha256", "").startswith("STREAMING-"):
            raise S3Error(errors.STREAMED_DOCUMENT)
        md5 = call.request.headers.get("content-md5")
        if md5 is not None:  # verified for every document, also where the models do not name it: IBM's Complete has it
            params["ContentMD5"] = md5
        from fakecos.operations.integrity import require_document

        content = require_document(
            {**params, **checksums.in_headers(call.request.headers)},
            call.payload(),
            checksum_required=operation.checksum_required,
            covers_body=operation.body_has_checksum,
        )
        parse_document(call.table, call.operation, content.read(), params)

    def _run(self, operation: Operation, context: Context, params: Params) -> Result:
        if operation.locks_itself:
            return operation.function(context, params)
        with context.store.lock:
            return operation.function(context, params)

    def context_of(self, call: Call, store: Store | None = None) -> Context:
        """Return what an operation may see of a call, with another store than the fake's if one is given."""
        dialect, request_info = call.dialect, RequestInfo(call)
        limits = self._in_force.get(dialect.name)
        if limits is None:
            limits = self._in_force[dialect.name] = self._limits.over(dialect.limits)
        return Context(
            store or self.store,
            limits,
            dialect,
            self.ids,
            OWNER if call.address is None else principal_of(self.keys, call.access_key, call.request.headers),
            self.access_points,
            request_info,
            takes_secrets=request_info.is_secure or not self._strict_tls,
        )

    # --- what faults ask for -------------------------------------------------------------------

    def rehearse(self, call: Call) -> None:
        """Do a call in a copy of the store, so that all is checked and nothing changed."""
        self.perform(call, copied(self.store))

    def lock_of_faults(self) -> Lock:
        """Return the lock that guards what faults count."""
        assert self.faults is not None
        return self.faults.lock

    def wait(self, seconds: float) -> None:
        """Let virtual time pass."""
        assert self.faults is not None
        self.faults.wait(seconds)

    # --- on the way out --------------------------------------------------------------------------

    def _refuse(self, call: Call, error: S3Error) -> tuple[int, dict[str, str], bytes]:
        """Make the answer of a refusal; HEAD and 304 have no body, so clients see only the status.

        That to a HEAD tells the type of the body it would have (public).
        """
        headers = {name: value if isinstance(value, str) else http_date(value) for name, value in error.headers.items()}
        if error.status in BODILESS:
            return error.status, headers, b""
        headers["content-type"] = "application/xml"
        if call.request.method == "HEAD":
            return error.status, headers, b""
        body = document(call, error, error.status, self.ids, declared=call.operation not in UNDECLARED)
        headers["content-length"] = str(len(body))
        return error.status, headers, body

    def _write_down(self, call: Call, status: int, error: S3Error | None, moment: dt.datetime) -> None:
        place = call.address
        exchange = RecordedRequest(
            moment,
            call.operation,
            place.bucket if place else None,
            place.key if place else None,
            call.query.get("uploadId"),
            call.query.get("partNumber"),
            status,
            error.code if error else call.refused,
            call.request_id,
            call.attempt,
            redacted(call.params),
            call.fault,
        )
        self.journal.add(exchange)
        if LOG.isEnabledFor(logging.DEBUG):
            LOG.debug("%s", exchange)
