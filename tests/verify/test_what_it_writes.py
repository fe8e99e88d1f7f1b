"""--json keeps to its schema and has no secrets; --record is facts, which the fake is compared with from then on."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from fakecos.comparison.differences import shown
from fakecos.comparison.exchange import digest_of
from fakecos.contract.compared_facts import compare, is_imitated
from fakecos.contract.recorded_answers import rows
from fakecos.contract.verification_json import SCHEMA, host_of, scrubbed
from tests.support.altering_proxy import Answered, Asked, altering
from tests.verify.conftest import ACCESS_KEY, FAST, SECRET_KEY
from tools.compare_facts import main as compare_facts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.verify.conftest import Done

ACCOUNT, CANONICAL, HOST_ID = "999988887777", "ab" * 32, "qM7xhostidofthisanswer=="
TALKATIVE = (
    f"<Error><Code>InvalidArgument</Code><Message>{ACCOUNT} and {CANONICAL}, {ACCESS_KEY} {SECRET_KEY}</Message>"
    f"<AWSAccessKeyId>{ACCESS_KEY}</AWSAccessKeyId><HostId>{HOST_ID}</HostId><RequestId>REQUEST0</RequestId></Error>"
)
SOME = ("--only", "abort.*")
VALIDATOR = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def talkative(asked: Asked, answered: Answered) -> Answered | None:
    """Answer with all that must be written nowhere."""
    headers = {"x-amz-id-2": HOST_ID, "x-amz-request-id": "REQUEST0", "Content-Type": "application/xml"}
    if asked.method == "DELETE" and "uploadId" in asked.target:
        return Answered(400, headers, TALKATIVE.encode())
    answered.headers |= headers if asked.method == "HEAD" else {"x-amz-id-2": HOST_ID}
    return None


@pytest.mark.loopback
@pytest.mark.slow
def test_json_and_facts_have_no_credentials_accounts_and_hosts(
    url: str, command: Callable[..., Done], tmp_path: Path
) -> None:
    folder = tmp_path / "recorded"
    with altering(url, talkative) as between:
        done = command("--endpoint-url", between, *FAST, *SOME, "--record", str(folder))
    assert done.code == 1
    VALIDATOR.validate(done.json)
    written = json.dumps(done.json) + "".join(file.read_text(encoding="utf-8") for file in folder.iterdir())
    assert "(account) and (canonical id)" in written
    for secret in (ACCESS_KEY, SECRET_KEY, ACCOUNT, CANONICAL, HOST_ID, "REQUEST0"):
        assert secret not in written


def test_the_schema_refuses_what_is_no_verification() -> None:
    counts = dict.fromkeys(("same", "holds", "differs", "not offered", "not run"), 0)
    right: dict[str, Any] = {
        "format": 1,
        "service": "s3.example.com",
        "scheme": "https",
        "dialect": "aws",
        "date": "2026-11-29",
        "made_by": "fakecos 0.1.0",
        "outcomes": counts,
        "areas": {"abort": counts},
        "promises": [],
    }
    VALIDATOR.validate(right)
    changes: list[dict[str, Any]] = [
        {"format": 2},
        {"date": "today"},
        {"outcomes": {}},
        {"more": 1},
        {"promises": [{}]},
    ]
    for wrong in changes:
        assert not VALIDATOR.is_valid({**right, **wrong})


def test_the_address_has_no_credentials_and_no_path() -> None:
    assert host_of("https://key:secret@s3.example.com:9000/path") == "s3.example.com:9000"
    assert host_of(None) == "s3.amazonaws.com"


def test_a_secret_is_scrubbed_wherever_it_stands() -> None:
    value = {"a": ["x hidden-secret y", {"b": "hidden-secret"}], "c": 1, "d": None}
    assert scrubbed(value, ["hidden-secret", "s"]) == {"a": ["x (secret) y", {"b": "(secret)"}], "c": 1, "d": None}


def test_the_digest_of_a_body_is_no_canonical_id_and_stays() -> None:
    digest = digest_of(b"a body").decode()
    assert scrubbed([digest, CANONICAL]) == [digest, "(canonical id)"]


def test_of_a_long_body_the_beginning_is_shown_and_what_tells_it_from_others() -> None:
    """A store was met that answers GetObjectAttributes with the object."""
    one, other = (shown(b"a" * 10_000_000 + last) for last in (b"1", b"2"))
    assert one != other
    assert len(one) < 3_000
    assert one.startswith("aaa")


@pytest.mark.loopback
@pytest.mark.slow
def test_what_is_recorded_of_the_fake_is_what_the_fake_answers(
    url: str, session: Any, command: Callable[..., Done], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "recorded"
    words = (*SOME, "--only", "object_lock.a*")
    done = command("--endpoint-url", url, *FAST, *words, "--record", str(folder))
    recorded = list(rows(folder))
    ran = [case["id"] for case in done.json["promises"] if case["outcome"] != "not run"]
    assert [row["id"] for row in recorded] == sorted(ran, key=lambda name: name.partition(".")[0])
    assert f"{len(ran)} cases are written to {folder}\n" in done.out
    part = next(each for row in recorded for each in row["exchanges"] if each["operation"] == "UploadPart")
    assert part["params"]["UploadId"] == "(upload 1)"
    assert re.fullmatch(r"\d+ bytes, SHA-256 [0-9a-f]{64}", part["params"]["Body"])
    about = json.loads((folder / "about.json").read_text())
    assert set(about) == {"service", "scheme", "dialect", "date", "made_by"}
    assert [each for each in compare(folder) if each.differences or each.why] == []
    capsys.readouterr()
    assert compare_facts([str(folder)]) == 0
    assert "cases, 0 differ\n" in capsys.readouterr().out


@pytest.mark.loopback
@pytest.mark.slow
def test_a_recorded_answer_that_the_fake_does_not_give_is_told(
    url: str, command: Callable[..., Done], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "recorded"
    command("--endpoint-url", url, *FAST, *SOME, "--record", str(folder))
    file = folder / "abort.jsonl"
    file.write_text(file.read_text().replace('"status": 404', '"status": 410').replace("abort.an_object", "abort.no"))
    about = json.loads((folder / "about.json").read_text())
    capsys.readouterr()
    assert compare_facts([str(folder)]) == 1  # a promise is gone
    assert "abort.no_of_the_key_stays: there is no such promise any more" in capsys.readouterr().out
    (folder / "about.json").write_text(json.dumps({**about, "service": "s3.eu-west-1.amazonaws.com"}))
    assert compare_facts([str(folder)]) == 1
    assert "AbortMultipartUpload: status: '404' here, '410' there" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("host", "imitated"),
    [
        ("s3.amazonaws.com", True),
        ("s3.us-south.cloud-object-storage.appdomain.cloud", True),
        ("localhost:9000", False),
        ("s3.notamazonaws.com", False),
    ],
)
def test_the_services_that_are_imitated(host: str, imitated: bool) -> None:
    assert is_imitated({"service": host}) is imitated


def test_without_recorded_answers_it_says_how_they_come(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tools.compare_facts.RECORDED", tmp_path)
    assert compare_facts([]) == 0
    assert capsys.readouterr().out.startswith("nothing is recorded yet: fakecos verify --record ")
