"""Tests of which README's command runs every case: each raises another row of the error table, which it judges."""

from __future__ import annotations

NAMES = frozenset(
    {
        "test_a_document_that_asks_for_no_key_is_refused_after_the_object",
        "test_acl_grants__the_form_of_an_acl_is_judged_before_the_ownership",
        "test_an_error_has_its_status_and_message",
        "test_an_error_that_only_faults_have_is_as_it_is_documented",
        "test_another_id_in_the_document",
        "test_both_buckets_keep_versions",
        "test_bucket_cors__stars_are_judged_before_characters",
        "test_bucket_lifecycle__a_filter_names_nothing_longer_than_a_key_or_a_tag",
        "test_bucket_lifecycle__rules_that_cannot_be",
        "test_bucket_namespaces__a_name_that_does_not_fit_is_refused",
        "test_bucket_notification__a_wrong_argument",
        "test_bucket_notification__what_is_first_in_first_out_is_refused",
        "test_bucket_policy__a_policy_that_breaks_the_grammar",
        "test_bucket_policy__the_document_is_judged_and_then_each_statement_in_turn",
        "test_bucket_policy__what_is_no_policy",
        "test_bucket_replication__what_a_rule_with_a_filter_needs",
        "test_bucket_website__a_wrong_argument",
        "test_bucket_website__a_wrong_redirect",
        "test_checksum_types__only_the_allowed_pairs_of_type_and_algorithm_are_taken",
        "test_headers_are_judged_before_the_document",
        "test_lifecycle_transitions__of_several_faults_the_first_is_told",
        "test_list_objects__a_parameter_of_the_other_version_is_refused_before_the_bucket",
        "test_rules_that_fit_nothing_are_refused",
        "test_select_object_content__a_wrong_request_is_refused",
        "test_select_records__csv_that_is_none_is_refused",
        "test_select_records__what_is_not_compressed_so_is_refused",
        "test_select_refusals__the_words_of_a_refusal_name_the_place",
        "test_select_refusals__what_s3_does_not_have_is_refused_with_its_code",
        "test_sub_resources__what_a_key_does_not_have_is_refused_after_the_bucket",
        "test_upload_part_copy__a_source_that_cannot_be_one_is_refused",
    }
)
