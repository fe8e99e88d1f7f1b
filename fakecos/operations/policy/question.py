"""What is asked of a policy: may this caller do this action here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.model.object import StoredObject
    from fakecos.operations.context import Context
    from fakecos.operations.required_actions import KmsKey


class Question(NamedTuple):
    """One action of a request.

    `operation` is what the request asks for, `action` one of the actions that it needs, without `s3:`; `key` is None
    for what is asked of the bucket itself. `arn`: what it is about, where that is neither the bucket nor the object;
    `kms`: of an action of KMS its key.
    """

    context: Context
    bucket: Bucket
    operation: str
    action: str
    params: Mapping[str, Any]
    key: str | None
    arn: str | None = None
    kms: KmsKey | None = None

    @property
    def full_action(self) -> str:
        """The action as a policy names it."""
        return self.action if ":" in self.action else f"s3:{self.action}"

    @property
    def resource(self) -> str:
        """The ARN that a policy names."""
        if self.arn is not None:
            return self.arn
        return f"arn:aws:s3:::{self.bucket.name}" + ("" if self.key is None else f"/{self.key}")

    @property
    def stored(self) -> StoredObject | None:
        """The object or version that is asked for, None if there is none."""
        if self.key is None:
            return None
        version = self.params.get("VersionId")
        if version is None:
            return self.bucket.objects.get(self.key)
        found = self.bucket.version(self.key, version)
        return None if found is None or found.is_delete_marker else found
