"""Faults by the control door: the words of `cos.inject` as JSON, all of them, and the same hints for mistakes."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

import fakecos.faults
from fakecos import FakeCOS
from fakecos.faults import (
    Corrupt,
    Delay,
    Http,
    Meanwhile,
    Transport,
    When,
    error,
    error_in_200,
    iam_error,
    outcomes,
    redirect,
)
from fakecos.serving.control.fault_forms import OUTCOMES
from fakecos.serving.control.fault_requests import FAULT, keywords_of

if TYPE_CHECKING:
    from tests.support.control import ControlClient

pytestmark = pytest.mark.loopback

SAID: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"error": "SlowDown"}, {"error": "SlowDown"}),
    (
        {"error": {"code": "Odd", "message": "no", "status": 418, "headers": {"x-odd": "1"}, "fields": {"Why": "so"}}},
        {"error": error("Odd", "no", status=418, headers={"x-odd": "1"}, Why="so")},
    ),
    ({"error": {"redirect": "eu-west-1"}}, {"error": redirect("eu-west-1")}),
    ({"error": {"redirect": "eu-west-1", "status": 307}}, {"error": redirect("eu-west-1", status=307)}),
    ({"http": 502}, {"http": Http(502)}),
    (
        {"http": {"status": 503, "body": "Überlast", "headers": {"Retry-After": "1"}}},
        {"http": Http(503, "Überlast".encode(), {"Retry-After": "1"})},
    ),
    (
        {"operation": "IAMToken", "http": {"iam_error": "BXNIM0415E"}},
        {"operation": "IAMToken", "http": iam_error("BXNIM0415E")},
    ),
    ({"operation": "CopyObject", "error_in_200": "InternalError"}, {"error_in_200": "InternalError"}),
    (
        {"operation": "CopyObject", "error_in_200": {"code": "SlowDown", "message": "wait", "white_space": 3}},
        {"error_in_200": error_in_200("SlowDown", "wait", white_space=3)},
    ),
    *(({"transport": kind.name}, {"transport": kind}) for kind in Transport),
    ({"corrupt": "flip"}, {"corrupt": Corrupt.flip()}),
    ({"corrupt": {"flip": -3}}, {"corrupt": Corrupt.flip(-3)}),
    ({"corrupt": {"cut": 5}}, {"corrupt": Corrupt.cut(5)}),
    ({"corrupt": {"cut": {"to": 5}}}, {"corrupt": Corrupt.cut(5)}),
    ({"corrupt": {"pad": 2}}, {"corrupt": Corrupt.pad(2)}),
    ({"corrupt": {"repeat": {"size": 4, "at": 1}}}, {"corrupt": Corrupt.repeat(4, at=1)}),
    ({"corrupt": {"trailer": None}}, {"corrupt": Corrupt.trailer(None)}),
    ({"corrupt": "framing"}, {"corrupt": Corrupt.framing()}),
    ({"operation": "GetObject", "corrupt_answer": {"short": 1}}, {"corrupt_answer": Corrupt.short(1)}),
    ({"operation": "GetObject", "corrupt_answer": {"etag": '"e"'}}, {"corrupt_answer": Corrupt.etag('"e"')}),
    ({"operation": "GetObject", "corrupt_answer": {"checksum": None}}, {"corrupt_answer": Corrupt.checksum(None)}),
    ({"operation": "ListObjectsV2", "corrupt_answer": "xml"}, {"corrupt_answer": Corrupt.xml()}),
    ({"operation": "ListObjectsV2", "corrupt_answer": {"white_space": 2}}, {"corrupt_answer": Corrupt.white_space(2)}),
    ({"delay": 1.5}, {"delay": 1.5}),
    ({"delay": {"bytes_per_second": 1000}}, {"delay": Delay(bytes_per_second=1000)}),
    ({"delay": {"seconds": 2, "stall_after": 10}}, {"delay": Delay(2, stall_after=10)}),
    *(
        ({"operation": "CompleteMultipartUpload", "meanwhile": change.name}, {"meanwhile": change})
        for change in (Meanwhile.UPLOAD_ABORTED, Meanwhile.UPLOAD_COMPLETED, Meanwhile.BUCKET_GONE)
    ),
    ({"operation": "UploadPart", "meanwhile": "PART_LOST"}, {"meanwhile": Meanwhile.PART_LOST}),
    ({"meanwhile": "DELIVERED_TWICE"}, {"meanwhile": Meanwhile.DELIVERED_TWICE}),
    ({"meanwhile": "OBJECT_WRITTEN"}, {"meanwhile": Meanwhile.OBJECT_WRITTEN}),
    ({"operation": "GetObject", "meanwhile": "OBJECT_REPLACED"}, {"meanwhile": Meanwhile.OBJECT_REPLACED}),
    ({"operation": "GetObject", "meanwhile": "OBJECT_DELETED"}, {"meanwhile": Meanwhile.OBJECT_DELETED}),
    (
        {"outcomes": [{"error": "SlowDown"}, None, {"transport": "RESET"}], "times": None},
        {"outcomes": [error("SlowDown"), None, Transport.RESET], "times": None},
    ),
    *(
        ({"error": "SlowDown", "when": name}, {"error": "SlowDown", "when": getattr(When, name)})
        for name in ("BEFORE", "VALIDATED", "STORED")
    ),
    (
        {"transport": "RESET", "when": {"after_bytes": 3}},
        {"transport": Transport.RESET, "when": When.after_bytes(3)},
    ),
    (
        {"operation": "GetObject", "transport": "RESET", "when": {"after_answer_bytes": 3}},
        {"transport": Transport.RESET, "when": When.after_answer_bytes(3)},
    ),
    (
        {
            "operation": ["UploadPart", "UploadPartCopy"],
            "bucket": "p*",
            "key": "*.zip",
            "upload_id": "u",
            "part_number": {"first": 2, "last": 4},
            "attempt": [1, 2],
            "times": 3,
            "after": 1,
            "every": 2,
            "probability": 0.5,
            "seed": 7,
            "error": "SlowDown",
        },
        {
            "operation": ["UploadPart", "UploadPartCopy"],
            "bucket": "p*",
            "key": "*.zip",
            "upload_id": "u",
            "part_number": range(2, 5),
            "attempt": [1, 2],
            "times": 3,
            "after": 1,
            "every": 2,
            "probability": 0.5,
            "seed": 7,
            "error": "SlowDown",
        },
    ),
]
"""What is said in JSON, and the same in Python. The operation is PutObject unless it is given."""


@pytest.mark.parametrize(("said", "python"), SAID, ids=range(len(SAID)))
def test_what_json_says_is_what_python_says(
    cos: FakeCOS, control: ControlClient, said: dict[str, Any], python: dict[str, Any]
) -> None:
    body = {"operation": "PutObject", **said}
    answer = control.ask("POST", "/v1/faults", body)
    assert answer.status == 201
    assert answer.headers["Location"] == f"/v1/faults/{answer.json['id']}"
    (set_by_json,) = cos.unfired_faults()
    set_by_json.cancel()
    in_python = cos.inject(**{"operation": body["operation"], **python})
    assert [repr(each) for each in set_by_json.outcomes] == [repr(each) for each in in_python.outcomes]
    assert repr(set_by_json.when) == repr(in_python.when)
    assert set_by_json.matcher == in_python.matcher
    assert set_by_json.frequency[:3] == in_python.frequency[:3]


def test_every_keyword_of_inject_is_a_member() -> None:
    keywords = set(inspect.signature(FakeCOS.inject).parameters) - {"self"}
    assert set(FAULT["properties"]) == keywords


def test_every_outcome_has_a_form_and_is_tried_above() -> None:
    assert OUTCOMES.keys() == outcomes.BY_KEYWORD.keys()
    tried = {name for said, _ in SAID for name in said}
    assert tried >= {*OUTCOMES, "outcomes", *(set(FAULT["properties"]) - {"where"})}


def test_every_function_that_makes_an_outcome_is_tried_above() -> None:
    made = {repr(each) for said, _ in SAID for each in _outcomes_of(said)}
    kinds = [name for name, value in vars(Corrupt).items() if isinstance(value, staticmethod)]
    assert {kind for kind in kinds if not any(f"Corrupt.{kind}(" in text for text in made)} == set()
    assert {repr(each) for each in (*Transport, *Meanwhile)} <= made
    functions = {name for name in fakecos.faults.__all__ if name.islower() and name != "faults"}
    as_functions = {"http": "Http(", "delay": "Delay(", "transport": "Transport.", "meanwhile": "Meanwhile."}
    as_functions["redirect"] = "error('PermanentRedirect'"
    shown = {name: as_functions.get(name, f"{name}(") for name in functions}
    assert {name for name, text in shown.items() if not any(each.startswith(text) for each in made)} == set()


def _outcomes_of(said: dict[str, Any]) -> list[Any]:
    found = keywords_of({"operation": "PutObject", **said})
    values = [found[name] for name in (*OUTCOMES, "outcomes") if name in found]
    return [each for value in values for each in (value if isinstance(value, list) else [value])]


def test_a_request_fails_as_it_was_said(cos: FakeCOS, control: ControlClient, s3: Any) -> None:
    number = control.ask("POST", "/v1/faults", {"operation": "put_object", "error": "AccessDenied"}).json["id"]
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.put_object(Bucket="photos", Key="a", Body=b"1")
    assert not cos.bucket("photos").objects
    fault = control.ask("GET", f"/v1/faults/{number}").json
    assert (fault["hits"], fault["seen"], fault["wanted_hits"]) == (1, 1, 1)
    s3.put_object(Bucket="photos", Key="a", Body=b"1")
    assert control.ask("GET", "/v1/journal", fault="true").json["count"] == 1


WHERE: list[tuple[dict[str, Any], bool]] = [
    ({"method": "put"}, True),
    ({"method": "POST"}, False),
    ({"headers": {"X-Amz-Storage-Class": "STANDARD_*"}}, True),
    ({"headers": {"x-amz-storage-class": "GLACIER"}}, False),
    ({"headers": {"x-amz-tagging": "*"}}, False),
    ({"size": {"least": 3}}, True),
    ({"size": {"least": 4}}, False),
    ({"size": {"most": 2}}, False),
    ({"method": "PUT", "size": {"least": 1, "most": 3}}, True),
]


@pytest.mark.parametrize(("where", "meant"), WHERE)
def test_where_says_what_else_a_request_must_have(
    cos: FakeCOS, control: ControlClient, s3: Any, where: dict[str, Any], meant: bool
) -> None:
    fault = control.ask("POST", "/v1/faults", {"operation": "*", "where": where, "delay": 0}).json
    s3.put_object(Bucket="photos", Key="a", Body=b"123", StorageClass="STANDARD_IA")
    assert control.ask("GET", f"/v1/faults/{fault['id']}").json["hits"] == int(meant)
    assert repr(where) in fault["written"]


WRONG: list[tuple[Any, int, str, str]] = [
    ({"operation": "PutObject", "eror": "SlowDown"}, 400, 'there is no member "eror"', '"error"'),
    ({"operation": "PutObject", "count": 2, "error": "SlowDown"}, 400, 'no member "count"', 'did you mean "times"?'),
    ({"op": "PutObject", "error": "SlowDown"}, 400, 'no member "op"', 'did you mean "operation"?'),
    ({"error": "SlowDown"}, 400, '"operation" is missing', "UploadPart"),
    ({"operation": "PutObjet", "error": "SlowDown"}, 422, 'no operation "PutObjet"', 'did you mean "PutObject"?'),
    ({"operation": "upload_file", "error": "SlowDown"}, 422, "a transfer of boto3", ""),
    ({"operation": "PutObject", "error": "SlowDwn"}, 422, 'no error "SlowDwn"', 'did you mean "SlowDown"?'),
    ({"operation": "PutObject"}, 422, "nothing says what happens", ""),
    ({"operation": "PutObject", "error": "SlowDown", "http": 502}, 422, "error and http are given", ""),
    ({"operation": "PutObject", "part_number": 1, "error": "SlowDown"}, 422, "has no part number", ""),
    (
        {"operation": "UploadPart", "part_number": {"first": 5, "last": 2}, "error": "SlowDown"},
        422,
        "part_number: the last, 2, is before the first, 5",
        "",
    ),
    ({"operation": "GetObject", "where": {"method": "GTE"}, "http": 502}, 422, 'there is no method "GTE"', "GET"),
    ({"operation": "GetObject", "http": {"body": "x"}}, 400, '"status" is missing', "a whole number from 200 to 599"),
    ({"operation": "PutObject", "transport": "RESETT"}, 400, '"RESETT" is none of its values', '"RESET"'),
    ({"operation": "PutObject", "meanwhile": "OBJECT_GONE"}, 400, "none of its values", '"BUCKET_GONE"'),
    ({"operation": "GetObject", "when": "STORRED", "http": 502}, 400, '"STORRED" is none', '"STORED"'),
    ({"operation": "PutObject", "corrupt": {"flp": 1}}, 400, 'corrupt: there is no member "flp"', '"flip"'),
    ({"operation": "PutObject", "corrupt": {"cut": {"too": 1}}}, 400, 'no member "too"', '"to"'),
    ({"operation": "PutObject", "corrupt": {"cut": -1}}, 422, "0 at least", ""),
    (
        {"operation": "PutObject", "times": 0, "error": "SlowDown"},
        400,
        "0 is not what it takes: a whole number from 1, or null.",
        "",
    ),
    ({"operation": "PutObject", "times": 1.5, "error": "SlowDown"}, 400, "times: 1.5 is not", ""),
    ({"operation": "PutObject", "delay": "30s"}, 400, 'delay: "30s" is not what it takes: Seconds', ""),
    ({"operation": "PutObject", "outcomes": []}, 400, "outcomes: [] is not what it takes", ""),
    ({"operation": "PutObject", "outcomes": [{"eror": "SlowDown"}]}, 400, "outcomes[0]: there is no member", '"error"'),
    ({"operation": "PutObject", "outcomes": [None]}, 422, "lets every request pass", ""),
    ({"operation": "PutObject", "probability": 0.5, "error": "SlowDown"}, 422, 'needs a "seed"', ""),
    ({"operation": "PutObject", "error": {"code": "SlowDown", "fields": {"status": 1}}}, 422, "stands beside them", ""),
    ({"operation": "PutObject", "http": {"status": 502, "headers": {"a b": "1"}}}, 400, '"a b" is no name', ""),
    ({"operation": "IAMToken", "error": "SlowDown"}, 422, "IAM's own errors", ""),
    ([], 400, "body: [] is not what it takes", "for example"),
    ("SlowDown", 400, "is not what it takes", "for example"),
]


@pytest.mark.parametrize(("body", "status", "message", "hint"), WRONG, ids=range(len(WRONG)))
def test_a_mistake_is_refused_with_what_to_write(
    cos: FakeCOS, control: ControlClient, body: Any, status: int, message: str, hint: str
) -> None:
    answer = control.ask("POST", "/v1/faults", body)
    assert answer.status == status
    assert message in answer.json["error"]["message"]
    assert hint in answer.json["error"]["hint"]
    assert cos.unfired_faults() == []


def test_a_fault_that_was_cancelled_is_gone(cos: FakeCOS, control: ControlClient, s3: Any) -> None:
    in_python = cos.inject("GetObject", error="SlowDown")
    number = control.ask("POST", "/v1/faults", {"operation": "PutObject", "error": "SlowDown"}).json["id"]
    listed = control.ask("GET", "/v1/faults").json["faults"]
    assert [each["id"] for each in listed] == [1, number]
    assert "GetObject" in listed[0]["written"]
    assert control.ask("DELETE", f"/v1/faults/{number}").status == 200
    s3.put_object(Bucket="photos", Key="a", Body=b"1")
    assert control.ask("DELETE", f"/v1/faults/{number}").status == 404
    assert control.ask("GET", "/v1/faults/nine").status == 404
    assert len(control.ask("DELETE", "/v1/faults").json["faults"]) == 1
    assert in_python.is_cancelled
    assert control.ask("GET", "/v1/faults").json == {"faults": []}


def test_a_fault_that_did_not_happen_says_what_was_asked_and_what_came_near(
    cos: FakeCOS, control: ControlClient, s3: Any
) -> None:
    """In words of JSON, since the author of such a test writes no Python."""
    asked = {"operation": "PutObject", "key": "*.zip", "transport": "RESET", "when": "STORED"}
    s3.put_object(Bucket="photos", Key="before.jpg", Body=b"1")
    new = control.ask("POST", "/v1/faults", asked).json
    assert (new["asked"], new["why_not"]) == (asked, None)  # what came before it tells nothing
    number = new["id"]
    in_python = cos.inject("GetObject", error="SlowDown")
    s3.put_object(Bucket="photos", Key="a.jpg", Body=b"1")
    ours, theirs = control.ask("GET", "/v1/faults").json["faults"]
    assert (ours["id"], ours["asked"]) == (number, asked)
    assert ours["why_not"].endswith('its key is "a.jpg" and not "*.zip"')
    assert (theirs["asked"], theirs["why_not"]) == (None, "no GetObject came. What came: PutObject (2).")
    in_python.cancel()
    assert control.ask("DELETE", f"/v1/faults/{number}").status == 200


def test_a_fault_that_happened_has_nothing_to_explain(cos: FakeCOS, control: ControlClient, s3: Any) -> None:
    control.ask("POST", "/v1/faults", {"operation": "PutObject", "error": "AccessDenied"})
    with pytest.raises(ClientError):
        s3.put_object(Bucket="photos", Key="a.jpg", Body=b"1")
    (fault,) = control.ask("GET", "/v1/faults").json["faults"]
    assert (fault["hits"], fault["why_not"]) == (1, None)
    assert not cos.bucket("photos").objects


def test_a_disk_that_fails_turns_one_bit_round(cos: FakeCOS, control: ControlClient) -> None:
    cos.put_object("photos", "a", b"\x00")
    assert control.ask("POST", "/v1/corrupt_stored", {"bucket": "photos", "key": "a", "bit": 1}).status == 200
    assert cos.bucket("photos").objects["a"].body == b"\x02"
    answer = control.ask("POST", "/v1/corrupt_stored", {"bucket": "photos", "key": "b"})
    assert answer.status == 422
    assert cos.bucket("photos").objects["a"].body == b"\x02"
