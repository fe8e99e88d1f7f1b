"""Numbers and answers of uploads on COS, and IBM's transfers with what only COS takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ibm_boto3.s3.transfer import TransferConfig

from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload, upload_part
from fakecos.facts.limits import GIB, MIB, TIB
from fakecos.facts.services.ibm import IBM_COS
from tests.ibm.conftest import DAY, KEY

if TYPE_CHECKING:
    from pathlib import Path

    from fakecos import FakeCOS

RULE = {"ID": "all", "Status": "Enabled", "Filter": {"Prefix": ""}}
CUSTOMER = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}


def test_the_limits() -> None:
    """Source: ibm-cos 1.1."""
    limits = IBM_COS.limits
    assert (limits.max_parts, limits.max_part_size, limits.max_object_size) == (10_000, 5 * GIB, 10 * TIB)


def test_part_10001_is_refused(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    with refused(cos, "InvalidArgument", status=400):
        upload_part(client, upload_id, b"x", 10_001)


def test_the_etag_under_a_customer_s_key_is_random(client: Any) -> None:
    """Source: ibm-cos 4.2."""
    upload_id = create_upload(client, **CUSTOMER)
    first, second = (upload_part(client, upload_id, b"same", number, **CUSTOMER)["ETag"] for number in (1, 2))
    assert first != second
    assert re.fullmatch(r'"[0-9a-f]{32}"', first)


def test_a_file_is_uploaded_and_retained(client: Any, protected: str, tmp_path: Path) -> None:
    """Source: documented: IBM's example of upload_file; in parts the SDK gives the period to Create, which has none."""
    path = tmp_path / "contract.pdf"
    path.write_bytes(b"x" * 100)
    client.upload_file(str(path), BUCKET, KEY, ExtraArgs={"RetentionPeriod": 2 * DAY})
    assert client.head_object(Bucket=BUCKET, Key=KEY)["RetentionPeriod"] == 2 * DAY


def test_a_file_in_parts_gets_the_default_of_the_bucket(client: Any, protected: str, tmp_path: Path) -> None:
    path, copy = tmp_path / "contract.pdf", tmp_path / "copy.pdf"
    path.write_bytes(b"x" * (11 * MIB))
    config = TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB, max_concurrency=4)
    client.upload_file(str(path), BUCKET, KEY, Config=config)
    client.download_file(BUCKET, KEY, str(copy), Config=config)
    assert copy.read_bytes() == path.read_bytes()
    answer = client.head_object(Bucket=BUCKET, Key=KEY)
    assert (answer["ETag"][-3:], answer["RetentionPeriod"]) == ('-3"', 10 * DAY)


def test_a_number_of_newer_versions_is_ignored(client: Any, cos: FakeCOS) -> None:
    """Source: ibm-cos 3.1."""
    expiry = {"NoncurrentDays": 3, "NewerNoncurrentVersions": 5}
    rules = {"Rules": [{**RULE, "NoncurrentVersionExpiration": expiry}]}
    client.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration=rules)
    (rule,) = client.get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"]
    assert rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": 3}
