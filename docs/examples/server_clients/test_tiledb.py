from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import tiledb


def write_and_read(address):
    config = {
        "vfs.s3.scheme": "http",
        "vfs.s3.endpoint_override": address,
        "vfs.s3.use_virtual_addressing": "false",
        "vfs.s3.region": "us-east-1",
    }
    context = tiledb.Ctx(config)
    days = np.random.default_rng(1).random(1_500_000)
    tiledb.from_numpy("s3://photos/days", days, ctx=context).close()
    with tiledb.open("s3://photos/days", ctx=context) as array:
        assert (array[10:20] == days[10:20]).all()


def test_tiledb(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    address = fakecos_server.endpoint_url.removeprefix("http://")
    with ProcessPoolExecutor(1, get_context("spawn")) as process:  # one of its own: see the text
        process.submit(write_and_read, address).result()
    assert max(len(found.parts) for found in photos.objects.values()) == 3
