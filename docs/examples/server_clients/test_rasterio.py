from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import rasterio


def write_and_read(address):
    heights = np.arange(4_000_000, dtype="float32").reshape(1, 2000, 2000)
    place = {"crs": "EPSG:4326", "transform": rasterio.Affine(0.01, 0, 0, 0, -0.01, 50)}
    form = {"driver": "GTiff", "count": 1, "width": 2000, "height": 2000, "dtype": "float32", "tiled": True}
    options = {"AWS_S3_ENDPOINT": address, "AWS_HTTPS": "NO", "AWS_VIRTUAL_HOSTING": "FALSE", "VSIS3_CHUNK_SIZE": "5"}
    with rasterio.Env(CPL_VSIL_USE_TEMP_FILE_FOR_RANDOM_WRITE="YES", **options):
        with rasterio.open("s3://photos/heights.tif", "w", **form, **place) as file:
            file.write(heights)
        with rasterio.open("s3://photos/heights.tif") as file:
            assert (file.read(window=((0, 256), (0, 256))) == heights[:, :256, :256]).all()


def test_rasterio(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    address = fakecos_server.endpoint_url.removeprefix("http://")
    with ProcessPoolExecutor(1, get_context("spawn")) as process:  # one of its own: see the text
        process.submit(write_and_read, address).result()
    assert len(photos.objects["heights.tif"].parts) == 4
