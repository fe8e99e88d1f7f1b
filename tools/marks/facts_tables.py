"""What would settle the marks of the other tables of fakecos/facts: presigned URLs, IBM COS, dates, permissions."""

from __future__ import annotations

from tools.marks.entry import AS_STORED, BESIDE, CLIENT, DAYS, NO_RULE, PAST, SERVICE_ALONE, Entry, asked, never

FOLDER = "fakecos/facts"
QUERY, MORE, COS = "presigned_queries", "presigned_queries_assumed", "cos_answers"
CHECKSUMS = (
    f"{QUERY}.an_upload_in_parts_by_urls_of_the_javascript_sdk",
    f"{QUERY}.the_algorithm_of_an_upload_is_not_taken_from_the_query",
    f"{QUERY}.a_copy_does_not_take_its_algorithm_from_the_query",
    f"{QUERY}.a_document_needs_its_checksum_as_a_header",
    f"{MORE}.a_checksum_that_version_2_moves_into_the_query_is_verified",
)
ALONE = f"{QUERY}.what_the_query_alone_does_not_say"
OF_ANNOTATIONS = "refused_alike.who_may_not_list_a_bucket_learns_nothing_of_annotations"
VERSION_2 = "addressing.signature_version_2_is_taken_where_s3_began_before_2014"
NO_LENGTH = f"{QUERY}.a_length_that_is_none_is_refused"
NAMED_AS_SIGNED = (
    f"{QUERY}.what_is_named_as_signed_is_taken_from_the_query",
    f"{QUERY}.a_checksum_that_is_named_as_signed_is_verified",
    f"{MORE}.what_is_named_as_signed_is_judged_as_a_header",
    f"{MORE}.a_checksum_mode_that_is_named_as_signed_counts",
)


def _query(name: str, *promises: str) -> Entry:
    return asked(f"PARAMETERS.{name}", "assumed", *promises)


def _cos(member: str, *promises: str) -> Entry:
    return asked(f"SOURCES.{member}", "assumed", *promises)


