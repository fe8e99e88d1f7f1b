import pytest
from fakecos import ExplorationError

REPORT = b"the report of today"


def publish(s3, report):
    s3.delete_object(Bucket="box", Key="report")
    s3.put_object(Bucket="box", Key="report", Body=report)


def test_the_old_report_is_gone_before_the_new_one_is_there(cos, s3):
    cos.put_object("box", "report", b"yesterday's report")
    with pytest.raises(ExplorationError, match="torn-object"):
        cos.explore(lambda: publish(s3, REPORT))


def publish_at_once(s3, report):
    s3.put_object(Bucket="box", Key="report", Body=report)


def test_there_is_the_old_report_or_the_new_one(cos, s3):
    cos.put_object("box", "report", b"yesterday's report")
    cos.explore(lambda: publish_at_once(s3, REPORT))
