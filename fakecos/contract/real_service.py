"""A service that can only be asked, at an address: it gets buckets of one prefix, and loses them again."""

from __future__ import annotations

import os
import re
import secrets
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fakecos.comparison.cleanup import delete_bucket
from fakecos.contract.attempt import Attempt
from fakecos.contract.bucket_names import ACCOUNT, BucketNames, NotAsked
from fakecos.contract.by_hand import Keys
from fakecos.contract.fake_service import client_of
from fakecos.contract.given import AWS, IBM
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.facts.services import dialects

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakecos.contract.asking import Asking
    from fakecos.contract.pace import Pace

TOKEN_BYTES = 4
STARTS_AGAIN = (0.0, 1.0, 2.0, 4.0)
"""Seconds to wait, one after the other, for a store that ended and that something starts again."""
PATIENT = {"connect_timeout": 10, "read_timeout": 30, "retries": {"total_max_attempts": 3}}


class RealService:
    """Makes clients of a service, not faster than its pace.

    - `session`: of boto3, which has the credentials. `second`: one of another account, None: there is none.
    - `asking`: address, prefix, and what may be asked of it. `pace`: how fast.
    - `left`: what could not be deleted, each with why.
    """

    def __init__(self, session: Any, asking: Asking, pace: Pace, second: Any = None) -> None:
        self.session = session
        self.second = second
        self.asking = asking
        self.pace = pace
        self.dialect = asking.dialect
        self.left: list[str] = []
        self._run = secrets.token_hex(TOKEN_BYTES)
        self._count = 0

    @property
    def settle(self) -> float:
        """Seconds to wait after a change of a bucket's configuration."""
        return self.asking.settle

    def attempt(self, patience: int) -> Attempt:
        """Return the service for one promise, whose buckets have names of their own.

        `patience`: seconds in which it must answer.
        """
        return Attempt(self, self._names(), patience)

    def _names(self) -> BucketNames:
        self._count += 1
        token = f"{self._run}{self._count:04d}"
        return BucketNames(self.asking.prefix, token, self.asking.kms_key, self.account, self.other_account)

    @cached_property
    def account(self) -> str | None:
        """The number of the account that asks; None: nobody tells it."""
        return self._number_of(self.session)

    @cached_property
    def other_account(self) -> str | None:
        """The number of the second account; None: there is none, or nobody tells it."""
        return None if self.second is None else self._number_of(self.second)

    @property
    def known(self) -> frozenset[str]:
        """The accounts of the fake for which there are accounts here, whose numbers are known."""
        found = {ACCOUNT: self.account, OTHER: self.other_account}
        return frozenset(here for here, there in found.items() if there is not None)

    def _number_of(self, session: Any) -> str | None:
        """Return the number of an account: AWS tells it, and for other services its configuration may."""
        if not self.asking.is_aws:
            return getattr(session.get_credentials(), "account_id", None)  # unknown to old versions of botocore
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return str(session.client("sts", region_name=self.asking.region).get_caller_identity()["Account"])
        except (BotoCoreError, ClientError):
            return None  # what names the account is not asked then

    @property
    def address(self) -> str:
        """The address at which it is asked."""
        host = dialects.BY_NAME[AWS].endpoint.format(region=self.asking.region)
        return self.asking.endpoint_url or f"https://{host}"

    def keys(self) -> Keys:
        """Return the credentials and the region by which requests by hand are signed."""
        found = self.session.get_credentials().get_frozen_credentials()
        return Keys(found.access_key, found.secret_key, found.token, self.asking.region)

    def client_of_other(self, keywords: Mapping[str, Any]) -> Any:
        """Return a client of the second account. NotAsked: as `client` says."""
        return self.client(keywords, session=self.second)

    def client(self, keywords: Mapping[str, Any], dialect: str = AWS, session: Any = None) -> Any:
        """Return a client; `session`: whose credentials it has, None: those of the first account.

        NotAsked: it is to come by a scheme that the address has not.
        """
        session = self.session if session is None else session
        given = {"region_name": self.asking.region, **keywords}
        scheme = urlsplit(str(given.pop("endpoint_url", ""))).scheme
        if not given.pop("use_ssl", True):
            scheme = "http"
        if scheme and scheme != self.asking.scheme:
            message = f"it is about {scheme}, and the address is of {self.asking.scheme}"
            raise NotAsked(message)
        if self.asking.endpoint_url is not None:
            given["endpoint_url"] = self.asking.endpoint_url
        if bundle := os.environ.get("AWS_CA_BUNDLE"):
            given["verify"] = bundle
        if dialect == IBM:
            keys = session.get_credentials().get_frozen_credentials()
            given |= {"aws_access_key_id": keys.access_key, "aws_secret_access_key": keys.secret_key}
        return client_of(dialect, given, session)

    @cached_property
    def own(self) -> Any:
        """A client of our own, by which buckets are made and deleted: it tries again as clients do."""
        return self.paced(self.client({"config": PATIENT}))

    @cached_property
    def own_of_other(self) -> Any:
        """The same of the second account."""
        return self.paced(self.client_of_other({"config": PATIENT}))

    def paced(self, client: Any) -> Any:
        """Let the requests of a client wait for their turn, and return it."""
        client.meta.events.register_first("before-send.s3", lambda **_: self.pace.wait())
        return client

    def create_bucket(self, name: str, client: Any = None) -> None:
        """Make a bucket in the region. Raises what the client raises."""
        region = self.asking.region
        placed = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        (self.own if client is None else client).create_bucket(Bucket=name, **placed)

    def probe_name(self) -> str:
        """Return the name of a bucket of this run, to see whether there is a service."""
        return self._names().there("probe")

    def wait_for_it(self) -> None:
        """Wait until it answers again, but not for long: a store that ended may be started again by what runs it."""
        for seconds in STARTS_AGAIN:
            self.pace.sleep(seconds)
            if _does_answer(partial(self.own.head_bucket, Bucket=self.probe_name())):
                return

    def secrets(self) -> list[str]:
        """Return what must be written nowhere: the credentials."""
        sessions = [session for session in (self.session, self.second) if session is not None]
        found = [session.get_credentials().get_frozen_credentials() for session in sessions]
        return [text for keys in found for text in (keys.access_key, keys.secret_key, keys.token) if text]

    def leftovers(self) -> list[str]:
        """Return the buckets of runs of the prefix that are there: those that could not be deleted.

        A bucket whose name only begins with the prefix is not of a run. Raises what the client raises.
        """
        of_a_run = re.compile(rf"{re.escape(self.asking.prefix)}-[0-9a-f]{{{2 * TOKEN_BYTES}}}[0-9]{{4,}}-.+")
        clients = [self.own] if self.second is None else [self.own, self.own_of_other]
        names = [each["Name"] for client in clients for each in client.list_buckets().get("Buckets", [])]
        return [name for name in dict.fromkeys(names) if of_a_run.fullmatch(name)]

    def delete(self, name: str, *, of_other: bool = False) -> str | None:
        """Delete a bucket with all that it holds; return None, or why it is still there.

        `of_other`: the second account made it, as far as is known; where one account may not, the other tries.
        """
        if self.second is None:
            return delete_bucket(self.own, name)
        first, then = (self.own_of_other, self.own) if of_other else (self.own, self.own_of_other)
        left = delete_bucket(first, name)
        return left if left is None or delete_bucket(then, name) is not None else None


def _does_answer(call: Callable[[], Any]) -> bool:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        call()
    except ClientError:
        return True  # a refusal is an answer
    except BotoCoreError:
        return False
    return True
