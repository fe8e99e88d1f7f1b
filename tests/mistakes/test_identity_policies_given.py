"""Mistakes in identity policies: each row is what was written, and what must be said when it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.mistakes.conftest import Said

STATEMENT = '"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*"'


@pytest.mark.parametrize(
    ("element", "message"),
    [
        ('"Principal": "*"', "an identity policy has no Principal: it is of the user itself"),
        ('"Effect": "allow"', 'Effect is "Allow" or "Deny", and not \'allow\''),
        ('"Action": "s3:GetObjekt"', "S3 has no action 's3:GetObjekt'; did you mean s3:GetObject?"),
        ('"Action": "GetObject"', "'GetObject' is no action; did you mean \"s3:GetObject\"?"),
        ('"Action": "s3.PutObject"', 'did you mean "s3:PutObject"?'),
        ('"Action": "s3:HeadObject"', "S3 has no action 's3:HeadObject': HeadObject needs s3:GetObject."),
        ('"Action": "s3:ListBuckets"', "ListBuckets needs s3:ListAllMyBuckets."),
        (
            '"Action": "kms:GenerateDatakeys"',
            "KMS has no action 'kms:GenerateDatakeys'; did you mean kms:GenerateDataKey",
        ),
        ('"Action": "s3:Nothing*"', "S3 has no action 's3:Nothing*'"),
        ('"Action": []', "Action is text, or a list of texts, and not []"),
        ('"NotAction": "s3:*"', "write one of Action and NotAction; both are there"),
        ('"Resource": "photos/*"', 'did you mean "arn:aws:s3:::photos/*"?'),
        ('"Resource": "s3://photos/a"', 'did you mean "arn:aws:s3:::photos/a"?'),
        ('"Resource": "arn:aws:s3:::photos/${aws:user}"', "the variable ${aws:user} is not known here"),
        ('"Resource": "arn:aws:s3:::photos/${aws:username"', "does not end: it is written as ${aws:username}"),
        ('"Resource": "arn:aws:s3:::photos/${aws:username, x}"', "a default stands in single quotes"),
        ('"Resource": "arn:aws:s3:::a/${aws:PrincipalTag/team}"', "Tags of users, roles and buckets are not kept here"),
        ('"Condition": {"StringEqual": {"s3:prefix": "a"}}', "did you mean StringEquals?"),
        ('"Condition": {"BinaryEquals": {"s3:prefix": "a"}}', "the condition operator 'BinaryEquals' is not evaluated"),
        ('"Condition": {"StringEquals": {"aws:usrname": "a"}}', "Did you mean aws:username?"),
        (
            '"Condition": {"StringEquals": {"aws:AssumedRoot": "1"}}',
            "the condition key 'aws:AssumedRoot' is not evaluated. AWS has it, and nothing here says what its value",
        ),
        ('"Condition": {"StringEquals": {"kms:ResourceAliases": "alias/a"}}', "is not evaluated. AWS has it"),
        ('"Condition": {"Bool": {"aws:SecureTransport": "yes"}}', "'yes' is no value that Bool compares"),
        ('"Condition": {"StringEquals": "a"}', "is an object of keys and their values"),
        ('"Sid": "a b"', "Sid 'a b': IAM takes letters and digits alone"),
        ('"Conditions": {}', "there is no element 'Conditions'; did you mean Condition?"),
    ],
)
@pytest.mark.parametrize("call", ["FakeCOS(identity_policy=", 'cos.account("123456789012").create_user("a", policy='])
def test_a_mistake_in_a_statement_is_told_when_it_is_given(said: Said, call: str, element: str, message: str) -> None:
    text = said(f'{call}{{"Version": "2012-10-17", "Statement": [{{{STATEMENT}, {element}}}]}})')
    assert text.startswith("fakecos.UsageError: ")
    assert "statement 1" in text
    assert message in text


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ('"role.json"', 'pathlib.Path("policy.json").read_text()'),
        ("__import__('pathlib').Path('role.json')", 'pathlib.Path("policy.json").read_text()'),
        ('"{"', "the text is no JSON"),
        ("5", "a policy is a dict, or the JSON text of one, and not 5"),
        ("{}", "Statement is a list of statements, one at least"),
        (f"{{{STATEMENT}}}", "that is a statement, and a policy is a document with statements"),
        (f'{{"Version": "2012", "Statement": [{{{STATEMENT}}}]}}', 'write "Version": "2012-10-17"'),
        ('{"Version": "2012-10-17", "statement": []}', "did you mean Statement?"),
        ('{"PolicyDocument": {}}', 'The policy is its "PolicyDocument"'),
        (f'[{{"Statement": [{{{STATEMENT}}}]}}, {{"Statement": []}}]', "policy 2: Statement is a list of statements"),
        ('{"Version": "2012-10-17", "Statement": [5]}', "a statement is an object"),
    ],
)
def test_a_mistake_in_a_policy_is_told_when_it_is_given(said: Said, policy: str, message: str) -> None:
    text = said(f"FakeCOS(identity_policy={policy})")
    assert text.startswith("fakecos.UsageError: FakeCOS(identity_policy=...)")
    assert message in text


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("FakeCOS(identity_polcy={})", "did you mean identity_policy?"),
        ("FakeCOS(policy={})", "identity_policy={}"),
        ('cos.account("123456789012").create_user("a", polcy={})', "did you mean policy?"),
        ('cos.account("123456789012").create_user("a b")', "create_user('a b'): a name is 1 to 64 letters"),
        ('cos.account("123456789012").user("a", policy={})', "there is no keyword 'policy'"),
        ('FakeCOS(dialect="ibm", identity_policy={})', "IBM COS has no policies of AWS IAM"),
    ],
)
def test_a_call_that_does_not_fit_says_what_does(said: Said, line: str, message: str) -> None:
    assert message in said(line)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("cos.identity_polcy = {}", "cos.identity_polcy = ...: there is no attribute 'identity_polcy' to set; did you"),
        ("cos.policy = {}", "there is no attribute 'policy' to set. What can be set: identity_policy."),
        ('cos.account("123456789012").create_user("a").polcy = {}', "did you mean policy?"),
        ('cos.account("123456789012").create_user("a").identity_policy = {}', "What can be set: policy."),
        ('cos.account("123456789012").policy = {}', "A user has: cos.account(...).create_user(name, policy=...)."),
    ],
)
def test_a_policy_that_is_set_by_a_wrong_name_is_not_kept_in_silence(said: Said, call: str, message: str) -> None:
    # because: the test would go on, and nothing would be enforced
    assert message in said(call)


def test_a_sid_that_stands_twice_is_told(said: Said) -> None:
    # reported: IAM answers MalformedPolicyDocument, "Statement IDs (SID) in a single policy must be unique."
    one = f'{{{STATEMENT}, "Sid": "A"}}'
    text = said(f'FakeCOS(identity_policy={{"Version": "2012-10-17", "Statement": [{one}, {one}]}})')
    assert "statement 2 (Sid A): statement 1 has that Sid too" in text
