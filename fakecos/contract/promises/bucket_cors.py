"""Put, Get and DeleteBucketCors: the rules as they were put."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

RULE = {"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}
FULL = {
    "AllowedHeaders": ["x-amz-expected-bucket-owner", "x-amz-server-side-encryption-customer-algorithm"],
    "AllowedMethods": ["GET", "PUT", "HEAD"],
    "AllowedOrigins": ["https://test.com", "https://app.test.com", "http://test.com:80"],
    "MaxAgeSeconds": 3000,
}


def put_cors(client: Any, *rules: dict[str, Any]) -> Any:
    return client.put_bucket_cors(Bucket=BUCKET, CORSConfiguration={"CORSRules": list(rules)})


@promise
@cases(
    "rule",
    [
        FULL,
        RULE,
        {"AllowedMethods": ["GET", "PUT", "HEAD"], "AllowedOrigins": [""]},
        {"AllowedMethods": ["GET", "POST", "PUT", "DELETE"], "AllowedOrigins": ["localhost"]},
        {**RULE, "AllowedHeaders": ["x-AMZ-server-SIDE-encryption"], "ExposeHeaders": ["x-amz-id-2"], "ID": "one"},
    ],
    ids=str,
)
def rules_come_back_as_they_were_put(client: Any, rule: dict[str, Any]) -> None:
    """Source: recorded aws-bucket-configuration 8, 36, 38, 42."""
    answer = put_cors(client, rule)
    assert (http_status(answer), members_of(answer)) == (200, {})
    assert members_of(client.get_bucket_cors(Bucket=BUCKET)) == {"CORSRules": [rule]}


@promise
def deleting_succeeds_whether_there_are_rules_or_not(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 39."""
    before = client.delete_bucket_cors(Bucket=BUCKET)
    assert (http_status(before), members_of(before)) == (204, {})
    put_cors(client, RULE)
    after = client.delete_bucket_cors(Bucket=BUCKET)
    assert (http_status(after), members_of(after)) == (204, {})
    message = "The CORS configuration does not exist"
    with refused(cos, "NoSuchCORSConfiguration", message, 404, BucketName=BUCKET):
        client.get_bucket_cors(Bucket=BUCKET)


@promise
def an_unknown_method_is_refused_and_the_rules_stay(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 37."""
    put_cors(client, RULE)
    message = "Found unsupported HTTP method in CORS config. Unsupported method is MYMETHOD"
    with refused(cos, "InvalidRequest", message, 400):
        put_cors(client, {"AllowedMethods": ["GET", "MYMETHOD"], "AllowedOrigins": ["*"]})
    assert members_of(client.get_bucket_cors(Bucket=BUCKET)) == {"CORSRules": [RULE]}


@promise
def no_rules_are_malformed(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 37."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_cors(client)


@promise
@cases(
    ("more", "message"),
    [
        ({"AllowedOrigins": ["http://*.*"]}, 'AllowedOrigin "http://*.*" can not have more than one wildcard.'),
        ({"AllowedHeaders": ["*-*"]}, 'AllowedHeader "*-*" can not have more than one wildcard.'),
        (
            {"ExposeHeaders": ["x-*"]},
            'ExposeHeader "x-*" contains wildcard. We currently do not support wildcard for ExposeHeader.',
        ),
    ],
)
def wildcards_have_their_limits(cos: Service, client: Any, more: dict[str, Any], message: str) -> None:
    """Source: public."""
    with refused(cos, "InvalidRequest", message, 400):
        put_cors(client, {**RULE, **more})


@promise
@cases("element", ["AllowedHeaders", "ExposeHeaders"])
@cases("name", ["two words", "x-a:b", "x(a)", "a/b", "x[a]", "a=b", '"a"', "a@b", "h\u00e9", ""])
def a_name_of_a_header_has_its_characters(cos: Service, client: Any, element: str, name: str) -> None:
    """Source: public: reported of AWS, which says AllowedHeader of either; of the empty name it is assumed."""
    put_cors(client, RULE)
    with refused(cos, "InvalidRequest", f'AllowedHeader "{name}" contains invalid character.', 400):
        put_cors(client, {**RULE, element: ["x-good", name]})
    assert members_of(client.get_bucket_cors(Bucket=BUCKET)) == {"CORSRules": [RULE]}


@promise
def more_than_a_hundred_rules_are_refused(cos: Service, client: Any) -> None:
    """Source: documented limit; the words: public (aws-changes 22)."""
    put_cors(client, *[RULE] * 100)
    with refused(cos, "InvalidRequest", "The number of CORS rules should not exceed allowed limit of 100 rules.", 400):
        put_cors(client, *[RULE] * 101)


@promise
def a_long_id_is_malformed(cos: Service, client: Any) -> None:
    """Source: documented limit; the code: assumed."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_cors(client, {**RULE, "ID": "x" * 256})


@promise
@cases(
    ("more", "message"),
    [
        (
            {"AllowedHeaders": ["a b"], "ExposeHeaders": ["x-*"]},
            'ExposeHeader "x-*" contains wildcard. We currently do not support wildcard for ExposeHeader.',
        ),
        (
            {"AllowedHeaders": ["*-*"], "AllowedOrigins": ["http://*.*"]},
            'AllowedOrigin "http://*.*" can not have more than one wildcard.',
        ),
        (
            {"AllowedHeaders": ["a b", "*-*"], "ExposeHeaders": ["a b", "x-*"]},
            'AllowedHeader "*-*" can not have more than one wildcard.',
        ),
    ],
    ids=["characters, exposed", "headers, origins", "all of them"],
)
def stars_are_judged_before_characters(cos: Service, client: Any, more: dict[str, Any], message: str) -> None:
    """Source: assumed: origins, allowed headers, exposed ones, and then the characters of both."""
    with refused(cos, "InvalidRequest", message, 400):
        put_cors(client, {**RULE, **more})
