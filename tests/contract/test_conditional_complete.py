"""Complete with If-Match and If-None-Match: 412, 409 and 404, by what happened to the key since Create.

IBM's model has neither on Complete (ibm-cos 1.6).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.digests import md5
from fakecos.contract.steps.messages import HEADER_NOT_IMPLEMENTED, PRECONDITION_FAILED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.contract.steps.versions import enable_versioning, put_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos import FakeCOS

KEY = "test-precondition"
ETAG = f'"{md5(b"test")}"'
CONFLICT = "The conditional request cannot succeed due to a conflicting operation against this resource."


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    """The order of writes is counted, so that a clock that stands still does not matter."""
    with time_machine.travel(dt.datetime(2026, 2, 21, tzinfo=dt.timezone.utc), tick=False):
        yield


def put_and_get_etag(client: Any, body: bytes = b"test") -> str:
    return str(client.put_object(Bucket=BUCKET, Key=KEY, Body=body)["ETag"])


def delete_object(client: Any) -> None:
    client.delete_object(Bucket=BUCKET, Key=KEY)


class Upload:
    """An open upload with one part, to be completed under a condition."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.upload_id = create_upload(client, KEY)
        self.part = completed_part(1, upload_part(client, self.upload_id, b"test", key=KEY))

    def complete(self, **condition: str) -> Any:
        return complete_upload(self.client, self.upload_id, self.part, key=KEY, **condition)


def failed(condition: str) -> dict[str, Any]:
    return {"code": "PreconditionFailed", "message": PRECONDITION_FAILED, "status": 412, "Condition": condition}


def conflict(condition: str) -> dict[str, Any]:
    return {
        "code": "ConditionalRequestConflict",
        "message": CONFLICT,
        "status": 409,
        "Condition": condition,
        "Key": KEY,
    }


def test_if_none_match_with_an_object_and_after_its_deletion(cos: FakeCOS, aws: Any) -> None:
    """Source: recorded aws-multipart 51: 412; deleted after Create 409; a new upload succeeds."""
    put_and_get_etag(aws)
    upload = Upload(aws)
    with refused(cos, **failed("If-None-Match")):
        upload.complete(IfNoneMatch="*")
    delete_object(aws)
    with refused(cos, **conflict("If-None-Match")):
        upload.complete(IfNoneMatch="*")
    assert Upload(aws).complete(IfNoneMatch="*")["Key"] == KEY


def test_if_none_match_with_an_object_put_meanwhile(cos: FakeCOS, aws: Any) -> None:
    """Source: recorded aws-multipart 69: 412, not 409."""
    upload = Upload(aws)
    put_and_get_etag(aws)
    with refused(cos, **failed("If-None-Match")):
        upload.complete(IfNoneMatch="*")


def test_if_none_match_without_an_object(aws: Any) -> None:
    """Source: documented."""
    assert Upload(aws).complete(IfNoneMatch="*")["Key"] == KEY


def test_if_match_with_a_stale_etag_and_with_one_written_meanwhile(cos: FakeCOS, aws: Any) -> None:
    """Source: recorded aws-multipart 52."""
    stale = put_and_get_etag(aws, b"before")
    put_and_get_etag(aws, b"newer")
    upload = Upload(aws)
    with refused(cos, **failed("If-Match")):
        upload.complete(IfMatch=stale)
    during = put_and_get_etag(aws, b"during")
    with refused(cos, **conflict("If-Match")):
        upload.complete(IfMatch=during)


def test_if_match_after_a_delete_and_after_another_put(cos: FakeCOS, aws: Any) -> None:
    """Source: recorded aws-multipart 53: 404 with the key, then 409."""
    etag = put_and_get_etag(aws)
    upload = Upload(aws)
    delete_object(aws)
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key=KEY):
        upload.complete(IfMatch=etag)
    put_and_get_etag(aws)
    with refused(cos, **conflict("If-Match")):
        upload.complete(IfMatch=etag)


