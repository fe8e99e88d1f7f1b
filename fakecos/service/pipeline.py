"""One request through S3, from top to bottom: identity, parse, allow, run, serialize.

What happens around it stands above: answers and the journal in `service`, and what breaks on purpose in `faults`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.auth.principals import principal_of
from fakecos.auth.region import agree, answering_region, region_of, require_region
from fakecos.auth.request_info import RequestInfo
from fakecos.auth.service_instance import is_bearer
from fakecos.auth.signature import SCHEME, judge_of, require_usual
from fakecos.facts import checksums, dates, errors
from fakecos.facts.errors import S3Error
from fakecos.facts.services.dialect import DECLARATION
from fakecos.model.change import NOTIFICATION
from fakecos.model.destinations import Destinations
from fakecos.model.store import OWNER, Store
from fakecos.operations.access_control import charged, require_allowed
from fakecos.operations.bucket_namespaces import require_no_directory
from fakecos.operations.context import Context
from fakecos.operations.registry import operation_of
from fakecos.wire import xml
from fakecos.wire.model_overrides import POST_OBJECT
from fakecos.wire.parse import has_document, parse, parse_document
from fakecos.wire.serialize import serialize

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fakecos.auth.iam import Iam
    from fakecos.auth.principals import Key
    from fakecos.facts.dates import DatedFact
    from fakecos.facts.ids import Ids
    from fakecos.facts.limits import Limits, ServiceLimits
    from fakecos.facts.services.dialect import Dialect
    from fakecos.model.bucket import Bucket
    from fakecos.operations.context import Asked, Params, Result
    from fakecos.operations.registry import Operation
    from fakecos.service.call import Answer, Call

CREATE_BUCKET = "CreateBucket"
PUT_NOTIFICATION = "PutBucketNotificationConfiguration"  # tries the destinations of a bucket that had none
COPIES = frozenset({"CopyObject", "UploadPartCopy"})
PEOPLE = ("Owner", "Initiator", "Grantee")
LISTED = ("Contents", "Versions", "DeleteMarkers", "Uploads", "Grants")


class Pipeline:
    """What is stored, who is known, and the numbers in force; `perform` takes one request through them.

    - `keys`: whose each registered access key is; `credentials`: secrets by access key id, with which every signature
      is verified, None to take any.
    - `usual`: who sends what is signed by a key that is not registered.
    - `access_points`: name of an access point to its bucket. `destinations`: where notifications can go.
    - `asked`: what was asked for, as the journal keeps it.
    - `notes_changes`: whether somebody is told of what is done to the objects of every bucket; of one with a
      notification configuration it is noted in any case.
    - `as_of`: the day whose S3 it is, None for the newest.
    - `strict_tls`: whether keys of the customer, and SSE-KMS, are refused over plain http.
    """

    __slots__ = (
        "_api_keys",
        "_as_of",
        "_iam",
        "_in_force",
        "_limits",
        "_operations",
        "_strict_tls",
        "access_points",
        "asked",
        "credentials",
        "destinations",
        "ids",
        "keys",
        "notes_changes",
        "store",
        "usual",
    )

    def __init__(
        self,
        limits: Limits,
        ids: Ids,
        credentials: Mapping[str, str] | None,
        api_keys: frozenset[str] | None,
        *,
        as_of: dt.date | None,
        strict_tls: bool,
    ) -> None:
        self._limits = limits
        self._as_of = as_of
        self._in_force: dict[str, tuple[ServiceLimits, frozenset[DatedFact]]] = {}
        self._operations: dict[tuple[str, str], Operation] = {}
        self._strict_tls = strict_tls
        self._api_keys = api_keys
        self._iam: Iam | None = None
        self.ids = ids
        self.credentials = credentials
        self.keys: dict[str, Key] = {}
        self.usual = OWNER
        self.asked: Asked = {}
        self.access_points: dict[str, str] = {}
        self.destinations = Destinations()
        self.notes_changes = False
        self.store = Store()

    def perform(self, call: Call, store: Store | None = None) -> Answer:
        """Do what a routed call asks for, in another store than the fake's if one is given. Raises S3Error."""
        store = store or self.store
        address, dialect = call.address, call.dialect
        assert address is not None
        bucket = None if address.bucket is None else store.buckets.get(address.bucket)
        self.identify(call, bucket)
        if bucket is None and address.bucket is not None and "ListDirectoryBuckets" in call.table.operations:
            require_no_directory(call.operation, address.bucket)
        operation = self._operations.get((dialect.name, call.operation)) or self._operation_of(call)
        if call.operation == POST_OBJECT:
            from fakecos.post_object import post_object

            region = region_of(address, bucket, dialect)
            made = post_object.answer(call, self.credentials, region, lambda: self.context_of(call, store, bucket))
            return in_form(dialect, made)
        params = parse(call.table, call.operation, address.bucket, address.key, call.query, call.request.headers, None)
        call.params = params
        context = self.context_of(call, store, bucket)
        call.caller = context.caller
        receive(call, operation, context, params)
        if dialect.ignored:
            params = without_ignored(params, dialect)
        require_allowed(context, call.operation, params)
        result = run(operation, context, params)
        if context.caller.policies is not None:
            from fakecos.operations.shown_members import hide

            hide(context, call.operation, params, result)
        if "RequestPayer" in params:
            result.update(charged(context, params))
        if dialect.names_owners:
            name_owners(result)
        call.result = result
        return in_form(dialect, serialize(call.table, call.operation, result))

    def _operation_of(self, call: Call) -> Operation:
        """Return how the operation of a call is done, and remember it for its service."""
        fact = dates.OPERATIONS_SINCE.get(call.operation)
        if fact is not None and call.dialect.name in fact.services and fact not in self.in_force(call.dialect)[1]:
            why = f"S3 has {call.operation} since {fact.day}; this fake is the S3 of before (as_of)."
            raise S3Error(errors.OPERATION_OF_LATER, explanation=why)
        found = self._operations[call.dialect.name, call.operation] = required_operation(call)
        return found

    def identify(self, call: Call, bucket: Bucket | None) -> None:
        """Judge who signed the request, when, and for which region, and know that from now on."""
        request = call.request
        authorization = request.headers.get("authorization", "")
        judge = judge_of(authorization[:SCHEME], tuple(call.query))
        if judge is None:
            require_usual(authorization, call.query)
        else:
            region = None
            if not authorization.startswith("AWS4-"):  # the usual case, whose region is judged below
                region = answering_region(request.host, call.address, bucket, call.dialect)
                call.payload.expect_sha256(call.query.get("X-Amz-Content-Sha256", ""))
            call.access_key = judge(request, call.query, self.credentials, call.address, region)
        if self.credentials is not None:
            from fakecos.auth.signed_chunks import verifier_of

            call.payload.verifier = verifier_of(request, self.credentials)
        if call.access_key is None and is_bearer(request.headers):
            self.iam.require_valid(authorization.partition(" ")[2].strip())
        if (
            bucket is None
            or call.address is None
            or not agree(authorization.partition(",")[0], call.address.region, bucket.region)
        ):
            require_region(request, call.query, call.address, call.operation, bucket, call.dialect)

    def judge_before(self, call: Call, refusal: S3Error) -> None:
        """Judge what comes before the refusal of a path: the signature, and for some the bucket (aws-measured 1).

        Raises what `identify` raises, and NoSuchBucket.
        """
        from fakecos.wire.subresources import AFTER_BUCKET

        place = call.address
        assert place is not None
        needs_bucket = refusal.spec in AFTER_BUCKET
        if needs_bucket or refusal.spec is errors.METHOD_NOT_ALLOWED:
            bucket = None if place.bucket is None else self.store.buckets.get(place.bucket)
            self.identify(call, bucket)
            if needs_bucket and bucket is None:
                raise S3Error(errors.NO_SUCH_BUCKET, BucketName=place.bucket) from refusal

    @property
    def iam(self) -> Iam:
        """IBM's IAM, which is there from its first token on."""
        if self._iam is None:
            from fakecos.auth.iam import Iam

            self._iam = Iam(self._api_keys)
        return self._iam

    def context_of(self, call: Call, store: Store, bucket: Bucket | None) -> Context:
        """Return what an operation may see of a call; `bucket` is the one that the request names, if it is there."""
        dialect = call.dialect
        limits, facts = self._in_force.get(dialect.name) or self.in_force(dialect)
        if call.address is None:
            caller = OWNER  # by hand
        elif call.access_key is not None and not self.keys:
            caller = self.usual  # signed where no key is anybody else's
        else:
            caller = principal_of(self.keys, call.access_key, call.request.headers, self.usual)
        context = Context(
            store,
            bucket,
            limits,
            facts,
            dialect,
            self.ids,
            caller,
            self.access_points,
            self.destinations,
            lambda: RequestInfo(call.request, call.query, call.address, call.operation),
            strict_tls=self._strict_tls,
            asked=self.asked if dialect.identity_policies and call.address is not None else None,
        )
        if (
            self.notes_changes
            or (bucket is not None and NOTIFICATION in bucket.configurations)
            or call.operation == PUT_NOTIFICATION
        ):
            note_changes(call, context)
        return context

    def in_force(self, dialect: Dialect) -> tuple[ServiceLimits, frozenset[DatedFact]]:
        """Return the numbers and the dated facts by which a service answers here, and remember them."""
        found = dialect.limits.overridden_by(self._limits), dates.in_force(self._as_of, dialect.name)
        self._in_force[dialect.name] = found
        return found

    def rearm_locks(self) -> None:
        """Make the locks usable in a forked child."""
        self.store.rearm_lock()
        if self._iam is not None:
            self._iam.rearm_lock()


