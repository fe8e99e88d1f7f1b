"""Packages imported before, after, or never: each in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

PACKAGES = [("boto3", "botocore"), ("ibm_boto3", "ibm_botocore")]


@pytest.mark.parametrize(("package", "core"), PACKAGES)
def test_a_package_imported_while_active_is_patched_and_undone(
    package: str, core: str, run_program: Callable[..., str]
) -> None:
    run_program(f"""
        import os, sys
        from fakecos import FakeCOS
        heavy = set("boto3 botocore ibm_boto3 ibm_botocore moto requests urllib3".split())
        assert not heavy.intersection(sys.modules)
        environment = dict(os.environ)
        with FakeCOS() as cos:
            cos.create_bucket("photos")
            import {package}
            client = {package}.client("s3")
            assert [bucket["Name"] for bucket in client.list_buckets()["Buckets"]] == ["photos"]
            import {core}.endpoint as endpoint
            assert endpoint.Endpoint._send.__wrapped__
        assert dict(os.environ) == environment
        assert not [finder for finder in sys.meta_path if type(finder).__module__.startswith("fakecos")]
        assert {package}.DEFAULT_SESSION is None
        from {core} import httpsession, signers
        for owner, name in ((endpoint.Endpoint, "_send"), (httpsession.URLLib3Session, "send"),
                            (signers.RequestSigner, "get_auth_instance"), ({package}, "_get_default_session")):
            assert not hasattr(getattr(owner, name), "__wrapped__"), name
        import time
        assert endpoint.time is time
        assert type(endpoint.__spec__.loader).__name__ == "SourceFileLoader"
        assert endpoint.__loader__ is endpoint.__spec__.loader
    """)


@pytest.mark.parametrize(("package", "core"), PACKAGES)
def test_the_other_package_need_not_be_installed(package: str, core: str, run_program: Callable[..., str]) -> None:
    missing = {"boto3": "ibm_", "ibm_boto3": "boto"}[package]
    run_program(f"""
        import sys
        class Missing:
            def find_spec(self, name, path=None, target=None):
                if name.startswith("{missing}"):
                    raise ModuleNotFoundError(name, name=name)
        sys.meta_path.insert(0, Missing())
        import {package}
        from fakecos import FakeCOS
        with FakeCOS():
            assert {package}.client("s3").list_buckets()["Buckets"] == []
        assert "{core}" in sys.modules
    """)


def test_without_boto3_the_message_says_what_to_install(run_program: Callable[..., str]) -> None:
    run_program("""
        import sys
        sys.modules["boto3"] = None
        from fakecos import FakeCOS, UsageError
        with FakeCOS() as cos:
            try:
                cos.client()
            except UsageError as error:
                assert "fakecos[boto3]" in str(error)
            else:
                raise SystemExit("no error")
    """)


def test_a_package_imported_again_while_active_is_patched_again(run_program: Callable[..., str]) -> None:
    run_program("""
        import sys, boto3
        from fakecos import FakeCOS
        with FakeCOS():
            for name in [name for name in sys.modules if name.partition(".")[0] in ("boto3", "botocore", "s3transfer")]:
                del sys.modules[name]
            import boto3 as again
            assert again is not boto3
            assert again.client("s3").list_buckets()["Buckets"] == []
    """)


def test_both_packages_answer_side_by_side_and_share_one_store(run_program: Callable[..., str]) -> None:
    run_program("""
        import boto3, ibm_boto3
        from fakecos import FakeCOS
        with FakeCOS() as cos:
            cos.create_bucket("photos")
            boto3.client("s3").put_object(Bucket="photos", Key="a", Body=b"bytes")
            client = ibm_boto3.client("s3", endpoint_url="https://s3.us-south.cloud-object-storage.appdomain.cloud")
            assert client.get_object(Bucket="photos", Key="a")["Body"].read() == b"bytes"
    """)
