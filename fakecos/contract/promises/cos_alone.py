"""What IBM COS has or does otherwise, asked by IBM's client: `fakecos verify --dialect ibm`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.answers import http_headers, http_status
from fakecos.contract.steps.names import BUCKET, IBM, KEY
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from collections.abc import Callable

DIALECT = IBM
OBJECT = {"Bucket": BUCKET, "Key": KEY}
ARCHIVE_RULE: dict[str, Any] = {
    "ID": "archive",
    "Status": "Enabled",
    "Filter": {"Prefix": ""},
    "Transitions": [{"Days": 3, "StorageClass": "GLACIER"}],
}
TAG = {"Key": "a", "Value": "b"}
ROOT_KEY = "crn:v1:bluemix:public:kms:us-south:a/1:2:key:3"


def moment_of(header: str) -> dt.datetime:
    """Return the time that a header tells."""
    return dt.datetime.strptime(header, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=dt.timezone.utc)


def put_rules(client: Any, *rules: dict[str, Any]) -> None:
    client.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": list(rules)})


# --- buckets --------------------------------------------------------------------------------------------


@promise
def without_a_constraint_the_class_of_a_bucket_is_standard(make_client: Callable[..., Any]) -> None:
    """Source: assumed; an account may have a default of its own, so another class may come."""
    client = make_client(IBM)
    client.create_bucket(Bucket="own-bucket")
    assert client.get_bucket_location(Bucket="own-bucket")["LocationConstraint"].endswith("-standard")


# --- objects --------------------------------------------------------------------------------------------


@promise
def conditions_of_a_put_are_judged(cos: Service, make_client: Callable[..., Any]) -> None:
    """Source: assumed, as on AWS: IBM's model does not have them."""
    client = make_client(IBM)
    etag = client.put_object(**OBJECT, Body=b"old")["ETag"]
    for headers in ({"If-None-Match": "*"}, {"If-Match": '"other"'}):
        with refused(cos, "PreconditionFailed", status=412), before_signing(client, headers=headers):
            client.put_object(**OBJECT, Body=b"new")
    with before_signing(client, headers={"If-Match": etag}):
        client.put_object(**OBJECT, Body=b"new")
    assert client.get_object(**OBJECT)["Body"].read() == b"new"


@promise
def no_answer_tells_that_an_object_is_encrypted(make_client: Callable[..., Any]) -> None:
    """Source: public; of copies, and where the request asked for it: assumed.

    That the header is not there is asserted of each answer of COS by cos_as_aws.py, which fills it in.
    """
    client = make_client(IBM)
    client.put_object(**OBJECT, Body=b"x", ServerSideEncryption="AES256")
    client.copy_object(Bucket=BUCKET, Key="copy", CopySource=OBJECT, ServerSideEncryption="AES256")
    client.copy_object(Bucket=BUCKET, Key="copy", CopySource=OBJECT)
    assert client.head_object(Bucket=BUCKET, Key="copy")["ContentLength"] == 1


@promise
def a_key_of_kms_is_taken_for_one_of_the_customer_that_is_missing(
    cos: Service, make_client: Callable[..., Any]
) -> None:
    """Source: reported, ibm-cos 4.7."""
    with refused(cos, "InvalidArgument", status=400):
        make_client(IBM).put_object(**OBJECT, Body=b"x", ServerSideEncryption="aws:kms", SSEKMSKeyId=ROOT_KEY)


# --- archives -------------------------------------------------------------------------------------------


@promise
def the_time_when_an_object_will_be_archived_is_told(make_client: Callable[..., Any]) -> None:
    """Source: documented: IBM's page on common headers; that it is a date of HTTP: assumed."""
    client = make_client(IBM)
    put_rules(client, ARCHIVE_RULE)
    client.put_object(**OBJECT, Body=b"x")
    answer = client.head_object(**OBJECT)
    told = moment_of(http_headers(answer)["x-ibm-archive-transition-time"])
    assert dt.timedelta(days=3) <= told - answer["LastModified"] <= dt.timedelta(days=4)


@promise
@cases(("storage_class", "said"), [("GLACIER", "ARCHIVE"), ("ACCELERATED", "ACCELERATED")])
def an_object_that_is_put_into_an_archive_tells_since_when(
    make_client: Callable[..., Any], storage_class: str, said: str
) -> None:
    """Source: documented: IBM's example of GLACIER; of another class, and of one that no rule moved: assumed."""
    client = make_client(IBM)
    client.put_object(**OBJECT, Body=b"x", StorageClass=storage_class)
    answer = client.head_object(**OBJECT)
    text, moment = answer["IbmTransition"].split('", date="')
    assert text == f'transition="{said}'
    assert moment_of(moment.rstrip('"')) == answer["LastModified"]


@promise
@cases(
    "rules",
    [
        [ARCHIVE_RULE, {**ARCHIVE_RULE, "ID": "two"}],
        [{**ARCHIVE_RULE, "Filter": {"Prefix": "logs/"}}],
        [{**ARCHIVE_RULE, "Filter": {"Tag": TAG}}],
        [{**ARCHIVE_RULE, "Filter": {"And": {"Prefix": "", "Tags": [TAG]}}}],
    ],
    ids=["two", "prefix", "tag", "both"],
)
def one_rule_archives_the_whole_bucket(
    cos: Service, make_client: Callable[..., Any], rules: list[dict[str, Any]]
) -> None:
    """Source: documented: "Limit 1 transition rule", and an empty prefix; the code: assumed."""
    with refused(cos, "MalformedXML", status=400):
        put_rules(make_client(IBM), *rules)


# --- replication ----------------------------------------------------------------------------------------


@promise
def a_list_of_failures_says_what_was_asked_for(make_client: Callable[..., Any]) -> None:
    """Source: sdk; the root of the document, and that nothing else is told: assumed."""
    asked = {"MaxKeys": 7, "EncodingType": "url", "FirstSyncAttemptedBefore": "1767225600000"}
    answer = make_client(IBM).list_bucket_replication_failures(Bucket=BUCKET, **asked)
    found = answer["ListReplicationFailureResult"]
    assert found == {"Name": BUCKET, "IsTruncated": False, "KeyCount": 0, **asked}


@promise
@cases(
    "wrong",
    [{"MaxKeys": -1}, {"EncodingType": "gzip"}, {"FirstSyncAttemptedBefore": "today"}, {"ContinuationToken": "x"}],
    ids=str,
)
def a_list_of_failures_judges_what_is_asked_for(
    cos: Service, make_client: Callable[..., Any], wrong: dict[str, Any]
) -> None:
    """Source: assumed, as for other lists."""
    with refused(cos, "InvalidArgument", status=400):
        make_client(IBM).list_bucket_replication_failures(Bucket=BUCKET, **wrong)


@promise
def a_new_attempt_of_a_replication_is_promised(make_client: Callable[..., Any]) -> None:
    """Source: aws-changes 29; that the time is a date of HTTP, and midnight: assumed."""
    answer = make_client(IBM).put_bucket_replication_reattempt(Bucket=BUCKET)
    assert http_status(answer) == 204
    told = moment_of(http_headers(answer)["x-ibm-replication-reattempt-scheduled-time"])
    assert (told.hour, told.minute, told.second) == (0, 0, 0)
