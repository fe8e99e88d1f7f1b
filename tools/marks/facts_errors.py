"""What would settle the marks of fakecos/facts/errors."""

from __future__ import annotations

from tools.marks.entry import BESIDE, NEVER_SENT, NO_RULE, OWN, SERVICE_ALONE, Entry, asked, never

FOLDER = "fakecos/facts/errors"
EACH = "order_of_refusals.each_operation_is_judged_in_the_order_of_its_list"
OF_SSE_C = "refused_alike.headers_of_sse_c_are_judged_in_every_operation"
OF_SSE_C_TWICE = "order_of_checks.headers_of_sse_c_that_break_two_rules_are_refused_for_the_first"
OF_DOCUMENTS = "refused_alike.the_digests_of_a_document_are_judged_as_those_of_an_object"
KEPT = (
    *("PROTECTION_STATUS", "PROTECTION_DAYS", "PROTECTION_NOT_EMPTY", "PERMANENT_FOR_EVER", "PROTECTION_OR_VERSIONS"),
    *("OBJECT_RETAINED", "NO_PROTECTION", "RETENTION_TWICE", "RETENTION_FORM", "RETENTION_RANGE"),
    *("RETENTION_SHORTENED", "NO_EXTENSION", "RETENTION_NEEDS_DIGEST", "RETENTION_NOT_REPLACED"),
    *("HOLD_FORM", "TOO_MANY_HOLDS", "HOLD_EXISTS"),
)
"""Rows of what COS keeps for a time: a request for it is never sent."""


def _row(name: str, *promises: str, words: str = "assumed") -> Entry:
    return asked(name, words, *promises)


