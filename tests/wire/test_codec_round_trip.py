"""Every operation of both service models: the client's own serializer and parser are the other half of the codec."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from botocore.awsrequest import HeadersDict, prepare_request_dict
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fakecos.wire import model_overrides, service_model
from fakecos.wire.parse import parse, timestamp
from fakecos.wire.route import level_of, route, split_query
from fakecos.wire.serialize import serialize
from tests.support.service_models import model, operations, parser, serializer, structures

ROUND_TRIP = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))

# Two members of one structure are called Event on the wire: no reader can tell them apart.
AMBIGUOUS = {"PutBucketNotification", "GetBucketNotification"}
# What is no XML of members has its own tests in test_serialize.py.
NOT_READABLE = {*AMBIGUOUS, *model_overrides.TEXT_ROOTS, "SelectObjectContent"}
# IBM's client raises KeyError for this parameter (ibm-cos 6.5).
UNSENDABLE = {("ibm", "CopyObject"): ("WebsiteRedirectLocation",)}


@pytest.mark.parametrize(("table", "name"), operations())
@ROUND_TRIP
@given(data=st.data())
@pytest.mark.slow
def test_what_the_client_sends_is_routed_and_parsed_to_what_it_was_given(
    table: str, name: str, data: st.DataObject
) -> None:
    operation = model(table).operation_model(name)
    streamed = (operation.input_shape.serialization.get("payload", ""),) if operation.has_streaming_input else ()
    if streamed and operation.input_shape.members[streamed[0]].type_name == "string":
        streamed = ()
    given_params = data.draw(structures(operation.input_shape, (*streamed, *UNSENDABLE.get((table, name), ()))))
    assume(given_params.get("VersionId") != "")  # which the router refuses (public: aws-measured 4)

    request = serializer(table).serialize_to_request(given_params, operation)
    prepare_request_dict(
        request,
        "https://s3express-control.us-west-2.amazonaws.com" if name == "ListDirectoryBuckets" else "https://s3.x",
    )
    url = urlsplit(request["url"])
    bucket, _, key = url.path[1:].partition("/")
    query = split_query(url.query)
    headers = {name.lower(): text for name, text in request["headers"].items()}
    level = level_of(bucket, key)

    ours = service_model.load(table)
    assert route(ours, request["method"], level, query, headers, url.netloc) == model_overrides.DEPRECATED_TWINS.get(
        name, name
    )
    if name not in AMBIGUOUS:
        parsed = parse(ours, name, unquote(bucket) or None, unquote(key) or None, query, headers, request["body"])
        assert expected(given_params) == {member: moments(member, value) for member, value in parsed.items()}


def expected(params: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the client does not send: empty header maps."""
    return {name: value for name, value in params.items() if not (name == "Metadata" and not value)}


def moments(name: str, value: Any) -> Any:
    """Read what the codec keeps as it came."""
    return timestamp(value) if name in model_overrides.VERBATIM and isinstance(value, str) else value


@pytest.mark.parametrize(("table", "name"), [one for one in operations() if one[1] not in NOT_READABLE])
@ROUND_TRIP
@given(data=st.data())
def test_what_is_answered_is_parsed_by_the_client_to_what_was_given(table: str, name: str, data: st.DataObject) -> None:
    operation = model(table).operation_model(name)
    shape = operation.output_shape
    result = {}
    if shape is not None:
        result = data.draw(structures(shape, model_overrides.UNTOLD_MEMBERS[table].get(shape.name, ())))

    status, headers, body = serialize(service_model.load(table), name, result)
    assert isinstance(body, bytes)
    parsed = parser(table).parse({"status_code": status, "headers": HeadersDict(headers), "body": body}, shape)

    del parsed["ResponseMetadata"]
    for member, value in list(parsed.items()):
        if member not in result:
            # What the client makes up: header maps and payloads are there even if they are not, and so is
            # the length of a body that it has.
            assert value in ({}, "", len(body)), member
            del parsed[member]
    assert {member: plain(value) for member, value in result.items()} == parsed


def plain(value: Any) -> Any:
    return value.decode() if isinstance(value, bytes) else value
