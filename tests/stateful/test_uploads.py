"""Random operations through a client, against an oracle of two dicts that says as simply as possible what S3 has."""

from __future__ import annotations

import hashlib
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from fakecos import FakeCOS, Limits

pytestmark = pytest.mark.slow

BUCKET = "photos"
KEYS = st.sampled_from(["a", "a/b", "a/c", "b"])
NUMBERS = st.integers(1, 4)
BODIES = st.binary(max_size=3)


class Upload:
    """An open upload as the oracle knows it."""

    def __init__(self, key: str, upload_id: str) -> None:
        self.key = key
        self.id = upload_id
        self.parts: dict[int, bytes] = {}


class Uploads(RuleBasedStateMachine):
    """Objects are bytes by key, uploads are parts by number; ended ones are only refused."""

    uploads = Bundle("uploads")
    ended = Bundle("ended")

    @initialize()
    def start(self) -> None:
        self.cos = FakeCOS(limits=Limits(min_part_size=1))
        self.client = boto3.Session("id", "secret", region_name="us-east-1").client(
            "s3", config=Config(retries={"total_max_attempts": 1})
        )
        self.cos.attach(self.client)
        self.cos.create_bucket(BUCKET)
        self.objects: dict[str, bytes] = {}
        self.open: dict[str, Upload] = {}

    def teardown(self) -> None:
        self.cos.stop()

    # --- operations -------------------------------------------------------------------------------------

    @rule(target=uploads, key=KEYS)
    def create(self, key: str) -> Upload:
        upload = Upload(key, self.client.create_multipart_upload(Bucket=BUCKET, Key=key)["UploadId"])
        assert upload.id not in self.open
        self.open[upload.id] = upload
        return upload

    @rule(upload=uploads, number=NUMBERS, body=BODIES)
    def upload_part(self, upload: Upload, number: int, body: bytes) -> None:
        answer = self.client.upload_part(**self.named(upload), PartNumber=number, Body=body)
        assert answer["ETag"] == f'"{md5(body)}"'
        upload.parts[number] = body

    @rule(upload=uploads, number=NUMBERS, body=BODIES)
    def upload_part_with_a_wrong_digest(self, upload: Upload, number: int, body: bytes) -> None:
        wrong = "1B2M2Y8AsgTpgAmY7PhCfg==" if body else "AAAAAAAAAAAAAAAAAAAAAA=="
        self.refused("BadDigest", "upload_part", **self.named(upload), PartNumber=number, Body=body, ContentMD5=wrong)

    @rule(target=ended, upload=consumes(uploads), data=st.data())
    def complete(self, upload: Upload, data: st.DataObject) -> Any:
        chosen = sorted(data.draw(st.sets(st.sampled_from(sorted(upload.parts)), min_size=1))) if upload.parts else []
        # An empty part before the last is smaller than the minimum of one byte.
        if not chosen or not all(upload.parts[number] for number in chosen[:-1]):
            code = "EntityTooSmall" if chosen else "MalformedXML"
            self.refused(code, "complete_multipart_upload", **self.completing(upload, chosen))
            self.client.abort_multipart_upload(**self.named(upload))
        else:
            answer = self.client.complete_multipart_upload(**self.completing(upload, chosen))
            digests = b"".join(bytes.fromhex(md5(upload.parts[number])) for number in chosen)
            assert answer["ETag"] == f'"{md5(digests)}-{len(chosen)}"'
            self.objects[upload.key] = b"".join(upload.parts[number] for number in chosen)
        del self.open[upload.id]
        return upload

    @rule(upload=uploads, number=NUMBERS)
    def complete_with_a_part_that_is_not_there(self, upload: Upload, number: int) -> None:
        if number not in upload.parts:
            parts = [{"PartNumber": number, "ETag": md5(b"")}]
            self.refused(
                "InvalidPart", "complete_multipart_upload", **self.named(upload), MultipartUpload={"Parts": parts}
            )

    @rule(target=ended, upload=consumes(uploads))
    def abort(self, upload: Upload) -> Any:
        self.client.abort_multipart_upload(**self.named(upload))
        del self.open[upload.id]
        return multiple(upload)

    @rule(upload=ended, number=NUMBERS)
    def an_ended_upload_is_gone(self, upload: Upload, number: int) -> None:
        self.refused("NoSuchUpload", "upload_part", **self.named(upload), PartNumber=number, Body=b"x")
        self.refused("NoSuchUpload", "list_parts", **self.named(upload))

    @rule(upload=uploads, key=KEYS)
    def an_upload_is_of_its_key_alone(self, upload: Upload, key: str) -> None:
        if key != upload.key:
            self.refused("NoSuchUpload", "list_parts", **{**self.named(upload), "Key": key})

    @rule(key=KEYS, body=BODIES)
    def put(self, key: str, body: bytes) -> None:
        self.client.put_object(Bucket=BUCKET, Key=key, Body=body)
        self.objects[key] = body

    @rule(key=KEYS)
    def delete(self, key: str) -> None:
        self.client.delete_object(Bucket=BUCKET, Key=key)
        self.objects.pop(key, None)

    @rule(key=KEYS)
    def get(self, key: str) -> None:
        if key in self.objects:
            assert self.client.get_object(Bucket=BUCKET, Key=key)["Body"].read() == self.objects[key]
        else:
            self.refused("NoSuchKey", "get_object", Bucket=BUCKET, Key=key)

    @rule(upload=uploads, size=st.integers(1, 3))
    def list_parts(self, upload: Upload, size: int) -> None:
        pages = self.client.get_paginator("list_parts").paginate(
            **self.named(upload), PaginationConfig={"PageSize": size}
        )
        listed = [(part["PartNumber"], part["Size"]) for page in pages for part in page.get("Parts", [])]
        assert listed == [(number, len(body)) for number, body in sorted(upload.parts.items())]

    @rule(size=st.integers(1, 3), prefix=st.sampled_from(["", "a", "a/"]))
    def list_objects(self, size: int, prefix: str) -> None:
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=BUCKET, Prefix=prefix, PaginationConfig={"PageSize": size}
        )
        listed = [(item["Key"], item["Size"]) for page in pages for item in page.get("Contents", [])]
        assert listed == [(key, len(body)) for key, body in sorted(self.objects.items()) if key.startswith(prefix)]

    @rule(size=st.integers(1, 3))
    def list_uploads(self, size: int) -> None:
        pages = self.client.get_paginator("list_multipart_uploads").paginate(
            Bucket=BUCKET, PaginationConfig={"PageSize": size}
        )
        listed = [(item["Key"], item["UploadId"]) for page in pages for item in page.get("Uploads", [])]
        assert [key for key, _ in listed] == sorted(upload.key for upload in self.open.values())
        assert {upload_id for _, upload_id in listed} == self.open.keys()

    # --- what always holds ------------------------------------------------------------------------------

    @invariant()
    def the_store_is_what_the_oracle_says(self) -> None:
        if not hasattr(self, "cos"):
            return
        bucket = self.cos.store.buckets[BUCKET]
        assert {key: stored.body for key, stored in bucket.objects.items()} == self.objects
        assert bucket.uploads.keys() == self.open.keys()
        sizes = [len(body) for upload in self.open.values() for body in upload.parts.values()]
        assert self.cos.store.billed_bytes == sum(map(len, self.objects.values())) + sum(sizes)

    # --- short ways -------------------------------------------------------------------------------------

    def named(self, upload: Upload) -> dict[str, Any]:
        return {"Bucket": BUCKET, "Key": upload.key, "UploadId": upload.id}

    def completing(self, upload: Upload, numbers: list[int]) -> dict[str, Any]:
        parts = [{"PartNumber": number, "ETag": md5(upload.parts[number])} for number in numbers]
        return {**self.named(upload), "MultipartUpload": {"Parts": parts}}

    def refused(self, code: str, operation: str, **keywords: Any) -> None:
        with pytest.raises(ClientError) as caught:
            getattr(self.client, operation)(**keywords)
        assert caught.value.response["Error"]["Code"] == code


def md5(body: bytes) -> str:
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


TestUploads = Uploads.TestCase
TestUploads.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
