"""Bucket policies: what a policy's text says to a request (documented: IAM JSON policy elements)."""

from fakecos.operations.policy.question import Question
from fakecos.operations.policy.statements import decide, statements_of

__all__ = ["Question", "decide", "statements_of"]
