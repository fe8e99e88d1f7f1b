"""CreateBucket, HeadBucket, DeleteBucket, ListBuckets and GetBucketLocation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fakecos.facts import dates, errors
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MAX_BUCKET_TAGS, MAX_BUCKETS
from fakecos.facts.regions import REGIONS, UNCHANGED_REGIONS, US_EAST_1
from fakecos.facts.services.aws import GLOBAL_ENDPOINT
from fakecos.model.acl import BUCKET_OWNER_FULL_CONTROL, BUCKET_OWNER_READ, CANNED, PRIVATE
from fakecos.model.bucket import BUCKET_OWNER_ENFORCED
from fakecos.model.principal import canonical_id_of
from fakecos.operations import acl as acls
from fakecos.operations import object_lock
from fakecos.operations.bucket_namespaces import require_namespace
from fakecos.operations.configurations.settings import OWNERSHIPS
from fakecos.operations.list_objects import require_list_parameters
from fakecos.operations.lookup import bucket_of
from fakecos.operations.pagination import encoder, integer, key_of, token_of
from fakecos.operations.tags import NEW_BUCKET, require_tags

if TYPE_CHECKING:
    from fakecos.model.acl import Acl
    from fakecos.model.bucket import Bucket
    from fakecos.operations.context import Context
    from fakecos.wire.types import Bucket as BucketItem
    from fakecos.wire.types import (
        CreateBucketOutput,
        CreateBucketRequest,
        DeleteBucketOutput,
        DeleteBucketRequest,
        GetBucketLocationOutput,
        GetBucketLocationRequest,
        HeadBucketOutput,
        HeadBucketRequest,
        ListBucketsOutput,
        ListBucketsRequest,
    )

# The documented "General purpose bucket naming rules".
NAME = r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
ADDRESS = r"\d+\.\d+\.\d+\.\d+"
RESERVED_PREFIXES = ("xn--", "sthree-", "amzn-s3-demo-")
RESERVED_SUFFIXES = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3")
EU = "EU"  # recorded aws-bucket-configuration 2: an alias of eu-west-1 that GetBucketLocation answers as it was given
EU_WEST_1 = "eu-west-1"
ACLS_OF_COS = frozenset({"private", "public-read", "public-read-write", "authenticated-read"})  # documented
# Those of a bucket's owner are ignored when it is created (documented: canned ACL).
PRIVATE_ACLS = frozenset({PRIVATE, BUCKET_OWNER_READ, BUCKET_OWNER_FULL_CONTROL})


def require_name(name: str, reserved: tuple[str, ...] = ()) -> None:
    """Refuse a name that breaks the naming rules (documented), or has a `reserved` prefix. Raises InvalidBucketName."""
    valid = (
        re.fullmatch(NAME, name) is not None
        and ".." not in name
        and re.fullmatch(ADDRESS, name) is None
        and not name.startswith((*RESERVED_PREFIXES, *reserved))
        and not name.endswith(RESERVED_SUFFIXES)
    )
    if not valid:
        raise S3Error(errors.INVALID_BUCKET_NAME, BucketName=name)


def create_bucket(context: Context, params: CreateBucketRequest) -> CreateBucketOutput:
    """Create a bucket; in us-east-1 creating one's own again succeeds (recorded aws-bucket-configuration 10)."""
    name = params["Bucket"]
    require_name(name, context.dialect.reserved)
    acl = params.get("ACL")
    if acl is not None and acl not in (CANNED if context.dialect.object_ownership else ACLS_OF_COS):
        raise S3Error(errors.INVALID_CANNED_ACL, ArgumentName="x-amz-acl", ArgumentValue=acl)
    if (params.get("CreateBucketConfiguration") or {}).keys() & {"Location", "Bucket"}:
        raise S3Error(errors.MALFORMED_XML)  # another kind of bucket (assumed)
    ownership = params.get("ObjectOwnership", BUCKET_OWNER_ENFORCED)
    if ownership not in OWNERSHIPS:
        raise S3Error(errors.INVALID_OWNERSHIP, ArgumentName="x-amz-object-ownership", value=ownership)
    owner = canonical_id_of(account_of(context))
    grants = acls.requested(params, owner, owner)
    if context.dialect.object_ownership:
        require_creatable_acl(grants, acl, ownership)
    region, location = location_of(context, params)
    namespace = params.get("BucketNamespace")
    is_accounts = require_namespace(context.holds, name, account_of(context), region, namespace)
    tags = tags_of(context, params)
    context.rules().require_creatable(context, params)
    existing = context.store.buckets.get(name)
    if existing is None:
        bucket = context.store.create_bucket(name, region, location, account_of(context), context.now())
        bucket.ownership = ownership
        bucket.acl = grants
        bucket.tags = tags
        bucket.blocks_sse_c = blocks_sse_c(region, since_april=context.holds(dates.SSE_C_BLOCKED))
        context.rules().created(context, bucket, params)
        if params.get("ObjectLockEnabledForBucket") is True:
            object_lock.enable(bucket)
    else:
        require_recreatable(context, existing, region, tags, is_accounts=is_accounts)
    is_local = region == US_EAST_1 or context.dialect.locations is not None
    where = f"/{name}" if is_local else f"http://{name}.{GLOBAL_ENDPOINT}/"
    result: CreateBucketOutput = {"Location": where}
    if context.dialect.sends_bucket_arn:
        result["BucketArn"] = arn_of(name)
    return result


