"""The signature of a browser's form: over its policy, by SigV4 or SigV2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.auth import canonical_request, credential, sigv2, verification
from fakecos.facts import errors
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from collections.abc import Mapping

# By the name in the form, as the error writes it. The order in which they are missed: assumed, but for the algorithm
# before the credential (recorded aws-presigned 29).
FIELDS_OF_V4 = {
    "x-amz-signature": "X-Amz-Signature",
    "x-amz-algorithm": "X-Amz-Algorithm",
    "x-amz-credential": credential.IN_QUERY,
    "x-amz-date": "X-Amz-Date",
}
FIELDS_OF_V2 = {"signature": "Signature", "awsaccesskeyid": "AWSAccessKeyId"}


def require_signed_form(
    fields: Mapping[str, str], keys: Mapping[str, str] | None, region: str | None = None
) -> str | None:
    """Return the access key id that signed a form's policy, None for a form without policy: it is anonymous.

    `fields` have lower-case names; `region` is the one that SigV4 must be for and SigV2 must be known in, None for any.

    Raises AccessDenied for a policy that nobody signed and InvalidArgument for a missing field (recorded aws-presigned
    28, 29), InvalidRequest for SigV2 in a newer region (public: aws-sdk-php #586 and #946; aws-changes 11),
    InvalidArgument for a malformed credential and for another region (public), then InvalidAccessKeyId,
    SignatureDoesNotMatch (recorded aws-presigned 27) and InvalidToken (public).
    """
    v4 = any(name in fields for name in FIELDS_OF_V4)
    v2 = not v4 and any(name in fields for name in FIELDS_OF_V2)
    policy = fields.get("policy")
    if policy is None:
        if v4 or v2:
            raise missing(field="policy")  # assumed; that it is refused is public
        return None
    if not v4 and not v2:
        why = "the form has a policy that nobody signed: add the fields that generate_presigned_post returns."
        raise S3Error(errors.ACCESS_DENIED, explanation=why)
    if v2:
        sigv2.require_old_region(region)
    for name, shown in (FIELDS_OF_V4 if v4 else FIELDS_OF_V2).items():
        if not fields.get(name):
            raise missing(shown)
    return _require_v4(fields, policy, keys, region) if v4 else _require_v2(fields, policy, keys)


def missing(field: str) -> S3Error:
    """Return the refusal of a form without a field; its value is an empty element (recorded aws-presigned 28)."""
    return S3Error(errors.FORM_FIELD_MISSING, field=field, ArgumentName=field, ArgumentValue=None)


def mismatch(fields: Mapping[str, str]) -> S3Error:
    """Return the refusal of a policy that is not the one signed: the string to sign is the policy (recorded 27)."""
    policy = fields.get("policy", "")
    if "x-amz-credential" in fields:
        key, signature = fields["x-amz-credential"].partition("/")[0], fields.get("x-amz-signature", "")
    else:
        key, signature = fields.get("awsaccesskeyid", ""), fields.get("signature", "")
    return verification.mismatch(key, policy, signature)


def _require_v4(fields: Mapping[str, str], policy: str, keys: Mapping[str, str] | None, region: str | None) -> str:
    algorithm, text = fields["x-amz-algorithm"], fields["x-amz-credential"]
    if algorithm != credential.HMAC:
        raise S3Error(errors.FORM_ALGORITHM, ArgumentName="X-Amz-Algorithm", ArgumentValue=algorithm)

    def refusal(reason: str) -> S3Error:
        return S3Error(errors.FORM_CREDENTIAL, reason=reason, ArgumentName=credential.IN_QUERY, ArgumentValue=text)

    given = credential.read(text, algorithm, refusal)
    if region is not None and given.region != region:
        fields_of_error: dict[str, Any] = {"ArgumentName": credential.IN_QUERY, "ArgumentValue": text, "Region": region}
        raise S3Error(errors.FORM_REGION, given=given.region, expected=region, **fields_of_error)
    if keys is not None:
        secret = verification.secret_of(keys, given.key)
        if canonical_request.sign(secret, given, policy) != fields["x-amz-signature"]:
            raise mismatch(fields)
        verification.require_no_token([fields.get("x-amz-security-token")])
    return given.key


def _require_v2(fields: Mapping[str, str], policy: str, keys: Mapping[str, str] | None) -> str:
    key = fields["awsaccesskeyid"]
    if keys is not None:
        if sigv2.sign(verification.secret_of(keys, key), policy) != fields["signature"]:
            raise mismatch(fields)
        verification.require_no_token([fields.get("x-amz-security-token")])
    return key