def note_changes(call: Call, context: Context) -> None:
    """Let the operation note what it does to objects; what is done by hand, or for a service without events, is not."""
    if call.address is not None and call.dialect.event_notifications:
        call.caller = context.caller
        if call.changes is None:
            call.changes = []
        context.changes = call.changes


def in_form(dialect: Dialect, answer: Answer) -> Answer:
    """Return an answer whose document is written as the service writes its own; an object's bytes stay as they are."""
    status, headers, body = answer
    if dialect.escapes_quotes and dialect.declaration == DECLARATION:
        return answer
    if body and body.__class__ is bytes and headers.get("Content-Type") == "application/xml":
        body = xml.in_form(dialect, body)
        headers["Content-Length"] = str(len(body))
    return status, headers, body


def required_operation(call: Call) -> Operation:
    """Return how the operation of a call is done. Raises NotImplemented for one that fakecos or the service lacks."""
    name = call.operation
    operation = operation_of(name)
    # An operation that only another service has is refused (wire/service_model.py, `foreign`).
    if operation is None or not call.has_operation:
        from fakecos.facts.unsupported_operations import REFUSED

        known = REFUSED.get(name)
        row, why = (known.row, known.why) if known else (errors.OPERATION_NOT_IMPLEMENTED, None)
        raise S3Error(row, Operation=name, operation=name, explanation=why and f"{name}: {why}")
    return operation


