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
    - `operations`: those that the service has since that day.
    """

    name: str
    day: dt.date
    before: str
    since: str
    day_source: str
    source: str
    services: frozenset[str] = frozenset({"aws"})
    operations: frozenset[str] = frozenset()

    @property
    def last_day(self) -> str:
        """The last day of the old way, as `as_of` takes it."""
        return (self.day - dt.timedelta(days=1)).isoformat()


UPDATE_OF_ENCRYPTION = DatedFact(
    name="UpdateObjectEncryption",
    day=dt.date(2026, 1, 28),
    before="There is no UpdateObjectEncryption.",
    since="UpdateObjectEncryption changes the encryption of an object in its place.",
    day_source="botocore 1.42.37, the first one that has it, is of that day",
    source=f"documented: {CHANGES}5",
    operations=frozenset({"UpdateObjectEncryption"}),
)
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
ANNOTATIONS = DatedFact(
    name="annotations of objects",
    day=dt.date(2026, 6, 16),
    before="There are no annotations.",
    since="An object version has annotations, which PutObjectAnnotation and its relatives keep.",
    day_source="documented: the announcement; botocore 1.43.31, the first one that has them, is of the same day",
    source=f"documented: {CHANGES}5",
    operations=frozenset(
        {"PutObjectAnnotation", "GetObjectAnnotation", "DeleteObjectAnnotation", "ListObjectAnnotations"}
    ),
)
BUCKET_TAGS_IN_EVENTS = DatedFact(
    name="tags of AWS in event notifications",
    day=dt.date(2026, 7, 16),
    before="Messages of events are of version 2.4, since annotations came; of 2.1, 2.2 or 2.3 before, by type.",
    since="Messages are of version 2.5, and have the tags that services of AWS gave to the bucket (awsGeneratedTags).",
    day_source="documented: the announcement",
    source="documented: aws-event-notifications 18",
)
SOON_INFREQUENT = DatedFact(
    name="transitions to STANDARD_IA and ONEZONE_IA",
    day=dt.date(2026, 8, 1),
    before="A lifecycle moves objects there after 30 days or more.",
    since="A lifecycle moves objects there after 0 days or more.",
    day_source="assumed",
    source=f"documented: {CHANGES}2",
)

RETENTION_EVENTS = DatedFact(
    name="events of retention",
    day=dt.date(2026, 9, 8),
    before="There is no event s3:ObjectRetention:Put.",
    since="PutObjectRetention sends s3:ObjectRetention:Put, and messages of events are of version 2.6.",
    day_source="the AWS SDK for Java 2.54.14, the first one that has it, is of that day",
    source="public: aws-event-notifications 20",
)

FACTS = (
    UPDATE_OF_ENCRYPTION,
    ACCOUNT_REGIONAL_NAMES,
    SSE_C_BLOCKED,
    ANNOTATIONS,
    BUCKET_TAGS_IN_EVENTS,
    SOON_INFREQUENT,
    RETENTION_EVENTS,
)
"""All of them, by their days."""
OPERATIONS_SINCE = {operation: fact for fact in FACTS for operation in fact.operations}
"""By each operation that there was not always, the fact that brought it."""


@cache
def in_force(as_of: dt.date | None, service: str) -> frozenset[DatedFact]:
    """Return the facts that hold for a service on a day; None: the newest that this version knows."""
    return frozenset(fact for fact in FACTS if service in fact.services and (as_of is None or fact.day <= as_of))
