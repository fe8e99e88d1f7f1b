"""What S3 changed, and when: facts that hold from a day on.

`FakeCOS(as_of="2026-03-31")` imitates the S3 of that day. A rule asks `context.holds(dates.NAME_OF_THE_FACT)`, and
never for the day itself, so that the test's own clock does not matter. docs/reference/dates.md is made from these rows.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import NamedTuple

CHANGES = "aws-changes "


class DatedFact(NamedTuple):
    """One change of a service.

    - `name`: in a few words; `before` and `since`: what S3 does until that day and from then on, a sentence each.
    - `day`: the first day of the new way. `day_source`: where the day was learnt, `source`: where the change was.
    - `services`: the services that changed, by the names of their dialects.
    """

    name: str
    day: dt.date
    before: str
    since: str
    day_source: str
    source: str
    services: frozenset[str] = frozenset({"aws"})

    @property
    def last_day(self) -> str:
        """The last day of the old way, as `as_of` takes it."""
        return (self.day - dt.timedelta(days=1)).isoformat()


ACCOUNT_REGIONAL_NAMES = DatedFact(
    name="bucket names of the account's own",
    day=dt.date(2026, 3, 1),
    before="The header x-amz-bucket-namespace is ignored, and a name that ends with -an is like any other.",
    since="A name that ends with -ACCOUNT-REGION-an belongs to an account, and is made with x-amz-bucket-namespace.",
    day_source="assumed",
    source=f"documented: {CHANGES}3",
)
SSE_C_BLOCKED = DatedFact(
    name="SSE-C in new buckets",
    day=dt.date(2026, 4, 6),
    before="A new bucket takes keys of the customer (SSE-C).",
    since="A new bucket blocks SSE-C for what is written, until PutBucketEncryption allows it.",
    day_source='documented: "Default SSE-C setting for new buckets FAQ", the day on which it began',
    source=f"documented: {CHANGES}1",
)
SOON_INFREQUENT = DatedFact(
    name="transitions to STANDARD_IA and ONEZONE_IA",
    day=dt.date(2026, 8, 1),
    before="A lifecycle moves objects there after 30 days or more.",
    since="A lifecycle moves objects there after 0 days or more.",
    day_source="assumed",
    source=f"documented: {CHANGES}2",
)

FACTS = (ACCOUNT_REGIONAL_NAMES, SSE_C_BLOCKED, SOON_INFREQUENT)
"""All of them, by their days."""


@cache
def in_force(as_of: dt.date | None, service: str) -> frozenset[DatedFact]:
    """Return the facts that hold for a service on a day; None: the newest that this version knows."""
    return frozenset(fact for fact in FACTS if service in fact.services and (as_of is None or fact.day <= as_of))
