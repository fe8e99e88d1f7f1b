"""The services there are, and which one a request is for. A third service is a file of its own, and its name here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import hosts
from fakecos.facts.iam import SERVICE as IAM
from fakecos.facts.services.aws import AWS
from fakecos.facts.services.ibm import IBM_COS

if TYPE_CHECKING:
    from fakecos.facts.services.dialect import Dialect

DEFAULT = AWS
"""Meant where nothing shows which one a request is for."""

BY_NAME: dict[str, Dialect] = {}
_known: dict[tuple[str, str, str], Dialect] = {}


def add(dialect: Dialect) -> None:
    """Let a service answer from now on: at its hosts, to its clients, and by its name."""
    BY_NAME[dialect.name] = dialect
    hosts.add(dialect.name, dialect.hosts)
    _known.clear()


def remove(dialect: Dialect) -> None:
    """Take a service out that was added."""
    del BY_NAME[dialect.name]
    hosts.remove(dialect.name)
    _known.clear()


for _dialect in (AWS, IBM_COS):
    add(_dialect)


def service_for(package: str, kind: str, host: str) -> Dialect:
    """Return the service that a request is for: by its client's package, by what it asks (a token), by its host."""
    asked = (package, kind, host)
    found = _known.get(asked)
    if found is None:
        if len(_known) >= hosts.MOST_KNOWN:
            _known.clear()
        found = _known[asked] = _service_for(package, kind, host)
    return found


def _service_for(package: str, kind: str, host: str) -> Dialect:
    for dialect in BY_NAME.values():
        if package in dialect.packages or (kind == IAM and dialect.token_url):
            return dialect
    found = hosts.find(host)
    return DEFAULT if found is None else BY_NAME[found.service]


def package_of(user_agent: str) -> str:
    """Return the package of the client that names itself so, "" if it is no service's own."""
    agent = user_agent.lower()
    for dialect in BY_NAME.values():
        if dialect.agent and dialect.agent in agent:
            return min(dialect.packages)
    return ""
