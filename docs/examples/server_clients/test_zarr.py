import zarr
from obstore.store import S3Store
from zarr.storage import ObjectStore


def test_zarr_with_obstore(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    url = fakecos_server.endpoint_url
    store = ObjectStore(S3Store("photos", prefix="sun.zarr", endpoint=url, client_options={"allow_http": True}))
    sun = zarr.create_array(store, shape=(365,), chunks=(100,), dtype="float32")
    sun[:] = 7
    assert set(photos.objects) == {"sun.zarr/zarr.json", *(f"sun.zarr/c/{number}" for number in range(4))}
    assert zarr.open_array(store, mode="r")[364] == 7
