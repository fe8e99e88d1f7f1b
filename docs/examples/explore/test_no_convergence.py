import pytest
from fakecos import ExplorationError


def is_there(s3, key):
    return s3.list_objects_v2(Bucket="box", Prefix=key)["KeyCount"] > 0


def import_day(s3, data):
    if is_there(s3, "done/monday"):
        return
    s3.put_object(Bucket="box", Key="done/monday")
    s3.put_object(Bucket="box", Key="days/monday", Body=data)


def test_a_second_run_takes_the_day_for_done(cos, s3):
    with pytest.raises(ExplorationError, match="no-convergence"):
        cos.explore(lambda: import_day(s3, b"sales"))


def import_day_and_then_say_so(s3, data):
    if is_there(s3, "done/monday"):
        return
    s3.put_object(Bucket="box", Key="days/monday", Body=data)
    s3.put_object(Bucket="box", Key="done/monday")


def test_a_second_run_finishes_the_day(cos, s3):
    cos.explore(lambda: import_day_and_then_say_so(s3, b"sales"))
