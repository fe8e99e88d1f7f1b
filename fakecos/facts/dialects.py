"""A dialect is data: what differs between the services that speak S3. Chosen per request, over one store."""

from __future__ import annotations

from typing import NamedTuple

from fakecos.facts import limits


class Dialect(NamedTuple):
    """One service's ways. `table` names the service model that requests are read by."""

    name: str
    table: str
    limits: limits.ServiceLimits
    server: str
    ignores_expected_owner: bool
    sends_bucket_arn: bool
    checks_location: bool


AWS = Dialect(
    "aws", "aws", limits.AWS, "AmazonS3", ignores_expected_owner=False, sends_bucket_arn=True, checks_location=True
)
IBM_COS = Dialect(
    "ibm",
    "ibm",
    limits.IBM_COS,
    "Cleversafe",
    ignores_expected_owner=True,
    sends_bucket_arn=False,
    checks_location=False,
)
BY_NAME = {dialect.name: dialect for dialect in (AWS, IBM_COS)}
