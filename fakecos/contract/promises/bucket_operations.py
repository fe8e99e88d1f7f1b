"""CreateBucket, HeadBucket, DeleteBucket and ListBuckets (GetBucketLocation: test_bucket_location)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.answers import DATETIME, http_status, members_of, specific_headers
from fakecos.contract.steps.documents import NAMESPACE, child_names, xml_document
from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.by_hand import ByHand


@promise
def a_new_bucket_of_ibm_has_neither_location_nor_arn(make_client: Callable[..., Any]) -> None:
    """Source: public: no Location either."""
    # ibm-cos 9: BucketArn is not in the model; LocationConstraint is a storage class and is not checked
    client = make_client("ibm")
    assert members_of(client.create_bucket(Bucket="new-bucket")) == {}  # public: no Location either
    client.create_bucket(
        Bucket="smart", CreateBucketConfiguration={"LocationConstraint": "us-south-smart"}, IBMServiceInstanceId="crn:1"
    )
    assert client.get_bucket_location(Bucket="smart")["LocationConstraint"] == "us-south-smart"


@promise
def creating_ones_own_again_elsewhere_is_refused(cos: Service, make_client: Callable[..., Any]) -> None:
    """Source: documented by AWS: "BucketAlreadyOwnedByYou ... in all AWS Regions except in the North Virginia
    Region"."""
    client = make_client(AWS, region_name="eu-west-1")
    where = {"CreateBucketConfiguration": {"LocationConstraint": "eu-west-1"}}
    answer = client.create_bucket(Bucket="in-europe", **where)
    assert answer["Location"] == "http://in-europe.s3.amazonaws.com/"
    message = "Your previous request to create the named bucket succeeded and you already own it."
    with refused(cos, "BucketAlreadyOwnedByYou", message, 409, BucketName="in-europe"):
        client.create_bucket(Bucket="in-europe", **where)


@promise
@cases("name", ["abc", "a" * 63, "my.photos", "my-photos", "0photos0", "1.2.3", "a.-b"])
def a_name_that_keeps_the_rules_is_taken(aws: Any, name: str) -> None:
    """Source: documented by AWS: "General purpose bucket naming rules"."""
    assert aws.create_bucket(Bucket=name)["Location"] == f"/{name}"


@promise
@cases("name", ["us-east-1", "foo", "aws-global"])
def a_location_that_us_east_1_does_not_know_is_refused(cos: Service, aws: Any, name: str) -> None:
    """Source: recorded aws-bucket-configuration 3, 4."""
    message = "The specified location-constraint is not valid"
    with refused(cos, "InvalidLocationConstraint", message, 400, LocationConstraint=name):
        aws.create_bucket(Bucket="new-bucket", CreateBucketConfiguration={"LocationConstraint": name})


@promise
@cases("name", ["aws-global", "eu-central-1", None])
def a_regional_endpoint_takes_its_own_location_alone(
    cos: Service, make_client: Callable[..., Any], name: str | None
) -> None:
    """Source: recorded aws-bucket-configuration 4; without one: public."""
    client = make_client(AWS, region_name="us-west-1")
    message = (
        f"The {name or 'unspecified'} location constraint is incompatible for the region specific endpoint this "
        "request was sent to."
    )
    more = {"CreateBucketConfiguration": {"LocationConstraint": name}} if name else {}
    with refused(cos, "IllegalLocationConstraintException", message, 400):
        client.create_bucket(Bucket="new-bucket", **more)


@promise
@cases("value", ["RandomValue", ""])
def an_unknown_ownership_is_refused(cos: Service, aws: Any, value: str) -> None:
    """Source: recorded aws-bucket-configuration 24."""
    with (
        before_signing(aws, headers={"x-amz-object-ownership": value}),
        refused(
            cos,
            "InvalidArgument",
            f"Invalid x-amz-object-ownership header: {value}",
            400,
            ArgumentName="x-amz-object-ownership",
        ),
    ):
        aws.create_bucket(Bucket="new-bucket")


@promise
def other_kinds_of_buckets_are_refused(cos: Service, aws: Any) -> None:
    """Source: assumed: the name of a directory bucket says that it is one (test_bucket_namespaces)."""
    directory = {"Type": "Directory", "DataRedundancy": "SingleAvailabilityZone"}
    with refused(cos, "MalformedXML", status=400):
        aws.create_bucket(Bucket="new-bucket", CreateBucketConfiguration={"Bucket": directory})


