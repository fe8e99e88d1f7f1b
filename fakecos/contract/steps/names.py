"""Names and sizes that tests of every folder share."""

from __future__ import annotations

import os

AWS = "aws"
IBM = "ibm"
BUCKET = os.environ.get("FAKECOS_CONTRACT_BUCKET", "photos")
KEY = "2026/cat.jpg"
MIB = 1024 * 1024
MIN_PART = 5 * MIB
BIG = bytes(MIN_PART)  # the smallest part that may stand before another one; held once for the whole suite
