import json
import time

import pytest
from botocore.exceptions import ClientError
from fakecos import RaceError


def take(s3, owner, seconds=30):
    """Whether the lock is ours now."""
    lease = json.dumps({"owner": owner, "until": time.time() + seconds})
    try:
        s3.put_object(Bucket="box", Key="lock", Body=lease, IfNoneMatch="*")
    except ClientError as error:
        if error.response["Error"]["Code"] != "PreconditionFailed":
            raise
        return False
    return True


def test_one_of_two_gets_the_lock(cos, s3):
    def check(cos, outcome):
        assert sorted(outcome.returned) == [False, True]

    cos.race(lambda: take(s3, "ann"), lambda: take(s3, "bob"), check=check)


def withdraw(s3, owner, amount):
    while not take(s3, owner):
        lease = json.loads(s3.get_object(Bucket="box", Key="lock")["Body"].read())
        time.sleep(max(0, lease["until"] - time.time()) + 1)
        s3.delete_object(Bucket="box", Key="lock")
    balance = int(s3.get_object(Bucket="box", Key="balance")["Body"].read())
    s3.put_object(Bucket="box", Key="balance", Body=str(balance - amount))
    s3.delete_object(Bucket="box", Key="lock")


def test_a_lease_that_runs_out_protects_nothing(cos, s3):
    cos.put_object("box", "balance", "100")

    def ann():
        withdraw(s3, "ann", 10)

    def bob():
        withdraw(s3, "bob", 1)

    with pytest.raises(RaceError, match="lost-update"):
        cos.race(ann, bob)


def withdraw_fenced(s3, amount):
    """The ETag of the balance is the fence: who comes too late is refused."""
    while True:
        answer = s3.get_object(Bucket="box", Key="balance")
        body = str(int(answer["Body"].read()) - amount)
        try:
            s3.put_object(Bucket="box", Key="balance", Body=body, IfMatch=answer["ETag"])
        except ClientError as error:
            if error.response["Error"]["Code"] != "PreconditionFailed":
                raise
        else:
            return


def test_a_fence_protects(cos, s3):
    cos.put_object("box", "balance", "100")
    cos.race(lambda: withdraw_fenced(s3, 10), lambda: withdraw_fenced(s3, 1))
