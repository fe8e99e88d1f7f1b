"""Amazon S3: its hosts, and what it says and does where services differ. The sources of rules stand beside the rules.

Hosts: documented, "Virtual hosting of general purpose buckets" and "Amazon S3 endpoints and quotas"; those that clients
send are measured (wire 2); the other partitions: botocore's endpoints.
"""

from __future__ import annotations

from fakecos.facts import limits
from fakecos.facts.hosts import (
    ACCELERATED,
    ACCESS_POINT,
    DIRECTORY_CONTROL,
    GLOBAL,
    OBJECT_LAMBDA,
    OTHER_API,
    UNKNOWN_FORM,
    WEBSITE,
    HostForm,
    Hosts,
    Kind,
)
from fakecos.facts.ids import Ids
from fakecos.facts.services.dialect import DECLARATION, HOUR, MINUTE, Dialect

US_EAST_1 = "us-east-1"
GLOBAL_ENDPOINT = "s3.amazonaws.com"
TAG_CHARACTERS = r"[\w\s+\-=.:/@]*"  # documented: letters, digits and spaces of any language, and these

_NAME = r"(?:(?P<name>.+)\.)?"
HOSTS = Hosts(
    domains=(
        *(".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".api.aws"),
        *(".c2s.ic.gov", ".sc2s.sgov.gov", ".cloud.adc-e.uk", ".csp.hci.ic.gov"),
    ),
    forms=(
        HostForm(_NAME + r"(?P<label>s3)", (Kind("", entry=GLOBAL, region=US_EAST_1),)),
        # A multi-region access point has no region (documented).
        HostForm(r"(?:(?P<name>.+?)(?:\.accesspoint)?\.)?(?P<label>s3-global)", (Kind("", ACCESS_POINT),)),
        HostForm(
            _NAME + r"(?P<label>s3(?:express)?(?:-[a-z0-9-]+)?)(?:\.dualstack)?(?:\.(?P<region>[a-z0-9-]+))?",
            (
                Kind("s3-object-lambda", OBJECT_LAMBDA),
                Kind("s3-accesspoint", ACCESS_POINT),
                Kind("s3-outposts", ACCESS_POINT),
                Kind("s3-website", WEBSITE),
                Kind("s3-control", OTHER_API),
                Kind("s3-accelerate", entry=ACCELERATED),
                Kind("s3-external-1", region=US_EAST_1),
                Kind("s3express-control", entry=DIRECTORY_CONTROL),
                Kind(""),
            ),
            r"s3(?:-fips|-website)?-(?P<region>[a-z]{2,4}(?:-[a-z]+)+-\d)",
        ),
        HostForm(
            _NAME + r"(?P<label>bucket|accesspoint)\.vpce-[a-z0-9-]+\.s3\.(?P<region>[a-z0-9-]+)\.vpce",
            (Kind("accesspoint", ACCESS_POINT), Kind("")),
        ),
        HostForm(
            r"(?:.*\.)?(?P<label>s3|s3-[a-z0-9-]+|s3express-[a-z0-9-]+|accesspoint)(?:\..*)?",
            (Kind("s3-control", OTHER_API), Kind("", UNKNOWN_FORM)),
        ),
    ),
)

AWS = Dialect(
    name="aws",
    table="aws",
    hosts=HOSTS,
    endpoint="s3.{region}.amazonaws.com",
    packages=frozenset(),  # boto3 and aiobotocore speak to any service
    agent="",
    token_url="",
    limits=limits.AWS,
    headers={"server": "AmazonS3"},
    read_headers={},
    request_ids=("x-amz-request-id",),
    host_id="x-amz-id-2",
    new_request_id=Ids.request_id,
    new_upload_id=Ids.upload_id,
    new_version_id=Ids.version_id,
    milliseconds=False,
    declaration=DECLARATION,
    escapes_quotes=True,
    refuses=frozenset(),
    ignored=frozenset(),
    errors={},
    phrases={},
    error_tail=("RequestId", "HostId"),
    error_fields=True,
    bucket_slash=False,
    upload_conditions=False,
    encryptions=frozenset({"AES256", "aws:kms", "aws:kms:dsse"}),
    # Documented ("Archive retrieval options"): the longest time of each, as a fake has no traffic to hurry it.
    archives={
        "GLACIER": {"Expedited": 5 * MINUTE, "Standard": 5 * HOUR, "Bulk": 12 * HOUR},
        "DEEP_ARCHIVE": {"Standard": 12 * HOUR, "Bulk": 48 * HOUR},
    },
    tag_characters=TAG_CHARACTERS,
    tag_prefixes=("aws:",),
    reserved=(),
    locations=None,
    location="",
    rules=(),
    names_owners=False,
    recreates=True,
    aborts_again=True,  # public: aws-changes 7
    chunks_errors=True,  # recorded aws-changes 17
    archive_rules=False,
    inventory_formats=("CSV", "ORC", "Parquet"),
    bucket_crns=False,
    empty_token=False,
    empty_delimiter=False,
    blocks_sse_c=True,  # documented: aws-changes 1
    object_ownership=True,
    identity_policies=True,
    sends_bucket_arn=True,
)
