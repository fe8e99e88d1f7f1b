"""Which operation a request is: by its method, its level, its query names and, rarely, a header.

Among the operations that a request could be, the one that asks for most wins: a fixed query name (a
sub-resource) counts more than a query name that the operation requires, and that more than a required header
(wire 5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn
from urllib.parse import unquote_plus

from fakecos.facts import errors, hosts
from fakecos.facts.errors import S3Error
from fakecos.facts.hosts import DIRECTORY_CONTROL
from fakecos.wire import model_overrides, subresources
from fakecos.wire.service_model import BUCKET, OBJECT, SERVICE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from fakecos.wire.service_model import Table

    Levels = dict[tuple[str, str], "Level"]

COPY_SOURCE = "x-amz-copy-source"
STATIC_WEIGHT = 4
QUERY_WEIGHT = 2
MOST_REMEMBERED = 256


class Route(NamedTuple):
    """What a request must have to be `operation`."""

    weight: int
    operation: str
    static: tuple[tuple[str, str], ...]
    query: tuple[str, ...]
    headers: tuple[str, ...]

    def marked(self, query: Mapping[str, str]) -> bool:
        """Whether a query has the fixed names. One without a value (`?uploads`) takes any value (`?uploads=`)."""
        for name, value in self.static:  # noqa: SIM110  a loop is the faster way on the hot path
            if name not in query or (value and query[name] != value):
                return False
        return True

    def takes(self, query: Mapping[str, str], headers: Mapping[str, str]) -> bool:
        """Whether a request has the names and headers that the operation requires."""
        for name in self.query:
            if name not in query:
                return False
        for name in self.headers:  # noqa: SIM110
            if name not in headers and name not in query:
                return False
        return True


class Level(NamedTuple):
    """The routes of one method at one level: by the first sub-resource, and those without one.

    `others` are the sub-resources that have other methods: they are refused, and not taken for the plain request.
    `judged` are names of queries that were judged and are right: clients send the same ones all day.
    """

    by_name: dict[str, list[Route]]
    plain: list[Route]
    others: set[str]
    judged: set[tuple[str, ...]]


def split_query(raw: str) -> dict[str, str]:
    """Return a raw query's names and values, percent-decoded; `+` is a space, and a first value wins.

    Every client sends %20 and %2B (wire 2); that the service reads `+` as a space is documented with its
    url-encoded listings.
    """
    query: dict[str, str] = {}
    for pair in raw.split("&"):
        if pair:
            name, _, value = pair.partition("=")
            if "%" in pair or "+" in pair:
                name, value = unquote_plus(name), unquote_plus(value)
            query.setdefault(name, value)
    return query


def level_of(bucket: str | None, key: str | None) -> str:
    """Return the level of an address: service, bucket or object. An empty key is no key (wire 5)."""
    if not bucket:
        return SERVICE
    return OBJECT if key else BUCKET


def route(
    table: Table,
    method: str,
    level: str,
    query: Mapping[str, str],
    headers: Mapping[str, str],
    host: str = "",
) -> str:
    """Return the operation's name. Raises S3Error METHOD_NOT_ALLOWED if no operation has that method there.

    Raises COPY_SOURCE_ELSEWHERE for a copy source of what cannot be a copy: a method other than PUT, where of the
    POSTs only those of uploads are judged (public). Raises what `_judged` raises.
    """
    if method != "PUT" and COPY_SOURCE in headers and (method != "POST" or model_overrides.UPLOAD in query):
        raise S3Error(errors.COPY_SOURCE_ELSEWHERE, ArgumentName=COPY_SOURCE, ArgumentValue=headers[COPY_SOURCE])
    levels = table.routes if table.routes is not None else _compile(table)
    routes = levels.get((method, level))
    if routes is None or (query and tuple(query) not in routes.judged):
        level = _judged(levels, method, level, query)
        routes = levels.get((method, level))
    if routes is not None:
        if query:
            if not routes.by_name.keys().isdisjoint(query):
                marked = _marked(routes, query, headers)
                if marked is not None:
                    return marked
            if not routes.others.isdisjoint(query):
                _refuse_method(levels, method, level, query)
        for candidate in routes.plain:
            if (query or not candidate.query) and candidate.takes(query, headers):
                return _exception(candidate.operation, query, headers, host)
    return _unmodelled(levels, method, level)


def _marked(routes: Level, query: Mapping[str, str], headers: Mapping[str, str]) -> str | None:
    """Return the operation that a sub-resource names, or None.

    If the request lacks what each of its operations requires it still is the one that asks for least, which
    refuses it: `PUT /bucket?inventory` without an id does not create a bucket.
    """
    best: Route | None = None
    least: Route | None = None
    for name in query:
        for candidate in routes.by_name.get(name, ()):
            if candidate.marked(query):
                least = candidate
                if (best is None or candidate.weight > best.weight) and candidate.takes(query, headers):
                    best = candidate
    found = best or least
    return None if found is None else found.operation


def _exception(operation: str, query: Mapping[str, str], headers: Mapping[str, str], host: str) -> str:
    """Return the operation that a plain route really is; the rules are in quirks."""
    if operation in {"PutObject", "CopyObject"} and not model_overrides.PART_QUERY.isdisjoint(query):
        copies = COPY_SOURCE in headers or COPY_SOURCE in query
        return "UploadPartCopy" if copies else "UploadPart"
    if operation in {"GetObject", "HeadObject"} and query:
        _require_overridable(query)
    # `GET /` of the control endpoint lists directory buckets, everywhere else buckets (wire 5).
    if operation == "ListBuckets" and hosts.entry_of(host) == DIRECTORY_CONTROL:
        return "ListDirectoryBuckets"
    return operation


def _require_overridable(query: Mapping[str, str]) -> None:
    """Refuse to choose a header of the answer that cannot be chosen. Raises InvalidArgument (public)."""
    for name, value in query.items():
        if name.startswith(model_overrides.OVERRIDE) and name not in model_overrides.OVERRIDABLE:
            raise S3Error(errors.NOT_OVERRIDABLE, ArgumentName=name, ArgumentValue=value, name=name)


def _judged(levels: Levels, method: str, level: str, query: Mapping[str, str]) -> str:
    """Return the level of a request whose query names a sub-resource: some of a key's path are the bucket's.

    Raises what `subresources.judge` raises, METHOD_NOT_ALLOWED for a method that the sub-resource does not have, and
    BAD_REQUEST for one that S3 does not have at all (aws-measured 8).
    """
    if method not in model_overrides.METHODS:
        raise S3Error(errors.BAD_REQUEST)
    name = subresources.judge(method, level, query)
    if name == subresources.PART and subresources.UPLOAD in query and (method != "PUT" or level == BUCKET):
        raise _not_allowed(method, "PART", ["PUT"])
    if name == subresources.TORRENT and method == "GET":
        return OBJECT
    if level == BUCKET:
        _require_of_bucket(method, name)
    elif name in subresources.BUCKETS_AT_KEYS:
        subresources.require_of_key(method, name)
        level = BUCKET
    else:
        subresources.require_no_bucket(method, name, query)
    if name is not None and (method, level) not in levels:
        _refuse_method(levels, method, level, query)
    routes = levels.get((method, level))
    if routes is not None and subresources.REJUDGED.isdisjoint(query):
        if len(routes.judged) >= MOST_REMEMBERED:
            routes.judged.clear()
        routes.judged.add(tuple(query))
    return level


def _require_of_bucket(method: str, name: str | None) -> None:
    """Refuse what only keys have, at the path of a bucket (aws-measured 1)."""
    if name == "restore" and method == "POST":
        raise S3Error(errors.USER_KEY_NEEDED)
    if name == subresources.UPLOAD:
        if method in {"GET", "POST", "DELETE"}:
            raise S3Error(errors.KEY_NEEDED)
        raise _not_allowed(method, "UPLOAD", model_overrides.METHODS_OF_UPLOADS)


def _refuse_method(levels: Levels, method: str, level: str, query: Mapping[str, str]) -> NoReturn:
    """Refuse a method that a sub-resource does not have: `DELETE /bucket?acl` does not delete the bucket.

    The refusal names the resource as access logs do, and the methods that it has (public for `uploadId` and `policy`,
    the others assumed).
    """
    routes = levels.get((method, level))
    others = subresources.SELECTED[level] if routes is None else routes.others
    name = next(name for name in query if name in others)
    marked = (asked for (asked, place), routes in levels.items() if place == level and name in routes.by_name)
    allowed = model_overrides.METHODS_OF_UPLOADS if name == model_overrides.UPLOAD else [*marked]
    of_objects = model_overrides.RESOURCE_TYPES_OF_OBJECTS.get(name) if level == OBJECT else None
    resource = of_objects or model_overrides.RESOURCE_TYPES.get(name) or name.upper().replace("-", "_")
    raise _not_allowed(method, resource, allowed)


def _unmodelled(levels: Levels, method: str, level: str) -> str:
    """Return what no model knows, or refuse. A POST to a bucket should be a form (recorded aws-presigned 30)."""
    if method == "OPTIONS":
        return model_overrides.PREFLIGHT
    if method == "POST" and level == BUCKET:
        return model_overrides.POST_OBJECT
    plain = [asked for (asked, place), routes in levels.items() if place == level and routes.plain]
    raise _not_allowed(method, level.upper(), [asked for asked in plain if asked != "POST"])


def _not_allowed(method: str, resource: str, allowed: Collection[str]) -> S3Error:
    """Return METHOD_NOT_ALLOWED with `Allow` (public), in the order of the one answer that has several (public)."""
    listed = ", ".join(asked for asked in model_overrides.ORDER_OF_METHODS if asked in allowed)
    return S3Error(
        errors.METHOD_NOT_ALLOWED, headers={"allow": listed} if listed else None, Method=method, ResourceType=resource
    )


def _compile(table: Table) -> Levels:
    """Sort the operations into levels, the most demanding first, and keep that on the table."""
    levels: Levels = {}
    for operation, spec in (*table.operations.items(), *table.foreign.items()):
        if operation in model_overrides.DEPRECATED_TWINS or operation == "ListDirectoryBuckets":
            continue
        candidate = _route(operation, spec)
        places = (BUCKET, OBJECT) if operation in model_overrides.ANY_LEVEL else (spec["level"],)
        for place in places:
            level = levels.setdefault((spec["method"], place), Level({}, [], set(), set()))
            target = level.by_name.setdefault(candidate.static[0][0], []) if candidate.static else level.plain
            target.append(candidate)
            target.sort(key=_heavy_first)
    for (_, place), level in levels.items():
        level.others.update(_resources_of(levels, place) - level.by_name.keys())
    levels["HEAD", OBJECT].others.add(model_overrides.UPLOAD)  # the other methods without a sub-resource know uploads
    table.routes = levels
    return levels


def _resources_of(levels: Levels, place: str) -> set[str]:
    """Return the sub-resources of a level; those of objects are none of buckets either (assumed)."""
    places = {BUCKET, OBJECT} if place == BUCKET else {place}
    found = (each for (_, at), level in levels.items() if at in places for each in level.by_name.values())
    return {name for each in found for candidate in each for name, value in candidate.static[:1] if not value}


def _heavy_first(candidate: Route) -> tuple[int, str]:
    return (-candidate.weight, candidate.operation)


def _route(operation: str, spec: dict[str, Any]) -> Route:
    static = tuple(spec.get("static", {}).items())
    query, headers = tuple(spec.get("query", ())), tuple(spec.get("header", ()))
    weight = STATIC_WEIGHT * len(static) + QUERY_WEIGHT * len(query) + len(headers)
    return Route(weight, operation, static, query, headers)
