"""What S3 promises: a small function for each, which any store that says it speaks S3 can be asked.

`promises()` gives them all. The test suite runs them against the fake, by each of its doors; `fakecos verify` asks a
real service, and compares it with the fake.
"""

from __future__ import annotations

from fakecos.contract.catalogue import promises
from fakecos.contract.promise import Promise

__all__ = ["Promise", "promises"]