@promise
def an_unknown_canned_acl_is_refused(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 22 for PutBucketAcl; of a new bucket: assumed."""
    with refused(cos, "InvalidArgument", status=400, ArgumentName="x-amz-acl", ArgumentValue="fake-acl") as answer:
        aws.create_bucket(Bucket="new-bucket", ACL="fake-acl")
    assert not answer["Error"].get("Message")


GIVING_AWAY = ["public-read", "public-read-write", "authenticated-read", "aws-exec-read", "log-delivery-write"]
OF_THE_OWNER = ["private", "bucket-owner-read", "bucket-owner-full-control"]


@promise
@cases("acl", GIVING_AWAY)
def an_acl_that_gives_away_needs_another_ownership(cos: Service, aws: Any, acl: str) -> None:
    """Source: documented by AWS: Object Ownership; public, also for log-delivery-write, as was reported of AWS."""
    message = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
    with refused(cos, "InvalidBucketAclWithObjectOwnership", message, 400):
        aws.create_bucket(Bucket="new-bucket", ACL=acl)


@promise
@cases("acl", OF_THE_OWNER)
def an_acl_of_the_owner_alone_is_taken_or_ignored(aws: Any, acl: str) -> None:
    """Source: documented by AWS: canned ACL."""
    aws.create_bucket(Bucket="new-bucket", ACL=acl)
    answer = aws.get_bucket_acl(Bucket="new-bucket")
    (grant,) = answer["Grants"]
    assert (grant["Grantee"]["ID"], grant["Permission"]) == (answer["Owner"]["ID"], "FULL_CONTROL")


@promise
@cases("acl", ["aws-exec-read", "log-delivery-write"])
def with_acls_a_new_bucket_gets_the_canned_one(aws: Any, acl: str) -> None:
    """Source: documented by AWS: canned ACL."""
    aws.create_bucket(Bucket="new-bucket", ACL=acl, ObjectOwnership="ObjectWriter")
    aws.create_bucket(Bucket="later", ObjectOwnership="ObjectWriter")
    aws.put_bucket_acl(Bucket="later", ACL=acl)
    grants = aws.get_bucket_acl(Bucket="new-bucket")["Grants"]
    assert len(grants) > 1
    assert grants == aws.get_bucket_acl(Bucket="later")["Grants"]


@promise
@cases("acl", ["public-read", "public-read-write", "authenticated-read"])
def a_new_bucket_is_not_public(cos: Service, aws: Any, acl: str) -> None:
    """Source: documented by AWS: BlockPublicAcls, on in every new bucket; the status: assumed."""
    message = "Bucket cannot have public ACLs set with BlockPublicAccess enabled"
    with refused(cos, "InvalidBucketAclWithBlockPublicAccessError", message, 400):
        aws.create_bucket(Bucket="new-bucket", ACL=acl, ObjectOwnership="ObjectWriter")


# --- HeadBucket -----------------------------------------------------------------------------------------


@promise
def head_says_where_a_bucket_is(client: Any, dialect: str) -> None:
    """Source: documented by AWS: HeadBucket; BucketArn as recorded for others, aws-bucket-configuration 9."""
    answer = client.head_bucket(Bucket=BUCKET)
    assert http_status(answer) == 200
    shown = {"BucketArn": f"arn:aws:s3:::{BUCKET}", "BucketRegion": "us-east-1", "AccessPointAlias": False}
    assert members_of(answer) == (shown if dialect == AWS else {"IBMSSEKPEnabled": False})  # public
    assert (
        specific_headers(answer)["content-type"] == "application/xml"
    )  # public: a test of another project that AWS passes


@promise
def head_of_another_accounts_bucket_is_a_403_without_a_body(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 19."""
    with refused(cos, "403", "Forbidden", 403):
        aws.head_bucket(Bucket=BUCKET, ExpectedBucketOwner="999999999999")


@promise
def the_waiters_see_buckets_come_and_go(client: Any) -> None:
    once = {"Delay": 0, "MaxAttempts": 1}
    client.create_bucket(Bucket="new-bucket")
    client.get_waiter("bucket_exists").wait(Bucket="new-bucket", WaiterConfig=once)
    client.delete_bucket(Bucket="new-bucket")
    client.get_waiter("bucket_not_exists").wait(Bucket="new-bucket", WaiterConfig=once)


@promise
def a_bucket_with_objects_is_not(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 6."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    message = "The bucket you tried to delete is not empty"
    with refused(cos, "BucketNotEmpty", message, 409, BucketName=BUCKET):
        client.delete_bucket(Bucket=BUCKET)
    client.delete_object(Bucket=BUCKET, Key="key")
    assert http_status(client.delete_bucket(Bucket=BUCKET)) == 204


@promise
def open_uploads_go_with_their_bucket(cos: Service, client: Any) -> None:
    """Source: assumed; that ids of a former bucket are unknown in a new one: public."""
    upload_id = create_upload(client, "key")
    client.delete_bucket(Bucket=BUCKET)
    client.create_bucket(Bucket=BUCKET)
    with refused(cos, "NoSuchUpload", status=404, UploadId=upload_id):
        client.list_parts(Bucket=BUCKET, Key="key", UploadId=upload_id)


@promise
def a_missing_bucket_cannot_be_deleted(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 7."""
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-such-bucket"):
        client.delete_bucket(Bucket="no-such-bucket")


@promise
def a_region_is_asked_for_at_its_own_endpoint(cos: Service, aws: Any) -> None:
    """Source: reported: aws-measured 23."""
    said = "Requests with bucket-region specified must be made to the corresponding regional endpoint"
    with refused(cos, "InvalidArgument", said, 400, ArgumentName="bucket-region"):
        aws.list_buckets(BucketRegion="eu-west-1")


@promise
def an_unknown_region_is_refused(cos: Service, aws: Any) -> None:
    """Source: recorded aws-listing 3."""
    message = "Argument value eu-east-1 is not a valid AWS Region"
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="bucket-region"):
        aws.list_buckets(BucketRegion="eu-east-1")


@promise
def a_token_that_s3_never_gave_is_refused(cos: Service, aws: Any) -> None:
    """Source: recorded aws-listing 11 for ListObjectsV2."""
    message = "The continuation token provided is incorrect"
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="continuation-token"):
        aws.list_buckets(ContinuationToken="not a token")


@promise
@cases("value", ["0", "10001", "-1", "abc"])
def a_count_of_buckets_must_be_one_to_ten_thousand(cos: Service, aws: Any, value: str) -> None:
    """Source: documented by AWS: "Minimum value of 1. Maximum value of 10000."; the words: assumed."""
    with before_signing(aws, {"max-buckets": value}), refused(cos, "InvalidArgument", status=400) as answer:
        aws.list_buckets()
    assert answer["Error"]["ArgumentName"] == "max-buckets"


@promise
@cases("body", [b"<CreateBucketConfiguration>", b"<Wrong/>"])
def a_malformed_document_is_refused(cos: Service, send: ByHand, body: bytes) -> None:
    """Source: recorded aws-objects 65."""
    with refused(cos, "MalformedXML", status=400):
        send("PUT", "/new-bucket", body=body)


# --- ListBuckets ----------------------------------------------------------------------------------------


OWNER = {"ID": "that of the account"}


def listed(answer: Any) -> dict[str, Any]:
    """Return the members of ListBuckets, whoever owns the buckets."""
    found: dict[str, Any] = members_of(answer)
    if found["Owner"].get("ID"):
        found["Owner"]["ID"] = OWNER["ID"]
    return found


def bucket_item(name: str, dialect: str = AWS, region: str | None = None) -> dict[str, Any]:
    item = {"Name": name, "CreationDate": DATETIME}
    if dialect == AWS:
        item["BucketArn"] = f"arn:aws:s3:::{name}"
    if region is not None:
        item["BucketRegion"] = region
    return item


@promise
def without_parameters_no_region_is_told(client: Any, aws: Any, dialect: str) -> None:
    """Source: recorded aws-listing 1."""
    aws.create_bucket(Bucket="another", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    assert listed(client.list_buckets()) == {
        "Buckets": [bucket_item("another", dialect), bucket_item(BUCKET, dialect)],
        "Owner": OWNER,
    }


@promise
def the_document(send: ByHand) -> None:
    """Source: recorded aws-objects 14, 12."""
    root = xml_document(send("GET", "/"))
    assert root.tag == f"{NAMESPACE}ListAllMyBucketsResult"
    assert child_names(root) == ["Owner", "Buckets"]
    assert child_names(root[1][0]) == ["Name", "CreationDate", "BucketArn"]
    moment = root[1][0][1].text or ""
    assert len(moment) == 24
    assert moment.endswith(".000Z")


@promise
def pages_have_regions_and_a_token(aws: Any) -> None:
    """Source: recorded aws-listing 2."""
    aws.create_bucket(Bucket="another", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    with before_signing(aws, {"continuation-token": ""}):
        answer = listed(aws.list_buckets(MaxBuckets=1))
    token = answer.pop("ContinuationToken")
    assert answer == {"Buckets": [bucket_item("another", region="eu-west-1")], "Owner": OWNER}
    assert listed(aws.list_buckets(MaxBuckets=1, ContinuationToken=token)) == {
        "Buckets": [bucket_item(BUCKET, region="us-east-1")],
        "Owner": OWNER,
    }


@promise
def a_prefix_and_a_region_select_buckets(aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 2: Prefix is told."""
    aws.create_bucket(Bucket="photos-of-europe", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    assert listed(aws.list_buckets(Prefix="photos-")) == {
        "Buckets": [bucket_item("photos-of-europe", region="eu-west-1")],
        "Owner": OWNER,
        "Prefix": "photos-",
    }
    assert [item["Name"] for item in aws.list_buckets(BucketRegion="us-east-1")["Buckets"]] == [BUCKET]


@promise
def the_paginator_gives_every_bucket_once(aws: Any) -> None:
    names = sorted([BUCKET, *(f"bucket-{number}" for number in range(5))])
    for name in names[:-1]:
        aws.create_bucket(Bucket=name)
    pages = aws.get_paginator("list_buckets").paginate(PaginationConfig={"PageSize": 2})
    assert [item["Name"] for page in pages for item in page["Buckets"]] == names


@promise
def nobody_makes_a_bucket(cos: Service, anonymous: Callable[[], Any]) -> None:
    """Source: documented: requests to make one are signed; that the answer is AccessDenied: assumed."""
    with refused(cos, "AccessDenied", status=403):
        anonymous().create_bucket(Bucket="of-nobody")
