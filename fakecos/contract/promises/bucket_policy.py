"""Put, Get and DeleteBucketPolicy and GetBucketPolicyStatus: grammar and text; who may do what is another matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

import json
from typing import TYPE_CHECKING

from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

ARN = f"arn:aws:s3:::{BUCKET}"
USER = "arn:aws:iam::123456789012:user/alice"
STATEMENT: dict[str, Any] = {
    "Effect": "Allow",
    "Principal": {"AWS": USER},
    "Action": "s3:GetObject",
    "Resource": f"{ARN}/*",
}
PUBLIC = {**STATEMENT, "Principal": {"AWS": "*"}}
NO_POLICY = "The bucket policy does not exist"


def policy(*statements: dict[str, Any], **more: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements), **more})


def put_policy(client: Any, text: str, **more: Any) -> Any:
    return client.put_bucket_policy(Bucket=BUCKET, Policy=text, **more)


def changed(**members: Any) -> dict[str, Any]:
    """Return STATEMENT with other members; None takes one away."""
    return {name: value for name, value in {**STATEMENT, **members}.items() if value is not None}


@promise
def the_life_of_a_policy(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 16, 18."""
    aws.delete_public_access_block(Bucket=BUCKET)
    with refused(cos, "NoSuchBucketPolicy", NO_POLICY, 404, BucketName=BUCKET):
        aws.get_bucket_policy(Bucket=BUCKET)
    text = policy(PUBLIC).replace(": ", " :  ")
    answer = put_policy(aws, text)
    assert (http_status(answer), members_of(answer)) == (204, {})
    assert members_of(aws.get_bucket_policy(Bucket=BUCKET)) == {"Policy": text}
    for _ in range(2):
        answer = aws.delete_bucket_policy(Bucket=BUCKET)
        assert (http_status(answer), members_of(answer)) == (204, {})
    with refused(cos, "NoSuchBucketPolicy", NO_POLICY, 404, BucketName=BUCKET):
        aws.get_bucket_policy(Bucket=BUCKET)
    with refused(cos, "NoSuchBucketPolicy", NO_POLICY, 404, BucketName=BUCKET):
        aws.get_bucket_policy_status(Bucket=BUCKET)


@promise
@cases(
    ("text", "message"),
    [
        ("", "Policies must be valid JSON and the first byte must be '{'"),
        ("random string", "Policies must be valid JSON and the first byte must be '{'"),
        ("{}", "Missing required field Statement"),
    ],
)
def what_is_no_policy(cos: Service, aws: Any, text: str, message: str) -> None:
    """Source: recorded aws-bucket-configuration 17."""
    put_policy(aws, policy(STATEMENT))
    with refused(cos, "MalformedPolicy", message, 400):
        put_policy(aws, text)


