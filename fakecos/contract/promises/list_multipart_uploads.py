"""ListMultipartUploads: pages by key and, within a key, by time of creation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.altered_requests import after_signing
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload


def expected_page(**more: Any) -> dict[str, Any]:
    """Return the answer of a bucket without uploads, with changes: every other member is absent."""
    return {
        "Bucket": BUCKET,
        "IsTruncated": False,
        "KeyMarker": "",
        "MaxUploads": 1000,
        "NextKeyMarker": "",
        "NextUploadIdMarker": "",
        "UploadIdMarker": "",
        **more,
    }


def listed(client: Any, **more: Any) -> Any:
    return members_of(client.list_multipart_uploads(Bucket=BUCKET, **more))


def ids(client: Any, **more: Any) -> list[str]:
    uploads = client.list_multipart_uploads(Bucket=BUCKET, **more).get("Uploads", [])
    return [upload["UploadId"] for upload in uploads]


@promise
def a_bucket_without_uploads(client: Any) -> None:
    """Source: recorded aws-multipart 57: empty strings, and no Uploads."""
    assert listed(client) == expected_page()


@promise
def within_a_key_the_order_is_that_of_creation(client: Any) -> None:
    """Source: recorded aws-multipart 57."""
    created = [create_upload(client, "same") for _ in range(12)]
    assert ids(client) == created
    assert ids(client, KeyMarker="same", UploadIdMarker=created[4]) == created[5:]


@promise
def two_markers_continue_behind_that_upload(client: Any) -> None:
    """Source: documented; recorded aws-multipart 57."""
    first, second, third = create_upload(client, "a"), create_upload(client, "a"), create_upload(client, "b")
    assert ids(client, KeyMarker="a") == [third]
    assert ids(client, KeyMarker="a", UploadIdMarker=first) == [second, third]


@promise
def an_id_marker_of_another_key_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 58."""
    create_upload(client, "a")
    other = create_upload(client, "b")
    with refused(
        cos,
        "InvalidArgument",
        "Invalid uploadId marker",
        400,
        ArgumentName="upload-id-marker",
        ArgumentValue=other,
    ):
        client.list_multipart_uploads(Bucket=BUCKET, KeyMarker="a", UploadIdMarker=other)


@promise
def the_id_of_an_upload_that_has_ended_is_still_a_marker(client: Any) -> None:
    """Source: assumed: a clean-up aborts what it has listed."""
    first, second = create_upload(client, "a"), create_upload(client, "a")
    client.abort_multipart_upload(Bucket=BUCKET, Key="a", UploadId=first)
    assert ids(client, KeyMarker="a", UploadIdMarker=first) == [second]


@promise
def a_clean_up_page_by_page_ends_with_nothing(client: Any) -> None:
    for number in range(7):
        create_upload(client, f"key-{number % 3}")
    for page in client.get_paginator("list_multipart_uploads").paginate(
        Bucket=BUCKET, PaginationConfig={"PageSize": 2}
    ):
        for upload in page.get("Uploads", []):
            client.abort_multipart_upload(Bucket=BUCKET, Key=upload["Key"], UploadId=upload["UploadId"])
    assert ids(client) == []


# --- prefix and delimiter ---------------------------------------------------------------------------------


@promise
def common_prefixes_and_empty_markers(client: Any) -> None:
    """Source: recorded aws-listing 20."""
    for key in ("test/foo/bar/123", "test/foo/bar/456", "test/bar/foo/123"):
        create_upload(client, key)
    more: dict[str, Any] = {"Delimiter": "/", "EncodingType": "url"}
    for prefix, found in (
        ("test/", ["test/bar/", "test/foo/"]),
        ("test/foo/", ["test/foo/bar/"]),
        ("test/foo/bar", ["test/foo/bar/"]),
    ):
        assert listed(client, Prefix=prefix, **more) == expected_page(
            CommonPrefixes=[{"Prefix": name} for name in found], Prefix=prefix, **more
        )


@promise
def a_prefix_lists_only_its_keys(client: Any) -> None:
    create_upload(client, "a/1")
    wanted = create_upload(client, "b/1")
    create_upload(client, "c/1")
    assert ids(client, Prefix="b/") == [wanted]
    assert ids(client, Prefix="d") == []


# --- parameters -------------------------------------------------------------------------------------------


@promise
@cases("value", ["value", ""])
def an_unknown_encoding_is_refused(cos: Service, client: Any, value: str) -> None:
    """Source: recorded aws-multipart 59: an empty one is shown as an empty element."""

    def change(request: Any) -> None:
        request.url += f"&encoding-type={value}"

    with (
        after_signing(client, "ListMultipartUploads", change),
        refused(
            cos,
            "InvalidArgument",
            "Invalid Encoding Method specified in Request",
            400,
            ArgumentName="encoding-type",
            ArgumentValue=value or None,
        ),
    ):
        client.list_multipart_uploads(Bucket=BUCKET)


@promise
def keys_are_encoded_when_asked_for(client: Any) -> None:
    """Source: documented; the client does not decode this list (wire 4)."""
    create_upload(client, "ü ö+")
    found = listed(client, EncodingType="url")
    assert found["Uploads"][0]["Key"] == "%C3%BC+%C3%B6%2B"
    assert found["NextKeyMarker"] == "%C3%BC+%C3%B6%2B"
    assert listed(client)["Uploads"][0]["Key"] == "ü ö+"


@promise
def more_than_1000_is_1000_and_none_is_not_truncated(client: Any) -> None:
    """Source: public."""
    create_upload(client, "a")
    assert listed(client, MaxUploads=5000)["MaxUploads"] == 1000
    assert listed(client, MaxUploads=0) == expected_page(MaxUploads=0)


@promise
def a_bucket_that_is_not_there_is_refused(cos: Service, client: Any) -> None:
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="elsewhere"):
        client.list_multipart_uploads(Bucket="elsewhere")


@promise
def completed_and_aborted_uploads_are_not_listed(client: Any) -> None:
    aborted, kept = create_upload(client, "a"), create_upload(client, "a")
    client.abort_multipart_upload(Bucket=BUCKET, Key="a", UploadId=aborted)
    assert ids(client) == [kept]


@promise
@cases(
    ("text", "message"),
    [
        ("abc", "Provided max-uploads not an integer or within integer range"),
        ("2147483648", "Provided max-uploads not an integer or within integer range"),
        ("-1", "Argument max-uploads must be an integer between 0 and 2147483647"),
    ],
)
def what_is_no_count_is_refused(cos: Service, send: ByHand, text: str, message: str) -> None:
    """Source: public."""
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="max-uploads", ArgumentValue=text):
        send("GET", f"/{BUCKET}", f"uploads&max-uploads={text}")


@promise
def max_uploads_is_judged_before_the_encoding_and_that_before_the_marker(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public."""
    other = create_upload(aws, "b")
    tail = f"key-marker=a&upload-id-marker={other}"
    for query, name in (
        (f"uploads&encoding-type=x&max-uploads=abc&{tail}", "max-uploads"),
        (f"uploads&encoding-type=x&{tail}", "encoding-type"),
        (f"uploads&{tail}", "upload-id-marker"),
    ):
        with refused(cos, "InvalidArgument") as found:
            send("GET", f"/{BUCKET}", query)
        assert found["Error"]["ArgumentName"] == name
