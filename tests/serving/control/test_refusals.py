"""Refusals speak to who asks by HTTP: in JSON, never in Python, and with one wording for what was meant."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any, NamedTuple

import pytest
from freezegun import freeze_time

from fakecos import FakeCOS
from fakecos.faults import outcomes
from fakecos.serving.control.controlled import Controlled
from fakecos.serving.control.door import ControlDoor
from fakecos.serving.control.hints import nearest
from fakecos.serving.control.in_json import in_json, refusal_of
from fakecos.wire.messages import HttpRequest, RawBody
from tests.support.wrong_requests import wrong_requests

ADDRESSES = re.compile(r"https?://\S+|/v1/\S+")
PYTHON = re.compile(
    r"""\w\(                    # a call
    | \b\w+=                    # a keyword
    | \b(?:None|True|False|lambda|UsageError|cos|fakecos|inject)\b
    | \b(?:Corrupt|When|Meanwhile|Transport|Delay|Http|FakeCOS)\b
    | (?<!\w)'[^']*'            # a text as Python shows it
    """,
    re.VERBOSE,
)


class Refusal(NamedTuple):
    """A refusal, and what was asked."""

    asked: tuple[str, str, Any]
    message: str
    hint: str


def said(refusal: Refusal) -> str:
    return ADDRESSES.sub("", f"{refusal.message} | {refusal.hint}").replace("pip install 'fakecos[freezegun]'", "")


@cache
def refusals() -> list[Refusal]:
    """Ask everything once, and return each refusal that was not there before. What is refused changes nothing."""
    cos = FakeCOS()
    cos.create_bucket("photos")
    cos.put_object("photos", "a", b"1")
    for key in ("open", "twice", "twice"):
        cos.start_upload("photos", key, {1: b"x"})
    found: dict[tuple[str, str], Refusal] = {}
    with freeze_time("2026-11-29"), cos:
        control = Controlled(cos, cos._service, "http://127.0.0.1:1")
        door = ControlDoor(control, print)
        for asked in wrong_requests():
            before = len(control.faults()), set(cos.store.buckets), len(control.kept())
            status, document = ask(door, *asked)
            if status >= 400:
                error = document["error"]
                found.setdefault((error["message"], error["hint"]), Refusal(asked, error["message"], error["hint"]))
                assert (len(control.faults()), set(cos.store.buckets), len(control.kept())) == before
        for fault in control.faults().values():
            fault.cancel()
    return list(found.values())


def ask(door: ControlDoor, method: str, target: str, body: Any) -> tuple[int, Any]:
    path, _, query = target.partition("?")
    data = b"" if body is None else json.dumps(body).encode()
    headers = {"host": "127.0.0.1", "content-type": "application/json", "content-length": str(len(data))}
    answer = door.exchange(
        HttpRequest(
            method=method, scheme="http", host="127.0.0.1", path=path, query=query, headers=headers, body=RawBody(data)
        )
    )
    assert isinstance(answer.body, bytes)
    return answer.status, json.loads(answer.body)


def test_no_refusal_speaks_python() -> None:
    assert len(refusals()) > 300
    assert [(refusal.asked, said(refusal)) for refusal in refusals() if PYTHON.search(said(refusal))] == []


def test_what_was_meant_is_asked_for_in_one_way() -> None:
    hints = [refusal.hint for refusal in refusals()]
    assert not any("nearest" in said(refusal) for refusal in refusals())
    assert not any("did you mean" in refusal.message for refusal in refusals())
    asked = [hint for hint in hints if "did you mean" in hint]
    assert asked
    assert [
        hint for hint in asked if re.match(r'did you mean "[^"]+"(?:, "[^"]+")?(?: or "[^"]+")?\?', hint) is None
    ] == []


SAID: list[tuple[dict[str, Any], str, str]] = [
    (
        {"operation": "PutObject", "error": "Odd"},
        'give its message and status: {"error": {"code": "Odd", "message": "its message", "status": 403}}.',
        "",
    ),
    ({"operation": "PutObject", "error": {"code": "Odd", "status": 403}}, 'the code "Odd" is not in', ""),
    (
        {"operation": "PutObject", "error": "SlowDown", "seed": 1},
        '"seed" is for "probability", which is not given.',
        "",
    ),
    (
        {"operation": "PutObject", "delay": 1, "when": "VALIDATED"},
        'this fault cannot happen: {"delay": 1} cannot happen at "VALIDATED", only at BEFORE, STORED.',
        "",
    ),
    (
        {"operation": "PutObject", "outcomes": [None, {"corrupt": {"cut": 1}}], "when": {"after_bytes": 3}},
        '{"corrupt": {"cut": 1}} has a moment of its own: leave out "when": {"after_bytes": 3}.',
        "",
    ),
    (
        {"operation": "IAMToken", "error": "SlowDown"},
        '{"error": "SlowDown"} is S3\'s; IAM\'s own errors are {"http"',
        "",
    ),
    ({"operation": "PutObjet", "error": "SlowDown"}, 'operation: S3 has no operation "PutObjet".', '"PutObject"'),
    (
        {"operation": "PutObject", "key": "a'): b", "part_number": 1, "error": "SlowDown"},
        "this fault cannot happen: P",
        "",
    ),
]


@pytest.mark.parametrize(("body", "message", "hint"), SAID, ids=range(len(SAID)))
def test_a_message_has_what_the_caller_wrote(body: dict[str, Any], message: str, hint: str) -> None:
    cos = FakeCOS()
    status, document = ask(ControlDoor(Controlled(cos, cos._service, ""), print), "POST", "/v1/faults", body)
    assert status == 422
    assert document["error"]["message"].count(message) == 1
    assert hint in document["error"]["hint"]
    assert cos.unfired_faults() == []


def test_what_no_request_here_brings_about_is_in_json_too() -> None:
    # a bucket made meanwhile by another request; a process without freezegun
    text = "There is a bucket 'a' already: cos.bucket('a') returns it."
    assert in_json(text, {}) == 'There is a bucket "a" already: GET /v1/state shows it.'
    without = (
        "cos.advance() sets the clock of the process by freezegun: pip install 'fakecos[freezegun]'. Or set the clock x"
    )
    assert in_json(without, {}).startswith("the clock of the fake's process is set by freezegun: pip install")
    assert in_json("cos.advance() goes forward only, not by -1 seconds.", {}).startswith("the clock goes forward only")
    assert in_json("'a\\x00\"' is none", {}) == '"a\\u0000\\"" is none'
    assert refusal_of("no 'x'; did you mean A or B?", {}).document["error"]["hint"] == 'did you mean "A" or "B"?'
    assert repr(outcomes.delay(1)) == "Delay(1)"


def test_a_name_that_is_like_none_gets_a_list() -> None:
    assert nearest("zzz", ["one", "two"], "things") == 'there are: "one", "two"'
    assert nearest("zzz", [], "things") == "there are no things"
    assert nearest("zzz", [f"name-{number}" for number in range(12)], "things").endswith('"name-9" and 2 more')