@promise
def the_expected_owner(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 19."""
    with refused(cos, "AccessDenied", "Access Denied", 403):
        put_policy(aws, policy(STATEMENT), ExpectedBucketOwner="000000000002")
    assert http_status(put_policy(aws, policy(STATEMENT), ExpectedBucketOwner="123456789012")) == 204


@promise
@cases("owner", ["0000000000020", "0000", "aa000000000$", "abcd"])
def an_expected_owner_that_is_no_account(cos: Service, aws: Any, owner: str) -> None:
    """Source: recorded aws-bucket-configuration 20, 21."""
    message = f"The value of the expected bucket owner parameter must be an AWS Account ID... [{owner}]"
    with refused(cos, "InvalidBucketOwnerAWSAccountID", message, 400):
        put_policy(aws, policy(STATEMENT), ExpectedBucketOwner=owner)
    with refused(cos, "InvalidBucketOwnerAWSAccountID", message, 400):
        aws.get_bucket_policy(Bucket=BUCKET, ExpectedBucketOwner=owner)


# --- the grammar ----------------------------------------------------------------------------------------

NOBODY = "arn:aws:iam::12:user/alice"
PUBLIC_WORDS = [
    ("{", "This policy contains invalid Json", None),
    ('{"a":' * 3000, "This policy contains invalid Json", None),  # too deep for a reader
    (policy(changed(Sid="\ud800")), "This policy contains invalid Json", None),  # half a character (assumed)
    (policy(STATEMENT, Version="2024-01-01"), "The policy must contain a valid version string", None),
    (policy(STATEMENT, Name="a"), "Unknown field Name", None),
    (policy(), "Could not parse the policy: Statement is empty!", None),
    (json.dumps({"Statement": "Allow"}), "Invalid policy syntax.", None),
    (json.dumps({"Id": 1, **json.loads(policy(STATEMENT))}), "Invalid policy syntax.", None),  # public: aws-changes 22
    (policy(changed(Sid=1)), "Invalid policy syntax.", None),  # assumed
    (policy(changed(Effect=None)), "Missing required field Effect", None),
    (policy(changed(Principal=None)), "Missing required field Principal", None),
    (policy(changed(Action=None)), "Missing required field Action", None),
    (policy(changed(Resource=None)), "Missing required field Resource", None),
    (policy(changed(Effect="allow")), "Invalid effect: allow", None),
    # documented: "Using it with Allow is not supported"; the words: assumed
    (policy(changed(Principal=None, NotPrincipal={"AWS": USER})), "Allow with NotPrincipal is not allowed.", None),
    (policy(changed(Sid="a", Who="b")), "Unknown field Who", None),
    (policy(changed(NotAction="s3:PutObject")), "Invalid policy syntax.", None),
    (policy(changed(Action=[])), "Invalid policy syntax.", None),
    (policy(changed(Principal={"AWS": NOBODY})), "Invalid principal in policy", f'"AWS" : "{NOBODY}"'),
    (policy(changed(Principal="alice")), "Invalid principal in policy", '"alice"'),
    (policy(changed(Action="s3:GetObjects")), "Policy has invalid action", "s3:GetObjects"),
    (policy(changed(Action="ec2:*")), "Policy has invalid action", "ec2:*"),
    (policy(changed(Resource="arn:aws:s3:::other/*")), "Policy has invalid resource", "arn:aws:s3:::other/*"),
    (policy(changed(Resource=f"{ARN}-2/*")), "Policy has invalid resource", f"{ARN}-2/*"),
    (policy(changed(Resource=ARN)), "Action does not apply to any resource(s) in statement", None),
    (
        policy(changed(Action=["s3:GetObject", "s3:ListBucket"])),
        "Action does not apply to any resource(s) in statement",
        None,
    ),
    (
        policy(changed(Condition={"StringIs": {"aws:UserAgent": "x"}})),
        "Invalid Condition type : StringIs",
        None,
    ),
    (
        policy(changed(Condition={"StringEquals": {"agent": "x"}})),
        "Policy has an invalid condition key",
        None,
    ),
    (policy(changed(Condition=["x"])), "Invalid policy syntax.", None),
    (policy(changed(Condition={"Bool": {}})), "Invalid policy syntax.", None),
    (policy(changed(Effect=["Allow"])), "Invalid effect: ['Allow']", None),
    (policy(STATEMENT, Version=["2012-10-17"]), "The policy must contain a valid version string", None),
    (json.dumps({"Statement": [STATEMENT]}).replace('"Allow"', "NaN"), "This policy contains invalid Json", None),
    ('{"Statement":' * 5000, "This policy contains invalid Json", None),
    *(
        (policy(changed(Condition={operator: {"aws:UserAgent": value}})), "Invalid policy syntax.", None)
        for operator, value in (
            ("StringEquals", None),
            ("StringEquals", []),
            ("StringEquals", {"a": "b"}),
            ("StringEquals", ["a", ["b"]]),
            ("IpAddress", "10.0.0.0/33"),
            ("ForAnyValue:NotIpAddress", ["10.0.0.0/8", "home"]),
            ("NumericLessThanIfExists", "many"),
            ("NumericEquals", "nan"),
            ("DateGreaterThan", "tomorrow"),
            ("DateLessThan", "9" * 30),
            ("Bool", "yes"),
            ("Null", "no"),
        )
    ),
    (
        policy(changed(Sid="x" * 20_480)),
        "Normalized policy document exceeds the maximum allowed size of 20480 bytes",
        None,
    ),
]


@promise
@cases(("text", "message", "detail"), PUBLIC_WORDS, ids=[str(number) for number in range(len(PUBLIC_WORDS))])
def a_policy_that_breaks_the_grammar(cos: Service, aws: Any, text: str, message: str, detail: str | None) -> None:
    """Source: documented grammar; the words: public, but assumed of Sid, of Allow with NotPrincipal, of half a
    character and of the values of conditions."""
    put_policy(aws, policy(STATEMENT))
    fields = {"Detail": detail} if detail else {}
    with refused(cos, "MalformedPolicy", message, 400, **fields):
        put_policy(aws, text)


@promise
@cases(
    "statement",
    [
        changed(Principal={"AWS": ["123456789012", USER], "Service": "logging.s3.amazonaws.com"}),
        changed(Principal={"CanonicalUser": "a" * 64}),
        changed(Action=["s3:Get*", "S3:listbucket"], Resource=[ARN, f"{ARN}/*"]),
        changed(Action="s3:*"),
        changed(Action=None, NotAction="s3:PutObject"),
        changed(Resource=None, NotResource=f"{ARN}/secret/*", Effect="Deny"),
        changed(Effect="Deny", Principal="*", Condition={"Bool": {"aws:SecureTransport": "false"}}),
        changed(
            Condition={
                "StringLikeIfExists": {"s3:prefix": ["a/*"]},
                "ForAnyValue:StringEquals": {"s3:RequestObjectTagKeys": "a"},
                "Null": {"s3:x-amz-server-side-encryption": "true"},
            }
        ),
    ],
    ids=str,
)
def a_policy_that_keeps_the_grammar(aws: Any, statement: dict[str, Any]) -> None:
    """Source: documented."""
    text = json.dumps({"Id": "any", "Statement": statement})
    assert http_status(put_policy(aws, text)) == 204
    assert aws.get_bucket_policy(Bucket=BUCKET)["Policy"] == text


@promise
@cases(
    ("text", "message", "detail"),
    [
        (policy(changed(Effect="allow"), Name="a"), "Unknown field Name", None),
        (policy(changed(Effect="allow"), Version="2024-01-01"), "The policy must contain a valid version string", None),
        (
            policy(changed(Action="s3:GetObjects"), changed(Effect="allow")),
            "Policy has invalid action",
            "s3:GetObjects",
        ),
        (policy(changed(Effect="allow"), changed(Action="s3:GetObjects")), "Invalid effect: allow", None),
    ],
    ids=["unknown field", "version", "first action", "first effect"],
)
def the_document_is_judged_and_then_each_statement_in_turn(
    cos: Service, aws: Any, text: str, message: str, detail: str | None
) -> None:
    """Source: assumed; the words: public."""
    fields = {"Detail": detail} if detail else {}
    with refused(cos, "MalformedPolicy", message, 400, **fields):
        put_policy(aws, text)


@promise
@cases("resource", [f"{ARN[:-1]}*/*", "arn:aws:s3:::*"])
def a_bucket_with_wildcards_is_no_resource(cos: Service, aws: Any, resource: str) -> None:
    """Source: assumed."""
    with refused(cos, "MalformedPolicy", "Policy has invalid resource", 400, Detail=resource):
        put_policy(aws, policy(changed(Resource=resource)))


@promise
@cases(
    ("operator", "wanted"),
    [("NumericLessThan", "5"), ("DateLessThan", "2100-01-01"), ("IpAddress", "0.0.0.0/0"), ("Bool", "true")],
)
def a_value_that_does_not_read_as_the_operators_type_does_not_pass(aws: Any, operator: str, wanted: str) -> None:
    """Source: assumed: who asks is then not denied."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"x")
    condition = {operator: {"aws:UserAgent": wanted}}
    put_policy(aws, policy(changed(Effect="Deny", Principal="*", Condition=condition)))
    assert aws.get_object(Bucket=BUCKET, Key="key")["Body"].read() == b"x"


@promise
def who_may_not_list_is_not_told_that_an_object_is_missing(cos: Service, aws: Any) -> None:
    """Source: documented: without s3:ListBucket it is a 403; that the refusal names that action: assumed
    (aws-permissions 7)."""
    put_policy(aws, policy(changed(Effect="Deny", Principal="*", Action="s3:ListBucket", Resource=ARN)))
    with refused(cos, "AccessDenied", status=403) as answer:
        aws.get_object(Bucket=BUCKET, Key="no-such-key")
    assert "s3:ListBucket" in answer["Error"]["Message"]


# --- public ---------------------------------------------------------------------------------------------

ADDRESS = "aws:SourceIp"


@promise
@cases(
    ("statement", "public"),
    [
        (STATEMENT, False),
        (PUBLIC, True),
        (changed(Principal="*"), True),
        (changed(Principal=None, NotPrincipal={"AWS": USER}, Effect="Deny"), False),
        (changed(Principal="*", Effect="Deny"), False),
        (changed(Principal="*", Condition={"IpAddress": {ADDRESS: "192.0.2.0/24"}}), False),
        (changed(Principal="*", Condition={"IpAddress": {ADDRESS: "0.0.0.0/1"}}), True),
        (changed(Principal="*", Condition={"StringEquals": {ADDRESS: "anywhere"}}), True),
        (changed(Principal="*", Condition={"StringEquals": {"aws:SourceAccount": 111122223333}}), False),
        (changed(Principal="*", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}}), False),
        (changed(Principal="*", Condition={"StringLike": {"aws:PrincipalOrgID": "o-*"}}), True),
        (changed(Principal="*", Condition={"StringEquals": {"aws:UserAgent": "x"}}), True),
    ],
    ids=str,
)
def the_meaning_of_public(cos: Service, aws: Any, statement: dict[str, Any], public: bool) -> None:
    """Source: documented: "The meaning of public", and BlockPublicPolicy."""
    if public:
        with refused(cos, "AccessDenied", "Access Denied", 403):
            put_policy(aws, policy(statement))
    aws.delete_public_access_block(Bucket=BUCKET)
    put_policy(aws, policy(statement))
    assert members_of(aws.get_bucket_policy_status(Bucket=BUCKET)) == {"PolicyStatus": {"IsPublic": public}}


