"""PutBucketAcl and PutObjectAcl: every form that is refused, for buckets and for objects.

Source: recorded aws-bucket-configuration 22, aws-objects 63.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.policies import ALL_USERS
from fakecos.contract.steps.refused import refused
from fakecos.model.store import OWNER_ID
from tests.support.access import allow_acls

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

FAKE_GROUP = "http://acs.amazonaws.com/groups/s3/FakeGroup"
OWNER = {"ID": OWNER_ID}
ME = {"Type": "CanonicalUser", "ID": OWNER_ID}


def document(owner: Any = OWNER, grantee: Any = ME, permission: str = "READ") -> dict[str, Any]:
    made: dict[str, Any] = {"Grants": [{"Grantee": grantee, "Permission": permission}]}
    return {"AccessControlPolicy": {**made, **({"Owner": owner} if owner else {})}}


@pytest.fixture(params=["bucket", "object"])
def put_acl(request: pytest.FixtureRequest, cos: FakeCOS, client: Any) -> Callable[..., Any]:
    """PutBucketAcl, and PutObjectAcl of a stored object."""
    if request.param == "bucket":
        return lambda **params: client.put_bucket_acl(Bucket=BUCKET, **params)
    cos.put_object(BUCKET, "key", b"1")
    return lambda **params: client.put_object_acl(Bucket=BUCKET, Key="key", **params)


def test_an_unknown_canned_acl_has_an_empty_message(cos: FakeCOS, put_acl: Callable[..., Any]) -> None:
    with refused(cos, "InvalidArgument", "", 400, ArgumentName="x-amz-acl", ArgumentValue="fake-acl"):
        put_acl(ACL="fake-acl")


@pytest.mark.parametrize(
    ("grant", "message", "name", "value"),
    [
        (f'uri="{FAKE_GROUP}"', "Invalid group uri", "uri", FAKE_GROUP),
        ('fakekey="1234"', "Argument format not recognized", "x-amz-grant-write", 'fakekey="1234"'),
        ('id="wrong-id"', "Invalid id", "id", "wrong-id"),
    ],
)
def test_a_grant_header_is_judged(
    cos: FakeCOS, put_acl: Callable[..., Any], grant: str, message: str, name: str, value: str
) -> None:
    with refused(cos, "InvalidArgument", message, 400, ArgumentName=name, ArgumentValue=value):
        put_acl(GrantWrite=grant)


@pytest.mark.parametrize("name", ["FullControl", "Read", "ReadACP", "Write", "WriteACP"])
def test_each_header_of_grants_gives_its_permission(cos: FakeCOS, put_acl: Callable[..., Any], name: str) -> None:
    # documented by AWS: specifying grantee in the header; the refusal: recorded aws-objects 63
    permission = "FULL_CONTROL" if name == "FullControl" else name.upper().replace("ACP", "_ACP")
    header = f"x-amz-grant-{permission.lower().replace('_', '-')}"
    with refused(
        cos, "InvalidArgument", "Argument format not recognized", 400, ArgumentName=header, ArgumentValue="everybody"
    ):
        put_acl(**{f"Grant{name}": "everybody"})
    allow_acls(cos, BUCKET)
    put_acl(**{f"Grant{name}": f"id={OWNER_ID}"})
    bucket = cos.store.buckets[BUCKET]
    found = {acl for acl in (bucket.acl, *(stored.attributes.acl for stored in bucket.objects.values())) if acl}
    assert [(grant.name, grant.permission) for acl in found for grant in acl.grants] == [(OWNER_ID, permission)]


def test_a_grant_to_an_email_address_is_not_taken_any_more(cos: FakeCOS, put_acl: Callable[..., Any]) -> None:
    # documented by AWS: discontinued in October 2025
    message = "The specified method is not allowed against this resource."
    with refused(cos, "MethodNotAllowed", message, 405):
        put_acl(GrantRead='emailAddress="a@example.com"')
    with refused(cos, "MethodNotAllowed", message, 405):
        put_acl(**document(grantee={"Type": "AmazonCustomerByEmail", "EmailAddress": "a@example.com"}))


@pytest.mark.parametrize(
    "given",
    [
        document(owner=None),
        document(permission="WRONG-PERMISSION"),
        document(grantee={"Type": "BadType", "ID": OWNER_ID}),
        {"AccessControlPolicy": {}},
        {"AccessControlPolicy": {"Owner": OWNER, "Grants": document()["AccessControlPolicy"]["Grants"] * 101}},
    ],
    ids=["no owner", "permission", "type", "empty", "101 grants (documented; the code assumed)"],
)
def test_a_malformed_document_is_refused(cos: FakeCOS, put_acl: Callable[..., Any], given: dict[str, Any]) -> None:
    with refused(cos, "MalformedACLError", MALFORMED_XML, 400):
        put_acl(**given)


@pytest.mark.parametrize(
    ("given", "message", "name", "value"),
    [
        (document(owner={"ID": "wrong-id"}), "Invalid id", "CanonicalUser/ID", "wrong-id"),
        (document(grantee={"Type": "CanonicalUser", "ID": "wrong-id"}), "Invalid id", "CanonicalUser/ID", "wrong-id"),
        (document(grantee={"Type": "Group", "URI": FAKE_GROUP}), "Invalid group uri", "Group/URI", FAKE_GROUP),
    ],
)
def test_ids_and_groups_of_a_document_are_judged(
    cos: FakeCOS, put_acl: Callable[..., Any], given: dict[str, Any], message: str, name: str, value: str
) -> None:
    with refused(cos, "InvalidArgument", message, 400, ArgumentName=name, ArgumentValue=value):
        put_acl(**given)


def test_nothing_at_all_is_refused(cos: FakeCOS, put_acl: Callable[..., Any]) -> None:
    message = "Your request was missing a required header"
    with refused(cos, "MissingSecurityHeader", message, 400, MissingHeaderName="x-amz-acl"):
        put_acl()


def test_a_canned_acl_beside_grants_is_refused(cos: FakeCOS, put_acl: Callable[..., Any]) -> None:
    with refused(cos, "InvalidRequest", "Specifying both Canned ACLs and Header Grants is not allowed", 400):
        put_acl(ACL="public-read", GrantRead=f'uri="{ALL_USERS}"')


def test_a_canned_acl_beside_a_document_is_refused(cos: FakeCOS, put_acl: Callable[..., Any]) -> None:
    with refused(cos, "UnexpectedContent", "This request does not support content", 400):
        put_acl(ACL="public-read", **document())


@pytest.mark.parametrize("dialect", [AWS])
def test_a_bucket_without_acls_takes_none(cos: FakeCOS, put_acl: Callable[..., Any]) -> None:
    # documented by AWS: Object Ownership
    for given in ({"ACL": "public-read"}, {"GrantRead": f'uri="{ALL_USERS}"'}, document()):
        with refused(cos, "AccessControlListNotSupported", "The bucket does not allow ACLs", 400):
            put_acl(**given)


@pytest.mark.parametrize("dialect", [AWS])
def test_a_public_acl_is_blocked_in_a_new_bucket(cos: FakeCOS, put_acl: Callable[..., Any]) -> None:
    # documented by AWS: BlockPublicAcls, on since April 2023
    cos.store.buckets[BUCKET].ownership = "ObjectWriter"
    for given in ({"ACL": "public-read"}, {"GrantRead": f'uri="{ALL_USERS}"'}):
        with refused(cos, "AccessDenied", "Access Denied", 403):
            put_acl(**given)
    assert put_acl(ACL="private")


def test_a_document_replaces_the_grants(cos: FakeCOS, put_acl: Callable[..., Any], client: Any) -> None:
    allow_acls(cos, BUCKET)
    group = {"Type": "Group", "URI": ALL_USERS}
    put_acl(**document(grantee=group, permission="READ_ACP"))
    key = {"Key": "key"} if cos.store.buckets[BUCKET].acl is None else {}
    answer = client.get_object_acl(Bucket=BUCKET, **key) if key else client.get_bucket_acl(Bucket=BUCKET)
    assert members_of(answer) == {"Owner": OWNER, "Grants": [{"Grantee": group, "Permission": "READ_ACP"}]}
