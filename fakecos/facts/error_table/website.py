"""Refusals of the website host, which come as HTML."""

from __future__ import annotations

from fakecos.facts.error_table.rows import BUCKETS, row

NO_SUCH_WEBSITE = row(
    "NoSuchWebsiteConfiguration",
    404,
    "The specified bucket does not have a website configuration",
    ("BucketName",),
    BUCKETS + "46",
)
