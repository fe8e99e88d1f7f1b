"""The contract of a client adapter: every one keeps it, and a new client is one file and one line."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import fakecos.clients
from fakecos.clients.adapters import ADAPTERS
from fakecos.facts.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.clients.base import Adapter, Failures

    Program = Callable[..., str]

ROOM = Path(fakecos.clients.__file__).parent
TOY = Path(__file__).parents[3] / "docs" / "examples" / "clients"
# Why an adapter answers no requests.
WITHOUT_REQUESTS = {
    "fakecos.clients.botocore.backoff": "it shortens what clients sleep",
    "fakecos.clients.botocore.boto3_session": "it makes the default session",
    "fakecos.clients.botocore.boto3_transfer": "it keeps transfers on botocore's way",
    "fakecos.clients.botocore.credentials": "it says who signs",
    "fakecos.clients.botocore.iam_tokens": "tokens are fetched through another library",
    "fakecos.clients.botocore.moto": "it lets moto pass S3 by",
    "fakecos.clients.botocore.shared_models": "it shares what clients read from files",
    "fakecos.clients.botocore.shared_rules": "it shares what clients make of endpoint rules",
    "fakecos.clients.http.responses": "it sends a request on, to another library",
}
AFTER_CONNECTING = {kind for kind in Transport if kind.needs_connection}


def adapter(name: str) -> Adapter:
    found: Adapter = importlib.import_module(name).ADAPTER
    return found


def missing_from(failures: Failures) -> set[Transport]:
    """Return the failures that one kind of connection has no line for."""
    return (set(Transport) - failures.unanswered.keys()) | (AFTER_CONNECTING - failures.broken_off.keys())


def test_every_adapter_of_the_room_has_its_line() -> None:
    declared = set()
    for path in ROOM.rglob("*.py"):
        names = {target for node in ast.parse(path.read_text()).body for target in getattr(node, "targets", ())}
        if any(isinstance(name, ast.Name) and name.id == "ADAPTER" for name in names):
            declared.add(".".join(("fakecos", "clients", *path.relative_to(ROOM).with_suffix("").parts)))
    assert declared == set(ADAPTERS)


@pytest.mark.parametrize("name", ADAPTERS)
def test_a_line_names_the_libraries_that_the_adapter_patches(name: str) -> None:
    found = adapter(name)
    patched = {**found.while_active, **found.while_sharing, **found.while_answering}
    assert {module.partition(".")[0] for module in patched} == set(ADAPTERS[name])


@pytest.mark.parametrize("name", ADAPTERS)
def test_every_failure_of_a_connection_has_an_exception_in_every_client(name: str) -> None:
    assert [missing_from(failures) for failures in adapter(name).failures] == [set() for _ in adapter(name).failures]
    assert bool(adapter(name).failures) == (name not in WITHOUT_REQUESTS)


@pytest.mark.parametrize("kind", Transport)
def test_a_failure_that_a_table_lacks_is_noticed(kind: Transport) -> None:
    (whole,) = adapter("fakecos.clients.botocore.endpoint").failures
    unanswered = {other: make for other, make in whole.unanswered.items() if other is not kind}
    assert missing_from(whole._replace(unanswered=unanswered)) == {kind}
    broken_off = {other: make for other, make in whole.broken_off.items() if other is not kind}
    assert missing_from(whole._replace(broken_off=broken_off)) == {kind} & AFTER_CONNECTING


@pytest.mark.parametrize("name", sorted(ADAPTERS.keys() - WITHOUT_REQUESTS))
def test_an_adapter_that_answers_has_a_function_for_each_direction(name: str) -> None:
    module = importlib.import_module(name)
    assert callable(module.to_http)
    assert callable(module.from_http)


# --- a new client: the toy of the page "add a client" ---------------------------------------------------

ADDED = f"""
    import sys
    sys.path.insert(0, {str(TOY)!r})
    from fakecos.clients.adapters import ADAPTERS
    ADAPTERS["toyhttp_adapter"] = ("toyhttp",)
    from fakecos import FakeCOS
    from fakecos.faults import Transport, When
    AUTHORIZED = "https://s3.amazonaws.com/photos/a"
"""


def test_a_toy_client_that_was_imported_before_is_answered_and_put_back(run_program: Program) -> None:
    run_program(f"""{ADDED}
    import toyhttp
    before = dict(vars(toyhttp))
    assert "toyhttp_adapter" not in sys.modules
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        assert toyhttp.fetch("GET", AUTHORIZED).status == 403  # nobody asks
        assert [each.operation for each in cos.journal] == ["GetObject"]
        with FakeCOS() as inner:
            assert toyhttp.fetch("GET", AUTHORIZED).status == 404  # another fake, without the bucket
    assert vars(toyhttp) == before
    """)


def test_a_toy_client_that_is_imported_later_is_answered_and_put_back(run_program: Program) -> None:
    run_program(f"""{ADDED}
    with FakeCOS() as cos:
        assert "toyhttp_adapter" not in sys.modules
        import toyhttp
        patched = toyhttp.send_request
        assert toyhttp.fetch("GET", AUTHORIZED).status == 404
    assert toyhttp.send_request is patched.__wrapped__
    assert type(toyhttp.__loader__).__name__ == "SourceFileLoader"
    assert not [finder for finder in sys.meta_path if type(finder).__module__.startswith("fakecos")]
    """)


def test_an_attached_client_of_botocore_keeps_the_toy_answering_what_it_fetches(run_program: Program) -> None:
    run_program(f"""{ADDED}
    import toyhttp
    before = toyhttp.send_request
    cos = FakeCOS()
    client = cos.client()
    assert toyhttp.send_request is not before
    cos.detach(client)
    assert toyhttp.send_request is before
    """)


def test_each_failure_becomes_the_toys_own_exception(run_program: Program) -> None:
    run_program(f"""{ADDED}
    import toyhttp
    from toyhttp_adapter import UNANSWERED
    with FakeCOS() as cos:
        for kind in Transport:
            cos.inject("GetObject", transport=kind)
            try:
                toyhttp.fetch("GET", AUTHORIZED)
            except toyhttp.ToyError as error:
                assert type(error) is type(UNANSWERED[kind]()), kind
            else:
                raise SystemExit(f"{{kind}} was answered")
        assert not cos.errors
    """)


def test_a_file_that_fails_to_patch_leaves_everything_as_it_was(run_program: Program) -> None:
    run_program(f"""{ADDED}
    import botocore.endpoint, toyhttp, toyhttp_adapter
    before = botocore.endpoint.Endpoint._send, toyhttp.send_request
    toyhttp_adapter.ADAPTER = toyhttp_adapter.ADAPTER._replace(while_active={{"toyhttp": None}})
    try:
        FakeCOS().start()
    except TypeError:
        assert (botocore.endpoint.Endpoint._send, toyhttp.send_request) == before
    else:
        raise SystemExit("it started")
    """)
