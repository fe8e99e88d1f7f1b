"""Refusals of bucket policies. `public`: reported by users and by suites that ran on AWS, to the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.errors.s3_error import BUCKETS, row

if TYPE_CHECKING:
    from fakecos.facts.errors.s3_error import ErrorSpec


def _malformed(message: str, source: str, *fields: str) -> ErrorSpec:
    return row("MalformedPolicy", 400, message, fields, source)


POLICY_NOT_JSON = _malformed("Policies must be valid JSON and the first byte must be '{first}'", BUCKETS + "17")
POLICY_INVALID_JSON = _malformed("This policy contains invalid Json", "public")
POLICY_MISSING_FIELD = _malformed("Missing required field {field}", BUCKETS + "17 for Statement; the others: public")
POLICY_UNKNOWN_FIELD = _malformed("Unknown field {field}", "public")
POLICY_VERSION = _malformed("The policy must contain a valid version string", "public")
POLICY_EMPTY = _malformed("Could not parse the policy: Statement is empty!", "public")
POLICY_SYNTAX = _malformed("Invalid policy syntax.", "public")
POLICY_EFFECT = _malformed("Invalid effect: {effect}", "public")
POLICY_ALL_BUT = _malformed("Allow with NotPrincipal is not allowed.", "documented: not supported; words assumed")
POLICY_PRINCIPAL = _malformed("Invalid principal in policy", "public", "Detail")
POLICY_ACTION = _malformed("Policy has invalid action", "public", "Detail")
POLICY_RESOURCE = _malformed("Policy has invalid resource", "public", "Detail")
POLICY_NOT_APPLICABLE = _malformed("Action does not apply to any resource(s) in statement", "public")
POLICY_CONDITION_TYPE = _malformed("Invalid Condition type : {operator}", "public")
POLICY_CONDITION_KEY = _malformed("Policy has an invalid condition key", "public")
POLICY_TOO_LARGE = _malformed(
    "Normalized policy document exceeds the maximum allowed size of {maximum} bytes", "documented size; words: public"
)
