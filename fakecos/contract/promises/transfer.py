"""The transfers of boto3 and ibm_boto3, unchanged and with threads: files, streams, copies, resources, waiters."""

from __future__ import annotations

import random
from typing import Any

from fakecos.contract.promise import promise
from fakecos.contract.steps.names import BUCKET, KEY, MIB
from fakecos.contract.steps.raising import raises
from fakecos.contract.steps.uploads import create_upload

SIZE = 12 * MIB + 345
BODY = random.Random(7).randbytes(MIB) * 12 + b"tail" * 86 + b"!"


@promise
def waiters_end_when_the_object_is_there_and_gone(client: Any) -> None:
    client.get_waiter("bucket_exists").wait(Bucket=BUCKET)
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    client.get_waiter("object_exists").wait(Bucket=BUCKET, Key=KEY)
    client.delete_object(Bucket=BUCKET, Key=KEY)
    client.get_waiter("object_not_exists").wait(Bucket=BUCKET, Key=KEY)
    client.get_waiter("bucket_not_exists").wait(Bucket="nothing-here")


@promise
def a_waiter_sees_an_upload_only_after_complete(client: Any) -> None:
    create_upload(client)
    with raises(Exception, match="Max attempts exceeded"):
        client.get_waiter("object_exists").wait(Bucket=BUCKET, Key=KEY, WaiterConfig={"Delay": 0, "MaxAttempts": 2})


@promise
def paginators_walk_objects_and_uploads(client: Any) -> None:
    for number in range(5):
        client.put_object(Bucket=BUCKET, Key=f"object-{number}", Body=b"")
        create_upload(client, f"upload-{number}")
    objects = client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, PaginationConfig={"PageSize": 2})
    uploads = client.get_paginator("list_multipart_uploads").paginate(Bucket=BUCKET, PaginationConfig={"PageSize": 2})
    assert [item["Key"] for page in objects for item in page["Contents"]] == [f"object-{n}" for n in range(5)]
    assert [item["Key"] for page in uploads for item in page["Uploads"]] == [f"upload-{n}" for n in range(5)]
