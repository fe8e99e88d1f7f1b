"""The one place where a request becomes an answer.

Law 5: only here does an `S3Error` turn into a response. A `UsageError` and a bug go up to whoever asked.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.hosts import WEBSITE
from fakecos.facts.http_dates import utc_http_date
from fakecos.facts.iam import OPERATION as IAM_TOKEN
from fakecos.facts.iam import SERVICE as IAM
from fakecos.facts.ids import Ids
from fakecos.facts.limits import Limits
from fakecos.facts.services import dialects
from fakecos.facts.transport import TransportFault
from fakecos.model.clock import instant, now
from fakecos.model.snapshot import Snapshot, copied, put_off
from fakecos.model.store import Store
from fakecos.service.announcements import Announcements
from fakecos.service.by_hand import ByHand
from fakecos.service.by_itself import ByItself
from fakecos.service.call import Call, attempt_of
from fakecos.service.error_documents import answer_of, in_service_words
from fakecos.service.journal import Journal, RecordedRequest, redacted
from fakecos.service.pipeline import Pipeline
from fakecos.wire import service_model
from fakecos.wire.addressing import address
from fakecos.wire.messages import BODILESS, HttpRequest, HttpResponse
from fakecos.wire.model_overrides import PREFLIGHT, WEBSITE_READ
from fakecos.wire.payload import Payload
from fakecos.wire.route import level_of, route, split_query

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fakecos.auth.principals import Key
    from fakecos.facts.dates import DatedFact
    from fakecos.facts.errors import ErrorSpec
    from fakecos.facts.exceptions import BudgetExceededError
    from fakecos.facts.services.dialect import Dialect
    from fakecos.model.content import Content
    from fakecos.notifications.notifier import Notifier
    from fakecos.operations.context import Asked, Context, Params, Result
    from fakecos.service.around import Budget, Watcher, Wrapper
    from fakecos.service.call import Answer
    from fakecos.service.events import Events

LOG = logging.getLogger("fakecos")
# No operations of S3's API, and not signed as one.
APART = frozenset({IAM_TOKEN, PREFLIGHT, WEBSITE_READ})
CREATE = "CreateMultipartUpload"
READS = frozenset({"GET", "HEAD"})
NO_ANSWER = 0
"""The status in the journal of a request whose answer was lost, or that never arrived."""


class Service:
    """S3 in memory, asked by HTTP messages. Thread-safe: s3transfer sends parts from several threads at once.

    `limits` overrides numbers of the service, `dialect` fixes a service for every request (None: chosen by
    client and host), `as_of` is the day whose S3 it is (None: the newest), `id_seed` makes ids reproducible, and
    `strict_tls=False` lets SSE-C and SSE-KMS pass over plain http.
    `api_keys` are the keys for which IBM's IAM gives tokens, None: any.
    `credentials` are secrets by access key id, with which every signature is verified; None: any is taken.
    """

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        dialect: str | None = None,
        as_of: dt.date | None = None,
        id_seed: int | str | None = None,
        strict_tls: bool = True,
        api_keys: frozenset[str] | None = None,
        credentials: Mapping[str, str] | None = None,
    ) -> None:
        self._dialect = None if dialect is None else dialects.BY_NAME[dialect]
        self.pipeline = Pipeline(
            limits or Limits(), Ids(id_seed), credentials, api_keys, as_of=as_of, strict_tls=strict_tls
        )
        self._all_asked: list[Asked] | None = None
        self.journal = Journal(self.store)
        self.unimplemented: set[str] = set()
        self.wrapper: Wrapper | None = None
        self.watchers: tuple[Watcher, ...] = ()
        self.budgets: tuple[Budget, ...] = ()
        self.over: list[BudgetExceededError] | None = None
        self._by_hand = ByHand(self.pipeline, self._dialect)
        self.announcements = Announcements(self.pipeline, self._dialect)
        self.by_itself = ByItself(self.pipeline, self._by_hand, self.announcements)

    @property
    def journal(self) -> Journal:
        """The requests that came. Another one takes over what is asked from now on."""
        return self._journal

    @journal.setter
    def journal(self, journal: Journal) -> None:
        self._journal = journal
        self.pipeline.asked = journal.asked
        if self._all_asked is not None:
            self._all_asked.append(journal.asked)

    def keep_asked_in(self, every: list[Asked]) -> None:
        """Keep what is asked in a list too, of this journal and of each that follows it."""
        if self._all_asked is not every:
            self._all_asked = every
            every.append(self._journal.asked)

    @property
    def store(self) -> Store:
        """Everything that is stored."""
        return self.pipeline.store

    @property
    def ids(self) -> Ids:
        """Where ids come from."""
        return self.pipeline.ids

    @property
    def dialect_name(self) -> str | None:
        """The service that answers every request; None: as each request shows."""
        return None if self._dialect is None else self._dialect.name

    @property
    def notifier(self) -> Notifier[Events]:
        """Who is told of what happens to objects, which is there from the first event or handler on."""
        return self.announcements.notifier

    def end(self) -> None:
        """Do what is due when the fake stops, before its clients are let go: nothing, if no service is beside it."""

    @property
    def last_warning(self) -> Warning | None:
        """What is to be said when the fake has stopped, None: nothing."""
        return None

    def pass_time(self) -> None:
        """Do what S3 does by itself as time passes, as far as it is due now."""
        self.by_itself.pass_time()

    def replicate(self, store: Store | None = None) -> None:
        """Replicate what is due now, in another store than the fake's if one is given, and tell who listens.

        Any request does this before anything else, so code that waits for a replica finds it; where no bucket has a
        replication configuration that takes one look at an attribute.
        """
        store = store or self.store
        if store.replicates:
            self.by_itself.replicate(store)

    def forget_signing_keys(self) -> None:
        """Forget what was derived from secrets to verify signatures, which would outlive the fake."""
        if self.pipeline.credentials:
            from fakecos.auth.canonical_request import signing_key  # loaded, if anything was verified

            signing_key.cache_clear()

    # --- by hand ---------------------------------------------------------------------------------

    def reset(self) -> None:
        """Forget everything that was stored and asked, and what stands around the pipeline."""
        self.pipeline.access_points.clear()
        self.pipeline.destinations.declared.clear()
        self.pipeline.store = Store()
        self.journal = Journal(self.store)
        self.unimplemented = set()
        self.wrapper = None
        self.announcements.forget()

    def snapshot(self) -> Snapshot:
        """Return what is stored now, for `restore`."""
        pipeline = self.pipeline
        declared = dict(pipeline.destinations.declared)
        return Snapshot(copied(self.store), dict(pipeline.access_points), instant(), declared)

    def restore(self, snapshot: Snapshot) -> None:
        """Store what was stored at the snapshot and nothing else; what was asked is forgotten."""
        self.reset()
        self.pipeline.store = store = copied(snapshot.store)
        if store.replicates:
            put_off(store, instant() - snapshot.taken)
        self.journal.belong_to(store)
        self.pipeline.access_points.update(snapshot.access_points)
        self.pipeline.destinations.declared.update(snapshot.destinations)

    def go_on_with(self, journal: Journal) -> None:
        """Write what is asked from now on into a journal of before."""
        self.journal = journal
        journal.belong_to(self.store)

    def context(self, bucket: str) -> Context:
        """Return what an operation by hand may see, for a bucket by its name."""
        return self._by_hand.context(bucket)

    def arrange(self, operation: str, params: Params, body: bytes | Content = b"") -> Result:
        """Do an operation by hand: by its own rules, but without HTTP, journal and faults. Raises S3Error."""
        self.replicate()
        return self._by_hand.arrange(operation, params, body)

    @property
    def dialect(self) -> Dialect | None:
        """The one service that answers here, None: as each request shows."""
        return self._dialect

    def holds(self, fact: DatedFact) -> bool:
        """Whether a dated fact holds for what is arranged by hand."""
        return fact in self.pipeline.in_force(self._dialect or dialects.DEFAULT)[1]

    def register(self, access_key: str, key: Key) -> None:
        """Know whose an access key is, and by which secret its signatures are verified if any are."""
        self.pipeline.keys[access_key] = key
        if self.pipeline.credentials is not None:
            self.pipeline.credentials = {**self.pipeline.credentials, access_key: key.secret}

    def rearm_locks(self) -> None:
        """Make the locks usable in a forked child."""
        self.pipeline.rearm_locks()
        if self.wrapper is not None:
            self.wrapper.rearm_lock()
        for budget in self.budgets:
            budget.rearm_lock()
        self.announcements.rearm_lock()

    # --- one request -----------------------------------------------------------------------------

    def handle(self, request: HttpRequest) -> HttpResponse:
        """Answer one request. Raises what is no answer of S3: a UsageError, or a bug of fakecos."""
        call = self._call_of(request)
        error: S3Error | None = None
        row: ErrorSpec | None = None
        try:
            self._route(call)
            status, headers, body = self.perform(call) if self.wrapper is None else self.wrapper.answer(call)
        except S3Error as refusal:
            if refusal.spec is errors.OPERATION_NOT_IMPLEMENTED:
                self.unimplemented.add(str(refusal.fields["Operation"]))
            error = in_service_words(call.dialect, refusal)
            row = refusal.spec
            if refusal.explanation is not None:
                self.journal.explain(refusal.explanation)
            status, headers, body = answer_of(call, error, self.pipeline.ids)
        except TransportFault:
            recorded = self._record(call, NO_ANSWER, None, now(), 0)
            self._tell(call, recorded, {})
            raise
        moment = now()
        if request.service != IAM and not call.is_bare:
            self._sign_off(call, headers, moment)
        size = len(body) if isinstance(body, bytes) else body.size
        recorded = self._record(call, status, error, moment, size if call.cut is None else call.cut.size)
        if row is not None and error is not None and status not in BODILESS:
            self._explain(call, row, error, recorded)
        if self.watchers or call.changes or self.pipeline.store.access_log is not None:
            self._tell(call, recorded, headers)
        return HttpResponse(status, headers, body, call.cut)

    def _tell(self, call: Call, recorded: RecordedRequest, headers: Mapping[str, str]) -> None:
        """Tell of a request whose answer is made, and then of what it did to objects; `headers` are the answer's.

        It is logged where buckets are.
        """
        for watcher in self.watchers:
            watcher(call, recorded)
        if self.pipeline.store.access_log is not None:
            from fakecos.service.access_log_records import note_call  # rarely needed

            note_call(self.pipeline, call, recorded, headers)
        if call.changes:
            self.announcements.announce(call.changes, call, headers.get(call.dialect.host_id or ""))

    def _explain(self, call: Call, row: ErrorSpec, error: S3Error, recorded: RecordedRequest) -> None:
        """Keep in the journal why a request was refused by the rule of a row, and what a test's author may do."""
        from fakecos.service.why_refused import refusal_of

        keys = self.pipeline.credentials or ()
        self.journal.refuse(refusal_of(call, row, error, self.store, keys, recorded))

    def _call_of(self, request: HttpRequest) -> Call:
        """Begin a call, in the words of the service that the request is for."""
        dialect = self._dialect or dialects.service_for(request.package, request.service, request.host)
        table = service_model.loaded.get(dialect.table) or service_model.load(dialect.table)
        return Call(
            request,
            dialect,
            table,
            dialect.new_request_id(self.pipeline.ids),
            Payload(request),
            started=time.perf_counter(),
        )

    def operation_of(self, request: HttpRequest) -> str:
        """Return the operation that a request is for, as `handle` finds it; nothing is done, and no body is read."""
        call = self._call_of(request)
        with suppress(S3Error):
            self._find(call)
        return call.operation

    def _route(self, call: Call) -> None:
        """Find out which operation a call is. Raises S3Error for an address that is none, and for no operation."""
        try:
            self._find(call)
        except S3Error as refusal:
            self._spend(call)
            if call.address is not None:
                self.pipeline.judge_before(call, refusal)
            raise
        if self.budgets:
            self._spend(call)

    def _spend(self, call: Call) -> None:
        """Count a call in every budget, the innermost first. Raises BudgetExceededError, before it has an effect."""
        error: BudgetExceededError | None = None
        for budget in reversed(self.budgets):
            error = budget.spend(call, error)
        if error is not None:
            if self.over is not None and not error.is_repeated:
                self.over.append(error)
            raise error

    def _find(self, call: Call) -> None:
        """Find out which operation a call is, from its address, method, query and headers. Raises S3Error."""
        request = call.request
        if request.service == IAM:
            call.operation = IAM_TOKEN
            return
        place = call.address = address(request, self.pipeline.access_points)
        if place.style == WEBSITE:
            call.operation = WEBSITE_READ
            return
        call.query = split_query(request.query)
        level = level_of(place.bucket, place.key)
        call.operation = route(call.table, request.method, level, call.query, request.headers, request.host)

    def perform(self, call: Call, store: Store | None = None) -> Answer:
        """Do what a routed call asks for, in another store than the fake's if one is given. Raises S3Error."""
        if self.pipeline.store.replicates:
            self.replicate(store)
        if call.operation not in APART:
            return self.pipeline.perform(call, store)
        if call.operation == IAM_TOKEN:
            token = self.pipeline.iam.answer(call.request, call.request_id)
            call.params, call.refused = token.params, token.error
            return token.status, token.headers, token.body
        from fakecos.service import cors_and_website

        return cors_and_website.answer(self.pipeline, call)

    def _sign_off(self, call: Call, headers: dict[str, str], moment: dt.datetime) -> None:
        """Add to an answer what the service puts on all of them: ids, date, and its own headers."""
        dialect = call.dialect
        if dialect.host_id is not None:
            headers[dialect.host_id] = self.pipeline.ids.host_id()
        for name in dialect.request_ids:
            headers[name] = call.request_id
        headers["date"] = utc_http_date(moment)
        headers.update(dialect.headers)
        if call.request.method in READS:
            headers.update(dialect.read_headers)
        if "origin" in call.request.headers:
            from fakecos.service import cors_and_website

            cors_and_website.add_cors(self.pipeline, call, headers)

    def _record(
        self, call: Call, status: int, error: S3Error | None, moment: dt.datetime, received: int
    ) -> RecordedRequest:
        """Write a request and its answer into the journal, and return it; `received` are the bytes of its body."""
        place, query = call.address, call.query
        recorded = RecordedRequest(
            moment,
            call.operation,
            place.bucket if place else None,
            place.key if place else None,
            query.get("uploadId"),
            query.get("partNumber"),
            status,
            error.code if error else call.refused,
            call.request_id,
            attempt_of(call.request.headers.get("amz-sdk-request", "")),
            redacted(call.params),
            call.fault,
            call.started,
            time.perf_counter() - call.started,
            threading.current_thread().name,
            call.payload.declared_size or 0,
            received,
        )
        journal = self._journal
        journal.add(recorded)
        if call.operation == CREATE and call.result is not None:
            journal.begin_upload(call.request_id, call.result["UploadId"])
        if LOG.isEnabledFor(logging.DEBUG):
            LOG.debug("%s", recorded)
        return recorded
