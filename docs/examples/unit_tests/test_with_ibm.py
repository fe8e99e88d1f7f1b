import ibm_boto3


def test_upload_to_cos(fakecos):
    photos = fakecos.create_bucket("photos")
    client = ibm_boto3.client("s3", endpoint_url="https://s3.eu-de.cloud-object-storage.appdomain.cloud")
    client.put_object(Bucket="photos", Key="a.jpg", Body=b"holiday")
    assert photos.objects["a.jpg"].body == b"holiday"