ENTRIES: dict[str, tuple[Entry, ...]] = {
    f"{FOLDER}/__init__.py": (never("", "is our own guess", NO_RULE),),
    f"{FOLDER}/s3_error.py": (never("ErrorSpec", "documented or assumed", NO_RULE),),
    f"{FOLDER}/policies.py": (
        never("", "to the letter", NO_RULE),
        _row("POLICY_ALL_BUT", "bucket_policy.a_policy_that_breaks_the_grammar"),
    ),
    f"{FOLDER}/access.py": (
        _row("ACL_SOURCE", "refused_alike.a_grant_to_nobody_that_there_could_be_is_refused"),
        _row("EMAIL_GRANTEE", "refused_alike.a_grant_to_an_email_address_is_not_allowed"),
    ),
    f"{FOLDER}/annotations.py": (
        _row("INVALID_ANNOTATION_NAME", "annotations_refused.names_that_cannot_be"),
        _row("ANNOTATION_NAME_TOO_LONG", "annotations_refused.names_that_are_too_long"),
        _row("EMPTY_ANNOTATION", "annotations_refused.texts_that_cannot_be"),
        _row("INVALID_ANNOTATION_DIRECTIVE", "annotations_of_copies.another_directive"),
    ),
    f"{FOLDER}/bodies.py": (_row("CHUNKED_AND_UNSIGNED", "content_sha256.what_is_said_to_be_unsigned_is_not_framed"),),
    f"{FOLDER}/buckets.py": (
        _row("UNKNOWN_NAMESPACE", "bucket_namespaces.a_namespace_that_is_not_there_is_refused"),
        _row("ACL_WITH_BLOCKED_ACCESS", "bucket_operations.a_new_bucket_is_not_public"),
    ),
    f"{FOLDER}/configurations.py": (
        _row("INVALID_CONFIGURATION_ID", "bucket_reports.an_id_that_cannot_be_one"),
        _row("TIER_DAYS", "bucket_reports.days_until_a_tier_have_a_range"),
        _row("FIFO_QUEUE", "bucket_notification.what_is_first_in_first_out_is_refused"),
        _row("FIFO_TOPIC", "bucket_notification.what_is_first_in_first_out_is_refused"),
        _row("DESTINATION_REGION", "bucket_notification.a_destination_in_another_region_is_refused"),
        _row("REPLICATION_TIME", "cos_alone.a_list_of_failures_judges_what_is_asked_for"),
        _row("REPLICATION_SAME_PRIORITY", "bucket_replication.ids_and_priorities_differ"),
    ),
    f"{FOLDER}/digests.py": (
        _row("INVALID_DIGEST", OF_DOCUMENTS),
        _row("BAD_CONTENT_MD5", OF_DOCUMENTS),
        _row("SEVERAL_CHECKSUMS", OF_DOCUMENTS),
    ),
    f"{FOLDER}/encryption.py": (
        _row("SSE_C_WITH_SSE", OF_SSE_C_TWICE),
        *(_row(f"SSE_C_{name}", OF_SSE_C) for name in ("ALGORITHM", "NO_ALGORITHM", "NO_KEY", "INVALID_KEY")),
        _row("SSE_C_KEY_MD5_MISMATCH", OF_SSE_C),
        _row("INVALID_BUCKET_KEY", "refused_at_creation.a_bucket_key_is_true_or_false"),
    ),
    f"{FOLDER}/forms.py": (_row("FORM_ALGORITHM", "browser_forms_refused.another_algorithm"),),
    f"{FOLDER}/ibm.py": (
        never("", "Most codes and words", NO_RULE),
        never("INSTANCE_MISSING", "assumed", BESIDE),
        _row("KEY_PROTECT_ALGORITHM", "cos_answers.a_root_key_of_a_bucket_needs_its_algorithm"),
        _row("KEY_PROTECT_HALF", "cos_answers.a_root_key_of_a_bucket_needs_its_algorithm"),
        *(never(name, "assumed", NEVER_SENT) for name in KEPT),
        never("NO_SUCH_HOLD", "assumed", NEVER_SENT),
        _row("NO_RETENTION", "cos_answers.an_object_without_retention_has_no_holds_to_list"),
    ),
    f"{FOLDER}/lifecycle.py": (
        _row("TOO_MANY_NEWER", "bucket_lifecycle.no_more_than_100_newer_versions_are_kept"),
        _row("MARKER_WITH_TAGS", "bucket_lifecycle.rules_that_cannot_be"),
    ),
    f"{FOLDER}/locks.py": (
        _row("UNKNOWN_LOCK_MODE", "refused_alike.what_a_copy_says_of_its_lock_is_judged_as_of_a_put"),
        _row("LOCK_HEADER_MISSING", "refused_alike.what_a_copy_says_of_its_lock_is_judged_as_of_a_put"),
        _row("RETENTION_TOO_LONG", "object_lock_configuration.a_period_is_a_hundred_years_at_most"),
        never("NO_SUCH_RETRIEVAL", "assumed", NEVER_SENT),
    ),
    f"{FOLDER}/parts.py": (
        _row(
            "INVALID_PART_NUMBER",
            "upload_part_copy.a_wrong_number_is_refused",
            "part_reads.a_part_number_that_is_none_is_refused",
        ),
    ),
    f"{FOLDER}/reading.py": (_row("INVALID_VERSION_ID", "refused_alike.what_is_no_version_id_is_refused_alike"),),
    f"{FOLDER}/reported.py": (never("BANDWIDTH_LIMIT", "assumed", SERVICE_ALONE),),
    f"{FOLDER}/requests.py": (
        never("NO_SUCH_ACCESS_POINT", "assumed", NEVER_SENT),
        _row("NO_SUCH_SUBRESOURCE", "get_object.a_sub_resource_of_buckets_is_none_of_a_key"),
        never("OPERATION_OF_LATER", "assumed", OWN),
        _row("HEADER_NOT_IMPLEMENTED", "conditions.conditions_of_a_write_that_s3_does_not_take"),
        _row(
            "MALFORMED_XML",
            "bucket_encryption.an_unknown_value_is_malformed",
            "bucket_logging.a_wrong_value_is_malformed",
            "bucket_ownership.a_member_is_true_or_false",
            "bucket_replication.a_rule_of_a_wrong_form",
        ),
        _row("INVALID_BUCKET_OWNER", "refused_alike.an_expected_owner_that_is_none_is_refused_of_a_read_too"),
        _row("NO_OBJECT_LOCK", "refused_alike.a_legal_hold_needs_object_lock_as_retention_does"),
    ),
    f"{FOLDER}/select_object_content.py": (
        _row("SELECT_FORMAT_CONFLICT", "select_object_content.a_wrong_request_is_refused"),
    ),
    f"{FOLDER}/stored.py": (
        _row("INVALID_STORAGE_CLASS", EACH),
        _row(
            "INVALID_CANNED_ACL",
            EACH,
            "create_multipart_upload.an_unknown_acl_is_refused_with_an_empty_message",
            "bucket_operations.an_unknown_canned_acl_is_refused",
        ),
    ),
}
