"""What an operation may see of a request besides its parameters, and the store that it acts on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.model.change import changed, removed, tested
from fakecos.model.clock import instant, millisecond, now
from fakecos.model.object import NULL_VERSION

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from fakecos.facts.dates import DatedFact
    from fakecos.facts.ids import Ids
    from fakecos.facts.limits import ServiceLimits
    from fakecos.facts.services.dialect import Dialect
    from fakecos.model.bucket import Bucket
    from fakecos.model.change import Change
    from fakecos.model.delete_marker import DeleteMarker
    from fakecos.model.destinations import Destinations
    from fakecos.model.object import StoredObject
    from fakecos.model.principal import Principal
    from fakecos.model.store import Store
    from fakecos.wire.types import KeyProtectFields, ServiceFields

Params = dict[str, Any]
Result = dict[str, Any]
Asked = dict[tuple[str, ...], set[str]]
"""What was asked for, by its shape: `operations.needs` explains it."""
KEPT = 10_000
"""How many keys of one shape are kept; of further ones the folders, so that memory is bounded."""
WIDE = "(beginnings)"
"""Ends the shape of further keys, of which only the folders are kept."""


class RequestInfo(Protocol):
    """How a request came; None for what it does not say."""

    @property
    def is_secure(self) -> bool:
        """Whether it came over https."""

    @property
    def region(self) -> str:
        """The region that it came to."""

    @property
    def url(self) -> str:
        """The URL without its query."""

    @property
    def instance(self) -> str | None:
        """The service instance of IBM's that it is for."""

    @property
    def lacks_instance(self) -> bool:
        """Whether it would have to name its instance, and does not."""

    @property
    def referer(self) -> str | None:
        """The page that a browser came from."""

    @property
    def user_agent(self) -> str | None:
        """What the client calls itself."""

    @property
    def operation(self) -> str:
        """The operation that it is."""

    @property
    def content_sha256(self) -> str | None:
        """The digest of the body, or what stands for it."""

    @property
    def signature_version(self) -> str | None:
        """`AWS4-HMAC-SHA256` or `AWS`."""

    @property
    def auth_type(self) -> str | None:
        """`REST-HEADER` or `REST-QUERY-STRING`."""

    @property
    def signed_at(self) -> dt.datetime | None:
        """When it was signed with version 4."""

    @property
    def authorization(self) -> str | None:
        """The header that signs it."""

    @property
    def lacks_version_4(self) -> bool:
        """Whether it came unsigned or with a signature of version 2, and not by hand, as a form, or with a token."""

    def names_header(self, name: str) -> bool:
        """Whether a header was sent, or stands in the query and is signed as one."""


