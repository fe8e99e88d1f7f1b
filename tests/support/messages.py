"""Messages of S3's errors that more than one file of tests expects, to the letter."""

from __future__ import annotations

CHECKSUM_REQUIRED = "Missing required header for this request: Content-MD5 OR x-amz-checksum-*"
