"""ListParts: pages by part number, sparse or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.altered_requests import after_signing
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.digests import md5
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload, no_such_upload, upload_part


def listed(client: Any, upload_id: str, key: str = KEY, **more: Any) -> Any:
    return members_of(client.list_parts(Bucket=BUCKET, Key=key, UploadId=upload_id, **more))


@promise
@cases("name", ["part-number-marker", "max-parts"])
def an_empty_parameter_is_the_default(client: Any, name: str) -> None:
    """Source: recorded aws-multipart 56."""
    upload_id = create_upload(client)
    upload_part(client, upload_id)

    def change(request: Any) -> None:
        request.url += f"&{name}="

    with after_signing(client, "ListParts", change):
        answer = listed(client, upload_id)
    assert (answer["MaxParts"], answer["PartNumberMarker"], answer["NextPartNumberMarker"]) == (1000, 0, 1)
    assert answer["IsTruncated"] is False


@promise
def a_paginator_walks_the_pages(client: Any) -> None:
    upload_id = create_upload(client)
    for number in range(1, 6):
        upload_part(client, upload_id, b"x", number)
    pages = list(
        client.get_paginator("list_parts").paginate(
            Bucket=BUCKET, Key=KEY, UploadId=upload_id, PaginationConfig={"PageSize": 2}
        )
    )
    assert [[part["PartNumber"] for part in page["Parts"]] for page in pages] == [[1, 2], [3, 4], [5]]


@promise
def asking_for_none_is_never_truncated(client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    upload_part(client, upload_id, b"x", 8)
    answer = listed(client, upload_id, MaxParts=0, PartNumberMarker=7)
    assert (answer["MaxParts"], answer["IsTruncated"], answer["NextPartNumberMarker"]) == (0, False, 0)
    assert "Parts" not in answer


@promise
def more_than_1000_is_1000(client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    assert listed(client, upload_id, MaxParts=5000)["MaxParts"] == 1000


@promise
def a_replaced_part_is_listed_once_with_its_new_size(client: Any) -> None:
    upload_id = create_upload(client)
    upload_part(client, upload_id, b"first")
    upload_part(client, upload_id, b"the second")
    (part,) = listed(client, upload_id)["Parts"]
    assert (part["Size"], part["ETag"]) == (10, f'"{md5(b"the second")}"')


@promise
def the_storage_class_is_the_uploads(client: Any) -> None:
    """Source: documented."""
    upload_id = create_upload(client, StorageClass="STANDARD_IA")
    assert listed(client, upload_id)["StorageClass"] == "STANDARD_IA"


@promise
@cases("name", ["max-parts", "part-number-marker"])
@cases(
    ("text", "message"),
    [
        ("abc", "Provided {} not an integer or within integer range"),
        ("2147483648", "Provided {} not an integer or within integer range"),
        ("-1", "Argument {} must be an integer between 0 and 2147483647"),
    ],
)
def what_is_no_count_is_refused(cos: Service, send: ByHand, aws: Any, name: str, text: str, message: str) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    wants = {"ArgumentName": name, "ArgumentValue": text}
    with refused(cos, "InvalidArgument", message.format(name), 400, **wants):
        send("GET", f"/{BUCKET}/{KEY}", f"uploadId={upload_id}&{name}={text}")


@promise
def the_parameters_are_judged_before_the_upload_is_looked_for(cos: Service, send: ByHand) -> None:
    """Source: public."""
    with refused(cos, "InvalidArgument"):
        send("GET", f"/{BUCKET}/{KEY}", "uploadId=fakeid&max-parts=abc")


@promise
def max_parts_is_judged_before_the_marker(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public."""
    query = f"uploadId={create_upload(aws)}&part-number-marker=abc&max-parts=abc"
    with refused(cos, "InvalidArgument") as answer:
        send("GET", f"/{BUCKET}/{KEY}", query)
    assert answer["Error"]["ArgumentName"] == "max-parts"


@promise
def the_first_of_two_values_counts(send: ByHand, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    response = send("GET", f"/{BUCKET}/{KEY}", f"uploadId={upload_id}&max-parts=7&max-parts=8")
    assert isinstance(response.body, bytes)
    assert b"<MaxParts>7</MaxParts>" in response.body


@promise
@cases("empty", ["", "fakeid"])
def an_id_that_is_no_upload_is_not_found(cos: Service, send: ByHand, empty: str) -> None:
    """Source: public."""
    with refused(cos, **{**no_such_upload(empty), "UploadId": empty or None}):
        send("GET", f"/{BUCKET}/{KEY}", f"uploadId={empty}")
