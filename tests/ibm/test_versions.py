"""Version ids of COS: milliseconds in the last group of a UUID, unique and in order (aws-changes 32)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from tests.ibm.conftest import KEY

if TYPE_CHECKING:
    from fakecos import FakeCOS

FORM = re.compile(r"00000000-0000-0000-0000-[0-9a-f]{12}")
NAMED = {"Bucket": BUCKET, "Key": KEY}
NOON = 0x019DF262AB00
"""Milliseconds of the clock of these tests."""


@pytest.fixture(autouse=True)
def versioned(client: Any) -> None:
    client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})


def put(client: Any) -> str:
    return str(client.put_object(**NAMED, Body=b"x")["VersionId"])


def test_an_id_is_the_time_in_milliseconds(clock: Any, client: Any) -> None:
    """Source: aws-changes 32; that the last group is the time: assumed."""
    assert put(client) == f"00000000-0000-0000-0000-{int(clock().timestamp() * 1000):012x}"


def test_ids_are_unique_and_in_order_while_the_clock_stands_still_or_goes_back(clock: Any, client: Any) -> None:
    ids = [put(client) for _ in range(5)]
    clock.move_to("2020-01-01T00:00:00Z")
    ids += [put(client) for _ in range(5)]
    assert all(map(FORM.fullmatch, ids))
    assert ids == sorted(set(ids))
    listed = client.list_object_versions(Bucket=BUCKET)["Versions"]
    assert [row["VersionId"] for row in listed] == ids[::-1]


def test_whatever_makes_a_version_gives_such_an_id(cos: FakeCOS, client: Any) -> None:
    made = [put(client)]
    made.append(client.copy_object(Bucket=BUCKET, Key="copy", CopySource=NAMED)["VersionId"])
    upload_id = create_upload(client, KEY)
    part = completed_part(1, upload_part(client, upload_id, key=KEY))
    made.append(complete_upload(client, upload_id, part, key=KEY)["VersionId"])
    made.append(client.delete_object(**NAMED)["VersionId"])
    deleted = client.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": KEY}]})["Deleted"]
    made.append(deleted[0]["DeleteMarkerVersionId"])
    assert all(map(FORM.fullmatch, made))
    assert made == sorted(set(made))


def test_a_marker_that_a_lifecycle_rule_made_has_such_an_id(cos: FakeCOS, client: Any) -> None:
    rule = {"ID": "expire", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}
    client.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [rule]})
    version = put(client)
    cos.advance(days=2)
    (marker,) = client.list_object_versions(Bucket=BUCKET)["DeleteMarkers"]
    assert FORM.fullmatch(marker["VersionId"])
    assert marker["VersionId"] > version


def test_versions_are_read_deleted_and_listed_after_by_their_ids(client: Any) -> None:
    first, second = put(client), put(client)
    assert client.get_object(**NAMED, VersionId=first)["VersionId"] == first
    page = client.list_object_versions(Bucket=BUCKET, MaxKeys=1)
    assert page["NextVersionIdMarker"] == second
    after = {"KeyMarker": page["NextKeyMarker"], "VersionIdMarker": page["NextVersionIdMarker"]}
    assert [row["VersionId"] for row in client.list_object_versions(Bucket=BUCKET, **after)["Versions"]] == [first]
    client.delete_object(**NAMED, VersionId=first)
    assert [row["VersionId"] for row in client.list_object_versions(Bucket=BUCKET)["Versions"]] == [second]


def test_an_id_that_nobody_gave_out(cos: FakeCOS, client: Any) -> None:
    """Source: assumed: one of the right form is of no version, another one is none."""
    put(client)
    with refused(cos, "NoSuchVersion", status=404):
        client.get_object(**NAMED, VersionId="00000000-0000-0000-0000-000000000001")
    for wrong in ("00000000-0000-0000-0000-00000000001", "00000000-0000-0000-0000-00000000000G", "1"):
        with refused(cos, "InvalidArgument", status=400):
            client.get_object(**NAMED, VersionId=wrong)


def test_a_version_of_cos_is_read_by_a_client_of_aws(client: Any, make_client: Any) -> None:
    version = put(client)
    aws = make_client(AWS)
    assert aws.get_object(**NAMED, VersionId=version)["Body"].read() == b"x"
    assert len(aws.put_object(**NAMED, Body=b"y")["VersionId"]) == 32
