import pytest
from botocore.exceptions import ClientError
from fakecos import RaceError

AGAIN = {"PreconditionFailed", "ConditionalRequestConflict"}


def add(s3, amount):
    count = int(s3.get_object(Bucket="box", Key="count")["Body"].read())
    s3.put_object(Bucket="box", Key="count", Body=str(count + amount))


def test_two_that_add_lose_one(cos, s3):
    cos.put_object("box", "count", "0")

    def deliver():
        add(s3, 5)

    def sell():
        add(s3, -3)

    with pytest.raises(RaceError, match="lost-update"):
        cos.race(deliver, sell)


def add_on_condition(s3, amount):
    while True:
        answer = s3.get_object(Bucket="box", Key="count")
        count = int(answer["Body"].read())
        try:
            return s3.put_object(Bucket="box", Key="count", Body=str(count + amount), IfMatch=answer["ETag"])["ETag"]
        except ClientError as error:
            if error.response["Error"]["Code"] not in AGAIN:
                raise


def test_with_a_condition_none_is_lost(cos, s3):
    cos.put_object("box", "count", "0")
    cos.race(lambda: add_on_condition(s3, 5), lambda: add_on_condition(s3, -3), failures=["409"])
