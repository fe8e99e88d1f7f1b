"""SelectObjectContent: answers that a suite which is run on AWS asserts, the object that is read, and the stream."""

from __future__ import annotations

import bz2
import gzip
import json
from typing import Any

from botocore.exceptions import EventStreamError

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.promises.sse_c import SSE_C
from fakecos.contract.steps.answers import specific_headers
from fakecos.contract.steps.customer_keys import allow_sse_c
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.steps.raising import raises
from fakecos.contract.steps.refused import refused, stored_state
from fakecos.contract.steps.selects import (
    CSV,
    DOCUMENT,
    EVERYTHING,
    HEADERS,
    LINES,
    TO_CSV,
    TO_JSON,
    events,
    put_table,
    select,
    selected,
)
from fakecos.facts import errors

COUNT = "SELECT COUNT(*) FROM S3Object"
PAIR = {"x": "1", "y": "2", "z": None}
NESTED = {"x": {"y": "z"}, "list": [True, False], "flag": True, "numbers": [1, 5]}
PEOPLE = [{"staff": [{"name": "Ann", "kids": [{"Name": "Joe"}]}, {"name": "Bob", "kids": {"Name": "Joe"}}]}]
ROWS = "k,l,m\n1,2,3\n4,5,6\n7,8,9"
WITH_COMMA = {"JSON": {"RecordDelimiter": ","}}


# --- public: a peer's suite that is run on AWS ------------------------------------------------------------


@promise
def a_document_comes_back_with_its_nulls_and_numbers_of_bytes(aws: Any) -> None:
    """Source: public: a peer's suite that is run on AWS
    ------------------------------------------------------------."""
    # public
    put_table(aws, json.dumps(PAIR))
    found = events(aws, EVERYTHING, DOCUMENT, WITH_COMMA)
    assert found[0] == {"Records": {"Payload": b'{"x":"1","y":"2","z":null},'}}
    size = len(json.dumps(PAIR))
    details = {"BytesScanned": size, "BytesProcessed": size, "BytesReturned": 27}
    assert found[1:] == [{"Stats": {"Details": details}}, {"End": {}}]


@promise
@cases(
    ("body", "read", "write", "expression", "payload"),
    [
        (json.dumps(PAIR), DOCUMENT, WITH_COMMA, "SELECT count(*) FROM S3Object", b'{"_1":1},'),
        (json.dumps(PAIR), DOCUMENT, WITH_COMMA, "SELECT count(*) as n FROM S3Object", b'{"n":1},'),
        (json.dumps([PAIR, PAIR]), DOCUMENT, WITH_COMMA, "SELECT count(*) as n FROM S3Object", b'{"n":1},'),
        (ROWS, {"CSV": {"FileHeaderInfo": "USE", "FieldDelimiter": ","}}, WITH_COMMA, COUNT, b'{"_1":3},'),
        (ROWS, HEADERS, TO_JSON, COUNT, b'{"_1":3}\n'),
        (json.dumps(PEOPLE), DOCUMENT, WITH_COMMA, "select * from s3object[*].staff[*] s", b"{},"),
        (
            gzip.compress(json.dumps(NESTED).encode(), mtime=0),
            {**DOCUMENT, "CompressionType": "GZIP"},
            TO_JSON,
            COUNT,
            None,
        ),
        (bz2.compress(json.dumps(NESTED).encode()), {**DOCUMENT, "CompressionType": "BZIP2"}, TO_JSON, COUNT, None),
    ],
    ids=["count", "alias", "list", "headers", "delimiter", "missing path", "gzip", "bzip2"],
)
def what_aws_was_seen_to_answer(
    aws: Any, body: str | bytes, read: Any, write: Any, expression: str, payload: bytes | None
) -> None:
    """Source: public: a list at the top of a document is one record, and a wildcard gives at least one."""
    put_table(aws, body)
    assert events(aws, expression, read, write)[0] == {"Records": {"Payload": payload or b'{"_1":1}\n'}}


@promise
@cases(("document", "record"), [(PEOPLE, {"_1": PEOPLE}), (NESTED, NESTED)])
def everything_of_a_document_with_lists(aws: Any, document: Any, record: Any) -> None:
    """Source: public: a list at the top is the column `_1`."""
    put_table(aws, json.dumps(document))
    text = selected(aws, "select * from s3object s", DOCUMENT, WITH_COMMA)
    assert (json.loads(text[:-1]), text[-1]) == (record, ",")


