"""Requests and answers as the clients' own service models describe them, for the tests of the codec."""

from __future__ import annotations

import importlib
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from fakecos.wire.service_model import load

PACKAGES = {"aws": "botocore", "ibm": "ibm_botocore"}

# XML 1.0 has no other control characters, and no lone surrogates and non-characters.
LEGAL_CONTROLS = "\t\n"
TEXT = st.text(
    st.one_of(
        st.sampled_from("<>&\"' /%+;=" + LEGAL_CONTROLS),
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    ),
    max_size=12,
)
HEADER_TEXT = st.from_regex(r"\A[!-~]([ -~]{0,10}[!-~])?\Z")
TOKEN = st.from_regex(r"\A[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?\Z")
MOMENT = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001  made aware one line below
    lambda moment: moment.replace(microsecond=0, tzinfo=timezone.utc)
)
SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "string": TEXT,
    "integer": st.integers(-(2**31), 2**31 - 1),
    "long": st.integers(-(2**62), 2**62),
    "boolean": st.booleans(),
    "timestamp": MOMENT,
    "blob": st.binary(max_size=8).map(lambda data: data.hex().encode()),
}


@lru_cache
def model(table: str) -> Any:
    """Return the service model of the client that a table was made from."""
    session = importlib.import_module(f"{PACKAGES[table]}.session").get_session()
    return session.get_service_model("s3")


@lru_cache
def serializer(table: str) -> Any:
    return importlib.import_module(f"{PACKAGES[table]}.serialize").create_serializer(
        "rest-xml", include_validation=False
    )


@lru_cache
def parser(table: str) -> Any:
    return importlib.import_module(f"{PACKAGES[table]}.parsers").create_parser("rest-xml")


def operations() -> list[tuple[str, str]]:
    """Return the operations that a table and the installed client have; a newer client may have more."""
    return [
        (table, name) for table in PACKAGES for name in model(table).operation_names if name in load(table).operations
    ]


@lru_cache
def known_members(shape: str) -> frozenset[str] | None:
    """Return the members that a structure has in the tables, None if it is in neither."""
    found = [load(table).shapes[shape]["members"] for table in PACKAGES if shape in load(table).shapes]
    return frozenset().union(*found) if found else None


def values(shape: Any, without: tuple[str, ...] = ()) -> st.SearchStrategy[Any]:
    """Return what a shape can hold: always the required members, and some of the others."""
    if shape.type_name == "structure":
        return structures(shape, without)
    if shape.type_name == "list":
        # A flat list without items is not there at all.
        return st.lists(values(shape.member), min_size=1 if shape.serialization.get("flattened") else 0, max_size=2)
    if shape.type_name == "map":
        return st.dictionaries(TOKEN, HEADER_TEXT, max_size=2)
    return SCALARS[shape.type_name]


def structures(shape: Any, without: tuple[str, ...]) -> st.SearchStrategy[Any]:
    known = known_members(shape.name)
    members = {
        name: member(child)
        for name, child in shape.members.items()
        if name not in without and (known is None or name in known)
    }
    if shape.is_tagged_union:
        return st.one_of([st.fixed_dictionaries({name: strategy}) for name, strategy in members.items()])
    required = {name: members.pop(name) for name in shape.required_members if name in members}
    return st.fixed_dictionaries(required, optional=members)


def member(shape: Any) -> st.SearchStrategy[Any]:
    """Return the values of a member; in a header, only what a header can say."""
    place, name = shape.serialization.get("location"), shape.serialization.get("name")
    if place == "uri":
        return TOKEN if name == "Bucket" else TEXT.filter(bool)
    if shape.serialization.get("hostLabel"):
        return TOKEN
    if place == "header" and shape.type_name == "list":
        return st.lists(TOKEN, min_size=1, max_size=2)
    if place == "header" and shape.type_name == "string":
        return HEADER_TEXT
    return values(shape)
