"""The smallest policy that allows a number of actions, as a person would write it.

Keys are grouped by their directories: of up to FEW keys each is named, of more the directory that they share. All
actions on a bucket have the same groups, so that what belongs together stands in one statement.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from fakecos.operations.needs import WITH_PREFIX, split_resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fakecos.operations.needs import Permission

VERSION = "2012-10-17"
FEW = 3
"""How many keys, prefixes or directories are named one by one, before the directory that they share stands for them."""
PREFIX = "s3:prefix"
MANY = 6
"""How many places in a bucket are too many to be named."""
BEYOND_LATIN_1 = re.compile("[^\t\n\r\u0020-\u00ff]")
"""What the text of an identity-based policy may not hold (documented: IAM, PutUserPolicy, PolicyDocument)."""
GENERATED = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-|(?<![^/])[0-9a-f]{2}/(?=[0-9a-f]{8})|[0-9]{4,}|(?=[a-f]*[0-9])[0-9a-f]{8,}"
    rf"|\btmp[a-z0-9_]{{8}}|{BEYOND_LATIN_1.pattern}",
    re.IGNORECASE,
)
"""What looks generated in a key: a date, a number, a UUID, a hash with the folder of its first digits, a temporary
name."""

Condition = tuple[tuple[str, str, tuple[str, ...]], ...]
Allowed = tuple[str, str, Condition]
"""An action, a resource as a policy names it, and the condition."""


def smallest_policy(permissions: Iterable[Permission], *, exact: bool = False) -> dict[str, Any]:
    """Return the policy that allows just these; `exact`: each key and each prefix as it was asked for."""
    wanted = set(permissions)
    actions: dict[tuple[str, Condition], set[str]] = defaultdict(set)
    for action, resource, condition in (*_of_objects(wanted, exact=exact), *_of_others(wanted, exact=exact)):
        actions[resource, condition].add(action)
    resources: dict[tuple[tuple[str, ...], Condition], set[str]] = defaultdict(set)
    for (resource, condition), names in actions.items():
        resources[tuple(sorted(names)), condition].add(resource)
    found = [_statement(names, sorted(where), condition) for (names, condition), where in resources.items()]
    return {"Version": VERSION, "Statement": with_sids(sorted(found, key=_place_in_policy))}


def _of_objects(permissions: Iterable[Permission], *, exact: bool) -> Iterator[Allowed]:
    """Yield what is allowed of objects; all actions of a bucket have their keys grouped in the same way."""
    keys: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    wide: dict[str, set[str]] = defaultdict(set)
    for one in permissions:
        before, key = split_resource(one.resource)
        if key is not None:
            keys[before][one.action].add(key)
            wide[before].update([key] if one.is_wide else ())
    for before, by_action in keys.items():
        beginnings = {
            *beginnings_of((key for found in by_action.values() for key in found), exact=exact),
            *wide[before],
        }
        for action, found in by_action.items():
            yield from ((action, before + place, ()) for place in written(found, beginnings))


def _of_others(permissions: Iterable[Permission], *, exact: bool) -> Iterator[Allowed]:
    """Yield what is allowed of buckets and of anything else: listings by their prefixes, if each named one."""
    prefixes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    wide: dict[str, set[str]] = defaultdict(set)
    for one in permissions:
        if one.action in WITH_PREFIX:
            prefixes[one.resource][one.action].add(one.prefix)
            wide[one.resource].update([one.prefix] if one.is_wide else ())
        elif split_resource(one.resource)[1] is None:
            yield one.action, one.resource, ()
    for bucket, by_action in prefixes.items():
        named = {action: texts for action, texts in by_action.items() if "" not in texts}
        texts = (text for found in named.values() for text in found)
        beginnings = {*beginnings_of(texts, exact=exact), *wide[bucket]}
        for action in by_action:
            yield action, bucket, _condition(written(named.get(action, ()), beginnings))


def _condition(prefixes: Iterable[str]) -> Condition:
    """Return the condition that a listing names one of these prefixes; none where it may name any."""
    values = tuple(sorted(prefixes))
    if not values or "*" in values:
        return ()
    plain = not any(mark in value for value in values for mark in "*?$")
    return (("StringEquals" if plain else "StringLike", PREFIX, values),)


# --- which keys are written as one ------------------------------------------------------------------------------


def beginnings_of(texts: Iterable[str], *, exact: bool = False) -> tuple[str, ...]:
    """Return the beginnings that stand for keys; none for those that are few enough to be named.

    A name that looks generated says nothing of the next one: what comes before it stands for it. Of a key that has what
    a policy may not hold, that is so in any case.
    """
    pattern = BEYOND_LATIN_1 if exact else GENERATED
    found = {text: pattern.search(text) for text in set(texts)}
    cut = {text[: match.start()] for text, match in found.items() if match is not None}
    if exact:
        return tuple(sorted(cut))
    if len(cut) > MANY:
        cut = {beginning[: beginning.rfind("/") + 1] for beginning in cut}
    if len(cut) > MANY:
        cut = {common_directory(cut)}
    named = {text for text, match in found.items() if match is None}
    return tuple(sorted({*cut, *_shared(cut | named)}))


def _shared(keys: set[str]) -> tuple[str, ...]:
    """Return the directories that many keys share, as deep as they still are few."""
    if len(keys) <= FEW:
        return ()
    common = common_directory(keys)
    below = {key[len(common) :].partition("/")[:2] for key in keys}
    folders = {common + name + slash for name, slash in below if slash}
    if len(folders) > FEW:
        return (common,)
    of_files = (common,) if len(below) - len(folders) > FEW else ()
    deeper = [shared for folder in folders for shared in _shared({key for key in keys if key.startswith(folder)})]
    found = (*deeper, *of_files)
    named = {*found, *(key for key in keys if not key.startswith(found))}
    return found if len(named) <= MANY else (*folders, *of_files)


def common_directory(keys: Iterable[str]) -> str:
    """Return the longest beginning of all keys that ends with a slash; "" if they share none."""
    least, greatest = min(keys), max(keys)
    shared = next((n for n, pair in enumerate(zip(least, greatest, strict=False)) if pair[0] != pair[1]), len(least))
    return least[: least.rfind("/", 0, shared) + 1]


def written(texts: Iterable[str], beginnings: Iterable[str]) -> set[str]:
    """Return how keys or prefixes are written: each as the longest beginning that stands for it, or as itself.

    What another one of them covers is left out.
    """
    places: dict[str, bool] = {}
    for text in texts:
        beginning = max((one for one in beginnings if text.startswith(one)), key=len, default=None)
        places[text if beginning is None else beginning] = beginning is not None
    wide = tuple(place for place, is_wide in places.items() if is_wide)
    kept = [
        place
        for place, is_wide in places.items()
        if not any(place.startswith(other) and not (is_wide and other == place) for other in wide)
    ]
    return {f"{literal(place)}*" if places[place] else literal(place) for place in kept}


def literal(text: str) -> str:
    """Return how a policy names just this text (documented: `${*}`, `${?}` and `${$}` are the signs themselves)."""
    return re.sub(r"[*?]|\$(?=\{)", lambda found: f"${{{found[0]}}}", text)


# --- statements ---------------------------------------------------------------------------------------------------


def _statement(actions: Iterable[str], resources: list[str], condition: Condition) -> dict[str, Any]:
    made: dict[str, Any] = {"Sid": "", "Effect": "Allow", "Action": list(actions), "Resource": resources}
    if condition:
        made["Condition"] = {operator: {key: list(values)} for operator, key, values in condition}
    return made


def _place_in_policy(statement: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return by what statements are sorted: the account first, then buckets, objects, and what is not S3's."""
    resource = statement["Resource"][0]
    rank = 0 if resource == "*" else 3 if not statement["Action"][0].startswith("s3:") else 1 + _is_object(resource)
    return rank, statement["Resource"], statement["Action"]


