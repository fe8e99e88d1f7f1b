"""What would settle the marks of fakecos/operations, but for its folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.marks import configurations, select_sql
from tools.marks.entry import AS_STORED, BESIDE, DAYS, MOMENT, NEVER_SENT, OWN, PLAIN_HTTP, asked, never

if TYPE_CHECKING:
    from tools.marks.entry import Entry

ACCESS: dict[str, tuple[Entry, ...]] = {
    "access_control.py": (
        asked("_require_of_account", "nobody has no account", "bucket_operations.nobody_makes_a_bucket"),
        asked(
            "is_plain",
            "whoever wrote them",
            "cos_answers.the_account_of_a_bucket_may_do_all_with_what_others_wrote",
        ),
        asked(
            "require_annotations_copyable",
            "needs neither",
            "annotations_of_copies.only_where_there_are_some_a_copy_needs_to_be_allowed_them",
        ),
        asked("_require", "names ListBucket", "bucket_policy.who_may_not_list_is_not_told_that_an_object_is_missing"),
        asked(
            "_refusal",
            "no policy of theirs could allow it",
            "acls_of_accounts.of_an_object_that_another_account_owns_no_reason_is_told",
        ),
    ),
    "acl.py": (
        never("CANONICAL_ID_LENGTH", "every id of an account's form is taken", OWN),
        asked(
            "_replacing",
            "Its form is judged before the ownership",
            "acl_grants.the_form_of_an_acl_is_judged_before_the_ownership",
        ),
        asked(
            "_replacing",
            "that it takes those",
            "acl_grants.a_bucket_without_acls_is_given_those_that_give_nothing_away",
        ),
    ),
    "authorization.py": (never("denied_by", "the bucket's is named", BESIDE),),
    "kms_access.py": (never("", "the policy of a key leaves it to its account's", BESIDE),),
    "policy/conditions.py": (
        asked(
            "_passes",
            "does not read as the operator's type",
            "bucket_policy.a_value_that_does_not_read_as_the_operators_type_does_not_pass",
        ),
    ),
    "policy/uncertain_keys.py": (never("_tls_version", "Over plain HTTP the key is absent", PLAIN_HTTP),),
    "policy/identity.py": (never("_Policy._require_own_sid", "Refuse a Sid that stands twice", BESIDE),),
    "public_access_block.py": (
        asked("block_of", "there is none until one is put", "cos_answers.nothing_is_blocked_in_a_new_bucket"),
    ),
}
BUCKETS: dict[str, tuple[Entry, ...]] = {
    "bucket_namespaces.py": (
        asked(
            "require_namespace",
            "Raises MissingNamespaceHeader",
            "bucket_namespaces.without_the_header_such_a_name_is_refused",
            "bucket_namespaces.a_name_that_does_not_fit_is_refused",
            "bucket_namespaces.only_such_names_end_so",
            "bucket_namespaces.a_namespace_that_is_not_there_is_refused",
        ),
        asked("mismatch_of", "not of this account and region", "bucket_namespaces.a_name_that_does_not_fit_is_refused"),
    ),
    "bucket_versioning.py": (
        asked(
            "put_bucket_versioning",
            "MFA delete that is disabled",
            "bucket_versioning.mfa_delete_that_is_disabled_is_taken_and_not_told",
        ),
    ),
    "buckets.py": (
        asked("create_bucket", "another kind of bucket", "bucket_operations.other_kinds_of_buckets_are_refused"),
        asked(
            "require_creatable_acl",
            "`log-delivery-write`",
            "bucket_operations.an_acl_that_gives_away_needs_another_ownership",
        ),
        asked(
            "require_recreatable",
            "never taken twice",
            "bucket_namespaces.it_is_not_taken_twice_not_even_in_us_east_1",
        ),
        asked(
            "located",
            "Without a constraint the class is standard",
            "cos_alone.without_a_constraint_the_class_of_a_bucket_is_standard",
        ),
    ),
    "immutable_storage/bucket_protection.py": (
        never("require_unprotected", "IBM keeps the two apart", NEVER_SENT),
        never("delete_legal_hold", "does not have is refused", NEVER_SENT),
    ),
    "immutable_storage/retention.py": (
        never("", "The order of checks", NEVER_SENT),
        never("copied", "COPY into a bucket without a policy", NEVER_SENT),
    ),
    "service_instances.py": (
        asked(
            "ServiceInstances.require_encryption",
            "with aws:kms and the id of a key",
            "cos_alone.a_key_of_kms_is_taken_for_one_of_the_customer_that_is_missing",
        ),
        never("require_named", "does not name its instance", BESIDE),
        asked(
            "require_key_protect",
            "algorithm or root key alone",
            "cos_answers.a_root_key_of_a_bucket_needs_its_algorithm",
        ),
        never("list_buckets_extended", "`NextMarker` is the page's last name", NEVER_SENT),
    ),
}
LIFECYCLE: dict[str, tuple[Entry, ...]] = {
    "archive_status.py": (
        asked(
            "TRANSITIONS",
            "of another class the name itself",
            "cos_alone.an_object_that_is_put_into_an_archive_tells_since_when",
        ),
        asked("scheduled", "that it is a date of HTTP", "cos_alone.the_time_when_an_object_will_be_archived_is_told"),
        asked(
            "fields_of",
            "was archived when it was stored",
            "cos_alone.an_object_that_is_put_into_an_archive_tells_since_when",
        ),
    ),
    "lifecycle_configuration.py": (
        asked("rule_of", "neither; both: assumed", "bucket_lifecycle.a_rule_of_a_wrong_form"),
        asked(
            "words_of",
            "only the prefix of a filter is named",
            "lifecycle_transitions.transitions_that_do_not_go_together",
        ),
        asked("require_one_archive_rule", "the prefix must be empty", "cos_alone.one_rule_archives_the_whole_bucket"),
    ),
    "lifecycle_expiration.py": (
        never("is_kept", "that lifecycle rules respect that too", DAYS),
        never("expire", "no request says which service it is", OWN),
    ),
    "lifecycle_transitions.py": (
        asked(
            "",
            "which of several faults is reported first",
            "lifecycle_transitions.of_several_faults_the_first_is_told",
            "lifecycle_transitions.a_transition_at_a_wrong_time",
        ),
        asked("LASTS", "INTELLIGENT_TIERING", "lifecycle_transitions.an_object_stays_in_each_class_for_some_days"),
        never("moving", "No object is too small there", DAYS),
        asked("require_form", "exactly once when", "lifecycle_transitions.a_transition_of_a_wrong_form"),
        asked(
            "require_form", "raise S3Error(errors.MALFORMED_XML)", "lifecycle_transitions.a_transition_of_a_wrong_form"
        ),
        asked("require_days", "Of NoncurrentDays", "lifecycle_transitions.what_s3_takes_is_kept"),
    ),
    "replicas.py": (never("replica_of", "under another key of KMS", BESIDE),),
    "replicate.py": (
        never("changes_of", "A replica is ObjectCreated:Put", BESIDE),
        never("changes_of", "the others are named alike", BESIDE),
    ),
    "restore_object.py": (
        asked(
            "restore_object",
            "beyond the last day of the calendar",
            "restore_object.documents_of_a_restore_that_are_none",
        ),
        asked(
            "requested_restore",
            "an unknown tier",
            "restore_object.documents_of_a_restore_that_are_none",
            "restore_object.a_restore_says_for_how_many_days",
        ),
        asked("asks_restore", "another attribute", "list_objects_v2.another_attribute_than_restores_is_refused"),
    ),
}
STORED: dict[str, tuple[Entry, ...]] = {
    "inventory/columns.py": (
        never("text_of", "a time has milliseconds", AS_STORED),
        never("_legal_hold", "has no Object Lock", AS_STORED),
    ),
    "inventory/due_lists.py": (never("HOUR", "in hours of UTC", AS_STORED),),
    "inventory/inventory_list.py": (never("_as_csv", "without a heading", AS_STORED),),
    "written_by_s3.py": (never("_note", "the bucket's own access log", AS_STORED),),
}
READS: dict[str, tuple[Entry, ...]] = {
    "get_object.py": (
        asked("describe", "a part without bytes has none", "part_reads.an_empty_plain_object_has_no_range_to_show"),
        asked("overrides_of", "control characters", "get_object.an_override_that_is_no_text_of_a_header_is_refused"),
        asked(
            "get_object_attributes",
            "A page of parts that cannot be",
            "object_attributes.a_page_of_parts_that_cannot_be_is_refused_whatever_the_object",
        ),
    ),
    "list_multipart_uploads.py": (
        asked(
            "place_after",
            "an upload that has ended meanwhile",
            "list_multipart_uploads.the_id_of_an_upload_that_has_ended_is_still_a_marker",
        ),
    ),
    "list_object_versions.py": (
        asked(
            "start_of",
            "never was of that key",
            "list_object_versions.a_marker_that_never_was_a_version_of_the_key_is_refused",
        ),
    ),
    "preconditions.py": (
        asked(
            "require_read",
            "Milliseconds do not count",
            "conditions.a_date_that_an_answer_told_is_the_time_of_the_object",
        ),
        asked("keeps_range", "the whole object", "feature_pairs.if_range_with_another_etag_gives_the_whole_object"),
    ),
}
WRITES: dict[str, tuple[Entry, ...]] = {
    "attributes.py": (
        asked("metadata_of", "control characters", "metadata.control_characters_are_refused"),
        asked("redirect_of", "MetadataTooLarge", "metadata.a_redirect_of_more_than_2_kb_is_refused"),
    ),
    "complete_multipart_upload.py": (
        asked(
            "answer_again",
            "Another list is NoSuchUpload",
            "complete.a_repeated_complete_with_another_list_finds_no_upload",
            "complete.a_repeated_complete_finds_no_upload_once_the_object_is_another",
        ),
        asked("require_numbers", "beyond the maximum", "complete.a_number_above_the_maximum_was_never_uploaded"),
        asked("require_object_checksum", "`value-N`", "complete_checksums.a_composite_value_is_verified"),
    ),
    "copy_object.py": (
        asked(
            "is_onto_itself",
            "otherwise it is refused",
            "copy_versions.the_newest_version_is_copied_to_its_own_key_if_its_id_is_given",
        ),
    ),
    "delete_object.py": (
        asked(
            "delete_version",
            "Raises NoSuchVersion",
            "delete_object.a_version_of_the_right_form_that_does_not_exist_is_refused",
            "versions_deleted.a_version_that_never_was_is_refused",
        ),
        asked(
            "require_delete_condition",
            "it is NoSuchKey",
            "versions_deleted.where_nothing_is_no_condition_holds",
            "feature_pairs.a_delete_with_a_condition_at_a_marker_finds_nothing",
        ),
    ),
    "encoded_words.py": (
        asked("", "words within other text", "metadata.an_encoded_word_is_read_and_comes_back_as_s3_writes_it"),
    ),
    "tags.py": (
        asked(
            "_pairs_of",
            "Characters outside of ASCII",
            "metadata.a_tag_given_twice_or_not_encoded_is_refused",
        ),
        asked("_pairs_of", "`key1=val1,key2=val2`", "metadata.a_tag_given_twice_or_not_encoded_is_refused"),
        asked("_pairs_of", "An equals sign alone", "metadata.a_tag_given_twice_or_not_encoded_is_refused"),
    ),
}
ENCRYPTED: dict[str, tuple[Entry, ...]] = {
    "encryption.py": (
        asked(
            "require_signature",
            "the connection is looked at first",
            "sse_kms.the_connection_is_looked_at_before_the_signature",
        ),
        asked(
            "require_not_blocked",
            "The operation's name is the action",
            "sse_c_blocked.a_copy_with_a_customers_key_is_refused",
            "sse_c_blocked.an_upload_with_a_customers_key_is_not_begun",
            "sse_c_blocked.a_part_by_copy_with_a_customers_key_is_refused",
        ),
        asked("customer_key", "that https comes first", "sse_c_blocked.over_http_it_is_told_of_http"),
        asked(
            "require_listing_key",
            "a wrong one is refused",
            "sse_c.a_list_of_parts_takes_the_right_key_and_refuses_another",
        ),
    ),
    "object_encryption.py": (
        asked(
            "update_object_encryption",
            "the rest of the order",
            "update_object_encryption.a_key_comes_before_the_type_of_the_object",
            "update_object_encryption.a_lock_is_looked_at_last",
        ),
    ),
}
LOCKED: dict[str, tuple[Entry, ...]] = {
    "context.py": (never("Context.instant", "the end of a lock", MOMENT),),
    "object_lock.py": (
        asked("DAYS_OF_YEAR", "for retention", "object_lock_uploads.the_default_is_counted_from_the_creation"),
        asked("require_part_digest", "by the bucket's default", "object_lock_uploads.a_locked_part_needs_a_digest"),
    ),
    "object_retention.py": (never("get_object_retention", "also when it has ended", MOMENT),),
}
ANNOTATED: dict[str, tuple[Entry, ...]] = {
    "object_annotations.py": (
        asked(
            "put_object_annotation",
            "The order of the checks",
            "annotations_refused.of_two_faults_the_first_is_told",
        ),
        asked("get_object_annotation", "A name that cannot be", "annotations_refused.an_annotation_that_is_not_there"),
        asked("list_object_annotations", "by name", "object_annotations.a_list_says_what_there_is"),
        asked("list_object_annotations", "_is_spelled_right(prefix)", "annotations_refused.a_prefix_that_no_name_has"),
        asked("copied", "could not have them", "annotations_of_copies.a_copy_of_sse_c_cannot_have_them"),
        asked(
            "new_annotation",
            "an object with these bytes",
            "object_annotations.a_list_says_what_there_is",
            "object_annotations.an_annotation_is_encrypted_as_its_object",
        ),
        asked("_require_changeable", "differ on GOVERNANCE", "annotations_refused.a_locked_object_takes_no_change"),
        asked(
            "_require_changeable",
            "preconditions.ANY",
            "annotations_refused.a_condition_of_any_object_is_not_implemented",
        ),
        asked(
            "_version",
            "Return ObjectVersionId",
            "object_annotations.where_versioning_was_never_configured_no_version_is_told",
        ),
    ),
}
FILES = {**ACCESS, **BUCKETS, **LIFECYCLE, **STORED, **READS, **WRITES, **ENCRYPTED, **LOCKED, **ANNOTATED}
FOLDERS = {**configurations.FILES, **select_sql.FILES}
ENTRIES = {f"fakecos/operations/{name}": entries for name, entries in {**FILES, **FOLDERS}.items()}
