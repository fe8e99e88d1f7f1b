"""Tags on COS: fewer characters than on AWS, a prefix of its own, and no digest that is asked for.

Source: documented: IBM's pages on tags and on operations of objects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS
from fakecos.contract.steps.messages import INVALID_TAG_KEY, INVALID_TAG_VALUE
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from tests.ibm.conftest import KEY
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from collections.abc import Callable

ALLOWED = "aZ9 _.*!()`':-"
DOCUMENT = b"<Tagging><TagSet><Tag><Key>source</Key><Value>text</Value></Tag></TagSet></Tagging>"


def tag(client: Any, name: str, value: str) -> None:
    client.put_object_tagging(Bucket=BUCKET, Key=KEY, Tagging={"TagSet": [{"Key": name, "Value": value}]})


def test_all_that_a_tag_may_have(cos: FakeCOS, client: Any) -> None:
    cos.put_object(BUCKET, KEY, b"x")
    tag(client, ALLOWED, ALLOWED)
    assert client.get_object_tagging(Bucket=BUCKET, Key=KEY)["TagSet"] == [{"Key": ALLOWED, "Value": ALLOWED}]


@pytest.mark.parametrize("symbol", ["/", "@", "=", "+", "é", "&", "\t"])
def test_what_a_tag_has_on_aws_and_not_here(cos: FakeCOS, client: Any, symbol: str) -> None:
    cos.put_object(BUCKET, KEY, b"x", Tagging="kept=1")
    with refused(cos, "InvalidTag", INVALID_TAG_KEY, 400):
        tag(client, f"a{symbol}", "1")
    with refused(cos, "InvalidTag", INVALID_TAG_VALUE, 400):
        tag(client, "a", f"1{symbol}")
    assert cos.bucket(BUCKET).objects[KEY].tags == {"kept": "1"}


@pytest.mark.parametrize("prefix", ["ibm:", "aws:"])
def test_a_name_of_the_system_s_own(cos: FakeCOS, client: Any, prefix: str) -> None:
    with refused(cos, "InvalidTag", f"Your TagKey cannot be prefixed with {prefix}", 400):
        client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x", Tagging=f"{prefix}a=1")
    assert not cos.bucket(BUCKET).objects


def test_on_aws_such_names_are_like_any(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    make_client("boto3").put_object(Bucket=BUCKET, Key=KEY, Body=b"x", Tagging="ibm:a=b/c")
    assert cos.bucket(BUCKET).objects[KEY].tags == {"ibm:a": "b/c"}


def test_a_document_without_a_digest() -> None:
    with FakeCOS(dialect="ibm") as cos:
        cos.create_bucket(BUCKET)
        cos.put_object(BUCKET, KEY, b"x")
        send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", "tagging", body=DOCUMENT)
        assert cos.bucket(BUCKET).objects[KEY].tags == {"source": "text"}