def _is_object(resource: str) -> bool:
    return split_resource(resource)[1] is not None


def with_sids(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each statement a name of its own, of what it allows and where."""
    taken: set[str] = set()
    for statement in statements:
        name = _sid(statement)
        number = next(n for n in range(1, len(statements) + 1) if (name if n == 1 else f"{name}{n}") not in taken)
        statement["Sid"] = name if number == 1 else f"{name}{number}"
        taken.add(statement["Sid"])
    return statements


_LEVELS = (  # which actions are called what in a Sid, in this order
    ("Create", re.compile("CreateBucket$")),
    ("List", re.compile("List")),
    ("Read", re.compile("Get")),
    ("Write", re.compile("Put|Update|Restore|Replicate|Initiate|Create|Tag|Untag")),
    ("Abort", re.compile("Abort")),
    ("Delete", re.compile("Delete")),
    ("BypassRetentionOf", re.compile("Bypass")),
)


def _sid(statement: Mapping[str, Any]) -> str:
    """Return a name such as ReadWriteObjectsInPhotos: letters and digits only (documented)."""
    actions = [action.partition(":")[2] for action in statement["Action"]]
    service = statement["Action"][0].partition(":")[0]
    resources = statement["Resource"]
    if resources == ["*"]:
        return "".join(actions) if len(actions) == 1 else "Account"
    if service != "s3":
        return f"Use{service.capitalize()}Key{'s' if len(resources) > 1 else ''}"
    first = [next((level for level, known in _LEVELS if known.match(action)), "Use") for action in actions]
    levels = "".join(level for level in (*(name for name, _ in _LEVELS), "Use") if level in first)
    places = {_bucket_in(resource) for resource in resources}
    place = _camel(places.pop()) if len(places) == 1 else "Buckets"
    if _is_object(resources[0]):
        return f"{levels}ObjectsIn{place}"
    return f"{levels}{place}" if levels in {"List", "Create", "Delete"} else f"{levels}SettingsOf{place}"


def _bucket_in(resource: str) -> str:
    return split_resource(resource)[0].rstrip("/").removesuffix("/object").rpartition(":")[2].rpartition("/")[2]


def _camel(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.split("[^A-Za-z0-9]+", name))
