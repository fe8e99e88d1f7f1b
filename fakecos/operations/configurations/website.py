"""The form of a website configuration: index and error document, redirects. The texts: public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MAX_ROUTING_RULES
from fakecos.operations.configurations.schema import require_count

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.operations.configurations.schema import Document
    from fakecos.operations.context import Context

PROTOCOLS = ("http", "https")
MULTIPLE_CHOICES = 300


def kept(context: Context, bucket: Bucket, document: Document) -> Document:  # noqa: ARG001
    """Return the configuration as it came. Raises InvalidArgument, InvalidRequest and MalformedXML."""
    redirect_all = document.get("RedirectAllRequestsTo")
    if redirect_all is not None:
        if len(document) > 1:
            raise S3Error(
                errors.REDIRECT_ALL_WITH_OTHERS, ArgumentName="RedirectAllRequestsTo", ArgumentValue="not null"
            )
        require_protocol(redirect_all)
        return document
    if "IndexDocument" not in document:
        raise S3Error(errors.NO_INDEX_DOCUMENT, ArgumentName="IndexDocument", ArgumentValue="null")
    suffix = document["IndexDocument"]["Suffix"]
    if not suffix or "/" in suffix:  # documented: not empty, and no slash
        raise S3Error(errors.INDEX_SUFFIX, ArgumentName="IndexDocument", ArgumentValue=suffix)
    if document.get("ErrorDocument", {}).get("Key") == "":
        raise S3Error(errors.ERROR_DOCUMENT_KEY, ArgumentName="ErrorDocument", ArgumentValue="")
    if "RoutingRules" in document:
        require_rules(document["RoutingRules"])
    return document


def require_rules(rules: list[Document]) -> None:
    """Judge the routing rules; a list of none is malformed."""
    if len(rules) > MAX_ROUTING_RULES:
        raise S3Error(errors.TOO_MANY_ROUTING_RULES, count=len(rules), maximum=MAX_ROUTING_RULES)
    require_count(rules, 1, MAX_ROUTING_RULES)
    for rule in rules:
        require_redirect(rule["Redirect"])
        if "Condition" in rule:
            require_condition(rule["Condition"])


def require_redirect(redirect: Document) -> None:
    """Judge where a rule leads to: it says something, and replaces the key or its prefix, not both."""
    if not redirect:
        raise S3Error(errors.MALFORMED_XML)
    if "ReplaceKeyWith" in redirect and "ReplaceKeyPrefixWith" in redirect:
        raise S3Error(errors.TWO_REPLACEMENTS)
    require_protocol(redirect)
    code = redirect.get("HttpRedirectCode")
    if code is not None and (not is_code(code, "3") or int(code) == MULTIPLE_CHOICES):
        raise S3Error(errors.REDIRECT_CODE, code=code)


def require_condition(condition: Document) -> None:
    """Judge when a rule applies: there is a condition, and an error code is one."""
    if not condition:
        raise S3Error(errors.EMPTY_CONDITION)
    code = condition.get("HttpErrorCodeReturnedEquals")
    if code is not None and not is_code(code, "45"):
        raise S3Error(errors.ERROR_CODE_RETURNED, code=code)


def require_protocol(redirect: Document) -> None:
    """Refuse a protocol that is neither http nor https."""
    if redirect.get("Protocol", PROTOCOLS[0]) not in PROTOCOLS:
        raise S3Error(errors.REDIRECT_PROTOCOL)


def is_code(text: str, first: str) -> bool:
    """Whether a text is a status code of three digits that starts with one of these."""
    return len(text) == 3 and text.isascii() and text.isdecimal() and text[0] in first  # noqa: PLR2004
