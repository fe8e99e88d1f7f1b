"""What is told when a test is over: open uploads, faults that never happened, and what was swallowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plugin.test_fixtures import IMPORTS

if TYPE_CHECKING:
    from tests.plugin.conftest import Run

pytest_plugins = ["pytester"]

LEAK = """
def leak(parts=2):
    client = boto3.client("s3")
    client.create_bucket(Bucket="photos")
    upload = {"Bucket": "photos", "Key": "a.zip"}
    upload["UploadId"] = client.create_multipart_upload(**upload)["UploadId"]
    for number in range(1, parts + 1):
        client.upload_part(**upload, PartNumber=number, Body=b"x" * 1000)
    return upload["UploadId"]
"""
IDS = (
    LEAK
    + """
@pytest.mark.fakecos(id_seed=1)
def test_it(fakecos):
    leak()
"""
)


# --- uploads left open ----------------------------------------------------------------------------------


def test_an_upload_left_open_is_warned_about(run: Run) -> None:
    result = run(IMPORTS + IDS)
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(
        [
            "*FakecosWarning: 1 upload left open, neither completed nor aborted: S3 goes on to bill the parts.",
            "*photos/a.zip: 2 parts (1, 2), 2,000 bytes, upload id ????????*",
            "*How to allow it: */how-to/pytest/#uploads-that-are-left-open",
        ]
    )


@pytest.mark.parametrize("way", ["ini", "command line", "marker"])
def test_it_can_fail_the_test(run: Run, way: str) -> None:
    text = IMPORTS + IDS
    if way == "marker":
        text += "pytestmark = pytest.mark.fakecos(open_uploads='error')"
    words = ("--fakecos-open-uploads=error",) if way == "command line" else ()
    result = run(text, *words, ini="fakecos_open_uploads = error" if way == "ini" else "")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        [
            "E*OpenUploadsError: 1 upload left open*",
            "*photos/a.zip: 2 parts (1, 2), 2,000 bytes, upload id *",
            "*How to allow it: */how-to/pytest/#uploads-that-are-left-open",
            "*fakecos: requests*",
            "*UploadPart*photos/a.zip*",
            "*fakecos: stored*",
            "*uploads left open: 1*",
        ]
    )
    result.stdout.no_fnmatch_line("*fakes.make(request.node).start()*")  # no frames of the plugin


def test_it_can_be_allowed(run: Run) -> None:
    run(IMPORTS + IDS, ini="fakecos_open_uploads = ignore").assert_outcomes(passed=1, warnings=0)
    text = IMPORTS + IDS + "pytestmark = pytest.mark.fakecos(open_uploads='ignore')"
    run(text, ini="fakecos_open_uploads = error").assert_outcomes(passed=1)


def test_the_warning_can_be_filtered(run: Run) -> None:
    run(IMPORTS + IDS, "-W", "error").assert_outcomes(passed=1, errors=1)
    ini = "filterwarnings =\n    error\n    ignore:.*upload.* left open"
    run(IMPORTS + IDS, ini=ini).assert_outcomes(passed=1)
    ini = "filterwarnings =\n    error\n    ignore:.*left open:fakecos.FakecosWarning"
    run(IMPORTS + IDS, ini=ini).assert_outcomes(passed=1)


def test_completed_and_aborted_uploads_are_nothing_to_tell(run: Run) -> None:
    text = (
        LEAK
        + """
def test_it(fakecos, fakecos_client):
    fakecos_client.abort_multipart_upload(Bucket="photos", Key="a.zip", UploadId=leak())
"""
    )
    run(IMPORTS + text, ini="fakecos_open_uploads = error").assert_outcomes(passed=1)


@pytest.mark.parametrize("ending", ["assert 0", "pytest.skip()", "pytest.xfail()"])
def test_a_test_that_did_not_get_to_its_end_is_not_blamed(run: Run, ending: str) -> None:
    text = (
        LEAK
        + f"""
def test_it(fakecos):
    leak()
    fakecos.inject("GetObject", error="SlowDown")
    {ending}
