"""What would settle the marks of fakecos/post_object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.marks.entry import asked

if TYPE_CHECKING:
    from tools.marks.entry import Entry

ENTRIES: dict[str, tuple[Entry, ...]] = {
    "fakecos/post_object/form.py": (
        asked("", "Of a field that comes twice", "browser_forms.of_a_field_that_comes_twice_the_first_counts"),
    ),
    "fakecos/post_object/policy.py": (
        asked(
            "require_allowed.given",
            "one that names another bucket",
            "browser_forms_refused.a_field_that_names_another_bucket",
        ),
        asked(
            "_document",
            "which of several is named",
            "browser_forms_refused.of_several_unknown_members_the_last_is_told",
        ),
        asked("_document", "Policy missing conditions.", "browser_forms_refused.a_policy_without_any_condition"),
        asked("_size", "a size is a number of bytes", "browser_forms_refused.a_negative_size"),
    ),
    "fakecos/post_object/signature.py": (
        asked(
            "FIELDS_OF_V4",
            "The order in which they are missed",
            "browser_forms_refused.of_several_missing_fields_the_first_is_told",
        ),
        asked("require_signed_form", 'missing(field="policy")', "browser_forms_refused.a_signature_without_a_policy"),
    ),
}
