"""The tables are what the installed service models say, and small and quick enough for start-up."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from fakecos.wire import quirks, tables
from tests.wire.service_models import PACKAGES

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
def test_making_a_table_again_gives_no_difference(maker: Any, name: str) -> None:
    for table, package in PACKAGES.items():
        installed = pytest.importorskip(package).__version__
        if installed != tables.load(table).version:
            pytest.skip(f"the table {table} was made from {package} {tables.load(table).version}, not {installed}")
    assert maker.tables()[name] == (Path(tables.__file__).parent / f"{name}.json").read_text()


def test_a_table_is_read_once() -> None:
    assert tables.load("aws") is tables.load("aws")
    assert "botocore" in repr(tables.load("aws"))


def test_an_unknown_table_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        tables.load("azure")


def test_only_what_a_sub_resource_marks_is_foreign() -> None:
    ibm = tables.load("ibm")
    assert "GetObjectAttributes" in ibm.foreign
    assert not set(ibm.foreign) & set(ibm.operations)
    assert all(spec["static"] for spec in ibm.foreign.values())


def test_every_name_in_the_quirks_is_in_a_table() -> None:
    operations = set(tables.load("aws").operations) | set(tables.load("ibm").operations)
    shapes = set(tables.load("aws").shapes) | set(tables.load("ibm").shapes)
    named: set[str] = set()
    for group in (
        quirks.DEPRECATED_TWINS,
        quirks.DEPRECATED_TWINS.values(),
        quirks.ANY_LEVEL,
        quirks.STRICT_BODIES,
        quirks.RUNS,
        quirks.STATUS,
        quirks.VARYING,
        quirks.RANGED,
        quirks.ROOTS,
        quirks.TEXT_ROOTS,
        quirks.EVENT_STREAMS,
        quirks.TEXT_TYPES,
    ):
        named.update(group)
    assert named <= operations
    assert set(quirks.ORDER) <= shapes


def test_every_member_in_an_order_of_elements_is_a_member() -> None:
    for shape, order in quirks.ORDER.items():
        members = {
            member for name in PACKAGES for member in tables.load(name).shapes.get(shape, {"members": ()})["members"]
        }
        assert set(order) - {"*"} <= members, shape