def blocks_sse_c(region: str, *, since_april: bool) -> bool:
    """Whether a new bucket blocks keys of the customer (aws-changes 1)."""
    return since_april and region not in UNCHANGED_REGIONS


def require_creatable_acl(grants: Acl | None, name: str | None, ownership: str) -> None:
    """Refuse an ACL where there are none, and a public one: a new bucket blocks public access (documented, public).

    So `log-delivery-write` is refused for the ownership and not as unknown (public: reported of AWS).
    """
    if grants is not None and ownership == BUCKET_OWNER_ENFORCED and name not in PRIVATE_ACLS:
        raise S3Error(errors.ACL_WITH_OWNER_ENFORCED)
    if grants is not None and grants.is_public:
        raise S3Error(errors.ACL_WITH_BLOCKED_ACCESS)


def account_of(context: Context) -> str:
    """Return the account of a caller who is somebody: `access` lets nobody create or list buckets."""
    assert context.caller.account is not None
    return context.caller.account


def require_recreatable(
    context: Context, existing: Bucket, region: str, tags: dict[str, str], *, is_accounts: bool
) -> None:
    """Refuse to create what is there, but for one's own bucket in us-east-1 (recorded aws-bucket-configuration 10).

    With tags it is refused there too, whatever they are; without any the old ones stay (recorded aws-changes 13). A
    name of the account's own is never taken twice (reported: aws-changes 3).
    """
    if existing.account != account_of(context) or not context.rules().is_listed(context, existing):
        raise S3Error(errors.BUCKET_EXISTS, BucketName=existing.name)
    if is_accounts or tags or not (existing.region == region == US_EAST_1 and context.dialect.recreates):
        raise S3Error(errors.BUCKET_OWNED, BucketName=existing.name)


def tags_of(context: Context, params: CreateBucketRequest) -> dict[str, str]:
    """Return the tags of a new bucket (recorded aws-bucket-configuration 9, 10). Raises what PutBucketTagging does.

    A tag that is S3's own has a sentence of its own here (recorded aws-changes 14).
    """
    tags = (params.get("CreateBucketConfiguration") or {}).get("Tags") or []
    pairs = [(tag["Key"], tag["Value"]) for tag in tags]
    return require_tags(context.dialect, pairs, MAX_BUCKET_TAGS, NEW_BUCKET)


def location_of(context: Context, params: CreateBucketRequest) -> tuple[str, str | None]:
    """Return the region of the new bucket and its LocationConstraint (recorded aws-bucket-configuration 2-4)."""
    given: str | None = (params.get("CreateBucketConfiguration") or {}).get("LocationConstraint")
    if context.dialect.locations is not None:
        return located(context, given, context.dialect.locations)
    if context.request_info.region == US_EAST_1:
        if given is None:
            return US_EAST_1, None
        if given != EU and (given == US_EAST_1 or given not in REGIONS):
            raise S3Error(errors.INVALID_LOCATION, LocationConstraint=given)
    elif given != context.request_info.region and not (given == EU and context.request_info.region == EU_WEST_1):
        raise S3Error(errors.ILLEGAL_LOCATION, location=given or "unspecified")
    return (EU_WEST_1 if given == EU else given or context.request_info.region), given


def located(context: Context, given: str | None, locations: frozenset[str]) -> tuple[str, str]:
    """Return place and LocationConstraint of a new bucket of IBM's: `us-south` and `us-south-vault`.

    The constraint is of the place that the endpoint's name says, as long as it says one (documented). Without a
    constraint the class is standard (assumed).
    """
    standard = f"{context.request_info.region}-standard"
    place = context.request_info.region if standard in locations else None
    if given is None:
        given = context.dialect.location if place is None else standard
    found = given.rpartition("-")[0]
    if given not in locations or place not in {None, found}:
        raise S3Error(errors.INVALID_LOCATION, LocationConstraint=given)
    return found, given


