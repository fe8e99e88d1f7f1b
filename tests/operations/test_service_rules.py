"""What a service adds to the operations of S3: named by its data, loaded when it is first needed."""

from __future__ import annotations

import inspect
import subprocess
import sys
from importlib import import_module

import pytest

from fakecos.facts.services.aws import AWS
from fakecos.facts.services.dialects import BY_NAME
from fakecos.operations.context import NO_RULES, ServiceRules, rules_of

PLACES = sorted({place for dialect in BY_NAME.values() for place in dialect.rules})


def class_at(place: str) -> type[ServiceRules]:
    module, _, name = place.rpartition(".")
    found: type[ServiceRules] = getattr(import_module(module), name)
    return found


def test_aws_adds_nothing() -> None:
    assert AWS.rules == ()
    assert type(NO_RULES) is ServiceRules


@pytest.mark.parametrize("place", PLACES)
def test_rules_override_what_operations_ask_for_and_nothing_else(place: str) -> None:
    found = class_at(place)
    assert issubclass(found, ServiceRules)
    added = vars(found).keys() - {"__doc__", "__module__", "__firstlineno__", "__static_attributes__"}
    assert added
    assert added <= vars(ServiceRules).keys()
    for name in added:
        assert inspect.signature(vars(found)[name]) == inspect.signature(vars(ServiceRules)[name])


def test_rules_that_override_the_same_method_call_each_other() -> None:
    classes = [class_at(place) for place in PLACES]
    for name in vars(ServiceRules):
        sharing = [vars(found)[name] for found in classes if name in vars(found)]
        if inspect.isfunction(vars(ServiceRules)[name]) and len(sharing) > 1:
            assert all("super()" in inspect.getsource(function) for function in sharing), name


def test_the_rules_of_a_service_are_made_once() -> None:
    found = rules_of(tuple(PLACES))
    assert rules_of(tuple(PLACES)) is found
    assert all(isinstance(found, class_at(place)) for place in PLACES)


def test_a_request_to_aws_does_not_load_the_rules_of_another_service() -> None:
    code = """
import sys, boto3
from fakecos import FakeCOS
with FakeCOS() as cos:
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="photos")
    s3.put_object(Bucket="photos", Key="a", Body=b"x")
    s3.copy_object(Bucket="photos", Key="b", CopySource="photos/a")
    upload = s3.create_multipart_upload(Bucket="photos", Key="c")["UploadId"]
    part = s3.upload_part(Bucket="photos", Key="c", UploadId=upload, PartNumber=1, Body=b"x")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    s3.complete_multipart_upload(Bucket="photos", Key="c", UploadId=upload, MultipartUpload=parts)
    s3.get_object(Bucket="photos", Key="a")
    s3.list_objects_v2(Bucket="photos")
    s3.list_buckets()
    s3.delete_object(Bucket="photos", Key="a")
    cos.advance(days=1)
words = ("immutable_storage", "archive_status", "service_instances")
print([name for name in sys.modules if name.startswith("fakecos") and any(word in name for word in words)])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"
