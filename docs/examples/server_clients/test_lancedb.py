import lancedb


def test_lancedb(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    options = {"aws_endpoint": fakecos_server.endpoint_url, "allow_http": "true"}
    database = lancedb.connect("s3://photos/vectors", storage_options=options)
    table = database.create_table("days", [{"vector": [1.0, 0.0], "day": 1}, {"vector": [0.0, 1.0], "day": 2}])
    table.add([{"vector": [0.9, 0.1], "day": 3}])
    assert [found["day"] for found in table.search([1.0, 0.0]).limit(2).to_list()] == [1, 3]
    database.drop_table("days")
    assert not photos.objects
