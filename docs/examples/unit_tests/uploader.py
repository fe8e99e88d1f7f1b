"""An uploader that stands for yours: once with a client of its own, once with a client that it is given."""

from typing import Any

import boto3


def upload(data: bytes, bucket: str, key: str) -> None:
    upload_with(boto3.client("s3"), data, bucket, key)


def upload_with(client: Any, data: bytes, bucket: str, key: str) -> None:
    client.put_object(Bucket=bucket, Key=key, Body=data)
