"""What `fakecos run --policy` says at the end: whether the policy sufficed, and the statements to add."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from fakecos.fake import FakeCOS


def refused(cos: FakeCOS, options: argparse.Namespace) -> bool:
    """Whether a policy was given, and refused something."""
    return bool(options.policy and cos.store.refused_actions)


def lines(cos: FakeCOS, files: Sequence[str]) -> str:
    """Return the end of the report, "" if no policy was given; each line ends with a newline."""
    if not files:
        return ""
    return "".join(f"{line}\n" for line in _lines(cos, " and ".join(files)))


def _written(names: Sequence[str]) -> str | list[str]:
    """Return names as a policy writes them: one alone, several as a list."""
    return names[0] if len(names) == 1 else list(names)


def _lines(cos: FakeCOS, files: str) -> Iterator[str]:
    found = dict(sorted(cos.store.refused_actions.items()))
    if not found:
        yield f"policy {files}: sufficed for every request"
        return
    yield f"policy {files}: refused {len(found)} action{'s' if len(found) > 1 else ''}"
    missing: dict[str, list[str]] = {}
    for (action, resource, why), times in found.items():
        often = f", {times} times" if times > 1 else ""
        yield f"  {action} on {resource}{often}{why and ': '}{why}"
        if not why:
            missing.setdefault(resource, []).append(action)
    if missing:
        yield "to add to it:"
        together: dict[tuple[str, ...], list[str]] = {}
        for resource, actions in missing.items():
            together.setdefault(tuple(actions), []).append(resource)
        statements = [
            {"Effect": "Allow", "Action": _written(actions), "Resource": _written(resources)}
            for actions, resources in together.items()
        ]
        for statement in statements:
            yield f"  {json.dumps(statement)}{'' if statement is statements[-1] else ','}"
