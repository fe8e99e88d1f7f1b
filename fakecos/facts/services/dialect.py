"""What a service is, as data: how a request for it is recognised, and what differs between the services that speak S3.

A service is chosen per request, over one store. docs/reference/dialects.md is made of the services' files: `ABOUT` has
a line for every field below, and each service's file says where its values come from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from fakecos.facts.hosts import Hosts
    from fakecos.facts.ids import Ids
    from fakecos.facts.limits import ServiceLimits

MINUTE = 60
HOUR = 60 * MINUTE
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
"""How a document of AWS begins (recorded aws-objects 14)."""


class Words(NamedTuple):
    """A code and a message."""

    code: str
    message: str


class Dialect(NamedTuple):
    """One service's ways. `table` names the service model that requests are read by.

    How a request for it is recognised:
    - `hosts`: the hosts that are its own, and where clients fetch tokens for it; `endpoint`: the one of a region.
    - `packages`: the clients' packages whose requests are for it at whatever host, `agent`: how their User-Agent
      begins, in lower case ("" where there are none).
    - `token_url`: the address that the answers say which give tokens for it, "" where nobody gives any.

    What it says and does:
    - `headers`: on every answer, `read_headers`: on those to a GET or HEAD; `request_ids`: the headers with the id of
      the request, `host_id`: the one with the extended id, or None.
    - `new_request_id`, `new_upload_id`, `new_version_id`: how ids look; the latter is made of the time too.
    - `milliseconds`: times are stored to the millisecond, and not to the second.
    - `declaration`: how a document begins; `escapes_quotes`: whether a quote in its text is `&quot;`.
    - `refuses`: operations that the service model has and the service does not.
    - `ignored`: parameters that are taken and do nothing, even when they are wrong.
    - `errors`: code of AWS to what this service says; `phrases`: what AWS calls something in its messages to what this
      service calls it; `error_tail`: the last children of `<Error>`;
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
    - `aborts_again`: for a day an upload that was aborted or completed may be aborted again, which does nothing.
    - `chunks_errors`: the document of an error comes in chunks, without a length.
    - `archive_rules`: a lifecycle moves objects into an archive alone, by one rule for the whole bucket, and only what
      is stored after the rule was made.
    - `inventory_formats`: of an inventory's reports; `bucket_crns`: a bucket is named by its CRN too where it is a
      destination.
    - `empty_token`: an empty continuation token begins a list; `empty_delimiter`: a list of keys without a delimiter
      has an empty one.
    - `blocks_sse_c`: a bucket can block keys of the customer (SSE-C) for what is written.
    - `object_ownership`: buckets have Object Ownership, by which ACLs may be off, and block public access when new.
    - `identity_policies`: callers have policies of AWS IAM.
    """

    name: str
    table: str
    hosts: Hosts
    endpoint: str
    packages: frozenset[str]
    agent: str
    token_url: str
    limits: ServiceLimits
    headers: Mapping[str, str]
    read_headers: Mapping[str, str]
    request_ids: tuple[str, ...]
    host_id: str | None
    new_request_id: Callable[[Ids], str]
    new_upload_id: Callable[[Ids], str]
    new_version_id: Callable[[Ids, dt.datetime], str]
    milliseconds: bool
    declaration: str
    escapes_quotes: bool
    refuses: frozenset[str]
    ignored: frozenset[str]
    errors: Mapping[str, Words]
    phrases: Mapping[str, str]
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
    aborts_again: bool
    chunks_errors: bool
    archive_rules: bool
    inventory_formats: tuple[str, ...]
    bucket_crns: bool
    empty_token: bool
    empty_delimiter: bool
    blocks_sse_c: bool
    object_ownership: bool
    identity_policies: bool
    sends_bucket_arn: bool


# What each field is about.
ABOUT: dict[str, str] = {
    "table": "The service model: which operations and members there are",
    "hosts": "The domains of its hosts",
    "endpoint": "The host of a region",
    "packages": "Client packages that speak to nothing else",
    "agent": "How the User-Agent of its own clients begins",
    "token_url": "IAM's own address, as its answers say it",
    "limits": "Numbers that differ",
    "headers": "Headers of every answer",
    "read_headers": "Further headers of the answers to GET and HEAD",
    "request_ids": "The headers with the id of the request",
    "host_id": "The header with the extended id",
    "new_request_id": "How an id of a request looks",
    "new_upload_id": "How an upload id looks",
    "new_version_id": "How a version id looks",
    "milliseconds": "Whether times have milliseconds",
    "declaration": "How an XML document begins",
    "escapes_quotes": "Whether a quote in the text of an XML document is written as `&quot;`",
    "refuses": "Operations of its service model that it does not have",
    "ignored": "Parameters that are accepted and do nothing, even when they are wrong",
    "errors": "Codes and messages",
    "phrases": "What messages call something",
    "error_tail": "The last children of an error's document",
    "error_fields": "Whether an error's document has the further children of AWS",
    "bucket_slash": "Whether the Resource of a refusal ends with a slash where it is a bucket",
    "upload_conditions": (
        "Whether If-Match and If-None-Match of an upload are given to Create (and judged there and at Complete)"
    ),
    "encryptions": "Values of x-amz-server-side-encryption",
    "archives": "Storage classes that are archived, and the tiers of their restores with the seconds that these take",
    "tag_characters": "Pattern of the names and values of tags",
    "tag_prefixes": "How the name of a tag may not begin",
    "reserved": "Prefixes of bucket names that are reserved besides those of AWS",
    "locations": "Values of LocationConstraint",
    "location": "Location of a bucket that was made by hand",
    "rules": (
        "Rules that the service adds: retention of objects, status of archived ones, service instances with buckets"
    ),
    "names_owners": "Whether an owner, an initiator and a grantee have a DisplayName too, which is their ID",
    "recreates": "Whether creating one's own bucket again succeeds in us-east-1",
    "aborts_again": "Whether AbortMultipartUpload succeeds for a day after the upload was aborted or completed",
    "chunks_errors": "Whether the document of an error comes in chunks, without a length",
    "archive_rules": (
        "Whether a lifecycle has but one transition: to an archive, of the whole bucket, of what is stored thereafter"
    ),
    "inventory_formats": "Formats of an inventory's reports",
    "bucket_crns": "Whether the bucket to which an inventory goes may be named by its CRN",
    "empty_token": "Whether an empty continuation token begins a list of keys, as none does",
    "empty_delimiter": "Whether a list of keys without a delimiter has an empty one",
    "blocks_sse_c": "Whether a bucket can block SSE-C, for what is written",
    "object_ownership": "Whether a new bucket has its ACLs off (Object Ownership) and blocks public access",
    "identity_policies": "Whether callers have policies of AWS IAM",
    "sends_bucket_arn": "Whether answers have BucketArn",
}
