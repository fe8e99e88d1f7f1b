"""Conditional writes, locks and leases, each with one fault."""

from __future__ import annotations

import json

from botocore.exceptions import ClientError

from tests.explore.corpus.program import BUCKET, Place, Program, faulty
from tests.explore.corpus.writes import read

LOCK = {"Bucket": BUCKET, "Key": "lock"}


def code_of(error: ClientError) -> str:
    """Return the code of an error."""
    return str(error.response["Error"]["Code"])


@faulty("silent-loss", also=("no-convergence",))
def own_lock_taken_for_anothers(place: Place) -> Program:
    """412 for one's own write, whose answer was lost, reads as "somebody else has it" (apache/hudi issue 14373)."""
    s3 = place.s3

    def act() -> bool:
        try:
            s3.put_object(**LOCK, Body=b"worker 1", IfNoneMatch="*")
        except ClientError as error:
            if code_of(error) != "PreconditionFailed":
                raise
            return False
        try:
            s3.put_object(Bucket=BUCKET, Key="result", Body=b"42")
        finally:
            s3.delete_object(**LOCK)
        return True

    return Program(act)


@faulty("silent-loss")
def conflict_taken_for_done(place: Place) -> Program:
    """409 says that a write was in progress, not that it won (apache/arrow-rs-object-store pull request 852)."""
    s3 = place.s3

    def act() -> None:
        try:
            s3.put_object(Bucket=BUCKET, Key="commit-7", Body=b"changes", IfNoneMatch="*")
        except ClientError as error:
            if code_of(error) not in {"PreconditionFailed", "ConditionalRequestConflict"}:
                raise

    return Program(act)


@faulty("no-convergence")
def lease_never_released(place: Place) -> Program:
    """The lock outlives a failure, and no later run gets it (swamp-club/swamp pull request 874: stale locks)."""
    s3 = place.s3

    def act() -> None:
        s3.put_object(**LOCK, Body=b"worker 1", IfNoneMatch="*")
        s3.put_object(Bucket=BUCKET, Key="result", Body=b"42")
        s3.delete_object(**LOCK)

    return Program(act)


@faulty("silent-loss")
def loses_a_race_and_says_nothing(place: Place) -> Program:
    """A compare-and-swap that fails is not repeated (pithings/mountx issue 19 on such locks)."""
    s3 = place.s3
    place.cos.put_object(BUCKET, "members", json.dumps(["ann"]).encode())

    def act() -> None:
        answer = s3.get_object(Bucket=BUCKET, Key="members")
        members = sorted({*json.loads(answer["Body"].read()), "bob"})
        try:
            s3.put_object(Bucket=BUCKET, Key="members", Body=json.dumps(members), IfMatch=answer["ETag"])
        except ClientError as error:
            if code_of(error) != "PreconditionFailed":
                raise

    return Program(act)


@faulty("check")
def two_objects_that_must_agree(place: Place) -> Program:
    """Data and its checksum are two objects, and a failure comes between (NCEAS/metacatui issue 911)."""
    s3 = place.s3
    place.cos.put_object(BUCKET, "data", b"old")
    place.cos.put_object(BUCKET, "size", b"3")

    def act() -> None:
        s3.put_object(Bucket=BUCKET, Key="size", Body=b"7")
        s3.put_object(Bucket=BUCKET, Key="data", Body=b"renewed")

    def check(cos: object, _: object) -> None:
        assert int(read(s3, "size")) == len(read(s3, "data")), "size and data do not agree"

    return Program(act, check)
