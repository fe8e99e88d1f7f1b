"""Buckets that are open to others, and clients of other accounts."""

from __future__ import annotations

OTHER = "222222222222"
