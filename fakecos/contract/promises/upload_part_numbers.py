"""The number of a part: 1 to 10,000, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.part_by_hand import part_by_hand

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.altered_requests import after_signing, replace_in_url
from fakecos.contract.steps.answers import http_headers
from fakecos.contract.steps.messages import PART_NUMBER_RANGE
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload, no_such_upload, upload_part

WRONG = ["-1", "0", "10001", "2300000", "4294967296", "9" * 40, "abc", "1.0", "1a", " 1"]


@promise
@cases("number", [-1, 0, 10_001, 2_300_000])
def any_other_number_is_refused(cos: Service, client: Any, number: int) -> None:
    """Source: recorded aws-multipart 11 for -1; public for the others."""
    upload_id = create_upload(client)
    with refused(cos, "InvalidArgument", PART_NUMBER_RANGE, 400, ArgumentName="partNumber", ArgumentValue=str(number)):
        upload_part(client, upload_id, number=number)


@promise
@cases("text", WRONG)
def what_is_no_number_is_refused_and_shown_as_it_came(cos: Service, client: Any, text: str) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    change = replace_in_url("partNumber=1", f"partNumber={text.replace(' ', '%20')}")
    with (
        after_signing(client, "UploadPart", change),
        refused(cos, "InvalidArgument", PART_NUMBER_RANGE, 400, ArgumentName="partNumber", ArgumentValue=text),
    ):
        upload_part(client, upload_id)


@promise
def an_empty_number_is_refused_with_an_empty_value(cos: Service, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    with (
        after_signing(client, "UploadPart", replace_in_url("partNumber=1", "partNumber=")),
        refused(cos, "InvalidArgument", PART_NUMBER_RANGE, 400, ArgumentName="partNumber", ArgumentValue=None),
    ):
        upload_part(client, upload_id)


@promise
def a_missing_number_is_no_request_of_s3(cos: Service, client: Any) -> None:
    """Source: public; whatever else it names: assumed. It must not store an object of that key either."""
    upload_id = create_upload(client)
    with (
        after_signing(client, "UploadPart", replace_in_url("&partNumber=1", "")),
        refused(
            cos,
            "MethodNotAllowed",
            "The specified method is not allowed against this resource.",
            405,
            Method="PUT",
            ResourceType="UPLOAD",
        ) as answer,
    ):
        upload_part(client, upload_id)
    assert http_headers(answer)["allow"] == "DELETE, POST, GET"


@promise
def a_wrong_number_is_told_before_a_wrong_digest(cos: Service, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    with refused(cos, "InvalidArgument", PART_NUMBER_RANGE, 400, ArgumentName="partNumber", ArgumentValue="0"):
        upload_part(client, upload_id, number=0, ContentMD5="__invalid__")


@promise
@cases("query", ["partNumber=1", "partNumber=1&uploadId="])
def a_number_without_an_upload_is_refused(cos: Service, send: ByHand, query: str) -> None:
    """Source: public (the value really is the word)."""
    with refused(
        cos,
        "InvalidArgument",
        "This operation does not accept partNumber without uploadId",
        400,
        ArgumentName="partNumber",
        ArgumentValue="partNumber",
    ):
        send("PUT", f"/{BUCKET}/{KEY}", query, {}, b"x")


@promise
@cases("text", ["0", "abc"])
def an_unknown_upload_is_told_before_a_wrong_number(cos: Service, send: ByHand, text: str) -> None:
    """Source: public."""
    with refused(cos, **no_such_upload("fakeid")):
        part_by_hand(send, "fakeid", b"x", number=text)