@promise
@cases(
    ("expression", "write", "text"),
    [
        (COUNT, {"CSV": {"RecordDelimiter": "_", "FieldDelimiter": ":"}}, "4_"),
        (COUNT, TO_CSV, "4\n"),
        (EVERYTHING, TO_CSV, f"{ROWS}\n"),
        (EVERYTHING, {"CSV": {"RecordDelimiter": "\n", "FieldDelimiter": ":"}}, "k:l:m\n1:2:3\n4:5:6\n7:8:9\n"),
    ],
)
def compressed_csv_as_csv(aws: Any, expression: str, write: Any, text: str) -> None:
    """Source: public."""
    put_table(aws, bz2.compress(ROWS.encode()))
    assert selected(aws, expression, {"CSV": {}, "CompressionType": "BZIP2"}, write) == text


@promise
@cases("storage_class", ["STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING"])
def a_storage_class_that_can(aws: Any, storage_class: str) -> None:
    """Source: documented."""
    put_table(aws, ROWS, StorageClass=storage_class)
    assert selected(aws, COUNT) == "4\n"


@promise
def values_are_taken_in_any_case(aws: Any) -> None:
    """Source: public: `Use`."""
    put_table(aws, ROWS)
    assert selected(aws, COUNT, {"CSV": {"FileHeaderInfo": "Use"}, "CompressionType": "None"}) == "3\n"


@promise
def progress_is_told_who_asks_for_it(aws: Any) -> None:
    """Source: documented: Progress messages come if they are asked for."""
    put_table(aws, ROWS)
    plain = [next(iter(event)) for event in events(aws, RequestProgress={"Enabled": False})]
    found = events(aws, RequestProgress={"Enabled": True})
    assert plain == ["Records", "Stats", "End"]
    assert [next(iter(event)) for event in found] == ["Records", "Progress", "Stats", "End"]
    assert found[1]["Progress"] == found[2]["Stats"]


@promise
def processed_bytes_are_those_without_compression(aws: Any) -> None:
    """Source: documented: bytes scanned are before, bytes processed after decompression."""
    body = gzip.compress(ROWS.encode() * 100, mtime=0)
    put_table(aws, body)
    stats = events(aws, COUNT, {"CSV": {}, "CompressionType": "GZIP"})[-2]["Stats"]["Details"]
    assert stats == {"BytesScanned": len(body), "BytesProcessed": len(ROWS) * 100, "BytesReturned": 4}


# --- the stream -------------------------------------------------------------------------------------------


@promise
def the_answer_has_no_headers_of_the_object(aws: Any) -> None:
    """Source: public: those of every answer; S3 sends it in chunks, so its length: fakecos."""
    put_table(aws, ROWS, Metadata={"a": "b"})
    answer = select(aws)
    assert specific_headers(answer).keys() == {"content-length"}
    list(answer["Payload"])


@promise
def no_records_are_no_message(aws: Any) -> None:
    """Source: public: an empty file is selected from, and gives nothing."""
    put_table(aws, "")
    assert [next(iter(event)) for event in events(aws, "SELECT * FROM S3Object s WHERE s._1 = `TRUE`")] == [
        "Stats",
        "End",
    ]


@promise
def an_error_after_records_ends_the_stream(aws: Any) -> None:
    """Source: documented: an error message, and no End; after how many bytes: assumed."""
    put_table(aws, "1000000\n" * 20_000 + "x\n" + "3\n")
    answer = select(aws, "SELECT CAST(s._1 AS INT) FROM S3Object s")
    found = []
    with raises(EventStreamError) as caught:
        found.extend(answer["Payload"])
    assert caught.value.response["Error"] == {
        "Code": "CastFailed",
        "Message": "Attempt to convert from one data type to another failed: cast from STRING to INT.",
    }


@promise
def a_key_that_is_not_there(cos: Service, aws: Any) -> None:
    """Source: public."""
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="unknown"):
        select(aws, Key="unknown")


# --- the object -------------------------------------------------------------------------------------------


@promise
def nothing_changes(cos: Service, aws: Any) -> None:
    # law 1
    put_table(aws, ROWS)
    before = stored_state(cos)
    selected(aws)
    assert stored_state(cos) == before


@promise
def a_bucket_that_is_not_there(cos: Service, aws: Any) -> None:
    """Source: documented."""
    with refused(cos, "NoSuchBucket", status=404):
        select(aws, Bucket="nobodys-bucket")


