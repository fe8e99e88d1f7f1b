"""Replication, where it meets another feature."""

from __future__ import annotations

from fakecos.facts.feature_pairs.pair import (
    ARCHIVED,
    CHECKSUM,
    COPY,
    LOCK,
    MARKER,
    PART,
    PAYER,
    REPLICATION,
    SSE_C,
    SSE_KMS,
    TAGS,
    VERSION,
    Pair,
)

PAIRS = (
    Pair(
        VERSION,
        REPLICATION,
        "A replica has the version id and the time of its source; a DELETE of a version id is not replicated.",
        "documented: aws-replication 2, 3",
        "test_replication.py::test_a_delete_of_a_version_is_not_replicated",
    ),
    Pair(
        MARKER,
        REPLICATION,
        "A delete marker is replicated where the rule says so, and by rules of version 1.",
        "documented: aws-replication 5",
        "test_replication.py::test_delete_markers",
    ),
    Pair(
        LOCK,
        REPLICATION,
        "A replica has the lock of its source; one of an object without retention gets its bucket's default.",
        "documented: aws-replication 4",
        "test_replication.py::test_locks_are_replicated",
    ),
    Pair(
        LOCK,
        REPLICATION,
        "From a bucket with Object Lock to one without it nothing is replicated: FAILED.",
        "documented: aws-replication 10, 11",
        "test_replication.py::test_a_bucket_with_object_lock_needs_one_with_it",
    ),
    Pair(
        CHECKSUM,
        REPLICATION,
        "A replica has the ETag and the checksum of its source.",
        "documented: aws-replication 3",
        "test_replication.py::test_a_replica_is_its_source_to_the_letter",
    ),
    Pair(
        SSE_C,
        REPLICATION,
        "An object under a customer's key is replicated under that key; not to a bucket that blocks SSE-C: FAILED.",
        "documented: aws-replication 12",
        "test_replication.py::test_objects_under_a_customers_key",
    ),
    Pair(
        SSE_KMS,
        REPLICATION,
        "Only by a rule with SseKmsEncryptedObjects, and then under the key that the rule names.",
        "documented: aws-replication 12",
        "test_replication.py::test_objects_under_kms_are_replicated_where_the_rule_says_so",
    ),
    Pair(
        COPY,
        REPLICATION,
        "What CopyObject makes is replicated, also a copy onto itself, which so replicates what was there before.",
        "documented: aws-replication 1",
        "test_replication.py::test_a_copy_and_every_version_are_replicated_in_order",
    ),
    Pair(
        PART,
        REPLICATION,
        "An object in parts is replicated when it is completed, and its replica has the same parts.",
        "assumed",
        "test_replication.py::test_the_parts_of_an_upload_stay_parts",
    ),
    Pair(
        PAYER,
        REPLICATION,
        "A bucket of another account where requesters pay is no destination: FAILED.",
        "documented: aws-replication 11",
        "test_replication_fails.py::test_requesters_may_not_pay_there",
    ),
    Pair(
        TAGS,
        REPLICATION,
        "Tags are replicated, and each change of them; a policy of the destination may keep them out.",
        "documented: aws-replication 1, 11",
        "test_replication.py::test_a_change_of_tags_follows",
    ),
    Pair(
        ARCHIVED,
        REPLICATION,
        "What is written to GLACIER or DEEP_ARCHIVE is not replicated.",
        "documented: aws-replication 2",
        "test_replication.py::test_archived_objects_are_not_replicated",
    ),
)
