"""What would settle the marks of fakecos/wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.marks.entry import NEVER_SENT, OWN, asked, never

if TYPE_CHECKING:
    from tools.marks.entry import Entry

_FILES: dict[str, tuple[Entry, ...]] = {
    "model_overrides.py": (
        asked("", "those of IBM's own operations", "cos_alone.a_list_of_failures_says_what_was_asked_for"),
        asked(
            "PART_QUERY",
            "The operation refuses what is missing",
            "upload_part_numbers.a_missing_number_is_no_request_of_s3",
        ),
        asked("_CONDITIONS", "of a Put as on AWS", "cos_alone.conditions_of_a_put_are_judged"),
        asked("_READ", "if-range", "feature_pairs.if_range_with_another_etag_gives_the_whole_object"),
        asked(
            "STRICT_BODIES",
            "an unknown element",
            "complete_documents.what_is_no_list_of_parts_is_malformed",
            "delete_objects.a_malformed_document_is_refused_whole",
        ),
        never("FURTHER_SHAPES", "The list of legal holds", NEVER_SENT),
        asked("FURTHER_OUTPUTS", "that it is a date of HTTP", "cos_alone.a_new_attempt_of_a_replication_is_promised"),
        asked("FURTHER_MEMBERS", "of the first version", "list_objects_v2.a_list_says_where_its_bucket_is"),
        asked(
            "NOT_REQUIRED",
            "on COS",
            "object_tagging.a_document_without_a_tag_set_takes_the_tags_away",
            "bucket_tagging.a_document_without_a_tag_set_takes_the_tags_away",
        ),
        asked("UNTOLD_MEMBERS", "of copies", "cos_alone.no_answer_tells_that_an_object_is_encrypted"),
    ),
    "parse.py": (
        asked(
            "",
            "Only the form of an XML body",
            "object_tagging.documents_that_are_none",
            "bucket_switches.a_document_without_a_status_is_malformed",
            "complete_documents.what_is_no_list_of_parts_is_malformed",
        ),
        asked(
            "_find",
            "without a body, and in a query",
            "order_of_reads.a_checksum_that_s3_does_not_have_is_refused_everywhere",
            "presigned_queries.a_checksum_that_does_not_exist_is_refused",
        ),
        asked("_in_utc", "one without an offset", "bucket_lifecycle.a_date_is_in_utc_also_without_an_offset"),
    ),
    "payload.py": (
        never("Payload.require_length_form", "a Content-Length that is no number", NEVER_SENT),
        asked(
            "Payload.expect_sha256",
            "the query of a presigned URL",
            "presigned_queries.a_digest_of_the_body_in_the_query_is_compared",
        ),
        asked(
            "Payload.require_sha256_form",
            "its place",
            "content_sha256.what_is_said_to_be_unsigned_is_not_framed",
        ),
        asked(
            "Payload._refuse_unknown_length",
            "no length means no body",
            "upload_part_sizes.in_other_methods_no_length_is_no_body",
        ),
    ),
    "route.py": (
        asked(
            "_refuse_method",
            "the methods that it has",
            "sub_resources.a_method_that_a_sub_resource_lacks_is_not_taken_for_the_plain_request",
        ),
        asked(
            "_resources_of",
            "those of objects",
            "sub_resources.a_method_that_a_sub_resource_lacks_is_not_taken_for_the_plain_request",
        ),
    ),
    "service_model.py": (never("", "IBM's own answer to them is unknown", OWN),),
    "subresources.py": (
        asked(
            "IGNORED_AT_KEYS",
            "other methods are refused",
            "sub_resources.the_other_ones_of_a_bucket_are_not_looked_at_in_a_read",
        ),
        asked(
            "refuse_version",
            "of other operations",
            "version_id_not_accepted.other_operations_without_versions_take_none",
            "version_id_not_accepted.a_copy_takes_none_of_its_own",
        ),
        asked(
            "require_no_bucket",
            "what only a bucket has",
            "sub_resources.the_other_ones_of_a_bucket_are_not_looked_at_in_a_read",
        ),
    ),
    "xml.py": (
        asked(
            "read",
            "A document type is refused",
            "object_tagging.a_document_type_is_refused",
            "complete_documents.what_is_no_list_of_parts_is_malformed",
        ),
        asked("escape_echo", "What its refusals have", "keys.a_refusal_that_repeats_what_no_xml_holds_can_be_read"),
    ),
}
ENTRIES = {f"fakecos/wire/{name}": entries for name, entries in _FILES.items()}
