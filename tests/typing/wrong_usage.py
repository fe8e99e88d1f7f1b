"""Mistakes that a type checker finds: without an error on its line, each comment here is one itself.

Read by mypy (warn_unused_ignores) and pyright (reportUnnecessaryTypeIgnoreComment), and never run.
"""

from __future__ import annotations

from fakecos import FakeCOS, Limits, SyntheticBody
from fakecos.faults import Corrupt, Http


def mistakes(cos: FakeCOS) -> None:
    FakeCOS(dialct="ibm")  # type: ignore[call-arg]
    FakeCOS("ibm")  # type: ignore[call-arg]
    FakeCOS(dialect="AWS")  # type: ignore[arg-type]
    FakeCOS(limits={"min_part_size": 1})  # type: ignore[arg-type]
    FakeCOS(strict_tls="no")  # type: ignore[arg-type]
    Limits(min_part=1)  # type: ignore[call-arg]
    Limits(min_part_size="5MB")  # type: ignore[arg-type]
    with FakeCOS:  # type: ignore[attr-defined]
        pass
    cos.advance(7)  # type: ignore[call-arg]
    cos.advance(day=7)  # type: ignore[call-arg]
    cos.create_bucket(Bucket="photos")  # type: ignore[call-arg]
    cos.create_bucket("photos", sse_c="yes")  # type: ignore[arg-type]
    cos.put_object("photos", "a", 5)  # type: ignore[arg-type]
    SyntheticBody("5 GiB")  # type: ignore[arg-type]
    cos.inject("UploadPart", error="SlowDwn")  # type: ignore[arg-type]
    cos.inject("UploadPart", http=503)  # type: ignore[arg-type]
    cos.inject("UploadPart", transport="timeout")  # type: ignore[arg-type]
    cos.inject("UploadPart", corrupt=Corrupt.flip)  # type: ignore[arg-type]
    cos.inject("UploadPart", "SlowDown")  # type: ignore[call-arg]
    cos.inject("UploadPart", eror="SlowDown")  # type: ignore[call-arg]
    Http("503")  # type: ignore[arg-type]
    cos.assert_requests(["PutObject"], match="ordered")  # type: ignore[arg-type]
    cos.assert_object("photos", "a", body="text")  # type: ignore[arg-type]
    cos.journal.filter(operaton="PutObject")  # type: ignore[call-arg]
    cos.fail("UploadPart")  # type: ignore[attr-defined]
    cos.bucket("photos")["a"]  # type: ignore[index]
    cos.bucket("photos").object  # type: ignore[attr-defined]  # noqa: B018
