"""Accounts besides the fake's own, and users: who else may ask, with access keys and clients of their own.

Ids and keys follow from the account's number and the user's name, so that they are the same in every run.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any, Literal, Protocol

from fakecos.auth.principals import Key
from fakecos.facts.exceptions import UsageError
from fakecos.facts.regions import US_EAST_1
from fakecos.misnamed import Named, require_settable
from fakecos.model.principal import is_account_id, root_of
from fakecos.testing.identities import give, known_user, read, shown
from fakecos.usage import explain_calls

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client  # type: ignore[import-not-found,unused-ignore]

    from fakecos.facts.literals import SseC
    from fakecos.model.principal import Principal
    from fakecos.service.service import Service
    from fakecos.testing.identities import Policies
    from fakecos.testing.views import BucketView

USER_NAME_CHARACTERS = frozenset("+=,.@-_")  # documented: IAM names, besides letters and digits
GIVEN = frozenset({"arn", "access_key", "secret_key", "id", "canonical_id"})
LONGEST_USER_NAME = 64  # documented


class Home(Protocol):
    """The fake that answers the clients of its accounts."""

    def client(self, service: Literal["s3"] = ..., **boto3_keywords: Any) -> S3Client:
        """Return a client that this fake answers."""

    def create_bucket(
        self, name: str, region: str = ..., account: str = ..., *, sse_c: SseC | None = ...
    ) -> BucketView:
        """Create a bucket by hand."""


@explain_calls("account")
class Caller(Named):
    """Somebody with an access key: an account itself, or a user of one.

    - `arn`: such as `arn:aws:iam::222222222222:root` or `...:user/alice`: what policies name.
    - `access_key` and `secret_key`: what its clients sign with.
    """

    def __init__(self, cos: Home, service: Service, principal: Principal) -> None:
        self._cos = cos
        self._service = service
        self.arn: str = principal.arn or ""
        self.access_key = "AKIA" + base64.b32encode(_digest("key", self.arn)).decode("ascii")[:16]
        self.secret_key = base64.b64encode(_digest("secret", self.arn)).decode("ascii")[:40]
        service.register(self.access_key, Key(self.secret_key, principal))

    def client(self, **boto3_keywords: Any) -> S3Client:
        """Return a boto3 client of S3 that signs with its keys; the keywords are those of `boto3.client`.

        UsageError: boto3 is not installed.
        """
        keys = {"aws_access_key_id": self.access_key, "aws_secret_access_key": self.secret_key}
        return self._cos.client("s3", **{**keys, **boto3_keywords})

    if not TYPE_CHECKING:  # a type checker refuses it by itself

        def __setattr__(self, name: str, value: object) -> None:
            __tracebackhide__ = True
            if "polic" in name and isinstance(self, AwsAccount):
                message = (
                    f"account.{name} = ...: an account may do everything, and has no policy of its own. A user has: "
                    "cos.account(...).create_user(name, policy=...)."
                )
                raise UsageError(message)
            if name not in GIVEN:
                require_settable(self, name, "user" if isinstance(self, User) else "account")
            object.__setattr__(self, name, value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Caller) and (self._service, self.arn) == (other._service, other.arn)

    def __hash__(self) -> int:
        return hash(self.arn)

    def __repr__(self) -> str:
        return f"<{self.arn}>"


class User(Caller):
    """A user of an account: it may do what its own policy allows, or a bucket's.

    - `arn`: `arn:aws:iam::222222222222:user/alice`: what policies name.
    - `access_key` and `secret_key`: what its clients sign with.
    """

    __module__ = "fakecos"

    @property
    def policy(self) -> Any:
        """Its policy, a dict, or a list of them; None: it has none. Set, it counts for the requests that come then.

        A dict, JSON text, or a list of them can be set; None takes it away. UsageError: it is no policy that is
        evaluated.
        """
        return shown(self._service.pipeline.keys[self.access_key].principal.policies)

    @policy.setter
    def policy(self, policy: Policies) -> None:
        texts = read(policy, "user.policy", dialect=self._service.dialect_name)
        give(self._service, self._service.pipeline.keys[self.access_key].principal, texts)


@explain_calls("account")
class AwsAccount(Caller):
    """An account.

    - `id`: its 12 digits. `canonical_id`: the 64 hexadecimal digits by which ACLs name it.
    - `arn`: `arn:aws:iam::222222222222:root`: what policies name.
    - `access_key` and `secret_key`: what its clients sign with.
    """

    __module__ = "fakecos"

    def __init__(self, cos: Home, service: Service, account_id: str) -> None:
        if not is_account_id(account_id):
            message = f'cos.account({account_id!r}): write the 12 digits of its id, as in cos.account("222222222222").'
            raise UsageError(message)
        principal = root_of(account_id)
        super().__init__(cos, service, principal)
        self.id = account_id
        self.canonical_id: str = principal.canonical_id or ""

    def create_bucket(self, name: str, region: str = US_EAST_1, *, sse_c: SseC | None = None) -> BucketView:
        """Create a bucket of this account by hand: no request, no journal. `sse_c`: as `FakeCOS.create_bucket` says.

        UsageError: there is one of that name, S3 would refuse the name, or `sse_c` is neither "allowed" nor "blocked".
        """
        return self._cos.create_bucket(name, region, self.id, sse_c=sse_c)

    def user(self, name: str) -> User:
        """Return a user of this account, with keys of its own; asked again, it is the same one.

        One that `create_user` did not make has no policy: in its own account it may do what a bucket's policy allows
        to it by name, in another account what is allowed to its account.
        UsageError: IAM has no users of that name.
        """
        _require_user_name("user", name)
        return User(self._cos, self._service, known_user(self._service, self.id, name))

    def create_user(self, name: str, policy: Policies = None) -> User:
        """Return a new user of this account, with keys and a policy of its own.

        `policy`: a dict or JSON text, or a list of several; None: no policy, so that it may do what a bucket's policy
        of its own account allows to it, and nothing else. `user.policy = ...` changes it later. In another account
        the policy and the bucket must both allow what it does. No permission boundaries, organization policies and
        session policies are evaluated.
        UsageError: IAM has no users of that name, there is one, or it is no policy that is evaluated.
        """
        _require_user_name("create_user", name)
        texts = read(policy, f"create_user({name!r}, policy=...)", dialect=self._service.dialect_name)
        user = self.user(name)
        principal = self._service.pipeline.keys[user.access_key].principal
        if principal.policies is not None:
            message = f"create_user({name!r}): there is that user; user({name!r}).policy = ... changes its policy."
            raise UsageError(message)
        give(self._service, principal, texts)
        return user


def _require_user_name(method: str, name: object) -> None:
    if not _is_user_name(name):
        message = f"{method}({name!r}): a name is 1 to {LONGEST_USER_NAME} letters, digits and +=,.@-_ (IAM's rule)."
        raise UsageError(message)


def _is_user_name(name: object) -> bool:
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_USER_NAME:
        return False
    return all((one.isascii() and one.isalnum()) or one in USER_NAME_CHARACTERS for one in name)


def _digest(kind: str, arn: str) -> bytes:
    return hashlib.sha256(f"{kind} of {arn}".encode()).digest()
