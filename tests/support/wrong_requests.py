"""Wrong requests to a control door: every address, with each mistake that the forms and the rules of faults allow."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fakecos.serving.control.fault_forms import OUTCOMES
from fakecos.serving.control.routes import ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.serving.control.table import Route

    Wrong = tuple[str, str, Any]

VALUES: list[Any] = [None, True, -1, 0, 1.5, 10**18, 1e300, "", "phto", "ERORR", [], [None], ["x"], {}, {"x": 1}]
"""Values of every type, of which none fits everywhere."""
OPERATIONS = [
    "PutObject", "GetObject", "HeadObject", "UploadPart", "CompleteMultipartUpload", "ListObjectsV2", "ListBuckets",
    "CreateBucket", "CopyObject", "IAMToken", "PostObject", "*", "put_objet", "upload_file", "Put*", "DeleteObject",
]  # fmt: skip
HAPPENS: list[dict[str, Any]] = [
    {"error": "SlowDwn"},
    {"error": "Quite another"},
    {"error": "SlowDown"},
    {"error": {"code": "Odd"}},
    {"error": {"code": "Odd", "status": 403}},
    {"error": {"code": "Odd", "message": "no", "status": 200}},
    {"error": {"code": "SlowDown", "fields": {"statu": 1}}},
    {"error": {"code": "SlowDown", "fields": {"status": 1}}},
    {"error": {"code": "NoSuchKey", "fields": {"Quay": "a", "Odd": True}}},
    {"error": {"code": "EntityTooLarge", "fields": {"x": None}}},
    {"error": {"redirect": "eu-west-1", "status": 302}},
    {"error": {"redirect": "nowhere"}},
    {"error_in_200": "SlowDown"},
    {"error_in_200": "SlowDwn"},
    {"error_in_200": {"code": "Odd", "white_space": 2}},
    {"error_in_200": {"code": "SlowDown", "white_space": -1}},
    {"http": 503},
    {"http": {"status": 503, "headers": {"x": "a\nb"}}},
    {"http": {"iam_error": "BXNIM"}},
    {"http": {"iam_error": "BXNIM0415"}},
    *({"transport": name} for name in ("RESET", "DNS", "RESETT", "READ_TIMEOUT")),
    *({"corrupt": name} for name in ("flip", "framing", "xml", "etag", {"trailer": None}, {"cut": -1}, {"pad": 0})),
    *({"corrupt": change} for change in ({"repeat": {"size": 0}}, {"repeat": {"size": 1, "at": -1}}, {"flip": 10**18})),
    *({"corrupt_answer": change} for change in ("flip", "xml", "framing", {"etag": None}, {"white_space": 0})),
    *(
        {"corrupt_answer": change}
        for change in ({"short": 0}, {"trailer": "x"}, {"checksum": "x"}, {"cut": {"to": -2}})
    ),
    {"delay": {"bytes_per_second": 5, "stall_after": 1}},
    {"delay": {"bytes_per_second": 5}},
    {"delay": 1e308},
    {"delay": {"seconds": 1e308}},
    {"delay": 2},
    *({"meanwhile": name} for name in ("PART_LOST", "UPLOAD_ABORTED", "OBJECT_DELETED", "OBJECT_WRITTEN")),
    *({"meanwhile": name} for name in ("BUCKET_GONE", "DELIVERED_TWICE", "OBJECT_GONE")),
    {"outcomes": [None, None]},
    {"outcomes": [{"error": "SlowDwn"}]},
    {"outcomes": [{"corrupt": "xml"}, {"transport": "DNS"}]},
    {"outcomes": [{"http": {"iam_error": "X"}}], "times": 2},
    {"error": "SlowDown", "http": 502},
    {"error": "SlowDown", "transport": "RESET", "delay": 1},
    {},
]
MORE: list[dict[str, Any]] = [
    {},
    *({"when": name} for name in ("BEFORE", "VALIDATED", "STORED")),
    *({"when": {name: 3}} for name in ("after_bytes", "after_answer_bytes")),
    {"part_number": 1},
    {"part_number": {"first": 5, "last": 2}},
    {"attempt": {"first": 5, "last": 2}},
    {"upload_id": "u"},
    {"key": "k"},
    {"bucket": "b"},
    {"probability": 0.5},
    {"seed": 1},
    {"where": {"method": "GTE"}},
    {"where": {"method": "odd"}},
]


def wrong_requests() -> Iterator[Wrong]:
    """Yield method, address and body of each; some of them are right."""
    yield from _of_state()
    yield "GET", "/v1/jurnal", None
    yield "PATCH", "/v1/faults", None
    for route in ROUTES:
        yield from _of_route(route)
    for operation in OPERATIONS:
        for happens in HAPPENS:
            yield "POST", "/v1/faults", {"operation": operation, **happens}
        for more in MORE:
            for happens in ({"error": "SlowDown"}, {"transport": "DNS"}, {"transport": "RESET"}, {"corrupt": "flip"}):
                yield "POST", "/v1/faults", {"operation": operation, **happens, **more}
            for happens in ({"error_in_200": "SlowDown"}, {"delay": 1}, {"delay": {"bytes_per_second": 1}}):
                yield "POST", "/v1/faults", {"operation": operation, **happens, **more}


def _of_route(route: Route) -> Iterator[Wrong]:
    for value in ("nine", "0", "99", "-1"):
        yield route.method, route.path.replace("{id}", value), None
    path = route.path.replace("{id}", "1")
    for parameter in route.parameters:
        if parameter.place == "query":
            for value in VALUES[1:]:
                yield route.method, f"{path}?{parameter.name}={json.dumps(value)}", None
            yield route.method, f"{path}?{parameter.name}=1&{parameter.name}=1", None
            yield route.method, f"{path}?{parameter.name[:-1]}=1", None
    for body in (*VALUES, *_bodies(route)):
        yield route.method, path, body
    for name in OUTCOMES if path == "/v1/faults" else ():
        for value in VALUES:
            for within in ({name: value}, {"outcomes": [{name: value}]}, {name: {"code": value, "status": value}}):
                yield route.method, path, {"operation": "PutObject", **within}


def _bodies(route: Route) -> Iterator[dict[str, Any]]:
    """Yield the example of an address with one member that is wrong, misspelt or absent."""
    example = route.examples[0] if route.examples else {}
    for name in (route.body or {}).get("properties", {}):
        yield from ({**example, name: value} for value in VALUES)
        yield {**example, f"{name}s": 1}
        yield {key: value for key, value in example.items() if key != name}


REGIONS_AND_OWNERS: list[dict[str, Any]] = [
    {},
    {"region": "eu-wst-1"},
    {"account": "22"},
    {"account": "abcdefghijkl"},
    {"sse_c": "bloked"},
]
BITS: list[dict[str, Any]] = [
    {},
    {"bit": 99},
    {"bit": -99},
    {"part_number": 3},
    {"upload_id": "u"},
    {"part_number": 1},
]


def _of_state() -> Iterator[Wrong]:
    for name in ("photos", "Photos", "ph", "192.168.0.1", "a..b", "phötos", "xn--photos", "photos-an"):
        for more in REGIONS_AND_OWNERS:
            yield "POST", "/v1/buckets", {"name": name, **more}
    for bucket in ("photos", "phots"):
        for key in ("a", "b", "open"):
            for more in BITS:
                yield "POST", "/v1/corrupt_stored", {"bucket": bucket, "key": key, **more}
    yield "POST", "/v1/corrupt_stored", {"bucket": "photos", "key": "twice", "part_number": 1}
    for query in ("operation=PutObjet", "operation=upload_file", "operation=Put*", "after=x", "status=7", "count=2"):
        yield "GET", f"/v1/journal?{query}", None
    for query in ("name=s3:ObjectCreatd:*", "name=x", "count=2", "bucket=phto"):
        yield "GET", f"/v1/events?{query}", None
    yield "GET", "/v1/state?bucket=phots", None
    for snapshot in ("x", "seded"):
        yield "POST", "/v1/restore", {"snapshot": snapshot}
    for time in ("yesterday", "2001-01-01", "9999-01-01"):
        yield "POST", "/v1/clock", {"to": time}
    yield "POST", "/v1/clock", {"to": "2027-01-01", "days": 1}
    yield "POST", "/v1/clock", {"days": 36_500, "weeks": 9}
