"""Mistakes with clients, servers and explorations: each row is what was written, and what must be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fakecos import FakeCOS, UsageError

if TYPE_CHECKING:
    from tests.mistakes.conftest import Said


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('cos.client("S3")', 'cos.client("s3"), or cos.client()'),
        ('cos.client("s3", region="eu-west-1")', "those of boto3.client; did you mean region_name?"),
        ('cos.client(endpont_url="x")', "did you mean endpoint_url?"),
        ('cos.client(service_name="s3")', "the service comes first, without a name"),
        ('cos.resource("dynamodb")', 'cos.resource("s3")'),
        ('cos.attach("client")', "Only S3 clients and resources of boto3"),
        ("cos.attach()", "client is missing"),
        ("cos.detach(cos.client())", "This client is not attached to this fake"),
        ("cos.serve(8080)", "write cos.serve(port=8080)"),
        ('cos.serve("0.0.0.0")', "it serves this machine only"),
        ('cos.serve(port="80")', "a port is a whole number up to 65535"),
        ("cos.serve(prot=80)", "did you mean port?"),
        ("cos.serve(https=True)", "write tls=True"),
        ('cos.serve(domain="http://s3.test")', 'as in domain="s3.test"'),
        ("cos.explore()", "act is missing"),
        ("cos.explore(5)", "it is a function without arguments"),
        (
            "cos.explore(lambda s3: None)",
            "it is a function without arguments. Write lambda: upload(s3), which keeps them.",
        ),
        ("cos.explore(print, check=5)", "it is a function of the fake and an Outcome"),
        ("cos.explore(print, check=lambda: True)", "it is a function of the fake and an Outcome"),
        (
            'cos.client("s3", "us-east-1")',
            'all but the service has a name, as in cos.client("s3", region_name="us-east-1")',
        ),
        ('cos.explore(print, failures="SlowDwn")', "There is no failure 'SlowDwn'; did you mean SlowDown?"),
        ('cos.explore(print, failure="all")', "did you mean failures?"),
        ('cos.explore(print, allow=[("leaked-uplod", "why")])', "no kind 'leaked-uplod'; did you mean leaked-upload?"),
        ('cos.explore(print, allow=["leaked-upload"])', "each entry has a reason"),
        ("cos.explore(print, depth=0)", "it is a whole number from 1 on"),
        ('cos.explore(print, sleep="no")', "it is 'virtual' or 'real'"),
    ],
)
def test_the_message_says_what_to_write(said: Said, line: str, message: str) -> None:
    text = said(line)
    assert text.startswith("fakecos.UsageError: ")
    assert message in text


def test_a_site_of_an_operation_that_s3_does_not_have_is_refused() -> None:
    with FakeCOS() as cos, pytest.raises(UsageError, match=r"did you mean ListBuckets\?"):
        cos.explore(lambda: cos.client().list_buckets(), replay="ListBuckts#1=SlowDown")
