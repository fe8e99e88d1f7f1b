"""What would settle the marks of fakecos/operations/configurations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.marks.entry import BESIDE, DAYS, NO_RULE, asked, never

if TYPE_CHECKING:
    from tools.marks.entry import Entry

_FILES: dict[str, tuple[Entry, ...]] = {
    "cors.py": (
        asked("_require_patterns", "the order is assumed", "bucket_cors.stars_are_judged_before_characters"),
        asked("_require_patterns", "is_header_name(value)", "bucket_cors.a_name_of_a_header_has_its_characters"),
    ),
    "destinations.py": (never("note_tests", "Once for each destination", BESIDE),),
    "handlers.py": (asked("CONFIGURATION_ID", "for the others", "bucket_reports.an_id_that_cannot_be_one"),),
    "kinds.py": (asked("Kind", "but for the policy", "bucket_configurations.a_policy_is_set_without_a_digest"),),
    "policy.py": (
        asked("", "The order of checks", "bucket_policy.the_document_is_judged_and_then_each_statement_in_turn"),
        never("AWS_PRINCIPAL", "assumed-role", NO_RULE),
        asked("require_policy", "those of a Sid", "bucket_policy.a_policy_that_breaks_the_grammar"),
        asked("is_in", "a bucket's name with wildcards", "bucket_policy.a_bucket_with_wildcards_is_no_resource"),
        asked("require_values", "which refusal it is", "bucket_policy.a_policy_that_breaks_the_grammar"),
    ),
    "replication.py": (
        asked("require_rule", "ReplicaModifications", "bucket_replication.a_rule_of_a_wrong_form"),
        asked(
            "require_filter",
            "of a Not the same",
            "bucket_replication.a_rule_of_a_wrong_form",
            "bucket_replication.a_filter_leaves_objects_out_in_one_way",
        ),
        asked(
            "is_by_tag",
            "one that leaves objects out",
            "bucket_replication.delete_markers_and_tags_that_leave_objects_out",
        ),
        asked("require_form", "raise S3Error(errors.MALFORMED_XML)", "bucket_replication.a_rule_of_a_wrong_form"),
    ),
    "replication_failures.py": (
        never("list_bucket_replication_failures", "first tried then or before", DAYS),
        asked(
            "list_bucket_replication_failures",
            "not in milliseconds since 1970",
            "cos_alone.a_list_of_failures_judges_what_is_asked_for",
        ),
        never("line", "the words of SyncType", DAYS),
        asked("put_bucket_replication_reattempt", "the hour", "cos_alone.a_new_attempt_of_a_replication_is_promised"),
    ),
    "schema.py": (
        asked(
            "",
            "an enumeration is checked so",
            "bucket_encryption.an_unknown_value_is_malformed",
            "bucket_logging.a_wrong_value_is_malformed",
            "bucket_replication.a_rule_of_a_wrong_form",
            "bucket_reports.a_document_of_a_wrong_form",
        ),
        asked("require_sizes_of", "longer than any key or tag", "bucket_replication.a_rule_of_a_wrong_form"),
    ),
    "settings.py": (
        asked(
            "kept_encryption",
            "does not say what it blocks",
            "sse_c_blocked.a_configuration_that_does_not_say_it_leaves_it_as_it_was",
        ),
    ),
    "tagging.py": (asked("kept", "ABAC", "bucket_switches.with_access_by_tags_even_a_wrong_tag_is_not_looked_at"),),
}
FILES = {f"configurations/{name}": entries for name, entries in _FILES.items()}
