"""A version id in the query of an operation that is about no version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload
from fakecos.contract.steps.versions import ABSENT_VERSION, enable_versioning, put_version

SAID = "This operation does not accept a version-id."


def refusal(version: str) -> dict[str, Any]:
    return {"code": "InvalidArgument", "message": SAID, "ArgumentName": "versionId", "ArgumentValue": version or None}


@promise
@cases("version", ["", "abc", "null", ABSENT_VERSION])
def a_put_and_a_part_take_none(cos: Service, send: ByHand, aws: Any, version: str) -> None:
    """Source: public, answers of AWS: aws-changes 21."""
    enable_versioning(aws)
    upload_id = create_upload(aws)
    with refused(cos, status=400, **refusal(version)):
        send("PUT", f"/{BUCKET}/{KEY}", f"versionId={version}", body=b"1")
    with refused(cos, status=400, **refusal(version)):
        send("PUT", f"/{BUCKET}/{KEY}", f"partNumber=1&uploadId={upload_id}&versionId={version}", body=b"1")


@promise
def the_id_of_a_version_that_is_there_is_refused_alike(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public, an answer of AWS: aws-changes 21."""
    enable_versioning(aws)
    version = put_version(aws, KEY)
    with refused(cos, status=400, **refusal(version)):
        send("PUT", f"/{BUCKET}/{KEY}", f"versionId={version}", body=b"1")


@promise
@cases(
    ("method", "path", "query"),
    [
        ("GET", "", ""),
        ("GET", "", "list-type=2&"),
        ("GET", "", "versioning&"),
        ("GET", "", "uploads&"),
        ("DELETE", "", ""),
        ("POST", f"/{KEY}", "uploads&"),
    ],
)
def other_operations_without_versions_take_none(cos: Service, send: ByHand, method: str, path: str, query: str) -> None:
    """Source: public of the GETs of a bucket; of the others assumed (aws-changes 21)."""
    with refused(cos, status=400, **refusal("abc")):
        send(method, f"/{BUCKET}{path}", f"{query}versionId=abc")


@promise
def a_copy_takes_none_of_its_own(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: assumed, as of a Put (aws-changes 21)."""
    put_version(aws, "source")
    with refused(cos, status=400, **refusal("abc")):
        send("PUT", f"/{BUCKET}/{KEY}", "versionId=abc", {"x-amz-copy-source": f"{BUCKET}/source"})
