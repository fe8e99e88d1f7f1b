"""A service beside a fake that answers clients of aiobotocore."""

from __future__ import annotations

import pytest

from fakecos import Beside, FakeCOS
from tests.beside.conftest import BUCKET, KEY, PREFIX, SECRET, client_at

get_session = pytest.importorskip("aiobotocore.session").get_session
pytestmark = pytest.mark.loopback


async def test_what_a_client_of_aiobotocore_asks_is_sent_too() -> None:
    real = FakeCOS(credentials={KEY: SECRET}, id_seed="there")
    with real.serve(tls=True, environment=False) as server:
        given = Beside(client_at(server.endpoint_url, server.ca_bundle), PREFIX, 1000, delete_created=True)
        with FakeCOS(beside=given) as cos:
            async with get_session().create_client("s3") as s3:
                await s3.create_bucket(Bucket=BUCKET)
                await s3.put_object(Bucket=BUCKET, Key="a", Body=b"x")
                async with (await s3.get_object(Bucket=BUCKET, Key="a"))["Body"] as body:
                    assert await body.read() == b"x"
    assert (cos.differences.compared, list(cos.differences)) == (3, [])
