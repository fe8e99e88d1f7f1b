"""Names and sizes that tests of every folder share."""

from __future__ import annotations

RECORDED = "2026-02-28"  # until then the answers in docs/facts were recorded, but for those that give their own day
US_SOUTH = "https://s3.us-south.cloud-object-storage.appdomain.cloud"
EU_DE = "https://s3.eu-de.cloud-object-storage.appdomain.cloud"
