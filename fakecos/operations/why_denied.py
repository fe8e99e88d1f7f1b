"""Why S3 said no more than "Access Denied": what decided, and the way on, for a test's author. No client sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.model.bucket import POLICY
from fakecos.model.lock import GOVERNANCE
from fakecos.operations.public_access_block import blocks, has_acls

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.model.lock import Lock
    from fakecos.model.principal import Principal
    from fakecos.operations.policy import Question


def who(caller: Principal) -> str:
    """Return who asks, in words."""
    return "a request without credentials" if caller.is_anonymous else str(caller.arn)


def of_account(caller: Principal, operation: str) -> str:
    """Say why somebody may not do what an account is asked for."""
    if caller.is_anonymous:
        return f"the request has no credentials, and {operation} needs those of an account: give the client keys."
    return (
        f"{caller.arn} is a user, and users have no policies of their own here: {operation} is for the account itself. "
        "Use a client of the account, cos.account(...).client()."
    )


def not_payer(bucket: Bucket, caller: Principal) -> str:
    """Say that requesters pay."""
    if caller.is_anonymous:
        return f"requesters pay for the bucket {bucket.name}, and the request has no credentials: give the client keys."
    return f'requesters pay for the bucket {bucket.name}: give RequestPayer="requester" with the request.'


def not_allowed(question: Question, *, denied: bool, restricted: bool) -> str:
    """Say which statement denies an action, or that nothing allows it, and what was asked."""
    bucket, caller = question.bucket, question.context.caller
    asked = f"s3:{question.action} on {question.resource} to {who(caller)}"
    policy = bucket.configurations.get(POLICY)
    if denied and policy is not None:
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
