"""Whether a request was allowed by an ACL alone, which a record says (aws-logs-and-inventory 8)."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from fakecos.facts.permissions import action_of
from fakecos.model.bucket import BUCKET_OWNER_ENFORCED
from fakecos.operations.access_control import is_plain
from fakecos.operations.authorization import is_allowed
from fakecos.operations.policy import Question
from fakecos.operations.public_access_block import has_acls

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.operations.context import Context, Params


def is_acl_required(context: Context, bucket: Bucket, operation: str, params: Params) -> bool:
    """Whether a request that was allowed would not be if the bucket had no ACLs."""
    if not has_acls(context, bucket) or is_plain(context, bucket):
        return False
    without = copy(bucket)
    without.configurations = dict(bucket.configurations)
    without.ownership = BUCKET_OWNER_ENFORCED
    action = action_of(operation, version=params.get("VersionId") is not None)
    return not is_allowed(Question(context, without, operation, action, params, params.get("Key")))
