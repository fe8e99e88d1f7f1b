"""What a policy must allow for the requests that came. Each function is a method of FakeCOS: `self` is the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from fakecos.facts.exceptions import UsageError
from fakecos.facts.services import dialects

if TYPE_CHECKING:
    from fakecos.service.journal import Journal
    from fakecos.testing.accounts import Caller


class Asked(Protocol):
    """What this needs of the fake."""

    _keywords: dict[str, Any]

    @property
    def journal(self) -> Journal:
        """The requests that came."""


def required_policy(self: Asked, *, exact: bool = False, caller: Caller | None = None) -> dict[str, Any]:
    """Return the smallest IAM policy that allows what was asked for since the start or the last reset.

    It is what `identity_policy` takes: a dict, ready for `json.dumps`. What was signed counts, whatever the answer was,
    unless it was refused before S3 looks at permissions, such as for its signature or because there is no such bucket.
    What was done by hand, as by `create_bucket`, and what nobody signed, needs no policy.

    - `exact`: name each key and each prefix of a listing as it was asked for. Without it up to three keys are named, of
      more the folder that they share, and of a name that looks generated, as a date or a UUID, what comes before it.
    - `caller`: an account or a user, of whose requests alone it is made; None: of all that were signed.

    UsageError: `caller` is neither an account nor a user of `cos.account`; or the fake is IBM COS alone, which has no
    such policies. Of a fake that answers both, the requests to AWS count.
    """
    from fakecos.operations import needs
    from fakecos.testing.smallest_policy import smallest_policy

    if self._keywords["dialect"] is not None and not dialects.BY_NAME[self._keywords["dialect"]].identity_policies:
        message = 'cos.required_policy() and dialect="ibm": IBM COS has no policies of AWS IAM.'
        raise UsageError(message)
    arn = None if caller is None else getattr(caller, "arn", None)
    if caller is not None and not isinstance(arn, str):
        message = (
            f'cos.required_policy(caller={caller!r}): it is an account or a user, as in cos.account("222222222222").'
        )
        raise UsageError(message)
    return smallest_policy(needs.permissions(self.journal.asked, arn), exact=exact)
