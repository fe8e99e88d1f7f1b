"""What is judged before an operation runs: that the caller may do each action that the request needs.

`authorization` judges one action: who is allowed by nothing is refused. The usual case, the owner of a bucket without
a policy, costs a few comparisons, and loads nothing of the rules (start-up is a budget).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.exceptions import UsageError
from fakecos.facts.permissions import BYPASS, OF_THE_ACCOUNT, READS, WITH_EXTRAS
from fakecos.model.bucket import BUCKET_OWNER_ENFORCED, OWNED_BY_BUCKET, OWNERSHIP, POLICY
from fakecos.operations.context import keep

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.operations.context import Context, Params, Result
    from fakecos.operations.policy import Question
    from fakecos.operations.required_actions import Need

REQUEST_PAYMENT = "RequestPaymentConfiguration"
REQUESTER = "requester"
POLICY_METHODS = {"DeleteBucketPolicy": "DELETE", "GetBucketPolicy": "GET", "PutBucketPolicy": "PUT"}
# DeleteObjects is judged key by key (recorded aws-objects 47); a preflight has no caller.
JUDGED_ELSEWHERE = frozenset({"DeleteObjects", "PreflightCORS"})
OVERRIDABLE = frozenset({"GetObject", "HeadObject"})
OVERRIDE = "Response"
ENCRYPTION = "ServerSideEncryptionConfiguration"
ANY = "*"


def require_allowed(context: Context, operation: str, params: Mapping[str, Any]) -> None:
    """Refuse what the caller may not do.

    A missing bucket is left to the operation (recorded aws-bucket-configuration 7: NoSuchBucket).

    Raises InvalidRequest to nobody who asks for headers of the answer, before anything else (documented, public), and
    AccessDenied: "Access Denied", and to callers of the bucket's own account with its reason (documented).
    MethodNotAllowed: a policy may allow it, but no other account deals with a bucket's policy (documented; the name of
    the resource: public).
    UsageError: the bucket's policy has a condition that is not evaluated here, or who has policies of AWS asks COS.
    """
    caller = context.caller
    if context.asked is not None:
        _note(context, operation, params)
    if operation in OF_THE_ACCOUNT:
        if not caller.is_root:
            _require_of_account(context, operation, params)
        return
    bucket = context.bucket
    if bucket is None or operation in JUDGED_ELSEWHERE or is_plain(context, bucket):
        return
    if caller.is_anonymous and operation in OVERRIDABLE and any(name.startswith(OVERRIDE) for name in params):
        raise S3Error(errors.ANONYMOUS_OVERRIDE)
    with context.store.lock:
        _require_actions(context, bucket, operation, params)
        if operation in POLICY_METHODS and caller.account != bucket.account:
            raise S3Error(errors.METHOD_NOT_ALLOWED, Method=POLICY_METHODS[operation], ResourceType="BUCKETPOLICY")


def _note(context: Context, operation: str, params: Mapping[str, Any]) -> None:
    """Remember what was asked for; what it needs is found out later, unless that depends on values or on the store."""
    caller, bucket, key, asked = context.caller.arn, context.bucket, params.get("Key"), context.asked
    if caller is None or asked is None or (bucket is None and operation not in OF_THE_ACCOUNT):
        return
    if key is not None and bucket is not None and _is_usual(bucket, operation, key, params):
        keep(asked, (caller, operation, bucket.name, *params), key)
    elif operation not in JUDGED_ELSEWHERE:
        from fakecos.operations import needs

        needs.note_request(context, bucket, operation, params)


def _is_usual(bucket: Bucket, operation: str, key: str, params: Mapping[str, Any]) -> bool:
    """Whether what a request needs follows from its shape: no version, nothing that is missing, no key of KMS."""
    if "VersionId" in params or BYPASS in params:
        return False
    if operation in WITH_EXTRAS:
        return "ServerSideEncryption" not in params and ENCRYPTION not in bucket.configurations
    if operation in READS:
        stored = bucket.objects.get(key)
        return stored is not None and stored.attributes.encryption.kms_key_id is None
    if "UploadId" in params:
        upload = bucket.uploads.get(params["UploadId"])
        return upload is None or upload.attributes.encryption.kms_key_id is None
    return operation != "UpdateObjectEncryption" and "IfMatch" not in params


def _require_of_account(context: Context, operation: str, params: Mapping[str, Any]) -> None:
    """Refuse what only the caller's own policies can allow: there is no bucket yet, or it is about none."""
    caller = context.caller
    if caller.account is None:  # nobody has no account (assumed)
        from fakecos.operations.why_denied import of_nobody

        raise S3Error(errors.ACCESS_DENIED, explanation=of_nobody(operation))
    from fakecos.model.bucket import Bucket
    from fakecos.operations.required_actions import of_request

    region = context.request_info.region
    stand_in = Bucket(params.get("Bucket", ""), region, None, context.now(), caller.account)
    for need in of_request(operation, params):
        _require(_question(context, stand_in, need))


