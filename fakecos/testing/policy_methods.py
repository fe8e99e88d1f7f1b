"""What a policy must allow for the requests that came. The function is a method of FakeCOS: `self` is the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts.exceptions import UsageError
from fakecos.facts.services import dialects

if TYPE_CHECKING:
    from fakecos.testing.accounts import AwsAccount, User
    from fakecos.testing.identities import Obeyed


def required_policy(self: Obeyed, *, exact: bool = False, caller: AwsAccount | User | None = None) -> dict[str, Any]:
    """Return the smallest IAM policy that allows what was asked for since the start or the last reset.

    It is what `identity_policy` takes: a dict, ready for `json.dumps`. What was signed counts, whatever the answer was,
    unless it was refused before S3 looks at permissions, such as for its signature or because there is no such bucket.
    What was done by hand, as by `create_bucket`, and what nobody signed, needs no policy. Nothing asked, no statements.

    - `exact`: name each key and each prefix of a listing as it was asked for. Without it up to three keys are named, of
      more the folder that they share, and of a name that looks generated, as a date or a UUID, what comes before it.
    - `caller`: an account or a user, of whose requests alone it is made; None: of all that were signed.

    UsageError: `caller` is neither an account nor a user of `cos.account`; or the fake is IBM COS alone, which has no
    such policies. Of a fake that answers both, the requests to AWS count.
    """
    from fakecos.operations import needs
    from fakecos.testing.accounts import Caller
    from fakecos.testing.smallest_policy import smallest_policy

    name = self._service.dialect_name
    if name is not None and not dialects.BY_NAME[name].identity_policies:
        message = f'cos.required_policy() and dialect="{name}": this service has no policies of AWS IAM.'
        raise UsageError(message)
    given: object = caller
    if given is not None and not isinstance(given, Caller):
        message = f"cos.required_policy(caller={caller!r}): it is an account or a user: cos.account(...)."
        raise UsageError(message)
    asked = self._service.journal.asked
    return smallest_policy(needs.permissions(asked, None if caller is None else caller.arn), exact=exact)
