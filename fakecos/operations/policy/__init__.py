"""Policies of buckets and of callers: what a text says to a request (documented: IAM JSON policy elements)."""

from fakecos.operations.policy.question import Question
from fakecos.operations.policy.statements import (
    allows_with_acl,
    decide,
    decide_identity,
    denying_statement,
    nearly_allowing,
    statements_of,
)

__all__ = [
    "Question",
    "allows_with_acl",
    "decide",
    "decide_identity",
    "denying_statement",
    "nearly_allowing",
    "statements_of",
]
