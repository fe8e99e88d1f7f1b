import boto3


def test_what_is_stored(fakecos):  # the fixture comes with fakecos: an empty S3 for this one test
    photos = fakecos.create_bucket("photos")
    boto3.client("s3").put_object(Bucket="photos", Key="a.jpg", Body=b"holiday")  # here goes your code
    assert photos.objects["a.jpg"].body == b"holiday"
