"""What would settle the marks of all other rooms, and of the plugin: most are no rules of S3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.marks.entry import AS_STORED, BESIDE, CLIENT, DAYS, MOMENT, NEVER_SENT, NO_RULE, OWN, never

if TYPE_CHECKING:
    from tools.marks.entry import Entry

SERVICE: dict[str, tuple[Entry, ...]] = {
    "fakecos/auth/iam.py": (never("Iam.require_valid", "to an unknown one", BESIDE),),
    "fakecos/model/bucket.py": (never("Bucket.sequencer", "where the clock goes back", BESIDE),),
    "fakecos/model/lifecycle.py": (
        never("LifecycleRule.covers_version", "no tags and no size", DAYS),
        never("midnight_after", "on midnight exactly", MOMENT),
    ),
    "fakecos/model/principal.py": (never("user_id_of", "what stands in the id", OWN),),
    "fakecos/model/replication.py": (never("DELAY", "until it is replicated", BESIDE),),
    "fakecos/notifications/cause.py": (
        never("ANONYMOUS", "Who nobody is", BESIDE),
        never("unique_id", "assumed-role", NO_RULE),
    ),
    "fakecos/notifications/event_bridge.py": (never("_about", "objectRetentionEventData", BESIDE),),
    "fakecos/notifications/message.py": (never("UNENCODED", "of the star", BESIDE),),
    "fakecos/service/access_log_records.py": (
        never("_deleted", "each key of a DeleteObjects", AS_STORED),
        never("_inner", "a part of a request", AS_STORED),
    ),
    "fakecos/serving/connection.py": (never("", "answered 400 without a word of S3", NEVER_SENT),),
}
WORDS: dict[str, tuple[Entry, ...]] = {
    "fakecos/cli/fake_from_options.py": (never("", "how it is reported", NO_RULE),),
    "fakecos/cli/verify_options.py": (never("SURE", "reported", NO_RULE), never("SURE", "assumed", NO_RULE)),
    "fakecos/clients/botocore/credentials.py": (never("", "an assumed role", CLIENT),),
    "fakecos/contract/promise.py": (
        never("SURE", "reported", NO_RULE),
        never("SURE", "assumed", NO_RULE),
        never("UNSETTLED", "reported", NO_RULE),
        never("UNSETTLED", "assumed", NO_RULE),
        never("Promise.is_unsettled", "nobody has recorded some part", NO_RULE),
    ),
    "fakecos/contract/selection.py": (never("chosen", "such as", NO_RULE),),
    "fakecos/contract/steps/broken_rules.py": (
        never("around_unsettled", "Return the pairs", NO_RULE),
        never("around_unsettled", "(assumed|reported)", NO_RULE),
    ),
    "fakecos/explore/verdicts.py": (never("NOTES", "is no finding", NO_RULE),),
    "fakecos/faults/schedule.py": (never("Fault.note_miss", "if none ever is", NO_RULE),),
    "fakecos/faults/validation.py": (never("", "when the fault is set", NO_RULE),),
    "fakecos/lifetime.py": (never("Lifetime._raise_recorded.notes", "fakecos also reported", NO_RULE),),
    "fakecos/notifications/delivery_methods.py": (never("inject_events", "when the fake stops", NO_RULE),),
    "fakecos/race/kinds.py": (never("NOTES", "is no finding", NO_RULE),),
    "fakecos/testing/inject_methods.py": (never("inject", "when the fake stops", NO_RULE),),
}
ENTRIES = {**SERVICE, **WORDS}
PLUGIN: dict[str, tuple[Entry, ...]] = {
    "plugins/pytest_fakecos/__init__.py": (never("fakecos", "when it stops", NO_RULE),),
}
