"""The regions that fakecos knows are those that the client knows."""

from __future__ import annotations

import botocore.session

from fakecos.facts.regions import REGIONS


def test_the_regions_are_those_of_the_client() -> None:
    session = botocore.session.get_session()
    known = {name for part in session.get_available_partitions() for name in session.get_available_regions("s3", part)}
    assert known <= REGIONS
