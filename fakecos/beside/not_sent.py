"""Why a request that the fake answered is not sent to the service beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from fakecos.beside.sent_request import is_presigned
from fakecos.comparison.never_sent import COMPLIANCE, why_never
from fakecos.facts.hosts import PATH, VIRTUAL
from fakecos.facts.iam import OPERATION as IAM_TOKEN
from fakecos.wire.model_overrides import POST_OBJECT, PREFLIGHT, WEBSITE_READ
from fakecos.wire.operation_names import UNROUTED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from fakecos.beside.beside import Beside
    from fakecos.beside.sent_request import TakenBody
    from fakecos.service.call import Call
    from fakecos.service.journal import RecordedRequest

NO_OPERATION = frozenset({IAM_TOKEN, POST_OBJECT, PREFLIGHT, WEBSITE_READ, UNROUTED})
OF_BYTES = frozenset({"PutObject", "UploadPart"})
REFUSED = 400
WHO = frozenset(
    {
        *("SignatureDoesNotMatch", "InvalidAccessKeyId", "RequestTimeTooSkewed", "ExpiredToken", "InvalidToken"),
        *("AuthorizationHeaderMalformed", "AuthorizationQueryParametersError", "XAmzContentSHA256Mismatch"),
        *("CredentialsNotSupported", "InvalidSecurity", "NotImplemented"),
    }
)
OWNER = "expected-bucket-owner"
_OTHER_BUCKET = re.compile(rb"<(?:TargetBucket|Bucket|BucketArn)>\s*(?:arn:[^<:]*:s3:::)?([^<]*?)\s*</")


class Circumstances(NamedTuple):
    """What a request is judged by: `keys` of other accounts and users here, and buckets that are `apart` by now."""

    beside: Beside
    keys: Collection[str]
    apart: Collection[str]


def why_not_sent(call: Call, body: TakenBody, recorded: RecordedRequest, around: Circumstances) -> str | None:
    """Return why a request is not sent, None if it is."""
    return next(_reasons(call, body, recorded, around), None)


def _reasons(call: Call, body: TakenBody, recorded: RecordedRequest, around: Circumstances) -> Iterator[str]:
    headers = call.request.headers
    if call.operation in NO_OPERATION or call.address is None or call.address.style not in {PATH, VIRTUAL}:
        yield "it is no request to an operation of S3 by the bucket's own name"
    if recorded.error in WHO and call.fault is None:
        yield f"it was refused here for who signed it and how, or as not offered ({recorded.error})"
    if is_presigned(call.request):
        if not 0 < recorded.status < REFUSED and call.fault is None:
            yield "it is presigned and was refused here, perhaps for its own signature or time"
    elif "authorization" not in headers:
        yield "nobody signed it, and it would be signed there"
    if body.failed:
        yield "its body could not be read"
    yield from _reasons_of_signer(call, headers, around)
    contents = _why_not_by_contents(call, headers, body.data, around.beside, around.apart)
    if contents is not None:
        yield contents


def _reasons_of_signer(call: Call, headers: Mapping[str, str], around: Circumstances) -> Iterator[str]:
    if call.access_key in around.keys:
        yield "another account or user of this fake signed it"
    if headers.get("x-amz-content-sha256", "").startswith("STREAMING-AWS4"):
        yield "its chunks are signed one by one"
    if any(name.endswith(OWNER) for name in headers):
        yield "it names the account that owns the bucket, which is another one there"


def _why_not_by_contents(
    call: Call, headers: Mapping[str, str], data: bytes, beside: Beside, apart: Collection[str]
) -> str | None:
    source = headers.get("x-amz-copy-source")
    if source is not None:
        bucket = unquote(source).lstrip("/").partition("/")[0]
        if not beside.is_for(bucket):
            return "it copies from a bucket of another name"
        if bucket in apart:
            return "it copies from a bucket that is not the same there"
    if call.operation in OF_BYTES:
        return why_never(call.operation, dict(headers))
    text = data.decode("utf-8", "replace")
    named = [found.decode("utf-8", "replace") for found in _OTHER_BUCKET.findall(data)]
    if not all(map(beside.is_for, named)):
        return "it names a bucket of another name"
    mode = COMPLIANCE if COMPLIANCE in text else ""
    return why_never(call.operation, {**headers, "Mode": mode, "Policy": text})
