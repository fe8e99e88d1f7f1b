"""What an operation may see of a request besides its parameters, and the store that it acts on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.model.store import now
from fakecos.model.versions import NULL_VERSION

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from fakecos.facts.ids import Ids
    from fakecos.facts.limits import ServiceLimits
    from fakecos.facts.services.dialects import Dialect
    from fakecos.model.bucket import Bucket
    from fakecos.model.principal import Principal
    from fakecos.model.store import Store

Params = dict[str, Any]
Result = dict[str, Any]


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
    def content_sha256(self) -> str | None:
        """The digest of the body, or what stands for it."""

    @property
    def signature_version(self) -> str | None:
        """`AWS4-HMAC-SHA256` or `AWS`."""

    @property
    def auth_type(self) -> str | None:
        """`REST-HEADER` or `REST-QUERY-STRING`."""


class Context:
    """One request's surroundings: the store, the numbers in force, the dialect, who asks, and how the request came.

    `bucket` is the one that the request names as it was found on the way in, None if it was not there: it is for what
    is judged before the lock is taken. Under the lock it is looked up again (`lookup.bucket_of`).
    """

    __slots__ = (
        "_request_info",
        "_strict_tls",
        "access_points",
        "bucket",
        "caller",
        "dialect",
        "ids",
        "limits",
        "store",
    )

    def __init__(
        self,
        store: Store,
        bucket: Bucket | None,
        limits: ServiceLimits,
        dialect: Dialect,
        ids: Ids,
        caller: Principal,
        access_points: Mapping[str, str],
        request_info: Callable[[], RequestInfo],
        *,
        strict_tls: bool,
    ) -> None:
        self.store = store
        self.bucket = bucket
        self.limits = limits
        self.dialect = dialect
        self.ids = ids
        self.caller = caller
        self.access_points = access_points
        self._request_info = request_info
        self._strict_tls = strict_tls

    @property
    def request_info(self) -> RequestInfo:
        """How the request came."""
        return self._request_info()

    @property
    def takes_secrets(self) -> bool:
        """Whether a key of the customer may come with it."""
        return not self._strict_tls or self.request_info.is_secure

    def version_id(self, bucket: Bucket) -> str:
        """Return the id of a version that is stored in the bucket now."""
        return self.ids.version_id() if bucket.makes_versions else NULL_VERSION

    def new_upload_id(self) -> str:
        """Return the id of a new upload, as the dialect's look."""
        return self.dialect.new_upload_id(self.ids)

    def now(self) -> dt.datetime:
        """Return the time that is stored with what this request writes."""
        return now()

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
