"""Headers that say nothing of what was asked: of every answer, of the connection, of the server."""

from __future__ import annotations

# Recorded on every answer; the values are not.
ALWAYS = frozenset({"date", "server", "x-amz-id-2", "x-amz-request-id"})
# Of the connection, or of the server's software: they say nothing of S3, and any server may send them.
OF_THE_CONNECTION = frozenset(
    {
        *("connection", "keep-alive", "transfer-encoding", "via", "vary", "alt-svc", "strict-transport-security"),
        *("x-cache", "x-content-type-options", "x-xss-protection", "x-ratelimit-limit", "x-ratelimit-remaining"),
        *("x-trans-id", "x-openstack-request-id", "x-minio-deployment-id", "x-amzn-requestid", "x-request-id"),
        "x-powered-by",
    }
)
OF_IBM = frozenset(
    {"date", "server", "x-amz-request-id", "x-clv-request-id", "x-clv-s3-version"}
)  # public: fakecos/facts/ibm.py
