"""fakecos: S3, faithfully, inside the test process."""

from fakecos.facts.exceptions import (
    EscapedRequestError,
    OpenUploadsError,
    UnclaimedRequestError,
    UnfiredFaultError,
    UnimplementedOperationWarning,
    UsageError,
)
from fakecos.facts.limits import Limits
from fakecos.fake import FakeCOS, current

__all__ = [
    "EscapedRequestError",
    "FakeCOS",
    "Limits",
    "OpenUploadsError",
    "UnclaimedRequestError",
    "UnfiredFaultError",
    "UnimplementedOperationWarning",
    "UsageError",
    "current",
]
