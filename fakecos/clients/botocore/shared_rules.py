"""Endpoint rules, made into objects once: each client does so by itself, also the second one of a session.

Only rules that `shared_models` handed out are shared, since nothing else is known to stay as it is. The objects keep
nothing of a request (source: `evaluate` of each class in `botocore.endpoint_provider` 1.44).
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from fakecos.clients.activation import active
from fakecos.clients.base import Adapter

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.clients.activation.patches import Patches

RULES = "endpoint-rule-set-1"
_handed_out: dict[int, Any] = {}
"""The documents that sessions share, by the id of their list of rules; they are never let go."""
_made: dict[tuple[int, int], tuple[Any, Any]] = {}
"""Rule sets by the ids of their rules and of their partitions; with the partitions, lest another object get that id."""


def note(document: dict[str, Any]) -> None:
    """Note the endpoint rules of a service as shared."""
    _handed_out[id(document["rules"])] = document


def patch_provider(module: ModuleType, patches: Patches) -> None:
    """Patch `botocore.endpoint_provider`."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original, updated=())
        def rule_set(*args: Any, **kwargs: Any) -> Any:
            rules, partitions = kwargs.get("rules"), kwargs.get("partitions")
            if args or not active.shares_models() or id(rules) not in _handed_out:
                return original(*args, **kwargs)
            key = (id(rules), id(partitions))
            if key not in _made:
                _made[key] = (original(**kwargs), partitions)
            return _made[key][0]

        return rule_set

    patches.replace(module, "RuleSet", make)


ADAPTER = Adapter(
    while_sharing={f"{package}.endpoint_provider": patch_provider for package in ("botocore", "ibm_botocore")}
)