def is_plain(context: Context, bucket: Bucket) -> bool:
    """Whether there is nothing to judge: the bucket's own account asks, there is no policy, and no other owners.

    On COS the account of the bucket may do all with its objects, whoever wrote them (assumed).
    """
    caller = context.caller
    return (
        caller.account == bucket.account
        and POLICY not in bucket.configurations
        and caller.is_root
        and not (
            context.dialect.object_ownership
            and bucket.configurations.get(OWNERSHIP) is not OWNED_BY_BUCKET
            and bucket.ownership != BUCKET_OWNER_ENFORCED
        )
    )


def require_deletable(context: Context, bucket: Bucket, entry: Mapping[str, Any], params: Mapping[str, Any]) -> None:
    """Refuse one key of a DeleteObjects (recorded aws-objects 47)."""
    plain, asked, arn = is_plain(context, bucket), context.asked, context.caller.arn
    if plain and asked is not None and arn is not None and len(entry) == 1 and BYPASS not in params:
        keep(asked, (arn, "DeleteObject", bucket.name), entry["Key"])
    elif not plain or asked is not None:
        from fakecos.operations.required_actions import of_entry

        _require_noted(context, bucket, of_entry(entry, params), params)


def require_copyable(
    context: Context, bucket: Bucket, key: str, version: str | None, request: Mapping[str, Any]
) -> None:
    """Refuse a source that the caller may not read (documented: GetObject on the source of a copy).

    Nor may they who do not say that they pay for it, where requesters pay (documented: CopyObject). Tags that are
    copied are asked for on both sides.
    """
    target = context.store.buckets.get(request["Bucket"], bucket)
    plain = is_plain(context, bucket)
    if context.asked is None and plain and is_plain(context, target):
        return
    from fakecos.operations import needs
    from fakecos.operations.kms_keys import known_of_source
    from fakecos.operations.required_actions import of_source

    params: Params = {"Bucket": bucket.name, "Key": key}
    if version is not None:
        params["VersionId"] = version
    needed = tuple(of_source(params, request, known_of_source(context, bucket, params, request)))
    needs.note(context, bucket, needed)
    if not plain:
        _require_payer(context, bucket, request)
    for need in needed:
        asked = bucket if need.params is params else target
        if not is_plain(context, asked):
            _require(_question(context, asked, need))


def require_annotations_copyable(context: Context, source: Params, params: Mapping[str, Any]) -> None:
    """Refuse a copy of annotations that the caller may not read at the source, or not write (documented for COPY).

    That an object without annotations needs neither is assumed.
    """
    for operation, given in (("GetObjectAnnotation", source), ("PutObjectAnnotation", params)):
        bucket = context.store.buckets[given["Bucket"]]
        if context.asked is not None or not is_plain(context, bucket):
            from fakecos.operations.required_actions import of_request

            _require_noted(context, bucket, of_request(operation, given), None)


def _require_noted(context: Context, bucket: Bucket, needed: Iterator[Need], request: Mapping[str, Any] | None) -> None:
    """Remember what is needed, and refuse what the caller may not do, or does not say that they pay for."""
    from fakecos.operations import needs

    found = tuple(needed)
    needs.note(context, bucket, found)
    if not is_plain(context, bucket):
        if request is not None:
            _require_payer(context, bucket, request)
        for need in found:
            _require(_question(context, bucket, need))


def charged(context: Context, params: Mapping[str, Any], source: Bucket | None = None) -> Result:
    """Return the member that says that the caller pays, for the bucket or for the source of a copy (documented)."""
    bucket = source or context.bucket
    if bucket is not None and _pays(context, bucket) and params.get("RequestPayer") == REQUESTER:
        return {"RequestCharged": REQUESTER}
    return {}


def _pays(context: Context, bucket: Bucket) -> bool:
    """Whether the caller pays for what it asks of the bucket."""
    payment = bucket.configurations.get(REQUEST_PAYMENT)
    return payment is not None and payment.get("Payer") == "Requester" and context.caller.account != bucket.account


