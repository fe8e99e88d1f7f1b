def test_one_order_alone(cos, s3):
    cos.put_object("box", "count", "0")

    def deliver():
        count = int(s3.get_object(Bucket="box", Key="count")["Body"].read())
        s3.put_object(Bucket="box", Key="count", Body=str(count + 5))

    def sell():
        count = int(s3.get_object(Bucket="box", Key="count")["Body"].read())
        s3.put_object(Bucket="box", Key="count", Body=str(count - 3))

    race = cos.race(deliver, sell, replay="0110", raise_findings=False)
    assert race.findings[0].stored == ["box/count: 1 bytes b'5'"]
