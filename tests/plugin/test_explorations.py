"""`cos.explore` in pytest: the line that repeats a finding, and a page for each exploration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., pytest.RunResult]

pytest_plugins = ["pytester"]

LEAKS = """
def test_an_upload(fakecos, fakecos_client):
    fakecos.create_bucket("photos")
    def act():
        named = {"Bucket": "photos", "Key": "k"}
        named["UploadId"] = fakecos_client.create_multipart_upload(**named)["UploadId"]
        part = fakecos_client.upload_part(**named, PartNumber=1, Body=b"x")
        fakecos_client.complete_multipart_upload(
            **named, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
    fakecos.explore(act, failures=["AccessDenied"], crashes=False)
"""


@pytest.mark.slow
def test_a_finding_is_shown_with_the_line_that_repeats_it(run: Run) -> None:
    """From API.md, "Exploring": the plugin shows the replay line of a finding."""
    result = run(LEAKS)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*leaked-upload: the upload of 'k' stays open*"])
    result.stdout.fnmatch_lines(
        ["pytest *::test_an_upload '--fakecos-replay=UploadPart:part 1#1=AccessDenied'    # leaked-upload"]
    )


def test_the_line_repeats_that_run_and_lets_its_exception_through(run: Run) -> None:
    result = run(LEAKS, "--fakecos-replay=UploadPart:part 1#1=AccessDenied")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*(AccessDenied) when calling the UploadPart operation*"])


def test_each_exploration_writes_its_page(run: Run, pytester: pytest.Pytester) -> None:
    run(LEAKS, "--fakecos-explore-report=pages")
    pages = list((pytester.path / "pages").iterdir())
    assert [page.name.rpartition("-test_")[2] for page in pages] == ["an_upload-1.html"]
    assert "leaked-upload" in pages[0].read_text(encoding="utf-8")
