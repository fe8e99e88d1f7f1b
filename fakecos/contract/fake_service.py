"""The fake as a service that a promise asks, without being switched on: its clients are attached to it."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from fakecos.contract import cos_as_aws
from fakecos.contract.bucket_names import NotAsked
from fakecos.contract.by_hand import ByHand, Keys
from fakecos.contract.exchanges import Recorder
from fakecos.contract.given import AWS, IBM, Asked
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.ways import InProcess
from fakecos.facts.exceptions import UsageError
from fakecos.facts.services import dialects

if TYPE_CHECKING:
    import datetime as dt

    from fakecos.contract.instances import Instance

KEYS = {"aws_access_key_id": "AKIDFAKECOS", "aws_secret_access_key": "secret"}
ENDPOINTS = {AWS: None, IBM: f"https://{dialects.BY_NAME[IBM].endpoint.format(region='us-south')}"}
DEFAULT = {
    "request_checksum_calculation": "when_supported",
    "response_checksum_validation": "when_supported",
    "ignore_configured_endpoint_urls": True,
}
"""What the clients of a profile or an environment may do otherwise, and promises are not about; unknown to old ones."""


class FakeService:
    """A fake for one promise; `recorder` has what was asked and answered, `waited` how many seconds it waited.

    - `scheme`: by which its clients come. `verifies`: whether it verifies signatures, as S3 does.
    - `as_of`: the day whose S3 it imitates, None: today's.
    """

    def __init__(self, scheme: str = "https", *, verifies: bool = False, as_of: dt.date | None = None) -> None:
        from fakecos.fake import FakeCOS  # rarely needed, and all else with it

        self._scheme = scheme
        credentials = {KEYS["aws_access_key_id"]: KEYS["aws_secret_access_key"]} if verifies else None
        self._cos = FakeCOS(credentials=credentials, as_of=as_of)
        self._cos.create_bucket(BUCKET)
        self.recorder = Recorder()
        self.waited = 0.0

    def run(self, instance: Instance, dialect: str = AWS) -> None:
        """Run a promise. Raises AssertionError, and what its client raises."""
        try:
            Asked(self, self._cos, dialect).run(instance)
        finally:
            if self._cos.is_active:
                self._cos.stop()

    def required_policy(self) -> dict[str, Any]:
        """Return the smallest policy of what was asked."""
        return self._cos.required_policy()

    def by_hand(self) -> ByHand:
        """Return what sends requests by hand to the fake."""
        keys = Keys(KEYS["aws_access_key_id"], KEYS["aws_secret_access_key"])
        return ByHand(InProcess(self._cos._active.exchange, self._scheme, self.recorder), keys)  # noqa: SLF001

    def wait(self, seconds: float) -> None:
        """Set the clock of the process on, until the promise ends. NotAsked: there is nothing to set it with."""
        self.waited += seconds
        try:
            self._cos.advance(seconds=seconds)
        except UsageError as error:
            message = f"the fake that is asked first cannot wait: {error}"
            raise NotAsked(message) from error

    def make_other(self, keywords: dict[str, Any]) -> Any:
        """Return a client of another account."""
        account = self._cos.account(OTHER)
        keys = {"aws_access_key_id": account.access_key, "aws_secret_access_key": account.secret_key}
        return self.make(AWS, {**keys, **keywords})

    def make(self, dialect: str, keywords: dict[str, Any]) -> Any:
        """Return a client that the fake answers."""
        given = {"endpoint_url": ENDPOINTS[dialect], "use_ssl": self._scheme == "https", **KEYS, **keywords}
        client = client_of(dialect, given)
        self._cos.attach(client)
        self.recorder.listen(client)
        return cos_as_aws.level(client) if dialect == IBM else client


@cache
def _session(package: str) -> Any:
    """Return one session for all clients of a package: another one would read all models again."""
    return import_module(f"{package}.session").Session()


def client_of(dialect: str, keywords: dict[str, Any], session: Any = None) -> Any:
    """Return a client of boto3 or ibm_boto3; `config` are the keywords of its Config.

    `session`: a session of boto3, None: one that all such clients have in common.
    UsageError: the package is not installed.
    """
    keywords = {"region_name": "us-east-1", **keywords}
    package, configured = ("boto3", "botocore.config") if dialect == AWS else ("ibm_boto3", "ibm_botocore.client")
    try:
        config = import_module(configured).Config
        maker = session if session is not None and dialect == AWS else _session(package)
    except ModuleNotFoundError:
        project = "boto3" if dialect == AWS else "ibm-cos-sdk"
        message = f"promises are asked by {package}, which is not installed: pip install {project}"
        raise UsageError(message) from None
    default = {name: value for name, value in DEFAULT.items() if name in config.OPTION_DEFAULTS}
    return maker.client("s3", config=config(**{**default, **keywords.pop("config", {})}), **keywords)
