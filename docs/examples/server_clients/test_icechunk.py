import icechunk
import pytest
import zarr


def test_icechunk(fakecos, fakecos_server):
    fakecos.create_bucket("photos")
    storage = icechunk.s3_storage(
        bucket="photos",
        prefix="weather",
        region="us-east-1",
        endpoint_url=fakecos_server.endpoint_url,
        allow_http=True,
        force_path_style=True,
        from_env=True,
    )
    repository = icechunk.Repository.create(storage)
    mine, yours = repository.writable_session("main"), repository.writable_session("main")
    for session in (mine, yours):
        zarr.create_array(session.store, name="sun", shape=(365,), chunks=(100,), dtype="float32")[:] = 7
    mine.commit("a year of sun")
    with pytest.raises(icechunk.ConflictError):
        yours.commit("one more")
    read = icechunk.Repository.open(storage).readonly_session("main")
    assert zarr.open_array(read.store, path="sun", mode="r")[364] == 7
