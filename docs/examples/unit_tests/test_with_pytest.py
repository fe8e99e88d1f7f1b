from uploader import upload, upload_with


def test_upload(fakecos):
    photos = fakecos.create_bucket("photos")
    upload(b"holiday", "photos", "a.jpg")
    assert photos.objects["a.jpg"].body == b"holiday"


def test_the_uploader_that_takes_a_client(fakecos, fakecos_client):
    photos = fakecos.create_bucket("photos")
    upload_with(fakecos_client, b"holiday", "photos", "a.jpg")
    assert list(photos.objects) == ["a.jpg"]


def test_it_asks_s3_once(fakecos):
    fakecos.create_bucket("photos")
    upload(b"holiday", "photos", "a.jpg")
    assert fakecos.journal.counts == {"PutObject": 1}
    assert str(fakecos.journal[-1]) == "PutObject photos/a.jpg -> 200"