def receive(call: Call, operation: Operation, context: Context, params: Params) -> None:
    """Put the body into the parameters: unread where it is the object's bytes, else as a document."""
    if call.operation in COPIES:
        call.payload.require_none()
    if operation.locks_itself:
        params["Body"] = call.payload
        return
    if not has_document(call.table, call.operation):
        call.payload.require_sha256_form()
        call.payload.require_length_form()
        require_unchunked(call, context)
        return
    is_first = operation.precheck is None and call.operation != CREATE_BUCKET
    if is_first and context.bucket is None and "Bucket" in params:  # public: aws-measured 20
        raise S3Error(errors.NO_SUCH_BUCKET, BucketName=params["Bucket"])
    headers = call.request.headers
    if operation.precheck is not None:
        with context.store.lock:
            operation.precheck(context, without_ignored(params, call.dialect))
    if headers.get("x-amz-content-sha256", "").startswith("STREAMING-"):
        raise S3Error(errors.STREAMED_DOCUMENT)
    md5 = headers.get("content-md5")
    if md5 is not None:  # verified for every document, also where the models do not name it: IBM's Complete has it
        params["ContentMD5"] = md5
    from fakecos.operations.integrity import require_document

    content = require_document(
        {**params, **checksums.in_headers(headers)},
        call.payload,
        checksum_required=operation.checksum_required,
        covers_body=operation.body_has_checksum,
    )
    if operation.needs_body and not content.size:
        raise S3Error(errors.NO_REQUEST_BODY)
    parse_document(call.table, call.operation, content.read(), params)


def require_unchunked(call: Call, context: Context) -> None:
    """Refuse the hash of a body with a trailer where no body is taken, once the bucket is found (aws-measured 21).

    Raises InvalidRequest.
    """
    sha256 = call.request.headers.get("x-amz-content-sha256", "")
    if sha256.startswith("STREAMING-") and sha256.endswith("-TRAILER"):
        address = call.address
        if address is None or address.bucket is None or context.bucket is not None:
            raise S3Error(errors.STREAMED_DOCUMENT)


def run(operation: Operation, context: Context, params: Params) -> Result:
    """Run an operation, under the store's lock unless it takes that itself."""
    if operation.locks_itself:
        return operation.function(context, params)
    with context.store.lock:
        return operation.function(context, params)


def without_ignored(params: Params, dialect: Dialect) -> Params:
    """Return the parameters without those that a dialect ignores; the journal keeps them."""
    ignored = dialect.ignored
    if ignored.isdisjoint(params):
        return params
    return {name: value for name, value in params.items() if name not in ignored}


def name_owners(result: Result) -> None:
    """Give each owner, initiator and grantee of an answer its ID as a DisplayName."""
    rows = [row for member in LISTED for row in result.get(member, ())]
    for row in (result, *rows):
        for member in PEOPLE:
            if "ID" in row.get(member, ()):
                row[member] = {**row[member], "DisplayName": row[member]["ID"]}
