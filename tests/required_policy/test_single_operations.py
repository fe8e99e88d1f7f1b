"""Each operation by itself: what is derived of it suffices, and is minimal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from tests.required_policy import single_operations
from tests.support.least_privilege import DENIED, client_of, prove

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS


def asking(operation: str, **more: Any) -> Callable[[FakeCOS, dict[str, str]], None]:
    """Return an act of one request, which S3 may refuse for any reason but a permission."""

    def act(cos: FakeCOS, ids: dict[str, str]) -> None:
        client = client_of(cos)
        given = {**single_operations.parameters(client, operation, ids), **more}
        try:
            getattr(client, xform_name(operation))(
                **{name: value for name, value in given.items() if value is not None}
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in {*DENIED, "403"}:
                raise

    return act


@pytest.mark.parametrize("operation", single_operations.names())
def test_what_an_operation_needs_suffices_and_is_minimal(operation: str) -> None:
    # because: what is enforced is what is derived, for every operation that there is
    policy = prove(asking(operation), single_operations.prepare)
    assert policy["Statement"]


def test_the_page_of_permissions_has_every_operation() -> None:
    # because: the reference is generated, and an operation that is missing there would not be noticed
    page = Path(__file__).parent.parent.parent / "docs" / "reference" / "permissions.md"
    first = page.read_text(encoding="utf-8").partition("\n## ")[0]
    shown = {line.split("`")[1] for line in first.splitlines() if line.startswith("| `")}
    assert shown == {*single_operations.names(), "PostObject"}
