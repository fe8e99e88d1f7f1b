"""Which bucket and key: every form of host, and keys kept to the byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakecos.facts import hosts
from fakecos.facts.errors import S3Error
from fakecos.facts.hosts import ACCESS_POINT, PATH, VIRTUAL, WEBSITE
from fakecos.wire.addressing import Address, address
from fakecos.wire.messages import HttpRequest, RawBody

POINTS = {"myap": "behind", "mrap-alias.mrap": "spread", "outap": "outpost"}


def request(host: str, path: str = "/key", endpoint_host: str | None = None) -> HttpRequest:
    return HttpRequest("GET", "https", host, path, "", {}, RawBody(), endpoint_host)


AWS_ENDPOINTS: list[tuple[str, str | None]] = [
    ("s3.amazonaws.com", "us-east-1"),
    ("s3-external-1.amazonaws.com", "us-east-1"),
    ("s3.us-east-1.amazonaws.com", "us-east-1"),
    ("s3.eu-west-1.amazonaws.com", "eu-west-1"),
    ("s3-us-west-2.amazonaws.com", "us-west-2"),
    ("s3.dualstack.eu-west-1.amazonaws.com", "eu-west-1"),
    ("s3-fips.us-east-2.amazonaws.com", "us-east-2"),
    ("s3-fips.dualstack.us-gov-west-1.amazonaws.com", "us-gov-west-1"),
    ("s3-fips-us-gov-west-1.amazonaws.com", "us-gov-west-1"),
    ("s3-accelerate.amazonaws.com", None),
    ("s3-accelerate.dualstack.amazonaws.com", None),
    ("s3.cn-north-1.amazonaws.com.cn", "cn-north-1"),
    ("s3.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"),
    ("s3.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1"),
    ("s3.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"),
]
IBM_ENDPOINTS: list[tuple[str, str | None]] = [
    ("s3.us-south.cloud-object-storage.appdomain.cloud", "us-south"),
    ("s3.private.eu-de.cloud-object-storage.appdomain.cloud", "eu-de"),
    ("s3.direct.us.cloud-object-storage.appdomain.cloud", "us"),
    ("s3.ams03.cloud-object-storage.appdomain.cloud", "ams03"),
    ("s3-api.us-geo.objectstorage.softlayer.net", "us-geo"),
    ("s3.eu-geo.objectstorage.softlayer.net", "eu-geo"),
]


@pytest.mark.parametrize(("endpoint", "region"), AWS_ENDPOINTS + IBM_ENDPOINTS)
@pytest.mark.parametrize("bucket", ["bkt", "my.dotted.bucket", "s3", "s3-logs", "a.s3.b", "x.s3-y"])
def test_the_bucket_stands_before_a_known_endpoint(endpoint: str, region: str | None, bucket: str) -> None:
    assert address(request(f"{bucket}.{endpoint}"), {}) == Address(bucket, "key", VIRTUAL, region)


@pytest.mark.parametrize(("endpoint", "region"), AWS_ENDPOINTS + IBM_ENDPOINTS)
def test_without_a_bucket_in_the_host_it_is_the_first_of_the_path(endpoint: str, region: str | None) -> None:
    assert address(request(endpoint, "/bkt/dir/key"), {}) == Address("bkt", "dir/key", PATH, region)
    assert address(request(endpoint + ":443", "/"), {}) == Address(None, None, PATH, region)


@pytest.mark.parametrize(
    ("host", "endpoint", "expected"),
    [
        ("localhost:9000", "localhost:9000", Address("bkt", "key", PATH, None)),
        ("bkt.localhost:9000", "localhost:9000", Address("bkt", "bkt/key", VIRTUAL, None)),
        ("a.b.minio.example.com", "minio.example.com", Address("a.b", "bkt/key", VIRTUAL, None)),
        ("127.0.0.1:9000", "127.0.0.1:9000", Address("bkt", "key", PATH, None)),
        ("[::1]:9000", "[::1]:9000", Address("bkt", "key", PATH, None)),
        ("MINIO.Example.com", "minio.example.com", Address("bkt", "key", PATH, None)),
        ("elsewhere.example.com", "minio.example.com", Address("bkt", "key", PATH, None)),
        ("s3.example.com", None, Address("bkt", "key", PATH, None)),
        ("127.0.0.1:9000", None, Address("bkt", "key", PATH, None)),
        ("bkt.localhost:9000", None, Address("bkt", "bkt/key", VIRTUAL, None)),
        ("localhost", None, Address("bkt", "key", PATH, None)),
    ],
)
def test_at_a_custom_endpoint_the_bucket_is_the_host_minus_the_endpoint(
    host: str, endpoint: str | None, expected: Address
) -> None:
    assert address(request(host, "/bkt/key", endpoint), {}) == expected


@pytest.mark.parametrize(
    ("host", "endpoint", "bucket"),
    [
        ("myap-123456789012.s3-accesspoint.us-west-2.amazonaws.com", None, "behind"),
        ("myap-123456789012.s3-accesspoint-fips.us-west-2.amazonaws.com", None, "behind"),
        ("myap-123456789012.s3-accesspoint.dualstack.us-west-2.amazonaws.com", None, "behind"),
        ("myap-123456789012.s3-accesspoint-fips.dualstack.us-west-2.amazonaws.com", None, "behind"),
        ("outap-123456789012.op-01ac5d28a6a232904.s3-outposts.us-west-2.amazonaws.com", None, "outpost"),
        ("mrap-alias.mrap.accesspoint.s3-global.amazonaws.com", None, "spread"),
        ("myap-123456789012.accesspoint.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com", None, "behind"),
        ("myap-123456789012.localhost:9000", "localhost:9000", "behind"),
    ],
)
def test_an_access_point_stands_for_its_bucket(host: str, endpoint: str | None, bucket: str) -> None:
    found = address(request(host, "/dir/key", endpoint), POINTS)
    assert (found.bucket, found.key, found.style) == (bucket, "dir/key", ACCESS_POINT)


def test_an_access_point_made_after_the_first_request_is_found() -> None:
    host = "later-123456789012.s3-accesspoint.us-west-2.amazonaws.com"
    with pytest.raises(S3Error):
        address(request(host), {})
    assert address(request(host), {"later": "bkt"}).bucket == "bkt"


def test_an_unknown_access_point_is_refused_by_name() -> None:
    with pytest.raises(S3Error) as refused:
        address(request("who-123456789012.s3-accesspoint.us-west-2.amazonaws.com"), POINTS)
    assert refused.value.code == "NoSuchAccessPoint"
    assert refused.value.fields == {"AccessPointName": "who"}


def test_at_a_custom_endpoint_a_name_that_is_no_access_point_is_a_bucket() -> None:
    found = address(request("logs-123456789012.localhost:9000", "/k", "localhost:9000"), POINTS)
    assert found == Address("logs-123456789012", "k", VIRTUAL, None)


def test_an_object_lambda_host_is_refused_clearly() -> None:
    with pytest.raises(S3Error, match="S3 Object Lambda is not implemented"):
        address(request("ol-123456789012.s3-object-lambda.us-west-2.amazonaws.com"), POINTS)


def test_a_directory_bucket_is_a_bucket() -> None:
    found = address(request("b--usw2-az1--x-s3.s3express-usw2-az1.us-west-2.amazonaws.com"), {})
    assert found == Address("b--usw2-az1--x-s3", "key", VIRTUAL, "us-west-2")


def test_a_vpc_endpoint_takes_both_styles() -> None:
    host = "bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com"
    assert address(request(host, "/bkt/k"), {}) == Address("bkt", "k", PATH, "us-east-1")
    assert address(request("bkt." + host, "/k"), {}) == Address("bkt", "k", VIRTUAL, "us-east-1")


@pytest.mark.parametrize(
    "host",
    [
        "bkt.s3-website-us-east-1.amazonaws.com",
        "bkt.s3-website.us-east-1.amazonaws.com",
        "bkt.s3-web.us-east-1.cloud-object-storage.appdomain.cloud",
    ],
)
def test_a_website_host_is_told_apart(host: str) -> None:
    assert address(request(host, "/index.html"), {}) == Address("bkt", "index.html", WEBSITE, "us-east-1")


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/a%20b", "a b"),
        ("/a+b", "a+b"),
        ("/%2Fa%2Fb", "/a/b"),
        ("//./../x", "/./../x"),
        ("/a//b/", "a//b/"),
        ("/%C3%BC%2Bc", "ü+c"),
        ("/a%2525", "a%25"),
        ("/ü", "ü"),
        ("//", "/"),
        ("/", None),
        ("", None),
    ],
)
def test_a_key_is_decoded_once_and_never_normalised(path: str, key: str | None) -> None:
    assert address(request("bkt.s3.amazonaws.com", path), {}).key == key


@pytest.mark.parametrize(("path", "expected"), [("/bkt", None), ("/bkt/", None), ("/bkt//", "/"), ("/bkt//k", "/k")])
def test_an_empty_key_is_the_bucket_itself(path: str, expected: str | None) -> None:
    assert address(request("s3.amazonaws.com", path), {}) == Address("bkt", expected, PATH, "us-east-1")


@pytest.mark.parametrize("path", ["/%FF", "/%C3", "/%zz", "/%", "/a%2", "/\udcff", "/\udcff%20"])
def test_a_path_that_does_not_decode_is_refused(path: str) -> None:
    with pytest.raises(S3Error) as refused:
        address(request("bkt.s3.amazonaws.com", path), {})
    assert refused.value.code == "InvalidURI"
    assert refused.value.fields == {"URI": path}


@given(key=st.text(min_size=1))
@pytest.mark.slow
def test_any_key_that_a_client_encodes_comes_back(key: str) -> None:
    from urllib.parse import quote

    try:
        path = "/" + quote(key, safe="/~")
    except UnicodeEncodeError:  # lone surrogates have no UTF-8
        return
    assert address(request("bkt.s3.amazonaws.com", path), {}).key == key


def test_what_is_remembered_of_hosts_is_bounded() -> None:
    for number in range(hosts.MOST_KNOWN + 10):
        address(request(f"bkt{number}.s3.amazonaws.com"), {})
    assert hosts.place.cache_info().currsize == hosts.MOST_KNOWN
    assert hosts.find.cache_info().currsize == hosts.MOST_KNOWN
