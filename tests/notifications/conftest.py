"""What the tests of event notifications share: a fake whose bucket `photos` sends all events to a queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS
from fakecos.facts.event_types import BY_NAME, FAMILIES, PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

QUEUE = "arn:aws:sqs:us-east-1:123456789012:queue"
ALONE = [name for name in BY_NAME if not any(name in family for family in FAMILIES.values())]
EVERY_TYPE = [PREFIX + name for name in (*FAMILIES, *ALONE)]


def configure(client: Any, *events: str, bucket: str = "photos", id: str = "all", **rules: str) -> None:  # noqa: A002
    """Let a bucket send events of these types to a queue, where a prefix or a suffix is given only those."""
    entry: dict[str, Any] = {"Id": id, "QueueArn": QUEUE, "Events": list(events)}
    if rules:
        entry["Filter"] = {"Key": {"FilterRules": [{"Name": name, "Value": value} for name, value in rules.items()]}}
    document = {"QueueConfigurations": [entry]}
    client.put_bucket_notification_configuration(
        Bucket=bucket,
        NotificationConfiguration=document,
        SkipDestinationValidation=True,  # so that no test message is sent
    )


def told(cos: FakeCOS) -> list[tuple[str, str]]:
    """Return type and key of each event, in order."""
    return [(event.name, event.key) for event in cos.events]


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with FakeCOS() as fake:
        fake.create_bucket("photos")
        configure(fake.client(), *EVERY_TYPE)
        yield fake


@pytest.fixture
def s3(cos: FakeCOS) -> Any:
    """A client of the fake."""
    return cos.client()
