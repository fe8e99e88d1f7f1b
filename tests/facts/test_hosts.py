"""Every host in one table: what it says, and that all who ask for it hear the same."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest

import fakecos
from fakecos import FakeCOS
from fakecos.clients.activation import network_guard
from fakecos.clients.http import targets
from fakecos.facts import hosts
from fakecos.facts.exceptions import EscapedRequestError, UnclaimedRequestError
from fakecos.facts.hosts import (
    ACCELERATED,
    ACCESS_POINT,
    DIRECTORY_CONTROL,
    GLOBAL,
    OBJECT_LAMBDA,
    OTHER_API,
    PATH,
    UNKNOWN_FORM,
    VIRTUAL,
    WEBSITE,
    Host,
)
from fakecos.facts.services import dialects
from fakecos.wire.addressing import address
from fakecos.wire.messages import HttpRequest, RawBody

POINT = "myap-123456789012"
BUCKETS = {"myap": "photos", "mrap-alias.mrap": "photos"}


class Case(NamedTuple):
    """A host, and what it says; None: it is no service's."""

    host: str
    says: Host | None


def aws(host: str, style: str, name: str | None, region: str | None = None, entry: str = "") -> Case:
    return Case(host, Host("aws", style, name, region, entry))


def ibm(host: str, style: str, name: str | None, region: str | None = None) -> Case:
    return Case(host, Host("ibm", style, name, region, ""))


