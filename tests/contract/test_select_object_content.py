"""SelectObjectContent: answers that a suite which is run on AWS asserts, the object that is read, and the stream."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS
from fakecos.contract.promises.select_object_content import NESTED, ROWS
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.policies import allow
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.selects import (
    CSV,
    events,
    put_table,
    records_of,
    select,
    selected,
)
from fakecos.contract.steps.uploads import upload_in_parts
from fakecos.facts.exceptions import MissingExtraError
from fakecos.operations import select_object_content
from fakecos.operations.select_object_content.events import RECORDS_SIZE
from tests.support.access import set_policy
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from collections.abc import Callable
DUMPED = json.dumps(NESTED).encode()


@pytest.mark.limits(min_part_size=1)
def test_an_object_of_many_parts_is_one_table(aws: Any) -> None:
    # fakecos: a record may lie in two parts
    upload_in_parts(aws, b"a,b\nc", b",d\n", key="table")
    assert selected(aws) == "a,b\nc,d\n"


def test_nobody_selects_even_where_everybody_may_read(cos: FakeCOS, aws: Any, anonymous: Callable[[], Any]) -> None:
    # documented: no anonymous access; the code: public
    put_table(aws, ROWS)
    cos.store.buckets[BUCKET].configurations.pop("PublicAccessBlockConfiguration")
    set_policy(cos, BUCKET, allow("s3:GetObject", f"arn:aws:s3:::{BUCKET}/*"))
    nobody = anonymous()
    assert nobody.get_object(Bucket=BUCKET, Key="table")["Body"].read().decode() == ROWS
    with refused(cos, "AccessDenied", status=403):
        select(nobody)


def select_from(body: str, read: Any) -> None:
    """Ask a fake of its own, which raises what is no answer of S3."""
    with FakeCOS() as fake:
        fake.create_bucket(BUCKET)
        client = fake.client()
        put_table(client, body)
        select(client, read=read)


@pytest.mark.parametrize(
    ("package", "body", "read", "named"),
    [
        ("sqlglot", "a,b", CSV, r"install fakecos\[select\]"),
        ("pyarrow", "PAR1PAR1", {"Parquet": {}}, "install pyarrow"),
    ],
)
def test_without_a_package_the_author_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, package: str, body: str, read: Any, named: str
) -> None:
    # fakecos: the extra; no answer of S3
    monkeypatch.setitem(sys.modules, package, None)
    if package == "sqlglot":
        monkeypatch.delitem(sys.modules, f"{select_object_content.__name__}.sql_dialect", raising=False)
        monkeypatch.delattr(select_object_content, "sql_dialect", raising=False)
    with pytest.raises(MissingExtraError, match=named):
        select_from(body, read)


DOCUMENT_OF_A_REQUEST = (
    "<SelectObjectContentRequest><Expression>SELECT * FROM S3Object</Expression><ExpressionType>SQL</ExpressionType>"
    "<InputSerialization><CSV/></InputSerialization><OutputSerialization><CSV/></OutputSerialization>"
    "</SelectObjectContentRequest>"
)


@pytest.mark.only_patch("a raw request, into this process")
@pytest.mark.parametrize("name", ["Expression", "ExpressionType", "InputSerialization", "OutputSerialization"])
def test_a_member_that_is_missing_is_named(cos: FakeCOS, aws: Any, name: str) -> None:
    # documented: the code; public: the words
    put_table(aws, ROWS)
    body = re.sub(f"<{name}>.*</{name}>", "", DOCUMENT_OF_A_REQUEST).encode()
    message = f"{name} is required. Please check the service documentation and try again."
    with refused(cos, "MissingRequiredParameter", message, 400):
        send_raw(cos, "POST", f"/{BUCKET}/table", "select&select-type=2", body=body)


@pytest.mark.only_patch("a raw request, into this process")
def test_a_range_header_is_refused(cos: FakeCOS, aws: Any) -> None:
    # documented
    put_table(aws, ROWS)
    query, body = "select&select-type=2", DOCUMENT_OF_A_REQUEST.encode()
    assert send_raw(cos, "POST", f"/{BUCKET}/table", query, body=body).status == 200
    with refused(cos, "UnsupportedRangeHeader", status=400):
        send_raw(cos, "POST", f"/{BUCKET}/table", query, {"range": "bytes=0-1"}, body)


def test_many_records_come_in_several_messages(aws: Any) -> None:
    # documented: a record may be split, and Cont may stand anywhere
    rows = "".join(f"{number},{'x' * 50}\n" for number in range(4000))
    put_table(aws, rows)
    found = events(aws)
    assert records_of(found) == rows
    assert {next(iter(event)) for event in found} == {"Records", "Cont", "Stats", "End"}
    assert max(len(event["Records"]["Payload"]) for event in found if "Records" in event) == RECORDS_SIZE


def test_it_is_recorded_like_any_request(cos: FakeCOS, aws: Any) -> None:
    # fakecos
    put_table(aws, ROWS)
    selected(aws)
    call = cos.journal[-1]
    assert (call.operation, call.bucket, call.key, call.status) == ("SelectObjectContent", BUCKET, "table", 200)
