"""What a verification is told: whom to ask, and what may be asked."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from fakecos.contract.given import AWS
from fakecos.facts.services.aws import HOSTS

AWS_HOSTS = HOSTS.domains
SETTLES_ON_AWS = 2.0


@dataclass(frozen=True)
class Asking:
    """Whom to ask, and what may be asked.

    - `endpoint_url`: None is that of AWS in the region. `prefix`: how all its buckets begin.
    - `public`: ask also for what makes a bucket or an object public. `without`: what the service is said to lack.
    - `kms_key`: ARN of a key of the account, in the place of those that promises name; None: there is none.
    - `settle`: seconds to wait after each change of a bucket's configuration.
    - `second`: whether there is a second account. `wait`: seconds that one case of a promise may wait.
    """

    endpoint_url: str | None
    region: str
    prefix: str
    dialect: str = AWS
    public: bool = False
    without: frozenset[str] = frozenset()
    kms_key: str | None = None
    settle: float = 0.0
    second: bool = False
    wait: float = 0.0

    @property
    def scheme(self) -> str:
        """`https` or `http`."""
        return "https" if self.endpoint_url is None else urlsplit(self.endpoint_url).scheme

    @property
    def is_aws(self) -> bool:
        """Whether the address is one of AWS."""
        return is_of_aws(self.endpoint_url)


def is_of_aws(endpoint_url: str | None) -> bool:
    """Whether an address is one of AWS; None is."""
    return endpoint_url is None or (urlsplit(endpoint_url).hostname or "").endswith(AWS_HOSTS)
