"""Names of buckets: promises say `photos`, and a real service has `PREFIX-abc123-photos` for it.

Nothing else is ever asked for: a request for a bucket of any other name is not sent.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from fakecos.contract.steps.ownership_of import OTHER

ACCOUNT = "123456789012"
"""The account of the fake, which promises name."""
LONGEST = 63
TOKEN = 8
"""Characters of what makes the names of a run its own."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
_ARN = re.compile(r"(:::)([a-z0-9][a-z0-9-]{1,61}[a-z0-9])(?=[/*\"]|$)")
_SOURCE = re.compile(r"(/?)([a-z0-9][a-z0-9-]{1,61}[a-z0-9])(?=/|%2F)", re.IGNORECASE)
_KEY_ARN = re.compile(r"arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[0-9a-z-]{36}")
_OWN_KEYS = re.compile(r"(arn:aws[a-z-]*:kms:)[a-z0-9-]+:[0-9]{12}:")
_ACCOUNT = rf"\g<1>us-east-1:{ACCOUNT}:"
"""What promises say of the account and its region, in the ARN of a key that the service chose."""
_NAMED = frozenset({"Bucket", "TargetBucket"})


class NotAsked(BaseException):
    """A promise cannot be asked of this service; the text says why."""


class BucketNames:
    """The names that a promise's buckets have at a service: `there` of a name, and `here` of what comes back.

    `kms_key`: the ARN of a key of the account, which stands in the place of that which a promise names.
    `account`: the number of the account that asks, which a promise calls ACCOUNT; None: nobody knows it.
    `other`: that of the second account, which a promise calls OTHER.
    """

    def __init__(
        self,
        prefix: str,
        token: str,
        kms_key: str | None = None,
        account: str | None = None,
        other: str | None = None,
    ) -> None:
        self._start = f"{prefix}-{token}-"
        self._kms_key = kms_key
        self._named_key: str | None = None
        self._accounts = {here: there for here, there in ((ACCOUNT, account), (OTHER, other)) if there is not None}
        self._accounts_here = {there: here for here, there in self._accounts.items()}
        self._telling = (self._start.encode(), b":kms:", *(there.encode() for there in self._accounts_here))

    def there(self, name: str) -> str:
        """Return the name at the service. NotAsked: the name itself is the promise's subject, or no name is left."""
        if name.startswith(self._start):
            return name
        made = self._start + self.account_there(name)
        if not _NAME.fullmatch(name) or len(made) > LONGEST:
            message = "its subject is the name of a bucket, and no bucket outside of the prefix is asked for"
            raise NotAsked(message)
        return made

    def is_own(self, name: str) -> bool:
        """Whether a bucket of the service is one that this run may touch."""
        return name.startswith(self._start)

    def params_there(self, params: Any) -> Any:
        """Return parameters of an operation with the service's names: of buckets, sources of copies, and in ARNs."""
        if isinstance(params, dict):
            return {name: self._member(name, value) for name, value in params.items()}
        if isinstance(params, (list, tuple)):
            return [self.params_there(item) for item in params]
        if isinstance(params, str):
            return self.text_there(self._key_there(params))
        return params

    def text_there(self, text: str) -> str:
        """Return a text with the service's names for the buckets of its ARNs, and for the account."""
        return self.account_there(_ARN.sub(lambda found: found[1] + self.there(found[2]), text))

    def account_there(self, text: str) -> str:
        """Return a text with the numbers of the accounts that ask."""
        return _replaced(text, self._accounts)

    def _key_there(self, text: str) -> str:
        if self._kms_key is None or not _KEY_ARN.fullmatch(text) or text == self._kms_key:
            return text
        self._named_key = text
        return self._kms_key

    def _member(self, name: str, value: Any) -> Any:
        if name in _NAMED and isinstance(value, str) and not value.startswith("arn:"):
            return self.there(value)
        if name == "CopySource" and isinstance(value, str):
            return self.source_there(value)
        return self.params_there(value)

    def source_there(self, source: str) -> str:
        """Return the source of a copy with the service's name for its bucket.

        NotAsked: it is of a bucket of another name, or of an access point.
        """
        found = _SOURCE.match(source)
        if found is not None:
            return found[1] + self.there(found[2]) + source[found.end(2) :]
        bucket, slash, _ = unquote(source).removeprefix("/").partition("/")
        if bucket and slash:
            message = "it copies from what is no bucket of its own, and nothing else is read"
            raise NotAsked(message)
        return source  # it names no bucket, and is refused

    def require_own(self, url: str) -> None:
        """Refuse to send what is for no bucket of this run. NotAsked: it is not."""
        address = urlsplit(url)
        bucket = unquote(address.path).lstrip("/").partition("/")[0]
        if not self.is_own(address.hostname or "") and not self.is_own(bucket):
            message = "it asks for what is no bucket of its own, and nothing else is touched"
            raise NotAsked(message)

    def here(self, answer: Any) -> Any:
        """Return what the service answered with the names of the promise."""
        if isinstance(answer, dict):
            return {name: self.here(value) for name, value in answer.items()}
        if isinstance(answer, list):
            return [self.here(item) for item in answer]
        if isinstance(answer, str):
            return self._text_here(answer)
        if isinstance(answer, bytes) and any(text in answer for text in self._telling):
            return self._text_here(answer.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
        return answer

    def _text_here(self, text: str) -> str:
        text = text.replace(self._start, "")
        if self._kms_key is not None and self._named_key is not None:
            text = text.replace(self._kms_key, self._named_key)
        text = _OWN_KEYS.sub(_ACCOUNT, text) if ":kms:" in text else text
        return _replaced(text, self._accounts_here)


def _replaced(text: str, numbers: dict[str, str]) -> str:
    """Return a text with other numbers of accounts, all at once: one may be the other's in the fake."""
    if not any(number in text for number in numbers):
        return text
    return re.sub("|".join(numbers), lambda found: numbers[found[0]], text)