class ServiceRules:
    """What a service adds to the operations of S3. By itself nothing: that is AWS.

    A service's data names the classes that override some of this (`Dialect.rules`); no operation knows which there are.
    Two that override the same method call `super()`.
    """

    # --- what is written -------------------------------------------------------------------------

    def require_writable(self, context: Context, bucket: Bucket, params: Mapping[str, Any]) -> None:
        """Judge what a write asks for, and whether it may replace what is there, before anything is stored."""

    def require_digest(self, bucket: Bucket, params: Mapping[str, Any]) -> None:
        """Judge whether a body that the bucket takes must come with a digest."""

    def with_source(self, params: Mapping[str, Any], source: StoredObject) -> Mapping[str, Any]:  # noqa: ARG002  of AWS none
        """Return the parameters of a copy, with what it takes over from its source."""
        return params

    def stored(self, bucket: Bucket, params: Mapping[str, Any], made: StoredObject) -> StoredObject:  # noqa: ARG002  of AWS none
        """Return an object that is about to be stored, with what the service adds to it."""
        return made

    def copied(self, params: Mapping[str, Any], source: StoredObject, made: StoredObject) -> StoredObject:  # noqa: ARG002  as above
        """Return a copy that is about to be stored, with what else it has of its source."""
        return made

    def require_removable(self, context: Context, version: StoredObject | DeleteMarker | None) -> None:
        """Refuse to overwrite or delete what the service protects."""

    def is_protected(self, version: StoredObject | DeleteMarker, moment: dt.datetime) -> bool:  # noqa: ARG002  as above
        """Whether the service protects an object at a moment, so that nothing expires it."""
        return False

    def require_versionable(self, bucket: Bucket) -> None:
        """Judge whether the bucket may have versions."""

    def require_encryption(self, bucket: Bucket | None, params: Mapping[str, Any]) -> None:
        """Judge which encryption a write asks for; `bucket` is the one that it names, None if there is none."""

    # --- what is answered ------------------------------------------------------------------------

    def object_fields(self, bucket: Bucket, stored: StoredObject) -> ServiceFields:  # noqa: ARG002  of AWS none
        """Return what Get and Head tell of an object besides."""
        return {}

    def bucket_fields(self, bucket: Bucket) -> KeyProtectFields:  # noqa: ARG002  of AWS none
        """Return what else HeadBucket reports."""
        return {}

    def list_fields(self, bucket: Bucket) -> KeyProtectFields:  # noqa: ARG002  of AWS none
        """Return what else a list of keys reports of its bucket."""
        return {}

    # --- buckets ---------------------------------------------------------------------------------

    def require_creatable(self, context: Context, params: Mapping[str, Any]) -> None:
        """Judge what CreateBucket asks for besides."""

    def created(self, context: Context, bucket: Bucket, params: Mapping[str, Any]) -> None:
        """Give a new bucket what the service adds to it."""

    def require_lister(self, context: Context) -> None:
        """Judge whether who asks for a list of buckets has named all that it takes."""

    def is_listed(self, context: Context, bucket: Bucket) -> bool:  # noqa: ARG002  of AWS none
        """Whether a bucket of the account is one of those that who asks may list."""
        return True


NO_RULES = ServiceRules()


@cache
def rules_of(places: tuple[str, ...]) -> ServiceRules:
    """Return the rules of a service; each place is a module and a class in it, loaded when it is first needed."""
    from importlib import import_module

    found = [place.rpartition(".") for place in places]
    bases = [getattr(import_module(module), name) for module, _, name in found]
    made: ServiceRules = type("Rules", (*bases, ServiceRules), {})()
    return made


def keep(asked: Asked, shape: tuple[str, ...], key: str) -> None:
    """Remember a key of a shape; of more than KEPT its folder, and of more than KEPT folders nothing of it."""
    keys = asked.get(shape)
    if keys is None:
        keys = asked.setdefault(shape, set())
    if len(keys) < KEPT:
        keys.add(key)
    elif key not in keys:
        if shape[-1] is WIDE:
            keys.add("")
        else:
            keep(asked, (*shape, WIDE), key[: key.rfind("/") + 1])


