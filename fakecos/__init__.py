"""fakecos: S3, faithfully, inside the test process."""

from fakecos.facts.exceptions import (
    EscapedRequest,
    OpenUploads,
    UnclaimedRequest,
    UnfiredFault,
    UnimplementedOperation,
    UsageError,
)
from fakecos.facts.limits import Limits
from fakecos.fake import FakeCOS, current

__all__ = [
    "EscapedRequest",
    "FakeCOS",
    "Limits",
    "OpenUploads",
    "UnclaimedRequest",
    "UnfiredFault",
    "UnimplementedOperation",
    "UsageError",
    "current",
]
