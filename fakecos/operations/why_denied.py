"""Why S3 said no more than "Access Denied": what decided, and the way on, for a test's author. No client sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.permissions import IDENTITY_BASED, OF_THE_ACCOUNT
from fakecos.model.bucket import POLICY
from fakecos.model.lock import GOVERNANCE
from fakecos.operations.public_access_block import blocks, has_acls

GIVE_ONE = (
    "Make it by cos.account(...).create_user(name, policy={...}), or ask as the account: cos.account(...).client()"
)

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.model.lock import Lock
    from fakecos.model.principal import Principal
    from fakecos.operations.policy import Question


def who(caller: Principal) -> str:
    """Return who asks, in words."""
    return "a request without credentials" if caller.is_anonymous else str(caller.arn)


def of_nobody(operation: str) -> str:
    """Say why nobody may do what an account is asked for."""
    return f"the request has no credentials, and {operation} needs those of an account: give the client keys."


def reason_of(question: Question, denied: str | None) -> str:
    """Return the end of S3's message: which kind of policy denies, or that none allows (documented, public)."""
    if denied is not None:
        return f"with an explicit deny in {'an' if denied == IDENTITY_BASED else 'a'} {denied} policy"
    return f"because no identity-based policy allows the {question.full_action} action"


def not_payer(bucket: Bucket, caller: Principal) -> str:
    """Say that requesters pay."""
    if caller.is_anonymous:
        return f"requesters pay for the bucket {bucket.name}, and the request has no credentials: give the client keys."
    return f'requesters pay for the bucket {bucket.name}: give RequestPayer="requester" with the request.'


def not_allowed(question: Question, *, denied: str | None, restricted: bool) -> str:
    """Say which statement denies an action, or that nothing allows it, and what was asked."""
    bucket, caller = question.bucket, question.context.caller
    asked = f"{question.full_action} on {question.resource} to {who(caller)}"
    policy = bucket.configurations.get(POLICY)
    if denied == IDENTITY_BASED:
        return (
            f"the identity policy of {caller.arn} denies {question.full_action} on {question.resource}: "
            f"{_denying(question)}. Change the statement, or send a request to which it does not apply."
        )
    if denied is not None and policy is not None:
        from fakecos.operations.policy import denying_statement

        return (
            f"the bucket policy of {bucket.name} denies {asked}: {denying_statement(policy, question)}. Change the "
            "statement, or send a request to which it does not apply."
        )
    if restricted:
        return (
            f"the bucket policy of {bucket.name} is public, and Block Public Access (RestrictPublicBuckets) leaves it "
            f"to the bucket's own account, so nothing allows {asked}. Name the caller as Principal in the policy, or: "
            f'client.delete_public_access_block(Bucket="{bucket.name}").'
        )
    if caller.policies is not None:
        from fakecos.operations.policy import decide_identity

        if decide_identity(question) is None:
            return _not_in_own_policy(question)
    if question.operation in OF_THE_ACCOUNT:
        return f"nothing allows {asked}: it is a user without a policy of its own. {GIVE_ONE}."
    said = "has no bucket policy" if policy is None else "has a bucket policy of which no statement allows it"
    if not has_acls(question.context, bucket):
        acls = "its ACLs do not count (Object Ownership BucketOwnerEnforced)"
    elif blocks(question.context, bucket, "IgnorePublicAcls"):
        acls = "no ACL gives it, and public ACLs are ignored (Block Public Access, IgnorePublicAcls)"
    else:
        acls = "no ACL gives it"
    step = "Sign the request" if caller.is_anonymous else f"Ask as the account of the bucket, {bucket.account}"
    return (
        f"nothing allows {asked}: {bucket.name} {said}, and {acls}. {step}, or allow it by "
        f'client.put_bucket_policy(Bucket="{bucket.name}", ...).'
    )


