"""Words that people try, from boto3, moto and other libraries, and what they are called here.

Read when a call or a name was wrong, and not before. `{value}` in a hint is what the test wrote.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

_CREATE_BUCKET = {
    "Bucket": "the name first, as in cos.create_bucket({value})",
    "bucket": "the name first, as in cos.create_bucket({value})",
    "CreateBucketConfiguration": 'region="eu-west-1"',
    "LocationConstraint": "region={value}",
    "location": "region={value}",
    "region_name": "region={value}",
    "account_id": "account={value}",
    "owner": 'account="222222222222"',
    "versioning": 'cos.client().put_bucket_versioning(Bucket=..., VersioningConfiguration={{"Status": "Enabled"}}) too',
    "versioned": 'cos.client().put_bucket_versioning(Bucket=..., VersioningConfiguration={{"Status": "Enabled"}}) too',
    "object_lock": "cos.client().create_bucket(Bucket=..., ObjectLockEnabledForBucket=True) instead",
    "ObjectLockEnabledForBucket": "cos.client().create_bucket(Bucket=..., ObjectLockEnabledForBucket=True) instead",
    "ACL": "cos.client().create_bucket(Bucket=..., ACL={value}) instead, as far as S3 takes it",
    "acl": "cos.client().create_bucket(Bucket=..., ACL={value}) instead, as far as S3 takes it",
    "tags": "cos.client().put_bucket_tagging(...) too",
    "policy": "cos.client().put_bucket_policy(...) too",
    "objects": "cos.put_object(...) for each",
}
_INJECT = {
    "op": "the operation first, without a name: cos.inject({value}, ...)",
    "method": 'the operation first, without a name: cos.inject("UploadPart", ...)',
    "status": 'http=Http({value}), or the code of S3\'s error: error="SlowDown"',
    "status_code": 'http=Http({value}), or the code of S3\'s error: error="SlowDown"',
    "code": "error={value}",
    "message": 'error=error("SlowDown", {value}), with error from fakecos.faults',
    "exception": 'transport=Transport.RESET for a broken connection, or error="SlowDown" for an answer of S3',
    "raises": 'transport=Transport.RESET for a broken connection, or error="SlowDown" for an answer of S3',
    "throw": 'transport=Transport.RESET for a broken connection, or error="SlowDown" for an answer of S3',
    "side_effect": 'outcomes=[...] for one after the other, or error="SlowDown"',
    "response": 'http=Http(503), or error="SlowDown"',
    "return_value": 'http=Http(503), or error="SlowDown"',
    "timeout": "transport=Transport.READ_TIMEOUT, or delay={value}",
    "latency": "delay={value}",
    "sleep": "delay={value}",
    "seconds": "delay={value}",
    "count": "times={value}",
    "n": "times={value}",
    "nth": "after=..., the number of requests that pass first, or attempt=... for the attempts of a client",
    "part": "part_number={value}",
    "PartNumber": "part_number={value}",
    "UploadId": "upload_id={value}",
    "Bucket": "bucket={value}",
    "Key": "key={value}",
    "prefix": 'key="some/prefix/*": it is a pattern',
    "state": "meanwhile=...",
    "flip": "corrupt=Corrupt.flip({value})",
    "condition": "where={value}",
    "match": "where=..., a function that is given a Request",
    "moment": "when={value}",
}
KEYWORDS: dict[str, dict[str, str]] = {
    "FakeCOS": {
        "region": 'cos.create_bucket("photos", region={value}) for a bucket, or cos.client(region_name={value})',
        "region_name": 'cos.create_bucket("photos", region={value}) for a bucket, or cos.client(region_name={value})',
        "service": "dialect={value}",
        "provider": "dialect={value}",
        "policy": "identity_policy={value}",
        "iam_policy": "identity_policy={value}",
        "min_part_size": "limits=Limits(min_part_size={value})",
        "max_parts": "limits=Limits(max_parts={value})",
        "seed": "id_seed={value}",
        "real_backoff": "sleep_between_retries={value}",
        "backoff": "sleep_between_retries=...",
        "date": "as_of={value}",
        "access_key": 'credentials={{"AKIAEXAMPLE": "secret"}}',
        "aws_access_key_id": 'credentials={{"AKIAEXAMPLE": "secret"}}',
        "buckets": "cos.create_bucket(...) for each, in the block",
        "bucket": "cos.create_bucket({value}) in the block",
        "endpoint_url": "nothing: every client of S3 is answered, at whatever URL; for other processes cos.serve()",
        "config": "passthrough=... for other services; moto's config has no counterpart",
        "open_uploads": "it in the marker, @pytest.mark.fakecos(open_uploads={value})",
        "unfired_faults": "it in the marker, @pytest.mark.fakecos(unfired_faults={value})",
    },
    "Limits": {
        "max_page": "max_keys={value}",
        "max_delete": "max_delete_keys={value}",
        "part_size": "min_part_size={value}",
    },
    "cos.inject": _INJECT,
    "cos.advance": {
        "milliseconds": "seconds={value} / 1000",
        "months": "days=30: S3 counts in days",
        "years": "days=365: S3 counts in days",
        "delta": "days=..., hours=..., minutes=... or seconds=...",
        "to": "days=...: it goes on by a time, not to one",
    },
    "cos.create_bucket": _CREATE_BUCKET,
    "account.create_bucket": _CREATE_BUCKET,
    "cos.bucket": {"Bucket": "cos.bucket({value})"},
    "cos.assert_requests": {
        "operation": "a list: cos.assert_requests([{value}])",
        "operations": "a list: cos.assert_requests({value})",
        "ordered": 'match="in_order" or match="any_order"',
        "order": 'match="in_order" or match="any_order"',
        "count": 'the operation as often as it came, as in ["UploadPart"] * {value}',
    },
    "cos.assert_object": {"Body": "body={value}", "content": "body={value}", "data": "body={value}"},
    "cos.journal.filter": {
        "Bucket": "bucket={value}",
        "Key": "key={value}",
        "prefix": 'key="some/prefix/*": it is a pattern',
        "status": "[request for request in cos.journal if request.status == {value}]",
        "error": "[request for request in cos.journal if request.error == {value}]",
        "part_number": '[request for request in cos.journal if request.part_number == "1"]',
    },
    "cos.corrupt_stored": {"byte": "bit=8 * {value}", "part": "part_number={value}"},
    "cos.serve": {"https": "tls={value}", "ssl": "tls={value}", "address": "host={value}"},
    "cos.explore": {"faults": "failures={value}", "operations": "failures=..., which names what goes wrong"},
    "Delay": {"bandwidth": "bytes_per_second={value}", "stall": "stall_after={value}"},
    "Http": {"status_code": "Http({value})", "content": "body={value}", "text": "body={value}.encode()"},
}
"""What is called otherwise, by the function as its caller writes it."""


EXAMPLES = {
    "cos.inject": 'cos.inject("UploadPart", error="SlowDown")',
    "cos.create_bucket": 'cos.create_bucket("photos")',
    "cos.put_object": 'cos.put_object("photos", "a.jpg", b"...", ContentType="image/jpeg")',
    "cos.start_upload": 'cos.start_upload("photos", "a.zip", [b"...", b"..."])',
    "cos.explore": "cos.explore(act), where act is a function that runs the code under test",
    "cos.assert_part": 'cos.assert_part("photos", "a.zip", 1, body=b"...")',
    "cos.assert_parts": 'cos.assert_parts("photos", "a.zip", [b"...", b"..."])',
    "cos.assert_object": 'cos.assert_object("photos", "a.jpg", body=b"...")',
    "cos.assert_requests": 'cos.assert_requests(["PutObject"])',
}
"""How calls are written whose parameters would make a long list."""


_ALL_BY_NAME = {
    "cos.client": 'all but the service has a name, as in cos.client("s3", region_name="us-east-1").',
    "cos.resource": 'all but the service has a name, as in cos.resource("s3", region_name="us-east-1").',
}


def by_name(written: str, value: Any) -> str:
    """Return what to write for a value that needs a name in front, "" if nobody can tell."""
    shown = value.__name__ if isinstance(value, type) else repr(value)
    if written == "FakeCOS":
        if callable(value):
            return "@FakeCOS is written with brackets: @FakeCOS()"
        name = "dialect" if isinstance(value, str) else "limits" if type(value).__name__ == "Limits" else ""
        example = f"{name}={shown}" if name else 'dialect="ibm"'
        return f"all of it are keywords, as in FakeCOS({example})."
    if written == "Limits":
        return f"all of it are keywords, as in Limits(min_part_size={shown})."
    if written == "cos.advance":
        return f"say of what: write cos.advance({_time(value)})."
    if written == "cos.inject":
        name = "transport" if type(value).__name__ == "Transport" else "http" if isinstance(value, int) else "error"
        shown = f"Http({shown})" if name == "http" else shown
        return f"what happens has a name: cos.inject(..., {name}={shown})."
    return _ALL_BY_NAME.get(written, "")


def _time(value: Any) -> str:
    """Return the keywords of `advance` for a time: a number is taken for days."""
    if isinstance(value, dt.timedelta):
        parts = {"days": value.days, "seconds": value.seconds + value.microseconds / 1e6}
        return ", ".join(f"{name}={number:g}" for name, number in parts.items() if number) or "days=0"
    if isinstance(value, (dt.date, str)):
        return "days=7"
    return f"days={value!r}"


# --- attributes -------------------------------------------------------------------------------------------------

_OBJECT = {
    "data": "body",
    "content_length": "size",
    "read": "body, which are the bytes",
    "get": "body, which are the bytes",
    "Body": "body",
    "ETag": "etag",
    "e_tag": "etag",
    "Metadata": "metadata",
    "name": "key",
    "text": "body.decode()",
}
ATTRIBUTES: dict[str, dict[str, str]] = {
    "FakeCOS": {
        "fail": "inject",
        "rot": "corrupt_stored",
        "told": "errors",
        "waited": "virtual_seconds",
        "answered": "request_count",
        "unfired": "unfired_faults()",
        "put": "put_object",
        "load": "load_directory",
        "dump": "dump_directory",
        "close_server": "Server.stop(), of what cos.serve() returned",
        "open_upload": "start_upload",
        "objects": 'bucket("photos").objects',
        "buckets": 'bucket("photos") for one; store.buckets are all',
        "uploads": "open_uploads",
        "requests": "journal",
        "calls": "journal",
        "history": "journal",
        "call_count": "request_count",
        "fault": "inject",
        "mock": "start",
        "tick": "advance",
        "sleep": "advance",
        "endpoint_url": "serve(), whose Server has the endpoint_url",
        "url": "serve(), whose Server has the endpoint_url",
        "session": "client(); every session of boto3 is answered too",
        "close": "stop",
        "shutdown": "stop",
        "clear": "reset",
        "get_object": 'bucket("photos").objects["a.jpg"].body; a request is a client\'s: cos.client().get_object(...)',
        "limits": "FakeCOS(limits=...), when the fake is made",
        "dialect": "FakeCOS(dialect=...), when the fake is made",
        "as_of": "FakeCOS(as_of=...), when the fake is made",
        "set_limits": "FakeCOS(limits=...), when the fake is made",
        "set_time": "advance(days=...), which goes on; or a freezer of freezegun or time-machine",
        "move_to": "advance(days=...), which goes on; or a freezer of freezegun or time-machine",
        "freeze": "advance(days=...), which goes on; or a freezer of freezegun or time-machine",
        "assert_called": 'assert_requests(["PutObject"], match="at_least")',
        "assert_called_once": 'assert_requests(["PutObject"])',
        "assert_called_with": 'assert_requests([("PutObject", {"Key": "a.jpg"})])',
        "assert_called_once_with": 'assert_requests([("PutObject", {"Key": "a.jpg"})])',
        "assert_not_called": "assert_requests([])",
        "assert_request_count": "request_count, as in assert cos.request_count == 1",
        "assert_all_called": "unfired_faults(); stop() raises for a fault that never happened",
        "exists": '"a.jpg" in cos.bucket("photos").objects',
    },
    "BucketView": {"keys": "objects, whose keys they are", "get": "objects", "open_uploads": "uploads"},
    "ObjectView": _OBJECT,
    "PartView": {**_OBJECT, "part_number": "number"},
    "UploadView": {"id": "upload_id", "UploadId": "upload_id", "body": "parts, of which each has a body"},
    "Journal": {
        "requests": "list(cos.journal), or cos.journal itself: it is a sequence",
        "operations": "counts, or [request.operation for request in cos.journal]",
        "last": "cos.journal[-1]",
        "count": "counts, or len(cos.journal)",
        "clear": "cos.reset(), which empties it with all that is stored",
    },
    "Fault": {
        "called": "hits",
        "call_count": "hits",
        "count": "hits",
        "calls": "hits",
        "fired": "hits",
        "stop": "cancel()",
    },
    "Request": {
        "body": "size: a body is not read yet",
        "params": "operation, key, part_number, headers, ...: parameters are not read yet",
        "part": "part_number",
    },
    "RecordedRequest": {
        "method": "operation",
        "status_code": "status",
        "params": "parameters",
        "error_code": "error",
        "place": "location",
    },
    "AwsAccount": {
        "add_user": 'create_user("alice", policy={...})',
        "account_id": "id",
        "access_key_id": "access_key",
        "secret_access_key": "secret_key",
    },
    "User": {"access_key_id": "access_key", "secret_access_key": "secret_key", "name": "arn, which ends with it"},
    "Snapshot": {"restore": "cos.restore(snapshot)"},
    "Server": {"url": "endpoint_url", "close": "stop()", "shutdown": "stop()", "address": "endpoint_url"},
}
"""What is called otherwise, by class."""

MODULE: dict[str, str] = {
    "mock_aws": "from fakecos import FakeCOS, and @FakeCOS() for @mock_aws: fakecos answers S3 alone",
    "mock_s3": "from fakecos import FakeCOS, and @FakeCOS() for @mock_s3",
    "mock": "from fakecos import FakeCOS",
    "FakeS3": "from fakecos import FakeCOS",
    "MockS3": "from fakecos import FakeCOS",
    "client": "from fakecos import FakeCOS, and cos.client() of `with FakeCOS() as cos:`",
    "fixture": "nothing: pytest finds the fixture `fakecos` by itself",
    "fakecos": "nothing: pytest finds the fixture `fakecos` by itself; the class is fakecos.FakeCOS",
    "Fake": "from fakecos import FakeCOS",
    "Exchange": "from fakecos import RecordedRequest",
    "State": "from fakecos.faults import Meanwhile",
    "exceptions": "from fakecos import UsageError",
}
"""What people import, and what to write."""