def test_if_match_with_an_identical_object_put_meanwhile(cos: FakeCOS, aws: Any) -> None:
    """Source: recorded aws-multipart 70: 409; a new upload gives the recorded object."""
    etag = put_and_get_etag(aws)
    upload = Upload(aws)
    assert put_and_get_etag(aws) == etag == ETAG
    with refused(cos, **conflict("If-Match")):
        upload.complete(IfMatch=etag)
    answer = members_of(Upload(aws).complete(IfMatch=etag))
    answer.pop("Location")
    assert answer == {
        "Bucket": BUCKET,
        "ChecksumCRC64NVME": "+bu+zv66sUM=",
        "ChecksumType": "FULL_OBJECT",
        "ETag": '"60cd54a928cbbcbb6e7b5595bab46a9e-1"',
        "Key": KEY,
        "ServerSideEncryption": "AES256",
    }


def test_a_version_deleted_for_good_is_a_conflict_too(cos: FakeCOS, aws: Any) -> None:
    """Source: recorded aws-multipart 51, 53, for deletes; that one by a version's id counts as such: assumed."""
    enable_versioning(aws)
    etag = put_and_get_etag(aws)
    newer = put_version(aws, KEY, b"newer")
    upload = Upload(aws)
    aws.delete_object(Bucket=BUCKET, Key=KEY, VersionId=newer)
    with refused(cos, **conflict("If-Match")):
        upload.complete(IfMatch=etag)
    assert Upload(aws).complete(IfMatch=etag)["Key"] == KEY


def test_if_match_against_the_etag_of_an_object_in_parts(cos: FakeCOS, aws: Any) -> None:
    """Source: recorded aws-multipart 71."""
    etag = put_and_get_etag(aws)
    multipart = Upload(aws).complete(IfMatch=etag)["ETag"]
    assert multipart == '"60cd54a928cbbcbb6e7b5595bab46a9e-1"'
    upload = Upload(aws)
    with refused(cos, **failed("If-Match")):
        upload.complete(IfMatch=etag)
    assert upload.complete(IfMatch=multipart)["ETag"] == multipart


def test_an_etag_without_quotes_is_taken(aws: Any) -> None:
    """Source: recorded aws-objects 21."""
    put_and_get_etag(aws)
    assert Upload(aws).complete(IfMatch=md5(b"test"))["Key"] == KEY


def test_without_a_condition_a_write_meanwhile_does_not_matter(aws: Any) -> None:
    upload = Upload(aws)
    put_and_get_etag(aws, b"during")
    upload.complete()
    assert aws.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"test"


def test_another_complete_meanwhile_is_a_write(cos: FakeCOS, aws: Any) -> None:
    """Source: by analogy with recorded aws-multipart 52, 70."""
    put_and_get_etag(aws)
    first, second = Upload(aws), Upload(aws)
    etag = first.complete()["ETag"]
    with refused(cos, **conflict("If-Match")):
        second.complete(IfMatch=etag)


# --- values that S3 does not take -------------------------------------------------------------------------

SEVERAL = "Multiple conditional request headers present in the request"


def value_of(header: str) -> str:
    return f"We don't accept the provided value of {header} header for this API"


@pytest.mark.parametrize(
    ("condition", "header", "more"),
    [
        ({"IfNoneMatch": ETAG}, "If-None-Match", value_of("If-None-Match")),
        ({"IfNoneMatch": ""}, "If-None-Match", value_of("If-None-Match")),
        ({"IfMatch": "*"}, "If-Match", value_of("If-Match")),
        ({"IfMatch": ETAG, "IfNoneMatch": "*"}, "If-Match,If-None-Match", SEVERAL),
    ],
)
def test_some_values_are_not_implemented(
    cos: FakeCOS, aws: Any, condition: dict[str, str], header: str, more: str
) -> None:
    """Source: public for Complete, recorded aws-multipart 54 for PutObject."""
    upload = Upload(aws)
    wants = {"Header": header, "additionalMessage": more}
    with refused(cos, "NotImplemented", HEADER_NOT_IMPLEMENTED, 501, **wants):
        upload.complete(**condition)
    with refused(cos, "NotImplemented", HEADER_NOT_IMPLEMENTED, 501, **wants):
        aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"x", **condition)


def test_an_empty_if_match_is_refused(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    message = "The value provided for the If-Match query parameter cannot be empty for this API."
    upload = Upload(aws)
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="If-Match"):
        upload.complete(IfMatch="")


def test_both_conditions_are_refused_first_of_all(cos: FakeCOS, aws: Any) -> None:
    """Source: public: before the upload is looked for."""
    with refused(cos, "NotImplemented"):
        complete_upload(aws, "fakeid", key=KEY, IfMatch=ETAG, IfNoneMatch="*")
