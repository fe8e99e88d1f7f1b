"""The tables are what the installed service models say, and small and quick enough for start-up."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from fakecos.wire import model_overrides, service_model
from tests.support.service_models import PACKAGES

TOOL = Path(__file__).parents[2] / "tools" / "make_wire_tables.py"


@pytest.fixture(scope="module")
def maker() -> Any:
    spec = importlib.util.spec_from_file_location("make_wire_tables", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", PACKAGES)
@pytest.mark.slow
def test_making_a_table_again_gives_no_difference(maker: Any, name: str) -> None:
    for table, package in PACKAGES.items():
        installed = pytest.importorskip(package).__version__
        if installed != service_model.load(table).version:
            pytest.skip(
                f"the table {table} was made from {package} {service_model.load(table).version}, not {installed}"
            )
    assert maker.tables()[name] == (Path(service_model.__file__).parent / f"{name}.json").read_text()


def test_a_table_is_read_once() -> None:
    assert service_model.load("aws") is service_model.load("aws")
    assert "botocore" in repr(service_model.load("aws"))


def test_an_unknown_table_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        service_model.load("azure")


def test_only_what_a_sub_resource_marks_is_foreign() -> None:
    ibm = service_model.load("ibm")
    assert "GetObjectAttributes" in ibm.foreign
    assert not set(ibm.foreign) & set(ibm.operations)
    assert all(spec["static"] for spec in ibm.foreign.values())


def test_every_name_in_the_quirks_is_in_a_table() -> None:
    operations = set(service_model.load("aws").operations) | set(service_model.load("ibm").operations)
    shapes = set(service_model.load("aws").shapes) | set(service_model.load("ibm").shapes)
    named: set[str] = set()
    for group in (
        model_overrides.DEPRECATED_TWINS,
        model_overrides.DEPRECATED_TWINS.values(),
        model_overrides.ANY_LEVEL,
        model_overrides.STRICT_BODIES,
        model_overrides.OTHER_ROOTS,
        model_overrides.RUNS,
        model_overrides.STATUS,
        model_overrides.VARYING,
        model_overrides.RANGED,
        model_overrides.ROOTS,
        model_overrides.TEXT_ROOTS,
        model_overrides.TEXT_TYPES,
    ):
        named.update(group)
    assert named <= operations
    assert {*model_overrides.ORDER, *model_overrides.JUDGED_LATER} <= shapes


def test_every_member_in_an_order_of_elements_is_a_member() -> None:
    for shape, order in model_overrides.ORDER.items():
        members = {
            member
            for name in PACKAGES
            for member in service_model.load(name).shapes.get(shape, {"members": ()})["members"]
        }
        assert set(order) - {"*"} <= members, shape
