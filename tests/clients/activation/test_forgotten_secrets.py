"""Secrets of `credentials=`: no module holds one once its fake has stopped.

Source: our own promise (docs/explanation/decisions/clients.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

LEAK = """
    import gc
    import sys
    import urllib.request

    import boto3
    from fakecos import FakeCOS

    SECRET = "".join(("a-very-", "secret-", "0123456789"))  # no constant of this program holds it

    def held():
        \"\"\"Yield the paths by which a module holds the secret.\"\"\"
        seen, to_do = {}, [(module, None) for name, module in list(sys.modules.items()) if name != "__main__"]
        while to_do:
            found, holder = to_do.pop()
            if isinstance(found, (str, bytes)):
                if SECRET in (found if isinstance(found, str) else found.decode("latin-1")):
                    yield str(holder)[:300]
            elif id(found) not in seen and found is not globals():
                seen[id(found)] = found
                to_do += [(other, found) for other in gc.get_referents(found)]

    def run(start):
        cos = FakeCOS(credentials={"AKIDONE": SECRET})
        start(cos)

    def active(cos):
        with cos:
            s3 = boto3.client("s3")
            s3.create_bucket(Bucket="photos")
            boto3.resource("s3").Bucket("photos").put_object(Key="a", Body=b"1")
            cos.account("222222222222").client().list_buckets()
            url = s3.generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "a"})
            assert urllib.request.urlopen(url).read() == b"1"
            assert list(held())

    def attached(cos):
        cos.client().list_buckets()
        cos.stop()

    def served(cos):
        with cos.serve(environment=True):
            boto3.Session().client("s3").list_buckets()

    def kept(cos):
        with cos:
            boto3.client("s3").list_buckets()
        cos.start()
        cos.stop()

    for start in (active, attached, served, kept):
        run(start)
        gc.collect()
        assert not list(held()), (start, list(held()))
    with FakeCOS(credentials={"AKIDTWO": "another"}):
        boto3.client("s3").list_buckets()
    with FakeCOS():
        assert boto3.Session().get_credentials().access_key == "FAKECOSACCESSKEY"
        boto3.client("s3").list_buckets()
    print("nothing")
"""


@pytest.mark.loopback
@pytest.mark.slow
def test_no_module_holds_a_secret_once_its_fake_has_stopped(run_program: Callable[..., str]) -> None:
    assert run_program(LEAK) == "nothing\n"