def is_limited(aws: Any, operator: str, key: str, value: str) -> bool:
    """Whether everybody is not everybody under a condition: the policy is taken, though public ones are blocked."""
    text = policy(changed(Principal="*", Condition={operator: {key: value}}))
    try:
        put_policy(aws, text)
    except aws.exceptions.ClientError:
        aws.delete_public_access_block(Bucket=BUCKET)
        put_policy(aws, text)
        assert aws.get_bucket_policy_status(Bucket=BUCKET)["PolicyStatus"] == {"IsPublic": True}
        return False
    assert aws.get_bucket_policy_status(Bucket=BUCKET)["PolicyStatus"] == {"IsPublic": False}
    return True


LIMITING_KEYS = [
    *("aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:SourceAccount"),
    *("aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceOwner", "aws:SourceVpc", "aws:SourceVpce"),
    *("aws:userid", "s3:DataAccessPointAccount", "s3:DataAccessPointArn"),
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
]


@promise
@cases("key", LIMITING_KEYS)
def a_fixed_value_of_each_of_these_keys_limits_everybody(aws: Any, key: str) -> None:
    """Source: documented by AWS: the meaning of public."""
    assert is_limited(aws, "StringEquals", key, "fixed")


@promise
@cases(
    "operator",
    [
        *("StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike"),
        *("ForAnyValue:StringEquals", "ForAnyValue:StringLike"),
    ],
)
def these_operators_limit_everybody(aws: Any, operator: str) -> None:
    """Source: documented: "The meaning of public": fixed values; that these operators ask for them: assumed."""
    assert is_limited(aws, operator, "aws:SourceArn", "arn:aws:sns:us-east-1:111122223333:topic")


@promise
@cases("operator", ["StringNotEquals", "ArnNotLike", "ForAllValues:StringEquals"])
def operators_that_leave_much_open_limit_nobody(aws: Any, operator: str) -> None:
    """Source: assumed: as above."""
    assert not is_limited(aws, operator, "aws:SourceArn", "arn:aws:sns:us-east-1:111122223333:topic")


@promise
def a_policy_of_raw_bytes_is_kept_to_the_letter(send: ByHand) -> None:
    body = policy(STATEMENT, Id="grüße").encode() + b"\n"
    answer = send("PUT", f"/{BUCKET}", "policy", {"content-md5": md5_base64(body)}, body)
    assert answer.status == 204
    answer = send("GET", f"/{BUCKET}", "policy")
    assert answer.body == body
    assert answer.headers["Content-Type"] == "application/json"
