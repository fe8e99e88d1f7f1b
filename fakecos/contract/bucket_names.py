"""Names of buckets: promises say `photos`, and a real service has `PREFIX-abc123-photos` for it.

Nothing else is ever asked for: a request for a bucket of any other name is not sent.
"""

from __future__ import annotations

import re
from typing import Any

ACCOUNT = "123456789012"
"""The account of the fake, which promises name."""
LONGEST = 63
TOKEN = 8
"""Characters of what makes the names of a run its own."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
_ARN = re.compile(r"(:::)([a-z0-9][a-z0-9-]{1,61}[a-z0-9])(?=[/*\"]|$)")
_SOURCE = re.compile(r"(/?)([a-z0-9][a-z0-9-]{1,61}[a-z0-9])(?=/|%2F)", re.IGNORECASE)
_NAMED = frozenset({"Bucket", "TargetBucket"})


class NotAsked(BaseException):
    """A promise cannot be asked of this service; the text says why."""


class BucketNames:
    """The names that a promise's buckets have at a service: `there` of a name, and `here` of what comes back.

    `account`: the number of the account that asks, which a promise calls ACCOUNT; None: nobody knows it.
    """

    def __init__(self, prefix: str, token: str, account: str | None = None) -> None:
        self.start = f"{prefix}-{token}-"
        self._account = account or ACCOUNT

    def there(self, name: str) -> str:
        """Return the name at the service. NotAsked: the name itself is the promise's subject, or no name is left."""
        if name.startswith(self.start):
            return name
        made = self.start + name
        if not _NAME.fullmatch(name) or len(made) > LONGEST:
            message = "its subject is the name of a bucket, and no bucket outside of the prefix is asked for"
            raise NotAsked(message)
        return made

    def is_own(self, name: str) -> bool:
        """Whether a bucket of the service is one that this run may touch."""
        return name.startswith(self.start)

    def params_there(self, params: Any) -> Any:
        """Return parameters of an operation with the service's names: of buckets, sources of copies, and in ARNs."""
        if isinstance(params, dict):
            return {name: self._member(name, value) for name, value in params.items()}
        if isinstance(params, (list, tuple)):
            return [self.params_there(item) for item in params]
        if isinstance(params, str):
            return self.account_there(_ARN.sub(lambda found: found[1] + self.there(found[2]), params))
        return params

    def _member(self, name: str, value: Any) -> Any:
        if name in _NAMED and isinstance(value, str) and not value.startswith("arn:"):
            return self.there(value)
        if name == "CopySource" and isinstance(value, str):
            return self.source_there(value)
        return self.params_there(value)

    def account_there(self, text: str) -> str:
        """Return a text with the number of the account that asks."""
        return text.replace(ACCOUNT, self._account)

    def source_there(self, source: str) -> str:
        """Return the source of a copy with the service's name for its bucket."""
        found = _SOURCE.match(source)  # what names no bucket is sent as it is
        return source if found is None else found[1] + self.there(found[2]) + source[found.end(2) :]

    def require_own(self, url: str) -> None:
        """Refuse to send what is for no bucket of this run. NotAsked: it is not."""
        if self.start not in url:
            message = "it asks for what is no bucket of its own, and nothing else is touched"
            raise NotAsked(message)

    def here(self, answer: Any) -> Any:
        """Return what the service answered with the names of the promise."""
        if isinstance(answer, dict):
            return {name: self.here(value) for name, value in answer.items()}
        if isinstance(answer, list):
            return [self.here(item) for item in answer]
        if isinstance(answer, str):
            return answer.replace(self.start, "").replace(self._account, ACCOUNT)
        if isinstance(answer, bytes):
            return answer.replace(self.start.encode(), b"").replace(self._account.encode(), ACCOUNT.encode())
        return answer
