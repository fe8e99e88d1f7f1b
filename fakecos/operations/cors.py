"""CORS: which rule of a bucket answers a browser, and with which headers (recorded aws-bucket-configuration 40-43)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fakecos.model.bucket import Bucket
    from fakecos.model.store import Store

CONFIGURATION = "CORSConfiguration"
METHODS = frozenset({"GET", "PUT", "HEAD", "POST", "DELETE"})  # documented: AllowedMethod
ASKED_METHODS = METHODS | {"OPTIONS", "PATCH"}  # public: aws-measured 26
_HEADER_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")  # RFC 9110: a token; a star is in it
VARY = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"


def preflight(store: Store, bucket: str | None, key: str | None, headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of the answer to an OPTIONS request.

    Raises BadRequest without an Origin (recorded) and for a method that S3 does not have, in capitals (public:
    aws-measured 26), AccessForbidden where the bucket is not there or has no CORS configuration (public),
    BadRequest without a method or with what is no name of a header (public), and AccessForbidden where no rule allows
    the request (recorded).
    """
    origin = headers.get("origin")
    if not origin:
        raise S3Error(errors.ORIGIN_NEEDED)
    method = headers.get("access-control-request-method") or None
    if method is not None and method not in ASKED_METHODS:
        raise S3Error(errors.INVALID_REQUEST_METHOD, method=method)
    found = store.buckets.get(bucket or "")
    if found is None or CONFIGURATION not in found.configurations:
        refusal = errors.CORS_BUCKET_NOT_FOUND if found is None else errors.CORS_NOT_ENABLED
        raise S3Error(refusal, Method=method or "OPTIONS", ResourceType="BUCKET")
    if method is None:
        raise S3Error(errors.INVALID_REQUEST_METHOD, method="null")
    for name in headers.get("access-control-request-headers", "").split(","):
        if name.strip() and not is_header_name(name.strip()):
            raise S3Error(errors.REQUEST_HEADER_CHARACTER, name=name)
    allowed = answer_headers(found, method, headers)
    if allowed is None:
        raise S3Error(errors.CORS_NOT_ALLOWED, Method=method, ResourceType="OBJECT" if key else "BUCKET")
    return allowed


def is_header_name(text: str) -> bool:
    """Say whether a text has only the characters that a header's name may have."""
    return _HEADER_NAME.fullmatch(text) is not None


def answer_headers(bucket: Bucket, method: str, headers: Mapping[str, str]) -> dict[str, str] | None:
    """Return the headers that the first fitting rule adds to an answer, None if none fits.

    A request that is not a preflight counts as one for the method and the headers that it names, if it names them
    (recorded aws-bucket-configuration 41, 42).
    """
    origin = headers.get("origin", "")
    wanted = [name.strip().lower() for name in headers.get("access-control-request-headers", "").split(",")]
    wanted = [name for name in wanted if name]
    for rule in bucket.configurations.get(CONFIGURATION, {}).get("CORSRules", ()):
        pattern = _first_match(rule.get("AllowedOrigins", ()), origin)
        if pattern is None or method not in rule.get("AllowedMethods", ()):
            continue
        names = [name.lower() for name in rule.get("AllowedHeaders", ())]
        if all(_first_match(names, name) is not None for name in wanted):
            return _headers_of(rule, origin if pattern != "*" else "*", wanted)
    return None


def _headers_of(rule: Mapping[str, Any], origin: str, wanted: Sequence[str]) -> dict[str, str]:
    made = {"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Methods": ", ".join(rule["AllowedMethods"])}
    if origin != "*":
        made["Access-Control-Allow-Credentials"] = "true"
    if wanted:
        made["Access-Control-Allow-Headers"] = ", ".join(wanted)
    if rule.get("ExposeHeaders"):
        made["Access-Control-Expose-Headers"] = ", ".join(rule["ExposeHeaders"])
    if rule.get("MaxAgeSeconds") is not None:
        made["Access-Control-Max-Age"] = str(rule["MaxAgeSeconds"])
    made["Vary"] = VARY
    return made


def _first_match(patterns: Sequence[str], text: str) -> str | None:
    """Return the first pattern that fits; a pattern has one `*` at most (documented), for any characters."""
    for pattern in patterns:
        before, star, after = pattern.partition("*")
        if star:
            if len(text) >= len(before) + len(after) and text.startswith(before) and text.endswith(after):
                return pattern
        elif pattern == text:
            return pattern
    return None
