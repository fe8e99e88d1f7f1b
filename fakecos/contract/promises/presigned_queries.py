"""Headers that a signer moved into the query of a presigned URL: what S3 takes, ignores and refuses there."""

from __future__ import annotations

from fakecos.contract.promise import promise
from fakecos.facts import presigned_query
from fakecos.facts.presigned_query import IGNORED, REFUSED, TAKEN

# -- the table ----------------------------------------------------------------------------------------------


@promise
def each_row_says_what_becomes_of_a_name_and_how_that_is_known() -> None:
    for row in (*presigned_query.PARAMETERS, presigned_query.OTHER):
        assert {row.unsigned, row.signed, row.by_v2} <= {TAKEN, IGNORED, REFUSED}
        assert row.source.startswith(("recorded", "documented", "public", "assumed"))
        assert all(name == name.lower() for name in row.names)
        for name in row.names:
            assert presigned_query.row_of(name.rstrip("*")) is row or name.endswith("*")
