"""The regions of S3 (documented: "Amazon S3 endpoints and quotas", all partitions; IBM's locations are not checked).

A test compares the list with the clients' own; a region that is newer than both is refused until it stands here.
"""

from __future__ import annotations

_NAMES = """
    af-south-1
    ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2
    ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7
    ca-central-1 ca-west-1
    cn-north-1 cn-northwest-1
    eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3
    eu-isoe-west-1 eusc-de-east-1
    il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1
    us-east-1 us-east-2 us-west-1 us-west-2
    us-gov-east-1 us-gov-west-1
    us-iso-east-1 us-iso-west-1 us-isob-east-1 us-isob-west-1 us-isof-east-1 us-isof-south-1
"""
REGIONS = frozenset(_NAMES.split())
UNCHANGED_REGIONS = frozenset({"me-central-1", "me-south-1"})
"""Those that the changes of 2026 left out (documented: aws-changes 1, 3)."""
US_EAST_1 = "us-east-1"
"""The region of the global endpoint, and of a bucket without a LocationConstraint (documented)."""

SIGV2_REGIONS = frozenset(
    {
        *("us-east-1", "us-west-1", "us-west-2", "eu-west-1", "sa-east-1"),
        *("ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "us-gov-west-1"),
    }
)
"""The regions that still take SigV2, as they began before 2014 (aws-changes 11).

Documented as "launched prior to Jan 2014"; by name in the endpoints of botocore, as are all of GovCloud's, of which the
eastern one began in 2018 and is left out (assumed). Any other region, and one that is newer than this list, is refused.
"""
