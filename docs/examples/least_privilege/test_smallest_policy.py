import json

import boto3
import pytest
from botocore.exceptions import ClientError
from fakecos import FakeCOS


def publish(bucket, name, text):
    """The program: write a page, and keep the one before."""
    s3 = boto3.client("s3")
    try:
        s3.head_object(Bucket=bucket, Key=f"pages/{name}")
    except ClientError:
        pass  # the first one
    else:
        s3.copy_object(Bucket=bucket, Key=f"old/{name}", CopySource=f"{bucket}/pages/{name}")
    s3.put_object(Bucket=bucket, Key=f"pages/{name}", Body=text, ContentType="text/html")


def test_the_smallest_policy(tmp_path):
    with FakeCOS() as cos:
        cos.create_bucket("site")
        publish("site", "index.html", "one")
        publish("site", "index.html", "two")
        policy = cos.required_policy()

    assert policy["Statement"] == [
        {
            "Sid": "ListSite",
            "Effect": "Allow",
            "Action": ["s3:ListBucket"],
            "Resource": ["arn:aws:s3:::site"],
        },
        {
            "Sid": "WriteObjectsInSite",
            "Effect": "Allow",
            "Action": ["s3:PutObject"],
            "Resource": ["arn:aws:s3:::site/old/index.html"],
        },
        {
            "Sid": "ReadWriteObjectsInSite",
            "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:PutObject"],
            "Resource": ["arn:aws:s3:::site/pages/index.html"],
        },
    ]
    (tmp_path / "policy.json").write_text(json.dumps(policy, indent=2))


def test_it_suffices():
    with FakeCOS() as cos:
        cos.create_bucket("site")
        publish("site", "index.html", "one")
        policy = cos.required_policy()

    with FakeCOS(identity_policy=policy) as cos:
        cos.create_bucket("site")
        publish("site", "index.html", "one")
        with pytest.raises(ClientError, match="not authorized to perform: s3:DeleteObject"):
            boto3.client("s3").delete_object(Bucket="site", Key="pages/index.html")


def test_many_keys_and_generated_names():
    with FakeCOS() as cos:
        cos.create_bucket("site")
        for name in ("about", "contact", "index", "news"):
            publish("site", f"{name}.html", "text")
        boto3.client("s3").put_object(Bucket="site", Key="logs/2026-11-29.txt", Body=b"4 pages")
        resources = [resource for one in cos.required_policy()["Statement"] for resource in one["Resource"]]
        exact = [resource for one in cos.required_policy(exact=True)["Statement"] for resource in one["Resource"]]

    assert resources == ["arn:aws:s3:::site", "arn:aws:s3:::site/logs/*", "arn:aws:s3:::site/pages/*"]
    assert "arn:aws:s3:::site/logs/2026-11-29.txt" in exact


def test_each_role_has_its_own():
    with FakeCOS() as cos:
        cos.create_bucket("site")
        reader = cos.account("123456789012").create_user("reader", policy=None)
        boto3.client("s3").put_object(Bucket="site", Key="pages/index.html", Body=b"text")
        with pytest.raises(ClientError, match="AccessDenied"):
            reader.client().get_object(Bucket="site", Key="pages/index.html")

        (statement,) = cos.required_policy(caller=reader)["Statement"]
        assert statement["Action"] == ["s3:GetObject"]
