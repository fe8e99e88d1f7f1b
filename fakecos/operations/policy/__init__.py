"""Bucket policies: what a policy's text says to a request (documented: IAM JSON policy elements)."""

from fakecos.operations.policy.public import is_public
from fakecos.operations.policy.question import Question
from fakecos.operations.policy.statements import decide

__all__ = ["Question", "decide", "is_public"]
