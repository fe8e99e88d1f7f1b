"""Which operations only read: a forked child, which has a copy of the store, may ask for these and no others.

The method does not say it: SelectObjectContent and a token of IAM are asked for by POST. What is not named here is held
for a change.
"""

from __future__ import annotations

from fakecos.facts.iam import OPERATION as IAM_TOKEN
from fakecos.wire.model_overrides import PREFLIGHT, WEBSITE_READ
from fakecos.wire.operation_names import UNROUTED

BEGIN = ("Get", "Head", "List")
OTHERS = frozenset({"SelectObjectContent", IAM_TOKEN, PREFLIGHT, WEBSITE_READ, UNROUTED})
"""UNROUTED: a request that is for no operation is refused, and changes nothing."""


def only_reads(operation: str) -> bool:
    """Whether an operation changes nothing that is stored (source: the names and texts of the services' models)."""
    return operation.startswith(BEGIN) or operation in OTHERS
