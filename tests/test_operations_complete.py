"""Every operation of both service models is implemented, answered by its successor, or refused for a reason."""

from __future__ import annotations

import pytest

from fakecos.facts.refused import REFUSED
from fakecos.operations.configurations import answering
from fakecos.operations.configurations.kinds import KINDS, Kind, stored_only
from fakecos.operations.registry import OPERATIONS
from fakecos.wire import quirks, tables


@pytest.mark.parametrize("table", ["aws", "ibm"])
def test_every_operation_of_a_model_is_accounted_for(table: str) -> None:
    # because: an operation that nobody thought of would be refused without anybody knowing
    known = OPERATIONS.keys() | REFUSED.keys() | quirks.DEPRECATED_TWINS.keys()
    assert not sorted(tables.load(table).operations.keys() - known)


def test_nothing_is_both_there_and_refused() -> None:
    assert not sorted(OPERATIONS.keys() & REFUSED.keys())


def test_only_operations_of_a_model_are_refused() -> None:
    models = tables.load("aws").operations.keys() | tables.load("ibm").operations.keys()
    assert not sorted(REFUSED.keys() - models)


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_why(name: str) -> None:
    assert REFUSED[name].why.endswith(".")


def test_each_kind_of_configuration_has_operations_of_a_model() -> None:
    models = tables.load("aws").operations.keys() | tables.load("ibm").operations.keys()
    for kind in KINDS:
        names = {name for name in (kind.put, kind.get, kind.delete, kind.list) if name is not None}
        assert names <= models, kind.name
        assert (kind.items is None) == (kind.list is None), kind.name
        assert kind.missing is not None or kind.unset is not None, kind.name


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_of_configuration_has_its_rules(kind: Kind) -> None:
    # because: they are named, and only loaded when a document comes
    assert callable(answering.check_of(kind))


def test_what_is_only_stored_is_there() -> None:
    assert stored_only() < OPERATIONS.keys()
