"""Random operations on a bucket with versions, against an oracle: a list of versions for each key, the newest last."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from fakecos import FakeCOS

pytestmark = pytest.mark.slow

BUCKET = "photos"
KEYS = st.sampled_from(["a", "a/b", "b"])
BODIES = st.binary(max_size=3)
NULL = "null"


class Versions(RuleBasedStateMachine):
    """A version is its id and its bytes, a delete marker its id and None."""

    @initialize()
    def start(self) -> None:
        self.cos = FakeCOS()
        self.client = boto3.Session("id", "secret", region_name="us-east-1").client(
            "s3", config=Config(retries={"total_max_attempts": 1})
        )
        self.cos.attach(self.client)
        self.cos.create_bucket(BUCKET)
        self.status: str | None = None
        self.keys: dict[str, list[tuple[str, bytes | None]]] = {}

    def teardown(self) -> None:
        self.cos.stop()

    # --- operations -------------------------------------------------------------------------------------

    @rule(status=st.sampled_from(["Enabled", "Suspended"]))
    def set_versioning(self, status: str) -> None:
        self.client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": status})
        self.status = status

    @rule(key=KEYS, body=BODIES)
    def put(self, key: str, body: bytes) -> None:
        answer = self.client.put_object(Bucket=BUCKET, Key=key, Body=body)
        assert ("VersionId" in answer) is (self.status == "Enabled")
        self.add(key, answer.get("VersionId", NULL), body)

    @rule(key=KEYS, source=KEYS, data=st.data())
    def copy(self, key: str, source: str, data: st.DataObject) -> None:
        versions = [version for version in self.keys.get(source, []) if version[1] is not None]
        if versions:
            version_id, body = data.draw(st.sampled_from(versions))
            named = {"Bucket": BUCKET, "Key": source, "VersionId": version_id}
            answer = self.client.copy_object(
                Bucket=BUCKET, Key=key, CopySource=named, MetadataDirective="REPLACE", Metadata={}
            )
            assert answer.get("CopySourceVersionId", NULL) == version_id
            assert ("VersionId" in answer) is (self.status is not None)
            self.add(key, answer.get("VersionId", NULL), body)

    @rule(key=KEYS)
    def delete(self, key: str) -> None:
        answer = self.client.delete_object(Bucket=BUCKET, Key=key)
        if self.status is None:
            self.keys.pop(key, None)
        else:
            self.add(key, answer["VersionId"], None)

    @rule(key=KEYS, data=st.data(), several=st.booleans())
    def delete_version(self, key: str, data: st.DataObject, several: bool) -> None:
        if key not in self.keys:
            return
        version = data.draw(st.sampled_from(self.keys[key]))
        named = {"Key": key, "VersionId": version[0]}
        if several:
            answer = self.client.delete_objects(Bucket=BUCKET, Delete={"Objects": [named]})["Deleted"][0]
        else:
            answer = self.client.delete_object(Bucket=BUCKET, **named)
        assert answer.get("DeleteMarker", False) is (version[1] is None)
        self.keys[key].remove(version)
        if not self.keys[key]:
            del self.keys[key]

    @rule(key=KEYS)
    def get(self, key: str) -> None:
        versions = self.keys.get(key, [])
        if versions and versions[-1][1] is not None:
            assert self.client.get_object(Bucket=BUCKET, Key=key)["Body"].read() == versions[-1][1]
        else:
            self.refused("NoSuchKey", Key=key)
        for version_id, body in versions:
            if body is None:
                self.refused("MethodNotAllowed", Key=key, VersionId=version_id)
            else:
                answer = self.client.get_object(Bucket=BUCKET, Key=key, VersionId=version_id)
                assert answer["Body"].read() == body

    @rule(size=st.integers(1, 4), prefix=st.sampled_from(["", "a", "a/"]))
    def list_versions(self, size: int, prefix: str) -> None:
        pages = self.client.get_paginator("list_object_versions").paginate(
            Bucket=BUCKET, Prefix=prefix, PaginationConfig={"PageSize": size}
        )
        found: dict[str, list[tuple[Any, ...]]] = {"Versions": [], "DeleteMarkers": []}
        for page in pages:
            for kind, lines in found.items():
                lines += [(item["Key"], item["VersionId"], item["IsLatest"]) for item in page.get(kind, [])]
        expected: dict[str, list[tuple[Any, ...]]] = {"Versions": [], "DeleteMarkers": []}
        for key, versions in sorted(self.keys.items()):
            for version_id, body in versions[::-1] if key.startswith(prefix) else []:
                kind = "DeleteMarkers" if body is None else "Versions"
                expected[kind].append((key, version_id, (version_id, body) == versions[-1]))
        assert found == expected

    # --- what always holds ------------------------------------------------------------------------------

    @invariant()
    def the_store_is_what_the_oracle_says(self) -> None:
        if not hasattr(self, "cos"):
            return
        current = {key: versions[-1][1] for key, versions in self.keys.items() if versions[-1][1] is not None}
        bucket = self.cos.store.buckets[BUCKET]
        assert {key: stored.body for key, stored in bucket.objects.items()} == current
        assert bucket.is_empty is (not self.keys)
        bodies = [body for versions in self.keys.values() for _, body in versions if body is not None]
        assert self.cos.store.billed_bytes == sum(map(len, bodies))

    # --- short ways -------------------------------------------------------------------------------------

    def add(self, key: str, version_id: str, body: bytes | None) -> None:
        kept = [version for version in self.keys.get(key, []) if version[0] != version_id]
        self.keys[key] = [*kept, (version_id, body)]

    def refused(self, code: str, **keywords: str) -> None:
        with pytest.raises(ClientError) as caught:
            self.client.get_object(Bucket=BUCKET, **keywords)
        assert caught.value.response["Error"]["Code"] == code


TestVersions = Versions.TestCase
TestVersions.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
