"""Put, Get, Delete and List of every kind of configuration, made from the rows of the table."""

from __future__ import annotations

import re
from bisect import bisect_right
from importlib import import_module
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MAX_CONFIGURATIONS
from fakecos.model.bucket import PUBLIC_ACCESS_BLOCK
from fakecos.operations.lookup import bucket_of
from fakecos.operations.pagination import key_of, token_of
from fakecos.operations.public_access_block import block_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakecos.facts.errors import ErrorSpec
    from fakecos.model.bucket import Bucket
    from fakecos.operations.configurations.kinds import Kind
    from fakecos.operations.context import Context, Result
    from fakecos.wire.types import BucketRequest, ConfigurationListRequest, ConfigurationRequest

    Check = Callable[[Context, Bucket, Any], Any]
    Function = Callable[[Context, Any], Result]  # its parameters are those of its operation

PAGE = 100  # recorded aws-bucket-configuration 60
CONFIGURATION_ID = r"[A-Za-z0-9._-]{1,64}"  # documented for metrics and inventory; for the others: assumed


def functions_of(kind: Kind) -> dict[str, Function]:
    """Return the functions of a kind by the names of its operations."""
    if kind.items is None:
        made = {kind.put: _put(kind), kind.get: _get(kind)}
        if kind.delete is not None:
            made[kind.delete] = _delete(kind)
        return made
    assert kind.delete is not None
    assert kind.list is not None
    return {
        kind.put: _put_with_id(kind),
        kind.get: _get_with_id(kind),
        kind.delete: _delete_with_id(kind),
        kind.list: _list(kind, kind.items),
    }


def require_bucket(context: Context, params: BucketRequest) -> None:
    """Refuse a bucket that is not there before its document is read (recorded aws-bucket-configuration 11, 26)."""
    bucket_of(context, params)


def absent(spec: ErrorSpec, bucket: Bucket) -> S3Error:
    """Return the refusal of a Get without a configuration."""
    return S3Error(spec, BucketName=bucket.name) if "BucketName" in spec.fields else S3Error(spec)


def document_of(kind: Kind, params: Mapping[str, Any]) -> Any:
    """Return the document of a Put. Raises MalformedXML where there is none."""
    if kind.name not in params:
        raise S3Error(errors.MALFORMED_XML)
    return params[kind.name]


def check_of(kind: Kind) -> Check:
    """Return what judges a document of this kind."""
    check: Check = function_of(kind.check)
    return check


def function_of(place: str) -> Any:
    """Return a function of this package by its module and name."""
    module, _, name = place.partition(".")
    return getattr(import_module(f"{__package__}.{module}"), name)


def apply(kind: Kind, context: Context, bucket: Bucket, document: Any) -> None:
    """Let the bucket act by a document that is kept now, or by None where it was taken away."""
    if kind.applied:
        function_of(kind.applied)(context, bucket, document)


# --- one of a kind -----------------------------------------------------------------------------------


def _put(kind: Kind) -> Function:
    def put(context: Context, params: BucketRequest) -> Result:
        bucket = bucket_of(context, params)
        document = check_of(kind)(context, bucket, document_of(kind, params))
        if kind.confirm:
            function_of(kind.confirm)(context, bucket, document, params)
        bucket.configure(kind.name, document)
        apply(kind, context, bucket, document)
        return {}

    return put


def _get(kind: Kind) -> Function:
    def get(context: Context, params: BucketRequest) -> Result:
        bucket = bucket_of(context, params)
        document = bucket.configurations.get(kind.name, kind.unset)
        if kind.shown:
            document = function_of(kind.shown)(context, bucket, bucket.configurations.get(kind.name))
        if kind.name == PUBLIC_ACCESS_BLOCK:
            document = block_of(context, bucket)
        if document is None:
            assert kind.missing is not None
            raise absent(kind.missing, bucket)
        return dict(document) if kind.member is None else {kind.member: document}

    return get


def _delete(kind: Kind) -> Function:
    def delete(context: Context, params: BucketRequest) -> Result:
        # Without one it succeeds too (recorded aws-bucket-configuration 16, 23, 25, 39).
        bucket = bucket_of(context, params)
        if kind.removable:
            function_of(kind.removable)(context, bucket, bucket.configurations.get(kind.name))
        bucket.configure(kind.name, None)
        apply(kind, context, bucket, None)
        return {}

    return delete


# --- many of a kind, each with its id ----------------------------------------------------------------


def all_of(kind: Kind, bucket: Bucket) -> dict[str, Any]:
    """Return the documents of a kind by id."""
    found: dict[str, Any] = bucket.configurations.get(kind.name, {})
    return found


def id_of(params: ConfigurationRequest) -> str:
    """Return the id that a request names. Raises InvalidConfigurationId, also where there is none."""
    name = params.get("Id", "")
    if not re.fullmatch(CONFIGURATION_ID, name):
        raise S3Error(errors.INVALID_CONFIGURATION_ID)
    return name


def _put_with_id(kind: Kind) -> Function:
    def put(context: Context, params: ConfigurationRequest) -> Result:
        bucket = bucket_of(context, params)
        document = document_of(kind, params)
        name = id_of(params)
        if document["Id"] != name:
            assert kind.mismatch is not None
            raise S3Error(kind.mismatch)
        document = check_of(kind)(context, bucket, document)
        others = all_of(kind, bucket)
        if name not in others and len(others) >= MAX_CONFIGURATIONS:
            raise S3Error(errors.TOO_MANY_CONFIGURATIONS, maximum=f"{MAX_CONFIGURATIONS:,}")
        bucket.configure(kind.name, {**others, name: document})
        apply(kind, context, bucket, document)
        return {}

    return put


def _get_with_id(kind: Kind) -> Function:
    def get(context: Context, params: ConfigurationRequest) -> Result:
        bucket = bucket_of(context, params)
        found = all_of(kind, bucket).get(id_of(params))
        if found is None:
            raise S3Error(errors.NO_CONFIGURATION)
        return {kind.name: found}

    return get


def _delete_with_id(kind: Kind) -> Function:
    def delete(context: Context, params: ConfigurationRequest) -> Result:
        # Not idempotent: recorded aws-bucket-configuration 61, 62.
        bucket = bucket_of(context, params)
        others = dict(all_of(kind, bucket))
        if others.pop(id_of(params), None) is None:
            raise S3Error(errors.NO_CONFIGURATION)
        bucket.configure(kind.name, others)
        return {}

    return delete


def _list(kind: Kind, items: str) -> Function:
    def list_all(context: Context, params: ConfigurationListRequest) -> Result:
        found = all_of(kind, bucket_of(context, params))
        names = sorted(found)
        token = params.get("ContinuationToken")
        start = bisect_right(names, key_of(token, errors.MALFORMED_TOKEN)) if token else 0
        page = names[start : start + PAGE]
        result: Result = {"IsTruncated": start + PAGE < len(names), items: [found[name] for name in page]}
        if token is not None:  # an empty one too (public: aws-measured 24)
            result["ContinuationToken"] = token
        if result["IsTruncated"]:
            result["NextContinuationToken"] = token_of(page[-1])
        return result

    return list_all
