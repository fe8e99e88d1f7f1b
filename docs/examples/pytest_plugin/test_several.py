def copy(source, target, key):
    body = source.get_object(Bucket="photos", Key=key)["Body"].read()
    target.put_object(Bucket="photos", Key=key, Body=body)


def test_copy_from_one_account_to_another(fakecos_factory):
    ours, theirs = fakecos_factory(), fakecos_factory(dialect="ibm")
    for account in (ours, theirs):
        account.create_bucket("photos")
    ours.put_object("photos", "a.jpg", b"holiday")
    copy(ours.client(), theirs.client(), "a.jpg")
    assert theirs.bucket("photos").objects["a.jpg"].body == b"holiday"