class Context:
    """One request's surroundings: the store, the numbers in force, the dialect, who asks, and how the request came.

    `bucket` is the one that the request names as it was found on the way in, None if it was not there: it is for what
    is judged before the lock is taken. Under the lock it is looked up again (`lookup.bucket_of`). `facts` are the
    dated ones that hold on the day that the fake imitates. `asked` remembers what was asked for; None: by hand.
    `changes` is where an operation notes what it did to objects, None where nobody asks: see `note`.
    """

    __slots__ = (
        "_request_info",
        "_strict_tls",
        "access_points",
        "asked",
        "bucket",
        "caller",
        "changes",
        "destinations",
        "dialect",
        "facts",
        "ids",
        "limits",
        "store",
    )

    def __init__(
        self,
        store: Store,
        bucket: Bucket | None,
        limits: ServiceLimits,
        facts: frozenset[DatedFact],
        dialect: Dialect,
        ids: Ids,
        caller: Principal,
        access_points: Mapping[str, str],
        destinations: Destinations,
        request_info: Callable[[], RequestInfo],
        *,
        strict_tls: bool,
        asked: Asked | None = None,
    ) -> None:
        self.store = store
        self.asked = asked
        self.bucket = bucket
        self.limits = limits
        self.facts = facts
        self.dialect = dialect
        self.ids = ids
        self.caller = caller
        self.changes: list[Change] | None = None
        self.access_points = access_points
        self.destinations = destinations
        self._request_info = request_info
        self._strict_tls = strict_tls

    @property
    def request_info(self) -> RequestInfo:
        """How the request came."""
        return self._request_info()

    @property
    def takes_secrets(self) -> bool:
        """Whether a key of the customer may come with it, and what is under SSE-KMS may be asked for."""
        return not self._strict_tls or self.request_info.is_secure

    def holds(self, fact: DatedFact) -> bool:
        """Whether a dated fact holds on the day that the fake imitates, for the service that answers."""
        return fact in self.facts

    def rules(self, bucket: Bucket | None = None) -> ServiceRules:
        """Return what the service adds to an operation; one that protects a bucket does so whichever client asks."""
        places = self.dialect.rules if bucket is None else bucket.rules or self.dialect.rules
        return rules_of(places) if places else NO_RULES

    def note(self, bucket: Bucket, event: str, version: StoredObject | DeleteMarker, **data: Any) -> None:
        """Note what was done to an object or a version, by the name of its event; under the store's lock."""
        if self.changes is not None:
            self.changes.append(changed(bucket, event, version, **data))

    def note_removal(self, bucket: Bucket, key: str, version_id: str | None = None) -> None:
        """Note that a delete succeeded, also of what was not there (recorded aws-event-notifications 5)."""
        if self.changes is not None:
            self.changes.append(removed(bucket, "ObjectRemoved:Delete", key, version_id))

    def note_test(self, bucket: Bucket, destination: str, configuration_id: str) -> None:
        """Note that a destination of notifications is tried."""
        if self.changes is not None:
            self.changes.append(tested(bucket, destination, configuration_id))

    def version_id(self, bucket: Bucket) -> str:
        """Return the id of a version that is stored in the bucket now."""
        return self.dialect.new_version_id(self.ids, self.now()) if bucket.makes_versions else NULL_VERSION

    def new_upload_id(self) -> str:
        """Return the id of a new upload, as the dialect's look."""
        return self.dialect.new_upload_id(self.ids)

    def now(self) -> dt.datetime:
        """Return the time that is stored with what this request writes: to the second, or as exactly as the dialect."""
        return millisecond() if self.dialect.milliseconds else now()

    def instant(self) -> dt.datetime:
        """Return the time as it is, with which the end of a lock is compared (assumed: aws-changes 26)."""
        return instant()

    def part_number(self, value: object) -> int:
        """Return a part number, or refuse what is none: 1 to 10,000 (recorded aws-multipart 11)."""
        if type(value) is int and 1 <= value <= self.limits.max_parts:
            self.notice_over("InvalidArgument, part number", value, self.dialect.limits.max_parts)
            return value
        raise S3Error(
            errors.INVALID_PART_NUMBER, ArgumentName="partNumber", ArgumentValue=value, maximum=self.limits.max_parts
        )

    def require_size(self, size: int | None, maximum: int) -> None:
        """Refuse a body that is, or promises to be, larger than `maximum` bytes."""
        if size is not None and size > maximum:
            raise S3Error(errors.ENTITY_TOO_LARGE, ProposedSize=size, MaxSizeAllowed=maximum)

    def notice_over(self, what: str, number: int, real: int) -> None:
        """Keep a notice if the service's own number would have refused what the test's number let pass."""
        if number > real:
            self.notice(f"would be refused by S3: {what} {number}, the maximum is {real}")

    def notice(self, text: str) -> None:
        """Tell the test's author, at the end, what the real service would have done."""
        self.store.notice(text)
