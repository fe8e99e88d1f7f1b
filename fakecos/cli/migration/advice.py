"""What S3 refuses and moto takes, where it stands as a literal: said, and never rewritten."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from fakecos.cli.migration.source import FUNCTIONS, Remark, keyword, last_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fakecos.cli.migration.source import Source

PRIVATE = frozenset({"private", "bucket-owner-read", "bucket-owner-full-control"})
"""The canned ACLs that a bucket without ACLs takes (documented)."""
GRANTS = frozenset({"GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP"})
NAME_OF_BUCKET = re.compile(r"(?:^|_)bucket(?:_?name)?$", re.IGNORECASE)
LIKE_A_NAME = re.compile(r"[A-Za-z0-9._-]+")
MIN_PART = 5 * 1024 * 1024
LONGEST = 63
SMALL_PARTS = "write FakeCOS(limits=Limits(min_part_size=1)), or fakecos_min_part_size = 1 for pytest"


def advice(source: Source) -> Iterator[Remark]:
    """Yield what a file does that S3 refuses, in the order of its lines."""
    found = {*_names(source), *_acls(source), *_small_parts(source), *_customer_keys(source), *_answers(source)}
    yield from sorted(found)


def _names(source: Source) -> Iterator[Remark]:
    """Bucket names that S3 refuses: where a bucket is made, and in constants and fixtures that are called so."""
    for node in source.nodes:
        given: Sequence[ast.expr | None] = []
        if isinstance(node, ast.Call) and last_name(node) == "create_bucket":
            given = [keyword(node, "Bucket"), *node.args[:1]]
        elif isinstance(node, ast.Call) and last_name(node) == "Bucket":
            given = node.args[:1]
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(NAME_OF_BUCKET.search(last_name(target)) for target in targets):
                given = [node.value]
        elif isinstance(node, ast.Return):
            function = source.function_of(node)
            given = [node.value] if function is not None and NAME_OF_BUCKET.search(function.name) else []
        for value in given:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and LIKE_A_NAME.fullmatch(value.value):
                yield from _name(value, value.value)


def _name(node: ast.expr, name: str) -> Iterator[Remark]:
    if not _is_valid(name):
        valid = re.sub(r"[^a-z0-9.-]+", "-", name.lower()).strip("-.")[:LONGEST]
        instead = f"write {valid!r}" if _is_valid(valid) else "choose another"
        rule = "small letters, digits, '-' and '.', 3 to 63 of them"
        yield Remark(node.lineno, f"S3 refuses the bucket name {name!r} (InvalidBucketName; {rule}): {instead}")


def _is_valid(name: str) -> bool:
    """Whether S3 takes the name of a bucket, by the rule of CreateBucket itself."""
    from fakecos.facts.errors import S3Error
    from fakecos.operations.buckets import require_name

    try:
        require_name(name)
    except S3Error:
        return False
    return True


def _acls(source: Source) -> Iterator[Remark]:
    """ACLs: a new bucket has none, and blocks public access (since April 2023)."""
    for node in source.nodes:
        if not isinstance(node, ast.Call):
            continue
        name = last_name(node)
        acl = source.text_of(keyword(node, "ACL"))
        grants = [one.arg for one in node.keywords if one.arg in GRANTS]
        given = f'ACL="{acl}"' if acl is not None and acl not in PRIVATE else f"{grants[0]}=" if grants else ""
        if not given:
            extra = source.text_of(_extra(node, "ACL"))
            given = f'ExtraArgs={{"ACL": "{extra}"}}' if extra is not None and extra not in PRIVATE else ""
        if not given:
            continue
        if name in {"create_bucket", "create"}:
            bucket = keyword(node, "Bucket")
            words = f"Bucket={source.written(bucket)}" if bucket is not None else "Bucket=..."
            again = f", {given}" if given.startswith("ACL") else f", {given}..."
            yield Remark(
                node.lineno,
                f"S3 refuses {given} at CreateBucket, as new buckets have no ACLs and block public access: leave it "
                f'out if no test needs it; else create_bucket({words}, ObjectOwnership="BucketOwnerPreferred"), '
                f"delete_public_access_block({words}), put_bucket_acl({words}{again})",
            )
        elif name.startswith(("put_", "upload_", "copy", "create_multipart")):
            yield Remark(
                node.lineno,
                f"S3 refuses {given} in a bucket that has no ACLs, as new ones (AccessControlListNotSupported): leave "
                f'it out, or make the bucket with ObjectOwnership="BucketOwnerPreferred" and, for a public ACL, call '
                f"delete_public_access_block",
            )


def _small_parts(source: Source) -> Iterator[Remark]:
    """Parts below 5 MiB that are not the last: several uploads of parts in one function, or one in a loop."""
    for function in source.nodes:
        if not isinstance(function, FUNCTIONS):
            continue
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and last_name(node) == "upload_part"]
        loops = [
            call for call in calls if any(isinstance(outer, (ast.For, ast.While)) for outer in source.around(call))
        ]
        for call in sorted(calls, key=lambda one: one.lineno)[: None if loops else -1]:
            size = _size(keyword(call, "Body"))
            if size is not None and size < MIN_PART:
                refusal = "at Complete S3 refuses a part below 5 MiB that is not the last (EntityTooSmall)"
                yield Remark(call.lineno, f"a part of {size} bytes: {refusal}: {SMALL_PARTS}")
    for node in source.nodes:
        if (isinstance(node, ast.Constant) and node.value == "S3_UPLOAD_PART_MIN_SIZE") or (
            isinstance(node, ast.Attribute) and node.attr in {"UPLOAD_PART_MIN_SIZE", "S3_UPLOAD_PART_MIN_SIZE"}
        ):
            yield Remark(node.lineno, f"moto's own least size of a part means nothing to fakecos: {SMALL_PARTS}")


def _size(node: ast.expr | None) -> int | None:
    """Return how many bytes a literal has; None: it is not known."""
    if isinstance(node, ast.Constant) and isinstance(node.value, (bytes, str)):
        return len(node.value)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        left, right = _number(node.left), _number(node.right)
        text, times = (node.left, right) if left is None else (node.right, left)
        size = _size(text)
        return None if size is None or times is None else size * times
    return None


def _number(node: ast.expr) -> int | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.Add)):
        left, right = _number(node.left), _number(node.right)
        if left is not None and right is not None:
            return left * right if isinstance(node.op, ast.Mult) else left + right
    return None


def _customer_keys(source: Source) -> Iterator[Remark]:
    """Keys of the customer: blocked in new buckets since April 2026 (aws-changes 1). The first place is enough."""
    for node in source.nodes:
        if isinstance(node, ast.Call):
            names = [one.arg or "" for one in node.keywords]
            if any(name.startswith("SSECustomer") for name in names) or _extra(node, "SSECustomerKey") is not None:
                yield Remark(
                    node.lineno,
                    "S3 has refused keys of the customer (SSE-C) in new buckets since April 2026 (AccessDenied): make "
                    'the bucket with cos.create_bucket("...", sse_c="allowed"), or say FakeCOS(as_of="2026-04-05")',
                )
                return


def _answers(source: Source) -> Iterator[Remark]:
    """What moto answers and S3 does not: owners' display names, and the deleted keys of a quiet DeleteObjects."""
    for node in source.nodes:
        if isinstance(node, ast.Subscript) and getattr(node.slice, "value", None) == "DisplayName":
            yield Remark(node.lineno, "S3 no longer answers the DisplayName of an owner: compare its ID")
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if getattr(key, "value", None) == "Quiet" and getattr(value, "value", None) is True:
                    yield Remark(
                        node.lineno,
                        'a quiet DeleteObjects answers no "Deleted", only what failed; moto lists them anyway',
                    )


def _extra(call: ast.Call, name: str) -> ast.expr | None:
    """Return a value of ExtraArgs, the parameters of upload_file and its like."""
    extra = keyword(call, "ExtraArgs")
    if not isinstance(extra, ast.Dict):
        return None
    pairs = zip(extra.keys, extra.values, strict=True)
    return next((value for key, value in pairs if getattr(key, "value", None) == name), None)
