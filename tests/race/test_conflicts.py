"""Requests that are said to commute do: both orders give the same answers and store the same."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from fakecos.explore.returned import comparable
from fakecos.explore.state import capture
from fakecos.faults.injection import FaultInjection
from fakecos.faults.matching import request_of
from fakecos.operations import registry
from fakecos.race import conflicts
from fakecos.race.conflicts import BUCKET as OF_BUCKET
from fakecos.race.conflicts import OBJECT, PART, UPLOAD, Place, Touched, commute, touched
from fakecos.race.serialisable import same_state
from tests.race.programs import BUCKET

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS
    from fakecos.service.call import Answer, Call

    Request = Callable[[Any, dict[str, str]], Any]

HERE = {"Bucket": BUCKET}
TAGS = {"TagSet": [{"Key": "k", "Value": "v"}]}
VERSIONING = {"VersioningConfiguration": {"Status": "Enabled"}}


def upload(key: str, ids: dict[str, str]) -> dict[str, str]:
    return {"Bucket": BUCKET, "Key": key, "UploadId": ids[key]}


def complete(s3: Any, key: str, ids: dict[str, str]) -> Any:
    listed = s3.list_parts(**upload(key, ids))["Parts"]
    parts = [{"PartNumber": part["PartNumber"], "ETag": part["ETag"]} for part in listed]
    return s3.complete_multipart_upload(**upload(key, ids), MultipartUpload={"Parts": parts})


REQUESTS: dict[str, Request] = {
    "get a": lambda s3, _: s3.get_object(**HERE, Key="a")["Body"].read(),
    "head b": lambda s3, _: s3.head_object(**HERE, Key="b")["ETag"],
    "put a": lambda s3, _: s3.put_object(**HERE, Key="a", Body=b"new a"),
    "put b": lambda s3, _: s3.put_object(**HERE, Key="b", Body=b"new b"),
    "put c if absent": lambda s3, _: s3.put_object(**HERE, Key="c", Body=b"c", IfNoneMatch="*"),
    "delete a": lambda s3, _: s3.delete_object(**HERE, Key="a"),
    "delete a and b": lambda s3, _: s3.delete_objects(**HERE, Delete={"Objects": [{"Key": "a"}, {"Key": "b"}]}),
    "copy a to b": lambda s3, _: s3.copy_object(**HERE, Key="b", CopySource=f"{BUCKET}/a")["CopyObjectResult"]["ETag"],
    "copy b to c": lambda s3, _: s3.copy_object(**HERE, Key="c", CopySource=f"{BUCKET}/b")["CopyObjectResult"]["ETag"],
    "tag a": lambda s3, _: s3.put_object_tagging(**HERE, Key="a", Tagging=TAGS),
    "tags of a": lambda s3, _: s3.get_object_tagging(**HERE, Key="a"),
    "list all": lambda s3, _: [each["Key"] for each in s3.list_objects_v2(**HERE).get("Contents", [])],
    "list b": lambda s3, _: [each["ETag"] for each in s3.list_objects_v2(**HERE, Prefix="b").get("Contents", [])],
    "list versions": lambda s3, _: len(s3.list_object_versions(**HERE).get("Versions", [])),
    "create upload": lambda s3, _: len(s3.create_multipart_upload(**HERE, Key="u")),
    "list uploads": lambda s3, _: len(s3.list_multipart_uploads(**HERE).get("Uploads", [])),
    "part 1 of u": lambda s3, ids: s3.upload_part(**upload("u", ids), PartNumber=1, Body=b"other"),
    "part 2 of u": lambda s3, ids: s3.upload_part(**upload("u", ids), PartNumber=2, Body=b"more"),
    "part 3 of u from a": lambda s3, ids: s3.upload_part_copy(
        **upload("u", ids), PartNumber=3, CopySource=f"{BUCKET}/a"
    )["CopyPartResult"]["ETag"],
    "part 1 of v": lambda s3, ids: s3.upload_part(**upload("v", ids), PartNumber=1, Body=b"v"),
    "parts of u": lambda s3, ids: [part["ETag"] for part in s3.list_parts(**upload("u", ids)).get("Parts", [])],
    "complete u": lambda s3, ids: complete(s3, "u", ids)["ETag"],
    "abort u": lambda s3, ids: s3.abort_multipart_upload(**upload("u", ids)),
    "abort v": lambda s3, ids: s3.abort_multipart_upload(**upload("v", ids)),
    "set versioning": lambda s3, _: s3.put_bucket_versioning(**HERE, **VERSIONING),
    "get versioning": lambda s3, _: s3.get_bucket_versioning(**HERE).get("Status"),
    "delete bucket": lambda s3, _: s3.delete_bucket(**HERE),
    "create bucket": lambda s3, _: s3.create_bucket(Bucket="another"),
    "list buckets": lambda s3, _: [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]],
}


class Noting(FaultInjection):
    """Notes what each request touches."""

    def __init__(self, cos: FakeCOS) -> None:
        super().__init__(cos._service, lambda _: None)
        self.touched: list[Touched] = []

    def answer(self, call: Call) -> Answer:
        self.touched.append(touched(request_of(call), call))
        return super().answer(call)


def answer(request: Request, s3: Any, ids: dict[str, str]) -> object:
    try:
        return comparable(request(s3, ids), set(ids.values()), {"ResponseMetadata", "VersionId", "UploadId"})
    except ClientError as error:
        return error.response["Error"]["Code"]


@pytest.fixture
def ids(cos: FakeCOS) -> dict[str, str]:
    """Objects a and b, and uploads of u and v with one part each; the ids of the uploads by their keys."""
    cos.put_object(BUCKET, "a", "a")
    cos.put_object(BUCKET, "b", "b")
    return {key: cos.start_upload(BUCKET, key, [key.encode()]).upload_id for key in ("u", "v")}


@pytest.mark.slow
def test_what_is_said_to_commute_does_by_the_model_itself(cos: FakeCOS, s3: Any, ids: dict[str, str]) -> None:
    before = cos.snapshot()

    def done(names: tuple[str, str]) -> tuple[dict[str, object], Any, list[Touched]]:
        cos.restore(before)
        cos._service.wrapper = noting = Noting(cos)
        answers, parts = {}, []
        for name in names:
            answers[name] = answer(REQUESTS[name], s3, ids)
            parts.append(merged(noting.touched))
            noting.touched = []
        return answers, capture(cos.store), parts

    commuting = 0
    for pair in itertools.combinations(REQUESTS, 2):
        answers, state, (first, second) = done(pair)
        if not commute(first, second):
            continue
        commuting += 1
        others, other_state, _ = done((pair[1], pair[0]))
        assert others == answers, pair
        assert same_state(state, other_state), pair
    cos._service.wrapper = None
    assert commuting > 150, "many pairs commute, or the reduction would leave out nothing"


def merged(parts: list[Touched]) -> Touched:
    """Return what several requests touch together."""
    return Touched(
        tuple(place for part in parts for place in part.reads), tuple(place for part in parts for place in part.writes)
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Touched(writes=(Place(OBJECT, "b", "k"),)), Touched(writes=(Place(OBJECT, "b", "k"),))),
        (Touched(writes=(Place(OBJECT, "b", "k"),)), Touched(reads=(Place(OBJECT, "b", "k"),))),
        (Touched(writes=(Place(OBJECT, "b", "ab"),)), Touched(reads=(Place(OBJECT, "b", "a", is_prefix=True),))),
        (Touched(writes=(Place(OBJECT, "b"),)), Touched(reads=(Place(OBJECT, "b", "k"),))),
        (Touched(writes=(Place(OF_BUCKET, "b"),)), Touched(reads=(Place(OF_BUCKET, None),))),
        (
            Touched(writes=(Place(PART, "b", "k", upload_id="1", part_number=1),)),
            Touched(reads=(Place(PART, "b", "k", upload_id="1"),)),
        ),
    ],
)
def test_what_can_be_told_apart_does_not_commute(one: Touched, other: Touched) -> None:
    assert not commute(one, other)
    assert not commute(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Touched(writes=(Place(OBJECT, "b", "k"),)), Touched(writes=(Place(OBJECT, "b", "l"),))),
        (Touched(writes=(Place(OBJECT, "b", "k"),)), Touched(writes=(Place(OBJECT, "c", "k"),))),
        (Touched(reads=(Place(OBJECT, "b", "k"),)), Touched(reads=(Place(OBJECT, "b", "k"),))),
        (Touched(writes=(Place(OBJECT, "b", "c"),)), Touched(reads=(Place(OBJECT, "b", "a", is_prefix=True),))),
        (
            Touched(writes=(Place(PART, "b", "k", upload_id="1", part_number=1),)),
            Touched(writes=(Place(PART, "b", "k", upload_id="1", part_number=2),)),
        ),
        (
            Touched(writes=(Place(UPLOAD, "b", "k", upload_id="1"),)),
            Touched(writes=(Place(UPLOAD, "b", "k", upload_id="2"),)),
        ),
    ],
)
def test_what_nobody_can_tell_apart_commutes(one: Touched, other: Touched) -> None:
    assert commute(one, other)
    assert commute(other, one)


def test_each_operation_in_the_table_is_one_of_s3() -> None:
    assert conflicts._SPECIAL.keys() <= registry.operations().keys()


def test_the_operations_that_only_read_are_known_by_their_names() -> None:
    """Each other one is taken for one that writes: that costs runs, and loses nothing. Source: our own choice."""
    read = {name for name in registry.operations() if name.startswith(conflicts.READING)}
    assert {"GetObject", "HeadBucket", "ListParts", "SelectObjectContent"} <= read
    assert not {name for name in read if name.startswith(("Put", "Delete", "Create", "Restore"))}
