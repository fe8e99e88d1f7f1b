"""What deletes an object from a bucket only when its replica is safe."""

import boto3


class NotReplicatedError(Exception):
    """The replica of an object will never arrive."""


def move_out(bucket, key):
    """Delete an object that was replicated; return whether it went, False where its replica is still on the way."""
    s3 = boto3.client("s3")
    status = s3.head_object(Bucket=bucket, Key=key).get("ReplicationStatus")
    if status == "PENDING":
        return False
    if status != "COMPLETED":
        raise NotReplicatedError(bucket, key, status)
    s3.delete_object(Bucket=bucket, Key=key)
    return True
