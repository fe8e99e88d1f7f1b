"""Whether a caller may use a key of KMS: asked only of callers whose own policies are judged.

No policy of a bucket says anything about keys (documented: aws-permissions 3). That the policy of a key leaves it to
its account's identity policies is assumed: it is what a new key's policy says (documented).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from fakecos.operations.policy import Question

CIPHERTEXT = "on the resource associated with this ciphertext"
"""What KMS says instead of the key's ARN, which Decrypt is not given (public)."""
OF_ITS_ACCOUNT = "the key aws/s3 is for its own account"
OF_ANOTHER_ACCOUNT = (
    "because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based "
    "policy explicitly denies access"
)


def require_key(question: Question) -> None:
    """Refuse who may not use a key. Raises AccessDenied in KMS's words (public: aws-permissions 4)."""
    from fakecos.operations.policy import decide_identity
    from fakecos.operations.why_denied import key_of_another_account, not_allowed, reason_of, why_briefly

    key, caller = question.kms, question.context.caller
    assert key is not None
    said = decide_identity(question)
    is_home = key.arn.split(":")[4] == caller.account
    if said is not False and (key.is_managed and is_home):
        return
    if said is True and not key.is_managed:
        return
    where = CIPHERTEXT if question.action == "kms:Decrypt" else f"on resource: {key.arn}"
    if said is not False and key.is_managed:
        reason, why = OF_ANOTHER_ACCOUNT, key_of_another_account(question)
    else:
        denied = "identity-based" if said is False else None
        reason, why = reason_of(question, denied), not_allowed(question, denied=denied, restricted=False)
    denying = "identity-based" if said is False else None
    briefly = OF_ITS_ACCOUNT if key.is_managed and denying is None else why_briefly(question, denying)
    question.context.store.note_refused(question.action, key.arn, briefly)
    raise S3Error(
        errors.KMS_NOT_AUTHORIZED,
        explanation=why,
        user=caller.arn,
        action=question.action,
        where=where,
        reason=reason,
    )