def _require_payer(context: Context, bucket: Bucket, params: Mapping[str, Any]) -> None:
    """Refuse who does not say that they pay, or cannot, where requesters pay (documented)."""
    if _pays(context, bucket) and (context.caller.is_anonymous or params.get("RequestPayer") != REQUESTER):
        from fakecos.operations.why_denied import not_payer

        raise S3Error(errors.ACCESS_DENIED, explanation=not_payer(bucket, context.caller))


def _require_actions(context: Context, bucket: Bucket, operation: str, params: Mapping[str, Any]) -> None:
    from fakecos.operations.required_actions import NOTHING, of_request

    _require_payer(context, bucket, params)
    known = NOTHING
    if context.caller.policies is not None:
        from fakecos.operations.kms_keys import known_of

        known = known_of(context, bucket, operation, params)
    for need in of_request(operation, params, known):
        _require(_question(context, bucket, need))


def _question(context: Context, bucket: Bucket, need: Need) -> Question:
    if context.caller.policies is not None and not context.dialect.identity_policies:
        message = (
            f"{context.caller.arn} has an identity policy of AWS IAM, and this request is for IBM COS, which has none. "
            "Send it with keys of an account, cos.account(...).access_key, or make the fake without identity_policy."
        )
        raise UsageError(message)
    from fakecos.operations.policy import Question

    key = need.params.get("Key")
    return Question(context, bucket, need.operation, need.name, need.params, key, need.resource, need.key)


def _require(question: Question) -> None:
    """Refuse an action that is not allowed; who may list the bucket learns that an object is missing (documented).

    Of whose own policies are judged both actions are asked for: the page of GetObject says "also" (documented). That
    the refusal of who may read names ListBucket is assumed (aws-permissions 7).
    """
    if question.kms is not None:
        if question.context.caller.policies is not None:
            from fakecos.operations.kms_access import require_key

            require_key(question)
        return
    from fakecos.operations.authorization import decision_of, is_allowed

    if question.operation in READS and question.stored is None:
        listing = _listing(question)
        if question.context.caller.policies is not None:
            if is_allowed(question):
                question = listing
            allowed = question is listing and is_allowed(listing)
        else:
            allowed = decision_of(question) is not False and is_allowed(listing)
            if not allowed and is_allowed(question):
                question = listing
    else:
        allowed = is_allowed(question)
    if not allowed:
        _require_upload(question)
        raise _refusal(question)


def _listing(question: Question) -> Question:
    """Return the question whether the caller may list the bucket, and so learn that an object is missing."""
    from fakecos.operations.required_actions import LISTING, arn_of

    return question._replace(action=LISTING, key=None, arn=arn_of(question.bucket.name, None))


def _require_upload(question: Question) -> None:
    """Refuse an unknown upload, and what is no part number, before the caller (public)."""
    if "UploadId" in question.params:
        from fakecos.operations.lookup import upload_of

        upload_of(question.bucket, dict(question.params))
        if "PartNumber" in question.params:
            question.context.part_number(question.params["PartNumber"])


def _refusal(question: Question) -> S3Error:
    """Return AccessDenied, with who, what and why to callers of the bucket's own account (documented).

    Of an object of another owner they are told no more than others: no policy of theirs could allow it (assumed).
    """
    from fakecos.operations.authorization import decision_of, denied_by, has_other_owner, is_restricted, own_decision
    from fakecos.operations.why_denied import not_allowed, object_of_another, reason_of, why_briefly

    denied = denied_by(question)
    caller, bucket = question.context.caller, question.bucket
    is_others = denied is None and caller.account == bucket.account and has_other_owner(question)
    is_others = is_others and (caller.is_root or own_decision(question) is not None)
    restricted = denied is None and decision_of(question) is True and is_restricted(question)
    explanation = not_allowed(question, denied=denied, restricted=restricted)
    if is_others:
        explanation = object_of_another(question)
    if caller.policies is not None:
        why = why_briefly(question, denied, is_others=is_others)
        question.context.store.note_refused(question.full_action, question.resource, why)
    headers = {"x-amz-bucket-region": bucket.region} if question.operation == "HeadBucket" else {}  # documented
    if caller.account != bucket.account or is_others:
        return S3Error(errors.ACCESS_DENIED, headers=headers, explanation=explanation)
    row = errors.NOT_AUTHORIZED if question.resource != ANY else errors.NOT_AUTHORIZED_AT_ALL
    return S3Error(
        row,
        headers=headers,
        explanation=explanation,
        user=caller.arn,
        action=question.full_action,
        resource=question.resource,
        reason=reason_of(question, denied),
    )
