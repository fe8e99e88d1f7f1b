"""The control door itself: where it is, who may ask, what is refused, and the document that describes it."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from jsonschema import Draft202012Validator

from fakecos import FakeCOS, UsageError
from fakecos.serving.control.routes import ROUTES, document
from tests.support.control import ControlClient, operations, paths

if TYPE_CHECKING:
    from fakecos import Server

pytestmark = pytest.mark.loopback


def test_it_has_a_port_of_its_own_and_says_where(server: Server, control: ControlClient) -> None:
    assert control.port != server.port
    assert server.environment["FAKECOS_CONTROL_URL"] == server.control_url
    health = control.ask("GET", "/v1/health").json
    assert (health["status"], health["endpoint_url"]) == ("ok", server.endpoint_url)
    assert control.send("HEAD", "/v1/health").status == 200


def test_without_it_there_is_none(cos: FakeCOS) -> None:
    with cos.serve(environment=False) as server:
        assert server.control_url is None
        assert "FAKECOS_CONTROL_URL" not in server.environment


def test_the_environment_has_it_while_it_is_open(cos: FakeCOS, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.delenv("FAKECOS_CONTROL_URL", raising=False)
    with cos.serve(control=True) as server:
        assert os.environ["FAKECOS_CONTROL_URL"] == server.control_url
    assert "FAKECOS_CONTROL_URL" not in os.environ


def test_it_closes_with_its_server(cos: FakeCOS) -> None:
    server = cos.serve(environment=False, control=True)
    assert server.control_url is not None
    control = ControlClient(server.control_url)
    server.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((control.host, control.port or 0), timeout=5).close()
    with cos.serve(environment=False, control=True, control_port=control.port or 0, host="localhost") as again:
        assert again.control_url == server.control_url


def test_with_tls_it_is_plain_all_the_same(cos: FakeCOS) -> None:
    with cos.serve(environment=False, tls=True, control=True) as server:
        assert server.control_url is not None
        assert server.control_url.startswith("http://127.0.0.1:")
        assert repr(server) == f"<Server at {server.endpoint_url}, control door at {server.control_url}>"
        assert ControlClient(server.control_url).ask("GET", "/v1/health").status == 200


@pytest.mark.parametrize(
    ("keywords", "said"),
    [
        ({"control": 9001}, "control_port=9001"),
        ({"control_port": 9001}, "write control=True too"),
        ({"control": True, "control_port": "9001"}, "a port is a whole number"),
        ({"control": True, "control_port": 70_000}, "up to 65535"),
        ({"control": True, "port": 9001, "control_port": 9001}, "asked for twice"),
    ],
)
def test_a_wrong_call_is_a_usage_error(cos: FakeCOS, keywords: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        cos.serve(environment=False, **keywords)
    assert not cos.is_active


def test_a_port_that_is_taken_leaves_nothing_open(cos: FakeCOS, server: Server, control: ControlClient) -> None:
    with pytest.raises(OSError, match="in use"):
        cos.serve(environment=False, control=True, control_port=control.port or 0)
    server.stop()
    assert not cos.is_active


HOSTILE = [
    {"Origin": "http://localhost:3000"},
    {"Origin": "null"},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
    *({"Host": host} for host in ("evil.example", "[::1]evil.example", "localhost:80@evil.example", "localhost.evil")),
]


@pytest.mark.parametrize("headers", HOSTILE)
def test_a_page_in_a_browser_is_refused(cos: FakeCOS, control: ControlClient, headers: dict[str, str]) -> None:
    # because: a page may send to this machine, and lets a name of its own lead here to read the answer (DNS rebinding)
    answer = control.send("POST", "/v1/reset", None, **headers)
    assert answer.status == 403
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert set(cos.store.buckets) == {"photos"}


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:9001", "[::1]:9001", "127.0.0.1"])
def test_the_names_of_this_machine_are_taken(control: ControlClient, host: str) -> None:
    assert control.send("GET", "/v1/health", Host=host).status == 200


def test_an_address_that_is_none_is_answered_with_the_nearest(control: ControlClient) -> None:
    answer = control.ask("GET", "/v1/fault")
    assert (answer.status, answer.json["error"]["hint"]) == (
        404,
        'did you mean "/v1/faults", "/v1/faults/{id}" or "/v1/health"?',
    )
    assert control.ask("GET", "/").status == 404
    assert control.ask("GET", "/v1/faults/").status == 404


@pytest.mark.parametrize(
    ("method", "path", "allowed"), [("PUT", "/v1/faults", "DELETE, GET, POST"), ("OPTIONS", "/v1/state", "GET")]
)
def test_another_method_is_answered_with_those_that_it_takes(
    control: ControlClient, method: str, path: str, allowed: str
) -> None:
    answer = control.ask(method, path)
    assert (answer.status, answer.headers["Allow"]) == (405, allowed)


BODIES: list[tuple[bytes, dict[str, str], int, str]] = [
    (b"{", {}, 400, "no JSON"),
    (b'{"operation": NaN}', {}, 400, "no number of JSON"),
    (b'{"operation": "PutObject", "delay": 1e999}', {}, 400, "no number of JSON"),
    (b"[" * 100_000, {}, 400, "no JSON"),
    (b"\xff", {}, 400, "no JSON"),
    (b"", {}, 400, "needs a body"),
    (b"operation=PutObject", {"Content_Type": "application/x-www-form-urlencoded"}, 415, "x-www-form-urlencoded"),
    (b"2\r\n{}\r\n0\r\n\r\n", {"Transfer_Encoding": "chunked"}, 411, "in chunks"),
    (b" " * (1024 * 1024 + 1), {}, 413, "1,048,576 bytes at most"),
]


@pytest.mark.parametrize(("data", "headers", "status", "message"), BODIES, ids=range(len(BODIES)))
def test_a_body_that_is_none_is_refused(
    cos: FakeCOS, control: ControlClient, data: bytes, headers: dict[str, str], status: int, message: str
) -> None:
    answer = control.send("POST", "/v1/faults", data, **headers)
    assert answer.status == status
    assert message in answer.json["error"]["message"]
    assert cos.unfired_faults() == []


def test_what_is_asked_is_no_request_to_s3(cos: FakeCOS, control: ControlClient) -> None:
    for path in ("/v1/state", "/v1/journal", "/v1/faults", "/v1/report", "/v1/openapi.json"):
        assert control.ask("GET", path).status == 200
    assert len(cos.journal) == 0


def test_s3_is_not_at_the_control_door(server: Server) -> None:
    client = boto3.client(
        "s3",
        endpoint_url=server.control_url,
        region_name="us-east-1",
        aws_access_key_id="any",
        aws_secret_access_key="any",
    )
    with pytest.raises(client.exceptions.ClientError, match="404"):
        client.head_bucket(Bucket="photos")
    client.close()


def test_a_bug_is_no_answer(
    cos: FakeCOS, server: Server, control: ControlClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    # law 5: what is no refusal resets the connection, and is raised when the fake stops
    monkeypatch.setattr(FakeCOS, "reset", lambda _: 1 / 0)
    with pytest.raises(ConnectionError):
        control.ask("POST", "/v1/reset")
    with pytest.raises(ZeroDivisionError):
        server.stop()
    assert cos.errors == []


# --- the document -----------------------------------------------------------------------------------------------


def test_the_document_has_every_address(control: ControlClient) -> None:
    found = control.ask("GET", "/v1/openapi.json").json
    assert found == json.loads(json.dumps(document()))
    assert operations().keys() == {(route.method, route.path) for route in ROUTES}
    assert len({route.name for route in ROUTES}) == len(ROUTES)
    assert found["openapi"] == "3.1.0"


def test_its_forms_are_those_of_json_schema() -> None:
    for schema in document()["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_its_examples_are_taken(control: ControlClient, cos: FakeCOS) -> None:
    seeded = cos.snapshot()
    for route in ROUTES:
        for example in route.examples if route.name != "advanceClock" else ():  # the clock of this process
            cos.restore(seeded)
            cos.put_object("photos", "a.jpg", b"12345")
            if route.name == "createBucket":
                cos.reset()
            assert control.ask(route.method, route.path, example).status in {200, 201}, example
    assert paths()[0] == "/v1/reset"
