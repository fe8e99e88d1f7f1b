"""What an answer shows of an object only to who may read it by an action of its own: locks, and the number of tags.

Source: documented, aws-permissions 8. It is judged for callers with policies of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts.permissions import SHOWING, SHOWN_BY, action_of
from fakecos.operations.authorization import is_allowed
from fakecos.operations.policy import Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.operations.context import Context, Result


def hide(context: Context, operation: str, params: Mapping[str, Any], result: Result) -> None:
    """Take out of an answer what the caller may not read."""
    bucket = context.bucket
    if operation not in SHOWING or bucket is None:
        return
    version = params.get("VersionId") is not None
    for member, name in SHOWN_BY.items():
        if member in result:
            action = action_of(name, version=version)
            if not is_allowed(Question(context, bucket, operation, action, params, params["Key"])):
                del result[member]
