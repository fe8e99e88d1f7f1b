"""What SelectObjectContent selects: the records of a stream, and how they are asked for."""

from __future__ import annotations

from typing import Any

from fakecos.contract.steps.names import BUCKET

DOCUMENT: Any = {"JSON": {"Type": "DOCUMENT"}}
LINES: Any = {"JSON": {"Type": "LINES"}}
CSV: Any = {"CSV": {}}
HEADERS: Any = {"CSV": {"FileHeaderInfo": "USE"}}
TO_JSON: Any = {"JSON": {}}
TO_CSV: Any = {"CSV": {}}
EVERYTHING = "SELECT * FROM S3Object"


def select(client: Any, expression: str = EVERYTHING, read: Any = CSV, write: Any = TO_CSV, **more: Any) -> Any:
    """Return the answer; the key is `table` unless another one is given."""
    given = {"Bucket": BUCKET, "Key": "table", "ExpressionType": "SQL", **more}
    return client.select_object_content(
        **given, Expression=expression, InputSerialization=read, OutputSerialization=write
    )


def events(client: Any, expression: str = EVERYTHING, read: Any = CSV, write: Any = TO_CSV, **more: Any) -> list[Any]:
    """Return all events of an answer."""
    return list(select(client, expression, read, write, **more)["Payload"])


def selected(client: Any, expression: str = EVERYTHING, read: Any = CSV, write: Any = TO_CSV, **more: Any) -> str:
    """Return the records of an answer, which must have come to its end."""
    found = events(client, expression, read, write, **more)
    assert found[-1] == {"End": {}}
    return records_of(found)


def records_of(found: list[Any]) -> str:
    """Return the records of events."""
    return b"".join(event["Records"]["Payload"] for event in found if "Records" in event).decode()


def put_table(client: Any, body: str | bytes, **more: Any) -> None:
    """Store what is selected from."""
    client.put_object(Bucket=BUCKET, Key="table", Body=body, **more)