CASES = [
    aws("s3.amazonaws.com", PATH, None, "us-east-1", GLOBAL),
    aws("photos.s3.amazonaws.com", VIRTUAL, "photos", "us-east-1", GLOBAL),
    aws("s3-external-1.amazonaws.com", PATH, None, "us-east-1"),
    aws("photos.s3.eu-west-1.amazonaws.com", VIRTUAL, "photos", "eu-west-1"),
    aws("photos.s3.dualstack.eu-west-1.amazonaws.com", VIRTUAL, "photos", "eu-west-1"),
    aws("photos.s3-us-west-2.amazonaws.com", VIRTUAL, "photos", "us-west-2"),
    aws("photos.s3-fips.us-gov-west-1.amazonaws.com", VIRTUAL, "photos", "us-gov-west-1"),
    aws("photos.s3-accelerate.amazonaws.com", VIRTUAL, "photos", None, ACCELERATED),
    aws("photos.s3-accelerate.dualstack.amazonaws.com", VIRTUAL, "photos", None, ACCELERATED),
    aws("photos.s3.cn-north-1.amazonaws.com.cn", VIRTUAL, "photos", "cn-north-1"),
    aws("photos.s3.eusc-de-east-1.amazonaws.eu", VIRTUAL, "photos", "eusc-de-east-1"),
    aws("photos.s3.us-west-2.api.aws", VIRTUAL, "photos", "us-west-2"),
    aws("photos.s3.us-iso-east-1.c2s.ic.gov", VIRTUAL, "photos", "us-iso-east-1"),
    aws("photos.s3.us-isob-east-1.sc2s.sgov.gov", VIRTUAL, "photos", "us-isob-east-1"),
    aws("photos.s3.eu-isoe-west-1.cloud.adc-e.uk", VIRTUAL, "photos", "eu-isoe-west-1"),
    aws("photos.s3.us-isof-south-1.csp.hci.ic.gov", VIRTUAL, "photos", "us-isof-south-1"),
    aws("photos.s3-website-us-east-1.amazonaws.com", WEBSITE, "photos", "us-east-1"),
    aws("photos.s3-website.eu-central-1.amazonaws.com", WEBSITE, "photos", "eu-central-1"),
    aws(f"{POINT}.s3-accesspoint.us-west-2.amazonaws.com", ACCESS_POINT, "myap", "us-west-2"),
    aws(f"{POINT}.op-01ac5d28a6a232904.s3-outposts.us-west-2.amazonaws.com", ACCESS_POINT, "myap", "us-west-2"),
    aws("mrap-alias.mrap.accesspoint.s3-global.amazonaws.com", ACCESS_POINT, "mrap-alias.mrap"),
    aws(f"{POINT}.accesspoint.vpce-1a2b-3c.s3.us-east-1.vpce.amazonaws.com", ACCESS_POINT, "myap", "us-east-1"),
    aws("photos.bucket.vpce-1a2b-3c.s3.us-east-1.vpce.amazonaws.com", VIRTUAL, "photos", "us-east-1"),
    aws("bucket.vpce-1a2b-3c.s3.us-east-1.vpce.amazonaws.com", PATH, None, "us-east-1"),
    aws(f"{POINT}.s3-object-lambda.us-west-2.amazonaws.com", OBJECT_LAMBDA, POINT, "us-west-2"),
    aws("b--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com", VIRTUAL, "b--use1-az4--x-s3", "us-east-1"),
    aws("s3express-control.us-west-2.amazonaws.com", PATH, None, "us-west-2", DIRECTORY_CONTROL),
    aws("s3.something.new.us-west-2.amazonaws.com", UNKNOWN_FORM, None),
    aws("123456789012.s3-control.us-west-2.amazonaws.com", OTHER_API, "123456789012", "us-west-2"),
    ibm("photos.s3.us-south.cloud-object-storage.appdomain.cloud", VIRTUAL, "photos", "us-south"),
    ibm("s3.private.eu-de.cloud-object-storage.appdomain.cloud", PATH, None, "eu-de"),
    ibm("s3.direct.us.cloud-object-storage.appdomain.cloud", PATH, None, "us"),
    ibm("s3.private.in-mum.cloud-object-storage.appdomain.cloud", PATH, None, "in-mum"),
    ibm("photos.s3.in-che.cloud-object-storage.appdomain.cloud", VIRTUAL, "photos", "in-che"),
    ibm("photos.s3.dal.us.cloud-object-storage.appdomain.cloud", VIRTUAL, "photos", "us"),
    ibm("s3.private.ams.eu.cloud-object-storage.appdomain.cloud", PATH, None, "eu"),
    ibm("photos.s3-web.us-south.cloud-object-storage.appdomain.cloud", WEBSITE, "photos", "us-south"),
    ibm("photos.s3-api.us-geo.objectstorage.softlayer.net", VIRTUAL, "photos", "us-geo"),
    ibm("photos.s3.eu-geo.objectstorage.service.networklayer.com", VIRTUAL, "photos", "eu-geo"),
    ibm("photos.us-geo.objectstorage.softlayer.net", UNKNOWN_FORM, None),
    Case("s3.example.com", None),
    Case("localhost:9000", None),
    Case("127.0.0.1", None),
    Case("[::1]:9000", None),
    Case("ec2.us-east-1.amazonaws.com", None),
    Case("s3tables.us-east-1.amazonaws.com", None),
    Case("s3.amazonaws.com.evil.example", None),
    Case("photos-s3.amazonaws.com.example", None),
    Case("iam.cloud.ibm.com", None),
]
ALL = pytest.mark.parametrize("case", CASES, ids=[case.host for case in CASES])


def request(host: str) -> HttpRequest:
    return HttpRequest("GET", "https", host, "/key", "", {}, RawBody())


def is_s3(case: Case) -> bool:
    return case.says is not None and case.says.style != OTHER_API


@ALL
@pytest.mark.parametrize("written", ["{}", "{}:443", "{}."])
def test_a_host_says_the_same_however_it_is_written(case: Case, written: str) -> None:
    if case.says is None and written != "{}":
        pytest.skip("it is nobody's host, and may have a port of its own")
    assert hosts.find(written.format(case.host)) == case.says
    assert hosts.find(written.format(case.host).upper()) == (case.says and hosts.find(case.host))


