"""Complete sent twice, as a client does that lost the answer: the same answer while the object is still there.

Documented ("CompleteMultipartUpload is idempotent") and public, not recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.digests import md5
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, no_such_upload, upload_part
from tests.support.objects import stored_object

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.limits(min_part_size=1)


@pytest.fixture
def completed(client: Any) -> tuple[str, list[dict[str, Any]], Any]:
    """An upload that was completed: its id, its list of parts, and the answer."""
    upload_id = create_upload(client)
    parts = [completed_part(number, upload_part(client, upload_id, b"%d" % number, number)) for number in (1, 2)]
    return upload_id, parts, complete_upload(client, upload_id, *parts)


def test_the_same_list_gives_the_same_answer(cos: FakeCOS, client: Any, completed: Any) -> None:
    upload_id, parts, answer = completed
    kept = stored_object(cos)
    assert members_of(complete_upload(client, upload_id, *parts)) == members_of(answer)
    assert stored_object(cos) is kept


def test_it_may_be_repeated_many_times(client: Any, completed: Any) -> None:
    upload_id, parts, answer = completed
    for _ in range(5):
        assert complete_upload(client, upload_id, *parts)["ETag"] == answer["ETag"]


@pytest.mark.parametrize("change", ["fewer", "another etag", "another number"])
def test_another_list_is_no_such_upload(cos: FakeCOS, client: Any, completed: Any, change: str) -> None:
    """Source: public for another ETag; assumed for the others."""
    upload_id, parts, _ = completed
    changed = {
        "fewer": parts[:1],
        "another etag": [parts[0], {**parts[1], "ETag": md5(b"other")}],
        "another number": [parts[0], {**parts[1], "PartNumber": 3}],
    }[change]
    with refused(cos, **no_such_upload(upload_id)):
        complete_upload(client, upload_id, *changed)


def test_after_the_object_was_overwritten_it_is_no_such_upload(cos: FakeCOS, client: Any, completed: Any) -> None:
    """Source: public."""
    upload_id, parts, _ = completed
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"newer")
    with refused(cos, **no_such_upload(upload_id)):
        complete_upload(client, upload_id, *parts)


def test_after_the_object_was_deleted_it_is_no_such_upload(cos: FakeCOS, client: Any, completed: Any) -> None:
    """Source: public."""
    upload_id, parts, _ = completed
    client.delete_object(Bucket=BUCKET, Key=KEY)
    with refused(cos, **no_such_upload(upload_id)):
        complete_upload(client, upload_id, *parts)


def test_for_another_key_it_is_no_such_upload(cos: FakeCOS, client: Any, completed: Any) -> None:
    upload_id, parts, _ = completed
    with refused(cos, **no_such_upload(upload_id)):
        complete_upload(client, upload_id, *parts, key="another")


def test_an_aborted_upload_is_never_completed(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    part = completed_part(1, upload_part(client, upload_id))
    client.abort_multipart_upload(Bucket=BUCKET, Key=KEY, UploadId=upload_id)
    with refused(cos, **no_such_upload(upload_id)):
        complete_upload(client, upload_id, part)


@pytest.mark.parametrize("more", [{"IfNoneMatch": "*"}, {"IfMatch": '"other"'}, {"MpuObjectSize": 99}])
def test_conditions_and_sizes_of_the_repetition_are_ignored(aws: Any, more: dict[str, Any]) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    part = completed_part(1, upload_part(aws, upload_id))
    answer = complete_upload(aws, upload_id, part)
    assert complete_upload(aws, upload_id, part, **more)["ETag"] == answer["ETag"]


def test_the_form_of_the_headers_is_still_judged(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    part = completed_part(1, upload_part(aws, upload_id))
    complete_upload(aws, upload_id, part)
    with refused(cos, "NotImplemented"):
        complete_upload(aws, upload_id, part, IfNoneMatch='"other"')
    with refused(cos, "InvalidRequest"):
        complete_upload(aws, upload_id, part, ChecksumSHA256="bad")


@pytest.mark.only_patch("it makes its own client")
def test_a_lost_answer_is_repaired_by_the_clients_own_retry(cos: FakeCOS, aws: Any) -> None:
    """What it is for: botocore sends a request again when the answer did not come."""
    import boto3

    client = boto3.client("s3")  # with its retries
    upload_id = create_upload(aws)
    part = completed_part(1, upload_part(aws, upload_id))
    lost: list[Any] = []

    def lose(request: Any, **_: Any) -> None:
        if not lost:
            complete_upload(aws, upload_id, part)  # it was done, and the first answer never arrives
            lost.append(request)

    client.meta.events.register("before-send.s3.CompleteMultipartUpload", lose)
    assert complete_upload(client, upload_id, part)["Key"] == KEY
    assert len(lost) == 1
