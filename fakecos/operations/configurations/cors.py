"""The rules of a CORS configuration; which of them answers a browser is not judged here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MAX_CORS_RULES, MAX_RULE_ID
from fakecos.operations.configurations.schema import require_count, require_integer
from fakecos.operations.cors import METHODS, is_header_name

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.operations.configurations.schema import Document
    from fakecos.operations.context import Context


def kept(context: Context, bucket: Bucket, document: Document) -> Document:  # noqa: ARG001
    """Return the rules as they came (recorded aws-bucket-configuration 36, 38, 42).

    Raises InvalidRequest for more than 100 rules (public: aws-changes 22), for an unknown method (recorded
    aws-bucket-configuration 37), and for wildcards and what is no name of a header (public); MalformedXML for a wrong
    form.
    """
    rules = document["CORSRules"]
    require_count(rules, 1, len(rules))
    if len(rules) > MAX_CORS_RULES:
        raise S3Error(errors.TOO_MANY_CORS_RULES, maximum=MAX_CORS_RULES)
    for rule in rules:
        require_rule(rule)
    return document


def require_rule(rule: Document) -> None:
    """Judge one CORSRule."""
    for method in rule["AllowedMethods"]:
        if method not in METHODS:
            raise S3Error(errors.CORS_METHOD, method=method)
    _require_patterns(rule)
    require_integer(rule, "MaxAgeSeconds")
    if len(rule.get("ID", "")) > MAX_RULE_ID:
        raise S3Error(errors.MALFORMED_XML)


def _require_patterns(rule: Document) -> None:
    """Judge the origins and the names of headers of one CORSRule: their stars first (the order is assumed)."""
    for element, values in (("AllowedOrigin", rule["AllowedOrigins"]), ("AllowedHeader", rule.get("AllowedHeaders"))):
        for value in values or ():
            if value.count("*") > 1:
                raise S3Error(errors.CORS_WILDCARDS, element=element, value=value)
    for value in rule.get("ExposeHeaders", ()):
        if "*" in value:
            raise S3Error(errors.CORS_EXPOSED_WILDCARD, value=value)
    for value in (*rule.get("AllowedHeaders", ()), *rule.get("ExposeHeaders", ())):
        if not is_header_name(value):  # the words are the same for either (public: reported of AWS)
            raise S3Error(errors.CORS_HEADER_CHARACTER, value=value)
