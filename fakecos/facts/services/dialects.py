"""A dialect is data: what differs between the services that speak S3. Chosen per request, over one store.

docs/reference/dialects.md is made of this file: `DIFFERENCES` has a line for every field below, with its source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.facts import limits
from fakecos.facts.ids import Ids
from fakecos.facts.services import ibm

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakecos.facts.services.ibm import Words

MINUTE = 60
HOUR = 60 * MINUTE
TAG_CHARACTERS = r"[\w\s+\-=.:/@]*"  # documented: letters, digits and spaces of any language, and these


class Dialect(NamedTuple):
    """One service's ways. `table` names the service model that requests are read by.

    - `headers`: on every answer, `read_headers`: on those to a GET or HEAD; `request_ids`: the headers with the id of
      the request, `host_id`: the one with the extended id, or None.
    - `new_request_id`, `new_upload_id`: how ids look.
    - `ignored`: parameters that are taken and do nothing, even when they are wrong.
    - `errors`: code of AWS to what this service says; `error_tail`: the last children of `<Error>`;
      `error_fields`: whether an error has the children that AWS gives it between Message and those.
      `bucket_slash`: whether the Resource of a bucket ends with a slash.
    - `upload_conditions`: If-Match and If-None-Match of an upload are given to Create, and not to Complete.
    - `encryptions`: values of x-amz-server-side-encryption.
    - `archives`: storage class to the tiers of its restores, the fastest first, each with the seconds that it takes.
    - `tag_characters`: the pattern of a tag's name and value; `tag_prefixes`: how its name may not begin.
    - `reserved`: prefixes that a bucket's name may not have, besides those of AWS.
    - `locations`: of LocationConstraint, None where they are regions; `location`: of a bucket that has none.
    - `rules`: classes of `operations.context.ServiceRules`, by module and name: what the service adds to operations.
    - `names_owners`: an owner, an initiator and a grantee have a DisplayName too, which is their ID.
    - `recreates`: creating one's own bucket again succeeds in us-east-1.
    - `archive_rules`: a lifecycle moves objects into an archive alone, by one rule for the whole bucket, and only what
      is stored after the rule was made.
    - `empty_token`: an empty continuation token begins a list; `empty_delimiter`: a list of keys without a delimiter
      has an empty one.
    - `object_ownership`: buckets have Object Ownership, by which ACLs may be off, and block public access when new.
    """

    name: str
    table: str
    limits: limits.ServiceLimits
    headers: Mapping[str, str]
    read_headers: Mapping[str, str]
    request_ids: tuple[str, ...]
    host_id: str | None
    new_request_id: Callable[[Ids], str]
    new_upload_id: Callable[[Ids], str]
    ignored: frozenset[str]
    errors: Mapping[str, Words]
    error_tail: tuple[str, ...]
    error_fields: bool
    bucket_slash: bool
    upload_conditions: bool
    encryptions: frozenset[str]
    archives: Mapping[str, Mapping[str, int]]
    tag_characters: str
    tag_prefixes: tuple[str, ...]
    reserved: tuple[str, ...]
    locations: frozenset[str] | None
    location: str
    rules: tuple[str, ...]
    names_owners: bool
    recreates: bool
    archive_rules: bool
    empty_token: bool
    empty_delimiter: bool
    object_ownership: bool
    sends_bucket_arn: bool


AWS = Dialect(
    name="aws",
    table="aws",
    limits=limits.AWS,
    headers={"server": "AmazonS3"},
    read_headers={},
    request_ids=("x-amz-request-id",),
    host_id="x-amz-id-2",
    new_request_id=Ids.request_id,
    new_upload_id=Ids.upload_id,
    ignored=frozenset(),
    errors={},
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
    archive_rules=False,
    empty_token=False,
    empty_delimiter=False,
    object_ownership=True,
    sends_bucket_arn=True,
)
IBM_COS = Dialect(
    name="ibm",
    table="ibm",
    limits=limits.IBM_COS,
    headers=ibm.HEADERS,
    read_headers=ibm.READ_HEADERS,
    request_ids=ibm.REQUEST_IDS,
    host_id=None,
    new_request_id=Ids.uuid,
    new_upload_id=Ids.uuid,
    ignored=ibm.IGNORED,
    errors=ibm.ERRORS,
    error_tail=("Resource", "RequestId", "httpStatusCode"),
    error_fields=False,
    bucket_slash=True,
    upload_conditions=True,
    encryptions=frozenset({"AES256"}),
    archives={"GLACIER": {"Bulk": 12 * HOUR}, "ACCELERATED": {"Accelerated": 2 * HOUR}},
    tag_characters=ibm.TAG_CHARACTERS,
    tag_prefixes=("ibm:", "aws:"),
    reserved=("cosv1-", "account-"),
    locations=ibm.LOCATIONS,
    location=ibm.DEFAULT_LOCATION,
    rules=ibm.RULES,
    names_owners=True,
    recreates=False,
    archive_rules=True,
    empty_token=True,
    empty_delimiter=True,
    object_ownership=False,
    sends_bucket_arn=False,
)
BY_NAME = {dialect.name: dialect for dialect in (AWS, IBM_COS)}

# field: what it is about, and the source of IBM's side (AWS's stands where the rule is).
DIFFERENCES: dict[str, tuple[str, str]] = {
    "table": ("The service model: which operations and members there are", "sdk: ibm-cos 9"),
    "limits": ("Numbers that differ", "documented: ibm-cos 1.1"),
    "headers": ("Headers of every answer", "public; documented with a version: ibm-cos 1.4"),
    "read_headers": (
        "Further headers of the answers to GET and HEAD",
        "public; of refusals: assumed; IBM's examples of 2016 have them on every answer",
    ),
    "request_ids": ("The headers with the id of the request", "public, as in most of IBM's examples"),
    "host_id": ("The header with the extended id", "public; documented: ibm-cos 1.4"),
    "new_request_id": ("How an id of a request looks", "documented: ibm-cos 1.4"),
    "new_upload_id": ("How an upload id looks", "documented: ibm-cos 1.3"),
    "ignored": ("Parameters that are accepted and do nothing, even when they are wrong", "sdk: ibm-cos 3.1"),
    "errors": ("Codes and messages", "documented: ibm-cos 8, IBM's table of errors"),
    "error_tail": ("The last children of an error's document", "documented: IBM's example of BucketNotEmpty"),
    "error_fields": (
        "Whether an error's document has the further children of AWS",
        "assumed: IBM's example has none (ibm-cos 10)",
    ),
    "bucket_slash": (
        "Whether the Resource of a refusal ends with a slash where it is a bucket",
        "public; documented: IBM's example of BucketNotEmpty",
    ),
    "upload_conditions": (
        "Whether If-Match and If-None-Match of an upload are given to Create (and judged there and at Complete)",
        "documented, on premises: ibm-cos 1.5",
    ),
    "encryptions": ("Values of x-amz-server-side-encryption", "sdk: ibm-cos 4.6"),
    "archives": (
        "Storage classes that are archived, and the tiers of their restores with the seconds that these take",
        "documented: IBM's page on archives",
    ),
    "tag_characters": (
        "Pattern of the names and values of tags",
        "documented: IBM's pages on tags and on operations of objects, each of which has symbols of its own",
    ),
    "tag_prefixes": (
        "How the name of a tag may not begin",
        "documented: IBM's page on tags; that `aws:` is refused there too: assumed",
    ),
    "reserved": (
        "Prefixes of bucket names that are reserved besides those of AWS",
        "documented: IBM's page on buckets",
    ),
    "locations": ("Values of LocationConstraint", "documented: IBM's page on storage classes; sdk: ibm-cos 9"),
    "location": ("Location of a bucket that was made by hand", "assumed"),
    "rules": (
        "Rules that the service adds: retention of objects, status of archived ones, service instances with buckets",
        "documented: ibm-cos 5.7; IBM's pages on Immutable Object Storage and on archives",
    ),
    "names_owners": (
        "Whether an owner, an initiator and a grantee have a DisplayName too, which is their ID",
        "public; of versions: assumed",
    ),
    "recreates": ("Whether creating one's own bucket again succeeds in us-east-1", "documented: ibm-cos 8"),
    "archive_rules": (
        "Whether a lifecycle has but one transition: to an archive, of the whole bucket, of what is stored thereafter",
        "documented: IBM's page on archives",
    ),
    "empty_token": (
        "Whether an empty continuation token begins a list of keys, as none does",
        "documented: the example of IBM's page on Python begins with one",
    ),
    "empty_delimiter": (
        "Whether a list of keys without a delimiter has an empty one",
        "public of ListObjects; documented of ListObjectsV2",
    ),
    "object_ownership": (
        "Whether a new bucket has its ACLs off (Object Ownership) and blocks public access",
        "sdk: ibm-cos 9; documented: IBM's page on public access; that nothing is blocked: assumed",
    ),
    "sends_bucket_arn": ("Whether answers have BucketArn", "sdk: ibm-cos 9"),
}
