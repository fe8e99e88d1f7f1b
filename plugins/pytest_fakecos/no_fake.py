"""A request to S3 that no fake was there to answer: what a test that forgot its fake is told.

Every run may import this module, also one without fakecos, so it imports nothing of it with itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_fakecos import options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from pytest_fakecos.records import Watched

IN_VAIN = frozenset({"NoCredentialsError", "EndpointConnectionError", "ConnectTimeoutError", "ProxyConnectionError"})
"""What botocore raises where nobody answers; a fake has credentials, and answers (but for a fault of a test)."""
CALL = "_make_api_call"
"""The method of a client of botocore that every request goes through."""
TITLE = "fakecos: no fake was on"


def section(error: BaseException, fakes: Sequence[Watched]) -> tuple[str, str] | None:
    """Return title and text for a test that failed since nobody answered its request to S3; else None."""
    if not any(type(cause).__name__ in IN_VAIN and _is_of_s3(cause.__traceback__) for cause in causes(error)):
        return None
    if not fakes:
        return TITLE, (
            "The request went for the real S3. Let the test ask for the fixture `fakecos`, or write\n"
            "`with FakeCOS() as cos:` around what sends requests, or give every test a fake:\n"
            "`fakecos_autouse = true` below [pytest] in pytest.ini. See\n"
            f"{options.page('no-fake-at-all')}"
        )
    if all(watched.is_over and not _has_fault(watched) for watched in fakes):
        fixtures = [watched.fixture for watched in fakes if watched.fixture]
        of = f" of the fixture {fixtures[-1]}" if fixtures else ""
        return TITLE, (
            f"The fake{of} had stopped before the request, which went for the real S3.\n"
            "Send requests inside of the `with` block; a fixture says `yield cos` in it, and not `return cos`."
        )
    return None


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception, and what it was raised from or while handling."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def _is_of_s3(trace: TracebackType | None) -> bool:
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_code.co_name == CALL:
            client = frame.f_locals.get("self")
            model = getattr(getattr(client, "meta", None), "service_model", None)
            return getattr(model, "service_name", None) == "s3"
        trace = trace.tb_next
    return False


def _has_fault(watched: Watched) -> bool:
    fake = watched.fake
    return fake is not None and any(request.fault for request in fake.journal)