@ALL
def test_addressing_reads_what_the_table_says(case: Case) -> None:
    says = case.says
    if says is not None and says.style == OBJECT_LAMBDA:
        pytest.skip("it is refused: test_addressing.py")
    found = address(request(case.host), BUCKETS)
    if says is None or says.style in {UNKNOWN_FORM, OTHER_API, PATH}:
        assert (found.bucket, found.key, found.style) == ("key", None, PATH)
        assert found.region == (says.region if says is not None and says.style == PATH else None)
    else:
        bucket = BUCKETS.get(says.name or "", says.name) if says.style == ACCESS_POINT else says.name
        assert found == (bucket, "key", says.style, says.region)


@ALL
def test_a_request_of_plain_http_is_answered_at_the_hosts_of_the_table(case: Case) -> None:
    with FakeCOS() as cos:
        target = targets.target_of(f"https://{case.host}/key", cos._active)
    assert (target is not None) == is_s3(case)
    assert target is None or target.service == targets.S3


@ALL
def test_the_service_is_that_of_the_table(case: Case) -> None:
    with FakeCOS() as cos:
        chosen = cos._service._call_of(request(case.host)).dialect
    assert chosen.name == ("aws" if case.says is None else case.says.service)


@ALL
def test_the_network_guard_stops_at_the_hosts_of_the_table(case: Case) -> None:
    if hosts.is_loopback(hosts.hostname(case.host).strip("[]")):
        pytest.skip("what goes to this machine may pass")
    sent = SimpleNamespace(url=f"https://{case.host}/key", method="GET", headers={})
    cos = FakeCOS()
    with pytest.raises((EscapedRequestError, UnclaimedRequestError)) as stopped:
        network_guard.require_allowed(cos._active, sent, network_guard)
    assert isinstance(stopped.value, EscapedRequestError) == is_s3(case)
    cos.errors.clear()


@pytest.mark.parametrize(
    ("url", "is_token"),
    [
        ("https://iam.cloud.ibm.com/identity/token", True),
        ("https://private.iam.cloud.ibm.com/identity/token", True),
        ("https://us-south.private.iam.cloud.ibm.com/identity/token", True),
        ("https://iam.test.cloud.ibm.com/oidc/token", True),
        ("https://iam.eu-gb.bluemix.net/oidc/token", True),
        ("https://iam.cloud.ibm.com/identity/keys", False),
        ("https://iam.example.com/identity/token", False),
        ("https://iam.amazonaws.com/identity/token", False),
    ],
)
def test_tokens_are_fetched_at_the_addresses_of_the_service_that_has_them(url: str, is_token: bool) -> None:
    with FakeCOS() as cos:
        target = targets.target_of(url, cos._active)
    assert (target is not None and target.service == targets.IAM) == is_token


def test_the_endpoint_of_a_region_is_a_host_of_its_own_service() -> None:
    for dialect in dialects.BY_NAME.values():
        found = hosts.find(dialect.endpoint.format(region="some-where-1"))
        assert found == Host(dialect.name, PATH, None, "some-where-1", "")


def test_nobody_else_knows_a_host_name() -> None:
    """The table and the services' files are the only ones that read or make host names of a service."""
    package = Path(fakecos.__file__).parent
    domains = "|".join(re.escape(domain) for table in hosts.TABLE.values() for domain in table.domains)
    pattern = re.compile(rf"[\"'`./].*(?:{domains}|cloud\\?\.ibm\\?\.com)")
    namespaces = ("http://s3.amazonaws.com/doc/", "http://acs.amazonaws.com/groups/", "cognito-identity")
    found = [
        f"{path.relative_to(package)}: {line.strip()}"
        for path in sorted(package.rglob("*.py"))
        if path.name != "hosts.py" and path.parent.name not in {"services", "promises"}  # a promise says what comes
        for line in path.read_text(encoding="utf-8").splitlines()
        if pattern.search(line.replace("\\", "")) and not any(known in line.replace("\\", "") for known in namespaces)
    ]
    assert found == []