@promise
def another_owner_than_expected(cos: Service, aws: Any) -> None:
    """Source: documented: the header x-amz-expected-bucket-owner."""
    put_table(aws, ROWS)
    with refused(cos, "AccessDenied", status=403):
        select(aws, ExpectedBucketOwner=OTHER)


@promise
def a_customers_key_must_come_with_the_request(cos: Service, aws: Any) -> None:
    """Source: documented: the headers of a customer's key."""
    allow_sse_c(aws)
    put_table(aws, ROWS, **SSE_C)
    with refused(cos, "InvalidRequest", status=400):
        select(aws)
    assert selected(aws, **SSE_C) == f"{ROWS}\n"


@promise
@cases("storage_class", ["GLACIER", "DEEP_ARCHIVE", "REDUCED_REDUNDANCY"])
def a_storage_class_that_cannot_be_queried(cos: Service, aws: Any, storage_class: str) -> None:
    """Source: documented; the words: public."""
    put_table(aws, ROWS, StorageClass=storage_class)
    message = f"We do not support {storage_class} storage class. Please check the service documentation and try again."
    with refused(cos, "UnsupportedStorageClass", message, 400):
        select(aws)


# --- the request ------------------------------------------------------------------------------------------

REQUESTS = [
    ({"ExpressionType": "PartiQL"}, errors.SELECT_EXPRESSION_TYPE),
    ({"expression": "  "}, errors.SELECT_MISSING_PARAMETER),
    ({"expression": EVERYTHING.ljust(256 * 1024 + 1)}, errors.SELECT_EXPRESSION_TOO_LONG),
    ({"read": {}}, errors.SELECT_MISSING_PARAMETER),
    ({"write": {}}, errors.SELECT_MISSING_PARAMETER),
    ({"read": {"JSON": {}}}, errors.SELECT_MISSING_PARAMETER),
    ({"read": {**CSV, **LINES}}, errors.SELECT_FORMAT_CONFLICT),
    ({"write": {**TO_CSV, **TO_JSON}}, errors.SELECT_FORMAT_CONFLICT),
    ({"read": {"CSV": {"FileHeaderInfo": "SKIP"}}}, errors.SELECT_FILE_HEADER_INFO),
    ({"read": {"JSON": {"Type": "LINE"}}}, errors.SELECT_JSON_TYPE),
    ({"read": {"CSV": {}, "CompressionType": "ZSTD"}}, errors.SELECT_COMPRESSION_TYPE),
    ({"write": {"CSV": {"QuoteFields": "NEVER"}}}, errors.SELECT_QUOTE_FIELDS),
    ({"read": {"CSV": {"FieldDelimiter": "abc"}}}, errors.SELECT_PARAMETER),
    ({"read": {"CSV": {"RecordDelimiter": ""}}}, errors.SELECT_PARAMETER),
    ({"read": {"CSV": {"QuoteCharacter": "''"}}}, errors.SELECT_PARAMETER),
    ({"read": {"CSV": {"Comments": "//"}}}, errors.SELECT_PARAMETER),
    ({"read": {"Parquet": {}, "CompressionType": "GZIP"}}, errors.SELECT_PARAMETER),
    ({"read": {"Parquet": {}}}, errors.SELECT_PARQUET),
]


@promise
@cases(("given", "row"), REQUESTS, ids=lambda value: str(value)[:60])
def a_wrong_request_is_refused(cos: Service, aws: Any, given: Any, row: errors.ErrorSpec) -> None:
    """Source: documented: the list of SELECT Object Content error codes; some words, and that settings have one
    character: assumed."""
    put_table(aws, ROWS)
    with refused(cos, row.code, status=400):
        select(aws, **given)


@promise
def the_words_for_a_type_that_is_missing_or_none(cos: Service, aws: Any) -> None:
    """Source: public."""
    put_table(aws, ROWS)
    again = "Please check the service documentation and try again."
    with refused(cos, "MissingRequiredParameter", f"Type is required. {again}", 400):
        select(aws, read={"JSON": {}})
    with refused(cos, "InvalidJsonType", f"The LINE jsonType is invalid. {again}", 400):
        select(aws, read={"JSON": {"Type": "LINE"}})


@promise
def an_error_before_the_first_message_is_the_answer(cos: Service, aws: Any) -> None:
    """Source: public: a cast that fails in the last row of a small file is 400."""
    put_table(aws, "1\n2\nx\n")
    message = "Attempt to convert from one data type to another failed: cast from STRING to INT."
    with refused(cos, "CastFailed", message, 400):
        select(aws, "SELECT CAST(s._1 AS INT) FROM S3Object s")
