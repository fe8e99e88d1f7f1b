"""Whether an action is allowed: by owning, by the policy of the bucket, by the caller's own, or by an ACL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.permissions import (
    ACL_ACTION,
    ALWAYS_ROOTS,
    BY_BUCKET_ACL,
    BY_OBJECT_ACL,
    IDENTITY_BASED,
    RESOURCE_BASED,
    WITH_EXTRAS,
)
from fakecos.model.bucket import POLICY
from fakecos.model.principal import ANONYMOUS_ID
from fakecos.operations.public_access_block import blocks, has_acls

if TYPE_CHECKING:
    from fakecos.model.principal import Principal
    from fakecos.operations.policy import Question

ANYBODY = ""  # an id that no grant names: somebody who signs, and has what groups are given


def decision_of(question: Question) -> bool | None:
    """Return what the bucket's policy says: False if it denies, True if it allows, None if it is silent."""
    from fakecos.operations.policy import decide

    policy = question.bucket.configurations.get(POLICY)
    return None if policy is None else decide(policy, question)


def own_decision(question: Question) -> bool | None:
    """Return what the caller's own policies say, as `decision_of` does; None for whose are not judged."""
    if not question.context.caller.policies:
        return None
    from fakecos.operations.policy import decide_identity

    return decide_identity(question)


def denied_by(question: Question) -> str | None:
    """Return which policy denies an action, None for neither; where both do, the bucket's is named (assumed)."""
    if decision_of(question) is False:
        return RESOURCE_BASED
    return IDENTITY_BASED if own_decision(question) is False else None


def is_allowed(question: Question) -> bool:
    """Whether the caller may do an action: never against a Deny, else by owning, by the policies, or by an ACL.

    Of whose own policies are judged: in its own account either policy allows, or an ACL that gives it to everybody; in
    another account both must, its own and the policy or an ACL of the bucket (documented: aws-permissions 6).
    """
    bucket, caller = question.bucket, question.context.caller
    is_owner = caller.account == bucket.account and caller.is_root
    decision = decision_of(question)
    if decision is None and question.action == ACL_ACTION and question.operation in WITH_EXTRAS:
        decision = _may_bring_acl(question)
    if decision is False:
        return is_owner and question.action in ALWAYS_ROOTS
    if caller.policies is not None:
        own = own_decision(question)
        is_home = caller.account == bucket.account
        if own is None:
            return is_home and not has_other_owner(question) and (decision is True or _acl_allows(question))
        if own is False:
            return False
        is_owner = is_home  # allowed as the account is, for which it acts
    if has_other_owner(question):  # the bucket's policy is not about objects of others (documented)
        return _acl_allows(question)
    return is_owner or (decision is True and not is_restricted(question)) or _acl_allows(question)


def _may_bring_acl(question: Question) -> bool | None:
    """Return True if the policy allows to write with an ACL, by a condition on the ACL; else None.

    Then PutObjectAcl is not asked for (documented: "Policy examples for ACLs", aws-changes 24). Other pages name both
    actions, so without such a condition it is.
    """
    from fakecos.operations.policy import allows_with_acl

    policy = question.bucket.configurations.get(POLICY)
    return True if policy is not None and allows_with_acl(policy, question) else None


def is_restricted(question: Question) -> bool:
    """Whether a public policy is for the bucket's own account only (documented: RestrictPublicBuckets)."""
    bucket = question.bucket
    if question.context.caller.account == bucket.account or not blocks(
        question.context, bucket, "RestrictPublicBuckets"
    ):
        return False
    from fakecos.operations.configurations.policy_status import is_public
    from fakecos.operations.policy import statements_of

    return is_public({"Statement": statements_of(bucket.configurations[POLICY])})


def has_other_owner(question: Question) -> bool:
    """Whether an action of an object's ACL is about an object of another owner than the bucket's."""
    bucket = question.bucket
    if not has_acls(question.context, bucket) or question.action not in BY_OBJECT_ACL:
        return False
    if question.operation in WITH_EXTRAS:
        return False
    stored = question.stored
    return stored is not None and stored.owner not in {None, bucket.owner_id}


def _acl_allows(question: Question) -> bool:
    """Whether an ACL gives an action (documented: ACL permissions); public grants may be ignored."""
    bucket, caller, action = question.bucket, question.context.caller, question.action
    if not has_acls(question.context, bucket):
        return False
    from fakecos.operations.acl import acl_of, bucket_acl

    ignore = blocks(question.context, bucket, "IgnorePublicAcls")
    user = caller.canonical_id
    if caller.policies is not None and own_decision(question) is None:
        user = ANYBODY  # what an ACL gives to the account, the account has not passed on
    me = ANONYMOUS_ID if user is None else user
    if action == ACL_ACTION and question.operation in WITH_EXTRAS:
        action = "PutObject"  # who writes an object owns it
    if action in BY_OBJECT_ACL:
        stored = question.stored
        if stored is None:
            return False
        acl = acl_of(question.context, bucket, stored)
        return (acl.owner == me and not _is_user(caller)) or acl.gives(
            BY_OBJECT_ACL[action], user, ignore_public=ignore
        )
    permission = BY_BUCKET_ACL.get(action)
    if permission is None:
        return False
    acl = bucket_acl(question.context, bucket)
    if not acl.gives(permission, user, ignore_public=ignore):
        return False
    return permission != "WRITE" or _is_own(question, me)


def _is_user(caller: Principal) -> bool:
    """Whether it is a user whose policies are not judged, and who does not own what its account owns."""
    return not caller.is_root and not caller.is_anonymous and caller.policies is None


def _is_own(question: Question, me: str) -> bool:
    """Whether what WRITE would change or remove is the caller's own, or new (documented)."""
    bucket, key = question.bucket, question.key
    upload = bucket.uploads.get(question.params.get("UploadId", ""))
    if upload is not None:
        acl = upload.attributes.acl
        return (acl.owner if acl is not None else bucket.owner_id) == me
    stored = bucket.objects.get(key or "")
    return stored is None or (stored.owner or bucket.owner_id) == me