def arn_of(name: str) -> str:
    """Return the ARN of a bucket."""
    return f"arn:aws:s3:::{name}"


def head_bucket(context: Context, params: HeadBucketRequest) -> HeadBucketOutput:
    """Say that a bucket is there, and where.

    Raises what a list of its objects is refused for before its keys are read (public: aws-measured 14).
    """
    is_v2 = params.get("ListType") == "2"
    require_list_parameters(params, version=2 if is_v2 else 1)
    bucket = bucket_of(context, params)
    encoder(params)
    if is_v2 and "ContinuationToken" in params:
        key_of(params["ContinuationToken"])
    result: HeadBucketOutput = {
        "BucketRegion": bucket.region,
        "AccessPointAlias": False,
        **context.rules().bucket_fields(bucket),
    }
    if context.dialect.sends_bucket_arn:
        result["BucketArn"] = arn_of(bucket.name)
    return result


def delete_bucket(context: Context, params: DeleteBucketRequest) -> DeleteBucketOutput:
    """Delete a bucket without objects and versions (recorded aws-bucket-configuration 6).

    Its open uploads go with it (public).
    """
    bucket = bucket_of(context, params)
    if not bucket.is_empty:
        raise S3Error(
            errors.BUCKET_NOT_EMPTY if bucket.versioning is None else errors.BUCKET_HAS_VERSIONS, BucketName=bucket.name
        )
    del context.store.buckets[bucket.name]
    return {}


def get_bucket_location(context: Context, params: GetBucketLocationRequest) -> GetBucketLocationOutput:
    """Return the LocationConstraint as it was given; an empty element for us-east-1."""
    return {"LocationConstraint": bucket_of(context, params).location or context.dialect.location}


def list_buckets(context: Context, params: ListBucketsRequest) -> ListBucketsOutput:
    """Return the account's buckets by name; with parameters in pages and with regions (recorded aws-listing 1-3)."""
    rules = context.rules()
    rules.require_lister(context)
    maximum = integer(params, "MaxBuckets", "max-buckets", MAX_BUCKETS, smallest=None)
    if not 1 <= maximum <= MAX_BUCKETS:
        raise S3Error(
            errors.INVALID_MAX_BUCKETS, ArgumentName="max-buckets", ArgumentValue=maximum, maximum=MAX_BUCKETS
        )
    region = params.get("BucketRegion")
    if region is not None:
        region = listed_region(context, region)
    prefix: str = params.get("Prefix") or ""
    token: str = params.get("ContinuationToken") or ""
    account, buckets = account_of(context), context.store.buckets
    start = buckets.place_after(key_of(token)) if token else 0
    found = [
        buckets[name]
        for name in list(buckets)[start:]
        if buckets[name].account == account
        and name.startswith(prefix)
        and region in {None, buckets[name].region}
        and rules.is_listed(context, buckets[name])
    ]
    page = found[:maximum]
    asked = any(member in params for member in ("Prefix", "BucketRegion", "MaxBuckets", "ContinuationToken"))
    result: ListBucketsOutput = {
        "Owner": {"ID": canonical_id_of(account)},
        "Buckets": [bucket_line(context, bucket, with_region=asked) for bucket in page],
    }
    if "Prefix" in params:  # an empty one too (public: aws-measured 23)
        result["Prefix"] = prefix
    if page and len(found) > len(page):
        result["ContinuationToken"] = token_of(page[-1].name)
    return result


def listed_region(context: Context, region: str) -> str:
    """Return the region whose buckets are asked for, in whichever case it came (public: aws-measured 23).

    Raises InvalidArgument for what is no region (recorded aws-listing 3), and for another than that of the endpoint.
    """
    known = region.lower()
    if known not in REGIONS:
        raise S3Error(errors.UNKNOWN_REGION, ArgumentName="bucket-region", region=region)
    if known != context.request_info.region:
        raise S3Error(errors.REGION_OF_OTHER_ENDPOINT, ArgumentName="bucket-region")
    return known


def bucket_line(context: Context, bucket: Bucket, *, with_region: bool) -> BucketItem:
    """Return one item of Buckets."""
    item: BucketItem = {"Name": bucket.name, "CreationDate": bucket.created}
    if context.dialect.sends_bucket_arn:
        item["BucketArn"] = arn_of(bucket.name)
        if with_region:
            item["BucketRegion"] = bucket.region
    return item