"""
    )
    outcomes = run(IMPORTS + text, ini="fakecos_open_uploads = error").parseoutcomes()
    assert "error" not in outcomes
    assert "errors" not in outcomes


def test_a_shared_fake_tells_at_the_end_of_its_scope(run: Run) -> None:
    text = (
        LEAK
        + """
def test_one(fakecos):
    leak()

def test_two(fakecos):
    assert 1
"""
    )
    result = run(IMPORTS + text, ini="fakecos_scope = module\nfakecos_open_uploads = error")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_two*", "*OpenUploadsError: 1 upload left open*"])


# --- faults that never happened -------------------------------------------------------------------------

UNFIRED = """
def test_it(fakecos, fakecos_client):
    fakecos.create_bucket("photos")
    fakecos.inject("UploadPart", key="*.zip", part_number=3, error="SlowDown")
    fakecos_client.put_object(Bucket="photos", Key="a", Body=b"1")
"""


def test_a_fault_that_never_happened_fails_the_test(run: Run) -> None:
    result = run(IMPORTS + UNFIRED)
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        ["E*UnfiredFaultError: *UploadPart*", "*How to allow it: */how-to/pytest/#faults-that-never-happened"]
    )


def test_it_can_be_a_warning_or_nothing(run: Run) -> None:
    result = run(IMPORTS + UNFIRED, ini="fakecos_unfired_faults = warn")
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(["*FakecosWarning: *UploadPart*never happened. How to allow it: */how-to/*"])
    run(IMPORTS + UNFIRED, "--fakecos-unfired-faults=ignore").assert_outcomes(passed=1, warnings=0)
    text = IMPORTS + UNFIRED + "pytestmark = pytest.mark.fakecos(unfired_faults='ignore')"
    run(text).assert_outcomes(passed=1, warnings=0)


def test_a_fault_that_happened_is_nothing_to_tell(run: Run) -> None:
    text = """
def test_it(fakecos, fakecos_client):
    fault = fakecos.inject("ListBuckets", error="SlowDown")
    fakecos_client.list_buckets()
    assert fault.hits == 1
"""
    run(IMPORTS + text).assert_outcomes(passed=1)


# --- what was swallowed ---------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["code", "thread"])
def test_what_the_code_swallowed_fails_the_test(run: Run, where: str) -> None:
    call = (
        "swallow()" if where == "code" else "thread = threading.Thread(target=swallow); thread.start(); thread.join()"
    )
    text = f"""
import threading

def swallow():
    try:
        boto3.client("sqs").list_queues()
    except Exception:
        pass

def test_it(fakecos):
    {call}
"""
    result = run(IMPORTS + text)
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        [
            "E*UnclaimedRequestError: *sqs ListQueues*",
            "*How to allow it: */how-to/pytest/#requests-that-nobody-answers",
        ]
    )


def test_a_bug_of_ours_that_was_swallowed_fails_the_test(run: Run) -> None:
    text = """
def test_it(fakecos, monkeypatch):
    def broken(*args): raise ZeroDivisionError
    monkeypatch.setattr(fakecos._service, "perform", broken)
    try:
        boto3.client("s3").list_buckets()
    except Exception:
        pass
"""
    result = run(IMPORTS + text)
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["E*ZeroDivisionError", "*How to allow it: */how-to/pytest/#what-the-code-swallowed"])


def test_what_failed_the_test_already_is_not_told_again(run: Run) -> None:
    text = """
def test_it(fakecos):
    boto3.client("sqs").list_queues()

def test_as_a_cause(fakecos):
    try:
        boto3.client("sqs").list_queues()
    except Exception as error:
        raise RuntimeError from error
"""
    run(IMPORTS + text).assert_outcomes(failed=2)


def test_an_operation_that_is_not_there_is_warned_about(run: Run) -> None:
    text = """
def test_it(fakecos, fakecos_client):
    fakecos.create_bucket("photos")
    with pytest.raises(Exception, match="NotImplemented"):
        fakecos_client.get_bucket_metadata_configuration(Bucket="photos")
"""
    result = run(IMPORTS + text)
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(
        ["*UnimplementedOperationWarning: *GetBucketMetadataConfiguration*/reference/operations/*"]
    )
