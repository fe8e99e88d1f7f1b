"""Every operation of both service models is implemented, answered by its successor, or refused for a reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import fakecos
from fakecos.facts.unsupported_operations import REFUSED
from fakecos.operations.configurations import handlers
from fakecos.operations.configurations.kinds import KINDS, Kind, stored_only
from fakecos.operations.registry import operations
from fakecos.wire import model_overrides, service_model

FAKECOS = Path(fakecos.__file__).parent


@pytest.mark.parametrize("table", ["aws", "ibm"])
def test_every_operation_of_a_model_is_accounted_for(table: str) -> None:
    # because: an operation that nobody thought of would be refused without anybody knowing
    known = operations().keys() | REFUSED.keys() | model_overrides.DEPRECATED_TWINS.keys()
    assert not sorted(service_model.load(table).operations.keys() - known)


@pytest.mark.parametrize("name", sorted(operations()))
def test_each_operation_has_its_function(name: str) -> None:
    # because: functions are named, and only loaded when a request comes
    operation = operations()[name]
    operation.load()
    assert callable(operation.function)
    assert operation.precheck is None or callable(operation.precheck)


def test_nothing_is_both_there_and_refused() -> None:
    assert not sorted(operations().keys() & REFUSED.keys())


def test_only_operations_of_a_model_are_refused() -> None:
    models = service_model.load("aws").operations.keys() | service_model.load("ibm").operations.keys()
    assert not sorted(REFUSED.keys() - models)


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_why(name: str) -> None:
    assert REFUSED[name].why.endswith(".")


def test_each_kind_of_configuration_has_operations_of_a_model() -> None:
    models = service_model.load("aws").operations.keys() | service_model.load("ibm").operations.keys()
    for kind in KINDS:
        names = {name for name in (kind.put, kind.get, kind.delete, kind.list) if name is not None}
        assert names <= models, kind.name
        assert (kind.items is None) == (kind.list is None), kind.name
        assert kind.missing is not None or kind.unset is not None, kind.name


def test_what_is_looked_at_elsewhere_is_not_called_stored_only() -> None:
    # because: the reference tells of each kind whether fakecos acts on it
    places = (FAKECOS / "auth", FAKECOS / "service", FAKECOS / "operations")
    files = [path for place in places for path in place.rglob("*.py") if "configurations" not in path.parts]
    texts = "\n".join(path.read_text(encoding="utf-8") for path in files)
    looked_at = {kind.name for kind in KINDS if re.search(rf'(?:[A-Z] = |configurations.get\()"{kind.name}"', texts)}
    assert looked_at >= {"CORSConfiguration", "AccelerateConfiguration"}  # the pattern finds them
    assert [kind.name for kind in KINDS if not kind.effect and kind.name in looked_at] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_of_configuration_has_its_rules(kind: Kind) -> None:
    # because: they are named, and only loaded when a document comes
    assert callable(handlers.check_of(kind))


def test_what_is_only_stored_is_there() -> None:
    assert stored_only() < operations().keys()
