import json

import boto3


def test_write_a_trace(fakecos, tmp_path):
    fakecos.create_bucket("photos")
    boto3.client("s3", region_name="us-east-1").put_object(Bucket="photos", Key="a.jpg", Body=b"holiday")
    fakecos.journal.write_trace(tmp_path / "trace.json")

    events = json.loads((tmp_path / "trace.json").read_text(encoding="utf-8"))["traceEvents"]
    assert [event["name"] for event in events if event["ph"] == "X"] == ["PutObject"]