def _denying(question: Question) -> str:
    """Return the statement of the caller's own policies that denies."""
    from fakecos.operations.policy import decide, denying_statement

    policies = question.context.caller.policies or ()
    for number, policy in enumerate(policies, 1):
        if decide(policy, question, of_identity=True) is False:
            of = f" of policy {number}" if len(policies) > 1 else ""
            return denying_statement(policy, question, of_identity=True) + of
    return "a statement"


def _not_in_own_policy(question: Question) -> str:
    """Say which statement a caller's own policy lacks."""
    caller, bucket = question.context.caller, question.bucket
    asked = f"{question.full_action} on {question.resource}"
    other = "" if caller.account == bucket.account else f" The bucket's account, {bucket.account}, must allow it too."
    near = _nearly_allowing(question)
    said = f"the identity policy of {caller.arn} does not allow {asked}{near and ': '}{near}"
    return f"{said}. Add to it: {statement(question)}.{other}"


def _nearly_allowing(question: Question) -> str:
    """Return which statement allows the action, but not here; "" if none names it."""
    from fakecos.operations.policy import nearly_allowing

    policies = question.context.caller.policies or ()
    for number, policy in enumerate(policies, 1):
        found = nearly_allowing(policy, question)
        if found:
            return f"policy {number}, {found}" if len(policies) > 1 else found
    return ""


def why_briefly(question: Question, denied: str | None, *, is_others: bool = False) -> str:
    """Say in few words what refused an action, "" where only a statement of the caller's own policy is missing."""
    if is_others:
        return "the object belongs to another account, whose ACL does not give it"
    if denied == IDENTITY_BASED:
        return f"denied by {_denying(question)}"
    if denied is not None:
        return f"denied by the bucket policy of {question.bucket.name}"
    from fakecos.operations.policy import decide_identity

    return "" if decide_identity(question) is None else f"{question.bucket.account} must allow it too"


def object_of_another(question: Question) -> str:
    """Say that an object is another account's, so that no policy of the bucket's account allows it."""
    return (
        f"{question.resource} belongs to another account, and its ACL does not give {question.full_action} to "
        f"{question.context.caller.arn}. No policy of the bucket's account can. Let it be written with "
        'ACL="bucket-owner-full-control", or let the bucket own what is in it: Object Ownership BucketOwnerEnforced.'
    )


def key_of_another_account(question: Question) -> str:
    """Say that the key `aws/s3` is of its account alone."""
    return (
        f"{question.resource} is the key aws/s3 of the account that wrote the object, which no other account may use "
        "(AWS). Encrypt it with a customer managed key."
    )


def statement(question: Question) -> str:
    """Return the statement that would allow what was asked, as JSON."""
    import json

    found = {"Effect": "Allow", "Action": question.full_action, "Resource": question.resource}
    return json.dumps(found)


def public_acl(bucket: Bucket) -> str:
    """Say that public ACLs are blocked."""
    return (
        f"the ACL is public, and Block Public Access (BlockPublicAcls) of {bucket.name} refuses that, as in every new "
        f'bucket since April 2023. First: client.delete_public_access_block(Bucket="{bucket.name}").'
    )


def public_policy(bucket: Bucket) -> str:
    """Say that public policies are blocked."""
    return (
        f"the policy is public, and Block Public Access (BlockPublicPolicy) of {bucket.name} refuses that, as in every "
        f'new bucket since April 2023. First: client.delete_public_access_block(Bucket="{bucket.name}").'
    )


def locked(lock: Lock) -> str:
    """Say what of Object Lock protects a version, and how it can go."""
    if lock.legal_hold == "ON":
        return (
            'the version has a legal hold: client.put_object_legal_hold(..., LegalHold={"Status": "OFF"}) ends it. '
            "No bypass does."
        )
    until = "" if lock.until is None else f"{lock.until:%Y-%m-%d %H:%M:%S} UTC"
    said = f"the version is retained until {until} ({lock.mode})"
    if lock.mode == GOVERNANCE:
        return f"{said}: give BypassGovernanceRetention=True, or let time pass by cos.advance(days=...)."
    return f"{said}, and nobody can shorten that: let time pass by cos.advance(days=...)."
