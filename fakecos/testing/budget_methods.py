"""The method of FakeCOS that sets a budget, written out here: `self` is the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from fakecos.clients.activation.active_service import ActiveService
    from fakecos.service.service import Service
    from fakecos.testing.budget import Budget


class Budgeted(Protocol):
    """What a budget needs of the fake: who answers, and what is raised when it stops."""

    _service: Service
    _active: ActiveService


def budget(
    self: Budgeted,
    total: int | None = None,
    *,
    retries: int | None = None,
    bytes_sent: int | None = None,
    **requests_by_operation: int | None,
) -> Budget:
    """Return a Budget for a `with` block: how many requests may come while it runs, from whatever client.

    - `total`: requests in all; each attempt of a client is one.
    - `retries`: second and later attempts of clients.
    - `bytes_sent`: bytes of the bodies of requests.
    - `requests_by_operation`: of one operation, as in `UploadPart=8` or `upload_part=8`.

    The first request over it is refused before it has an effect: BudgetExceededError, an AssertionError that names the
    request and the line that sent it. Where the code under test swallows that, the end of the block raises it again.
    The page "Hold code to a budget" says more.
    UsageError: no limit is given, one is no whole number from 0 on, or S3 has no such operation; when the fake stops,
    no `with` block ever began.
    """
    from fakecos.facts.exceptions import UsageError
    from fakecos.testing.budget import Budget, limits_of  # with the first budget: start-up is a budget too

    given = {"total": total, "retries": retries, "bytes_sent": bytes_sent, **requests_by_operation}
    limits = limits_of(given)
    if not limits:
        message = "cos.budget(): it limits nothing; write what it allows, as in cos.budget(total=20, UploadPart=8)."
        raise UsageError(message)
    made = Budget(limits, (self._service, self._active))
    call = f"cos.budget({', '.join(f'{name}={limit}' for name, limit in limits.items())})"
    story = f"{call} limited nothing, since it was not entered: write `with {call}:` around the code that it is for."
    self._active.not_begun.append((made, story))
    return made
