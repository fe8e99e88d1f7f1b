import time

import pytest
from botocore.exceptions import ClientError
from fakecos import ExplorationError


def store(s3, data):
    while True:
        try:
            return s3.put_object(Bucket="box", Key="log", Body=data)
        except ClientError:
            time.sleep(1)


def test_it_asks_until_somebody_stops_it(cos, s3):
    with pytest.raises(ExplorationError, match="retry-storm"):
        cos.explore(lambda: store(s3, b"a line"))


def store_or_give_up(s3, data):
    for pause in (1, 4, 16):
        try:
            return s3.put_object(Bucket="box", Key="log", Body=data)
        except ClientError:
            time.sleep(pause)
    return s3.put_object(Bucket="box", Key="log", Body=data)


def test_it_gives_up_and_says_so(cos, s3):
    cos.explore(lambda: store_or_give_up(s3, b"a line"))