ENTRIES: dict[str, tuple[Entry, ...]] = {
    f"{FOLDER}/presigned_query.py": (
        asked("_SIGNED", "assumed", *NAMED_AS_SIGNED),
        _query("x-amz-grant-*", f"{MORE}.a_grant_in_the_query_is_judged"),
        _query("x-amz-server-side-encryption*", ALONE),
        _query("x-amz-bypass-governance-retention", f"{MORE}.the_query_alone_does_not_bypass_a_lock"),
        _query("x-amz-checksum-*", *CHECKSUMS),
        _query("x-amz-expected-bucket-owner", f"{MORE}.the_owner_of_the_source_is_judged_in_a_query"),
        _query(
            "x-amz-copy-source",
            f"{QUERY}.conditions_of_other_operations_are_obeyed",
            f"{MORE}.the_range_of_a_copied_part_is_taken_from_the_query",
        ),
        _query("x-amz-content-sha256", f"{QUERY}.a_digest_of_the_body_in_the_query_is_compared"),
        _query("x-amz-decoded-content-length", ALONE, NO_LENGTH),
        _query("x-amz-*", f"{MORE}.another_header_of_s3_is_taken_from_the_query"),
        _query(
            "if-match",
            f"{QUERY}.conditions_of_other_operations_are_obeyed",
            f"{QUERY}.a_condition_of_complete_in_the_query_is_obeyed",
            f"{QUERY}.a_signed_header_of_http_must_be_sent",
            f"{MORE}.a_condition_that_version_2_leaves_in_the_query_is_obeyed",
        ),
        _query("content-type", ALONE),
        _query(
            "content-encoding",
            ALONE,
            f"{QUERY}.a_signed_header_of_http_must_be_sent",
            f"{MORE}.a_name_of_http_in_the_query_does_nothing",
            f"{MORE}.a_range_in_the_query_does_nothing",
        ),
        _query("content-length", ALONE, NO_LENGTH),
        asked("OTHER", "of other names: assumed", f"{MORE}.a_name_of_http_in_the_query_does_nothing"),
    ),
    f"{FOLDER}/services/ibm.py": (
        never("", "`assumed` our own guess", NO_RULE),
        asked("PHRASES", "assumed to call it", f"{COS}.a_refusal_of_a_customers_key_is_worded_with_hyphens"),
        asked("DECLARATION", "Of others: assumed", f"{COS}.every_document_says_that_it_stands_alone"),
        asked("_PLACES", "the same classes is assumed", f"{COS}.a_place_has_four_classes_of_buckets"),
        never("SOURCES.agent", "assumed", CLIENT),
        _cos("read_headers", f"{COS}.a_refused_read_has_the_headers_of_a_read"),
        _cos("new_version_id", f"{COS}.the_id_of_a_version_ends_with_its_time"),
        _cos("error_fields", f"{COS}.an_error_names_no_fields_of_its_own"),
        _cos("tag_prefixes", f"{COS}.keys_of_tags_do_not_begin_with_the_name_of_a_service"),
        _cos("location", "cos_alone.without_a_constraint_the_class_of_a_bucket_is_standard"),
        _cos("names_owners", f"{COS}.a_list_of_versions_names_owners"),
        _cos("aborts_again", "abort.on_cos_a_second_abort_is_404"),
        _cos("chunks_errors", f"{COS}.an_error_comes_with_its_length"),
        never("SOURCES.writes_inventories", "assumed", AS_STORED),
        _cos("object_ownership", f"{COS}.nothing_is_blocked_in_a_new_bucket"),
        _cos("replication", f"{COS}.a_replication_tells_no_status_and_lists_no_failure_at_first"),
    ),
    f"{FOLDER}/services/aws_principals.py": (never("REQUESTER", "access log", AS_STORED),),
    f"{FOLDER}/checksums.py": (
        asked("", "Types that each algorithm allows", "checksum_types.the_newer_algorithms_are_composite"),
        asked("", "That COS verifies the five", f"{COS}.every_checksum_is_verified"),
    ),
    f"{FOLDER}/dates.py": (
        never("ACCOUNT_REGIONAL_NAMES", "assumed", PAST),
        never("SOON_INFREQUENT", "assumed", PAST),
    ),
    f"{FOLDER}/event_bridge.py": (never("version_in", "assumed", BESIDE),),
    f"{FOLDER}/event_types.py": (
        never("ROWS.ObjectRestore:Delete", "assumed", BESIDE),
        never("ROWS.ReducedRedundancyLostObject", "assumed", SERVICE_ALONE),
        *(
            never(f"ROWS.Replication:Operation{name}", "assumed", BESIDE)
            for name in ("MissedThreshold", "ReplicatedAfterThreshold", "NotTracked")
        ),
        never("ROWS.LifecycleTransition", "assumed", DAYS),
    ),
    f"{FOLDER}/exceptions.py": (never("", "What is reported to the author", NO_RULE),),
    f"{FOLDER}/iam.py": (
        never("", "`assumed` our own guess", NO_RULE),
        *(
            never(name, "assumed", BESIDE)
            for name in ("DELEGATED_LIFETIME", "REFRESH_LIFETIME", "BAD_VALUE", "BAD_REFRESH_TOKEN")
        ),
        never("EXPIRED_REFRESH_TOKEN", "assumed", BESIDE),
        never("WRONG_TYPE", "assumed", BESIDE),
    ),
    f"{FOLDER}/limits.py": (never("Limits", "is then reported at the end", NO_RULE),),
    f"{FOLDER}/permissions.py": (
        never("ACTIONS", '"ListBucketReplicationFailures"', BESIDE),
        never("ACTIONS", '"PutBucketReplicationReattempt"', BESIDE),
        never("KMS", "of HeadObject", BESIDE),
        asked(
            "READS", '"ListObjectAnnotations"', "refused_alike.who_may_not_list_a_bucket_learns_nothing_of_annotations"
        ),
    ),
    f"{FOLDER}/regions.py": (
        asked(
            "SIGV2_REGIONS",
            "is left out (assumed)",
            VERSION_2,
        ),
    ),
}
