"""How a version stands to replication: what x-amz-replication-status says, and where it came from or went."""

from __future__ import annotations

from typing import NamedTuple

PENDING = "PENDING"
COMPLETED = "COMPLETED"
FAILED = "FAILED"
REPLICA = "REPLICA"


class ReplicationStatus(NamedTuple):
    """How a version stands to replication; one that no rule is about has none.

    - `text`: what x-amz-replication-status says.
    - `is_replica`: whether replication stored it, whatever its status says.
    - `destinations`: of a source, the names of the buckets to which rules sent it when it was stored.
    """

    text: str
    is_replica: bool = False
    destinations: tuple[str, ...] = ()


OF_REPLICA = ReplicationStatus(REPLICA, is_replica=True)
