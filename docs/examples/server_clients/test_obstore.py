import obstore
from obstore.store import S3Store

MIB = 1024 * 1024


def test_obstore(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    store = S3Store(
        "photos",
        endpoint=fakecos_server.endpoint_url,
        access_key_id="any",
        secret_access_key="any",
        region="us-east-1",
        client_options={"allow_http": True},
    )
    obstore.put(store, "holiday.bin", bytes(11 * MIB), chunk_size=5 * MIB)
    assert len(photos.objects["holiday.bin"].parts) == 3
    assert bytes(obstore.get(store, "holiday.bin").bytes()) == bytes(11 * MIB)
