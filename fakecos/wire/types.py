"""The types of parameters and results: made by tools/make_types.py, and never imported at run time.

Made from the service models of `botocore` 1.44.8, `ibm_botocore` 2.16.2.

- A value that does not read as its type stays the text that came (`fakecos.wire.parse`): a part number is
  `int | str`, a date `dt.datetime | str`, and the operation judges it. So mypy sees that such a check can be reached.
- `Bucket` and `Key` are there where the address names them, and a document's members where its form is judged when
  it is read; every other member may be missing, even where the service model requires it: that refusal is S3's.
- A member of a result that is None is left out of the answer; a time may be given as the text that is sent.
- A structure of requests that comes back in a result, as most configurations do, is what was put, text included.
- The classes at the end are what several operations have in common: what a helper of theirs may read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    import datetime as dt

    from typing_extensions import Required

    from fakecos.model.content import Content
    from fakecos.model.payload import Payload


class AbortMultipartUploadRequest(TypedDict, total=False):
    """Parameters of AbortMultipartUpload."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    IfMatchInitiatedTime: dt.datetime | str
    Key: Required[str]
    RequestPayer: str
    UploadId: str


class AddLegalHoldRequest(TypedDict, total=False):
    """Parameters of AddLegalHold."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Key: Required[str]
    RetentionLegalHoldId: str
    VersionId: str


class CompleteMultipartUploadRequest(TypedDict, total=False):
    """Parameters of CompleteMultipartUpload."""

    Bucket: Required[str]
    ChecksumCRC32: str
    ChecksumCRC32C: str
    ChecksumCRC64NVME: str
    ChecksumMD5: str
    ChecksumSHA1: str
    ChecksumSHA256: str
    ChecksumSHA512: str
    ChecksumType: str
    ChecksumXXHASH128: str
    ChecksumXXHASH3: str
    ChecksumXXHASH64: str
    ExpectedBucketOwner: str
    IfMatch: str
    IfNoneMatch: str
    Key: Required[str]
    MpuObjectSize: int | str
    MultipartUpload: CompletedMultipartUpload
    RequestPayer: str
    RetentionExpirationDate: dt.datetime | str
    RetentionLegalHoldId: str
    RetentionPeriod: int | str
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSKeyId: str
    ServerSideEncryption: str
    UploadId: str


class CopyObjectRequest(TypedDict, total=False):
    """Parameters of CopyObject."""

    ACL: str
    AnnotationDirective: str
    Bucket: Required[str]
    BucketKeyEnabled: bool | str
    CacheControl: str
    ChecksumAlgorithm: str
    ContentDisposition: str
    ContentEncoding: str
    ContentLanguage: str
    ContentType: str
    CopySource: str
    CopySourceIfMatch: str
    CopySourceIfModifiedSince: dt.datetime | str
    CopySourceIfNoneMatch: str
    CopySourceIfUnmodifiedSince: dt.datetime | str
    CopySourceSSECustomerAlgorithm: str
    CopySourceSSECustomerKey: str
    CopySourceSSECustomerKeyMD5: str
    ExpectedBucketOwner: str
    ExpectedSourceBucketOwner: str
    Expires: str
    GrantFullControl: str
    GrantRead: str
    GrantReadACP: str
    GrantWriteACP: str
    IfMatch: str
    IfNoneMatch: str
    Key: Required[str]
    Metadata: dict[str, str]
    MetadataDirective: str
    ObjectLockEventHold: str
    ObjectLockEventHoldDurationDays: int | str
    ObjectLockEventHoldDurationYears: int | str
    ObjectLockLegalHoldStatus: str
    ObjectLockMode: str
    ObjectLockRetainUntilDate: str
    RequestPayer: str
    RetentionDirective: str
    RetentionExpirationDate: dt.datetime | str
    RetentionLegalHoldId: str
    RetentionPeriod: int | str
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSEncryptionContext: str
    SSEKMSKeyId: str
    ServerSideEncryption: str
    StorageClass: str
    Tagging: str
    TaggingDirective: str
    WebsiteRedirectLocation: str


class CreateBucketRequest(TypedDict, total=False):
    """Parameters of CreateBucket."""

    ACL: str
    Bucket: Required[str]
    BucketNamespace: str
    CreateBucketConfiguration: CreateBucketConfiguration
    GrantFullControl: str
    GrantRead: str
    GrantReadACP: str
    GrantWrite: str
    GrantWriteACP: str
    IBMSSEKPCustomerRootKeyCrn: str
    IBMSSEKPEncryptionAlgorithm: str
    IBMServiceInstanceId: str
    ObjectLockEnabledForBucket: bool | str
    ObjectOwnership: str


class CreateMultipartUploadRequest(TypedDict, total=False):
    """Parameters of CreateMultipartUpload."""

    ACL: str
    Bucket: Required[str]
    BucketKeyEnabled: bool | str
    CacheControl: str
    ChecksumAlgorithm: str
    ChecksumType: str
    ContentDisposition: str
    ContentEncoding: str
    ContentLanguage: str
    ContentType: str
    ExpectedBucketOwner: str
    Expires: str
    GrantFullControl: str
    GrantRead: str
    GrantReadACP: str
    GrantWriteACP: str
    IfMatch: str
    IfNoneMatch: str
    Key: Required[str]
    Metadata: dict[str, str]
    ObjectLockEventHold: str
    ObjectLockEventHoldDurationDays: int | str
    ObjectLockEventHoldDurationYears: int | str
    ObjectLockLegalHoldStatus: str
    ObjectLockMode: str
    ObjectLockRetainUntilDate: str
    RequestPayer: str
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSEncryptionContext: str
    SSEKMSKeyId: str
    ServerSideEncryption: str
    StorageClass: str
    Tagging: str
    WebsiteRedirectLocation: str


class DeleteBucketRequest(TypedDict, total=False):
    """Parameters of DeleteBucket."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class DeleteBucketAnalyticsConfigurationRequest(TypedDict, total=False):
    """Parameters of DeleteBucketAnalyticsConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Id: str


class DeleteBucketCorsRequest(TypedDict, total=False):
    """Parameters of DeleteBucketCors."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class DeleteBucketEncryptionRequest(TypedDict, total=False):
    """Parameters of DeleteBucketEncryption."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class DeleteBucketIntelligentTieringConfigurationRequest(TypedDict, total=False):
    """Parameters of DeleteBucketIntelligentTieringConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Id: str


class DeleteBucketInventoryConfigurationRequest(TypedDict, total=False):
    """Parameters of DeleteBucketInventoryConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Id: str


class DeleteBucketLifecycleRequest(TypedDict, total=False):
    """Parameters of DeleteBucketLifecycle."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class DeleteBucketMetricsConfigurationRequest(TypedDict, total=False):
    """Parameters of DeleteBucketMetricsConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Id: str


class DeleteBucketOwnershipControlsRequest(TypedDict, total=False):
    """Parameters of DeleteBucketOwnershipControls."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class DeleteBucketPolicyRequest(TypedDict, total=False):
    """Parameters of DeleteBucketPolicy."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class DeleteBucketReplicationRequest(TypedDict, total=False):
    """Parameters of DeleteBucketReplication."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class DeleteBucketTaggingRequest(TypedDict, total=False):
    """Parameters of DeleteBucketTagging."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class DeleteBucketWebsiteRequest(TypedDict, total=False):
    """Parameters of DeleteBucketWebsite."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class DeleteLegalHoldRequest(TypedDict, total=False):
    """Parameters of DeleteLegalHold."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Key: Required[str]
    RetentionLegalHoldId: str
    VersionId: str


class DeleteObjectRequest(TypedDict, total=False):
    """Parameters of DeleteObject."""

    Bucket: Required[str]
    BypassGovernanceRetention: bool | str
    ChecksumAlgorithm: str
    ExpectedBucketOwner: str
    IfMatch: str
    IfMatchLastModifiedTime: dt.datetime | str
    IfMatchSize: int | str
    Key: Required[str]
    MFA: str
    RequestPayer: str
    VersionId: str


class DeleteObjectAnnotationRequest(TypedDict, total=False):
    """Parameters of DeleteObjectAnnotation."""

    AnnotationName: str
    Bucket: Required[str]
    ExpectedBucketOwner: str
    Key: Required[str]
    ObjectIfMatch: str
    RequestPayer: str
    VersionId: str


class DeleteObjectTaggingRequest(TypedDict, total=False):
    """Parameters of DeleteObjectTagging."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Key: Required[str]
    VersionId: str


class DeleteObjectsRequest(TypedDict, total=False):
    """Parameters of DeleteObjects."""

    Bucket: Required[str]
    BypassGovernanceRetention: bool | str
    ChecksumAlgorithm: str
    Delete: Delete
    ExpectedBucketOwner: str
    MFA: str
    RequestPayer: str


class DeletePublicAccessBlockRequest(TypedDict, total=False):
    """Parameters of DeletePublicAccessBlock."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class ExtendObjectRetentionRequest(TypedDict, total=False):
    """Parameters of ExtendObjectRetention."""

    AdditionalRetentionPeriod: int | str
    Bucket: Required[str]
    ExpectedBucketOwner: str
    ExtendRetentionFromCurrentTime: int | str
    Key: Required[str]
    NewRetentionExpirationDate: dt.datetime | str
    NewRetentionPeriod: int | str
    VersionId: str


class GetBucketAbacRequest(TypedDict, total=False):
    """Parameters of GetBucketAbac."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class GetBucketAccelerateConfigurationRequest(TypedDict, total=False):
    """Parameters of GetBucketAccelerateConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    RequestPayer: str


class GetBucketAclRequest(TypedDict, total=False):
    """Parameters of GetBucketAcl."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class GetBucketAnalyticsConfigurationRequest(TypedDict, total=False):
    """Parameters of GetBucketAnalyticsConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Id: str


class GetBucketCorsRequest(TypedDict, total=False):
    """Parameters of GetBucketCors."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    MirrorDestination: str


class GetBucketEncryptionRequest(TypedDict, total=False):
    """Parameters of GetBucketEncryption."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class GetBucketIntelligentTieringConfigurationRequest(TypedDict, total=False):
    """Parameters of GetBucketIntelligentTieringConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Id: str


class GetBucketInventoryConfigurationRequest(TypedDict, total=False):
    """Parameters of GetBucketInventoryConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Id: str


class GetBucketLifecycleConfigurationRequest(TypedDict, total=False):
    """Parameters of GetBucketLifecycleConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class GetBucketLocationRequest(TypedDict, total=False):
    """Parameters of GetBucketLocation."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class GetBucketLoggingRequest(TypedDict, total=False):
    """Parameters of GetBucketLogging."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class GetBucketMetricsConfigurationRequest(TypedDict, total=False):
    """Parameters of GetBucketMetricsConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Id: str


class GetBucketNotificationConfigurationRequest(TypedDict, total=False):
    """Parameters of GetBucketNotificationConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class GetBucketOwnershipControlsRequest(TypedDict, total=False):
    """Parameters of GetBucketOwnershipControls."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class GetBucketPolicyRequest(TypedDict, total=False):
    """Parameters of GetBucketPolicy."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class GetBucketPolicyStatusRequest(TypedDict, total=False):
    """Parameters of GetBucketPolicyStatus."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class GetBucketProtectionConfigurationRequest(TypedDict, total=False):
    """Parameters of GetBucketProtectionConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class GetBucketReplicationRequest(TypedDict, total=False):
    """Parameters of GetBucketReplication."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class GetBucketRequestPaymentRequest(TypedDict, total=False):
    """Parameters of GetBucketRequestPayment."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class GetBucketTaggingRequest(TypedDict, total=False):
    """Parameters of GetBucketTagging."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    MirrorDestination: str


class GetBucketVersioningRequest(TypedDict, total=False):
    """Parameters of GetBucketVersioning."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class GetBucketWebsiteRequest(TypedDict, total=False):
    """Parameters of GetBucketWebsite."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class GetObjectRequest(TypedDict, total=False):
    """Parameters of GetObject."""

    Bucket: Required[str]
    ChecksumMode: str
    ExpectedBucketOwner: str
    IfMatch: str
    IfModifiedSince: dt.datetime | str
    IfNoneMatch: str
    IfRange: str
    IfUnmodifiedSince: dt.datetime | str
    Key: Required[str]
    MirrorDestination: str
    PartNumber: int | str
    Range: str
    RequestPayer: str
    ResponseCacheControl: str
    ResponseContentDisposition: str
    ResponseContentEncoding: str
    ResponseContentLanguage: str
    ResponseContentType: str
    ResponseExpires: str
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSKeyId: str
    ServerSideEncryption: str
    VersionId: str


class GetObjectAclRequest(TypedDict, total=False):
    """Parameters of GetObjectAcl."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Key: Required[str]
    MirrorDestination: str
    RequestPayer: str
    VersionId: str


class GetObjectAnnotationRequest(TypedDict, total=False):
    """Parameters of GetObjectAnnotation."""

    AnnotationName: str
    Bucket: Required[str]
    ChecksumMode: str
    ExpectedBucketOwner: str
    Key: Required[str]
    RequestPayer: str
    VersionId: str


class GetObjectAttributesRequest(TypedDict, total=False):
    """Parameters of GetObjectAttributes."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Key: Required[str]
    MaxParts: int | str
    ObjectAttributes: list[str]
    PartNumberMarker: int | str
    RequestPayer: str
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSKeyId: str
    ServerSideEncryption: str
    VersionId: str


class GetObjectLegalHoldRequest(TypedDict, total=False):
    """Parameters of GetObjectLegalHold."""

    Bucket: Required[str]
    ContentMD5: str
    ExpectedBucketOwner: str
    Key: Required[str]
    RequestPayer: str
    VersionId: str


class GetObjectLockConfigurationRequest(TypedDict, total=False):
    """Parameters of GetObjectLockConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class GetObjectRetentionRequest(TypedDict, total=False):
    """Parameters of GetObjectRetention."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Key: Required[str]
    RequestPayer: str
    VersionId: str


class GetObjectTaggingRequest(TypedDict, total=False):
    """Parameters of GetObjectTagging."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Key: Required[str]
    RequestPayer: str
    VersionId: str


class GetObjectTorrentRequest(TypedDict, total=False):
    """Parameters of GetObjectTorrent."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Key: Required[str]
    RequestPayer: str


class GetPublicAccessBlockRequest(TypedDict, total=False):
    """Parameters of GetPublicAccessBlock."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class HeadBucketRequest(TypedDict, total=False):
    """Parameters of HeadBucket."""

    Bucket: Required[str]
    ContinuationToken: str
    EncodingType: str
    ExpectedBucketOwner: str
    ListType: str
    Marker: str
    MaxKeys: str
    StartAfter: str


class HeadObjectRequest(TypedDict, total=False):
    """Parameters of HeadObject."""

    Bucket: Required[str]
    ChecksumMode: str
    ExpectedBucketOwner: str
    IfMatch: str
    IfModifiedSince: dt.datetime | str
    IfNoneMatch: str
    IfRange: str
    IfUnmodifiedSince: dt.datetime | str
    Key: Required[str]
    MirrorDestination: str
    PartNumber: int | str
    Range: str
    RequestPayer: str
    ResponseCacheControl: str
    ResponseContentDisposition: str
    ResponseContentEncoding: str
    ResponseContentLanguage: str
    ResponseContentType: str
    ResponseExpires: str
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSKeyId: str
    ServerSideEncryption: str
    VersionId: str


class ListBucketAnalyticsConfigurationsRequest(TypedDict, total=False):
    """Parameters of ListBucketAnalyticsConfigurations."""

    Bucket: Required[str]
    ContinuationToken: str
    ExpectedBucketOwner: str


class ListBucketIntelligentTieringConfigurationsRequest(TypedDict, total=False):
    """Parameters of ListBucketIntelligentTieringConfigurations."""

    Bucket: Required[str]
    ContinuationToken: str
    ExpectedBucketOwner: str


class ListBucketInventoryConfigurationsRequest(TypedDict, total=False):
    """Parameters of ListBucketInventoryConfigurations."""

    Bucket: Required[str]
    ContinuationToken: str
    ExpectedBucketOwner: str


class ListBucketMetricsConfigurationsRequest(TypedDict, total=False):
    """Parameters of ListBucketMetricsConfigurations."""

    Bucket: Required[str]
    ContinuationToken: str
    ExpectedBucketOwner: str


class ListBucketReplicationFailuresRequest(TypedDict, total=False):
    """Parameters of ListBucketReplicationFailures."""

    Bucket: Required[str]
    ContinuationToken: str
    EncodingType: str
    ExpectedBucketOwner: str
    FirstSyncAttemptedBefore: str
    MaxKeys: int | str


class ListBucketsRequest(TypedDict, total=False):
    """Parameters of ListBuckets."""

    BucketRegion: str
    ContinuationToken: str
    IBMServiceInstanceId: str
    MaxBuckets: int | str
    Prefix: str


class ListBucketsExtendedRequest(TypedDict, total=False):
    """Parameters of ListBucketsExtended."""

    IBMServiceInstanceId: str
    Marker: str
    MaxKeys: int | str
    Prefix: str


class ListLegalHoldsRequest(TypedDict, total=False):
    """Parameters of ListLegalHolds."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Key: Required[str]
    MirrorDestination: str
    VersionId: str


class ListMultipartUploadsRequest(TypedDict, total=False):
    """Parameters of ListMultipartUploads."""

    Bucket: Required[str]
    Delimiter: str
    EncodingType: str
    ExpectedBucketOwner: str
    KeyMarker: str
    MaxUploads: int | str
    MirrorDestination: str
    Prefix: str
    RequestPayer: str
    UploadIdMarker: str


class ListObjectAnnotationsRequest(TypedDict, total=False):
    """Parameters of ListObjectAnnotations."""

    AnnotationPrefix: str
    Bucket: Required[str]
    ContinuationToken: str
    ExpectedBucketOwner: str
    Key: Required[str]
    MaxAnnotationResults: int | str
    RequestPayer: str
    VersionId: str


class ListObjectVersionsRequest(TypedDict, total=False):
    """Parameters of ListObjectVersions."""

    Bucket: Required[str]
    Delimiter: str
    EncodingType: str
    ExpectedBucketOwner: str
    KeyMarker: str
    MaxKeys: int | str
    OptionalObjectAttributes: list[str]
    Prefix: str
    RequestPayer: str
    VersionIdMarker: str


class ListObjectsRequest(TypedDict, total=False):
    """Parameters of ListObjects."""

    Bucket: Required[str]
    ContinuationToken: str
    Delimiter: str
    EncodingType: str
    ExpectedBucketOwner: str
    Marker: str
    MaxKeys: int | str
    MirrorDestination: str
    OptionalObjectAttributes: list[str]
    Prefix: str
    RequestPayer: str
    StartAfter: str


class ListObjectsV2Request(TypedDict, total=False):
    """Parameters of ListObjectsV2."""

    Bucket: Required[str]
    ContinuationToken: str
    Delimiter: str
    EncodingType: str
    ExpectedBucketOwner: str
    FetchOwner: bool | str
    Marker: str
    MaxKeys: int | str
    OptionalObjectAttributes: list[str]
    Prefix: str
    RequestPayer: str
    StartAfter: str


class ListPartsRequest(TypedDict, total=False):
    """Parameters of ListParts."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Key: Required[str]
    MaxParts: int | str
    MirrorDestination: str
    PartNumberMarker: int | str
    RequestPayer: str
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSKeyId: str
    ServerSideEncryption: str
    UploadId: str


class PostObjectRequest(TypedDict, total=False):
    """Parameters of PostObject."""

    ACL: str
    Body: Payload
    Bucket: Required[str]
    BucketKeyEnabled: bool | str
    CacheControl: str
    ChecksumAlgorithm: str
    ChecksumCRC32: str
    ChecksumCRC32C: str
    ChecksumCRC64NVME: str
    ChecksumMD5: str
    ChecksumSHA1: str
    ChecksumSHA256: str
    ChecksumSHA512: str
    ChecksumXXHASH128: str
    ChecksumXXHASH3: str
    ChecksumXXHASH64: str
    ContentDisposition: str
    ContentEncoding: str
    ContentLanguage: str
    ContentLength: int | str
    ContentMD5: str
    ContentType: str
    ExpectedBucketOwner: str
    Expires: str
    GrantFullControl: str
    GrantRead: str
    GrantReadACP: str
    GrantWriteACP: str
    IfMatch: str
    IfNoneMatch: str
    Key: Required[str]
    Metadata: dict[str, str]
    ObjectLockEventHold: str
    ObjectLockEventHoldDurationDays: int | str
    ObjectLockEventHoldDurationYears: int | str
    ObjectLockLegalHoldStatus: str
    ObjectLockMode: str
    ObjectLockRetainUntilDate: str
    RequestPayer: str
    RetentionExpirationDate: dt.datetime | str
    RetentionLegalHoldId: str
    RetentionPeriod: int | str
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSEncryptionContext: str
    SSEKMSKeyId: str
    ServerSideEncryption: str
    StorageClass: str
    SuccessActionRedirect: str | None
    SuccessActionStatus: str | None
    Tagging: str
    WebsiteRedirectLocation: str
    WriteOffsetBytes: int | str


class PutBucketAbacRequest(TypedDict, total=False):
    """Parameters of PutBucketAbac."""

    AbacStatus: AbacStatus
    Bucket: Required[str]
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str


class PutBucketAccelerateConfigurationRequest(TypedDict, total=False):
    """Parameters of PutBucketAccelerateConfiguration."""

    AccelerateConfiguration: AccelerateConfiguration
    Bucket: Required[str]
    ChecksumAlgorithm: str
    ExpectedBucketOwner: str


class PutBucketAclRequest(TypedDict, total=False):
    """Parameters of PutBucketAcl."""

    ACL: str
    AccessControlPolicy: AccessControlPolicy
    Bucket: Required[str]
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str
    GrantFullControl: str
    GrantRead: str
    GrantReadACP: str
    GrantWrite: str
    GrantWriteACP: str


class PutBucketAnalyticsConfigurationRequest(TypedDict, total=False):
    """Parameters of PutBucketAnalyticsConfiguration."""

    AnalyticsConfiguration: AnalyticsConfiguration
    Bucket: Required[str]
    ExpectedBucketOwner: str
    Id: str


class PutBucketCorsRequest(TypedDict, total=False):
    """Parameters of PutBucketCors."""

    Bucket: Required[str]
    CORSConfiguration: CORSConfiguration
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str


class PutBucketEncryptionRequest(TypedDict, total=False):
    """Parameters of PutBucketEncryption."""

    Bucket: Required[str]
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str
    ServerSideEncryptionConfiguration: ServerSideEncryptionConfiguration


class PutBucketIntelligentTieringConfigurationRequest(TypedDict, total=False):
    """Parameters of PutBucketIntelligentTieringConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Id: str
    IntelligentTieringConfiguration: IntelligentTieringConfiguration


class PutBucketInventoryConfigurationRequest(TypedDict, total=False):
    """Parameters of PutBucketInventoryConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Id: str
    InventoryConfiguration: InventoryConfiguration


class PutBucketLifecycleConfigurationRequest(TypedDict, total=False):
    """Parameters of PutBucketLifecycleConfiguration."""

    Bucket: Required[str]
    ChecksumAlgorithm: str
    ExpectedBucketOwner: str
    LifecycleConfiguration: BucketLifecycleConfiguration
    TransitionDefaultMinimumObjectSize: str


class PutBucketLoggingRequest(TypedDict, total=False):
    """Parameters of PutBucketLogging."""

    Bucket: Required[str]
    BucketLoggingStatus: BucketLoggingStatus
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str


class PutBucketMetricsConfigurationRequest(TypedDict, total=False):
    """Parameters of PutBucketMetricsConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Id: str
    MetricsConfiguration: MetricsConfiguration


class PutBucketNotificationConfigurationRequest(TypedDict, total=False):
    """Parameters of PutBucketNotificationConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    NotificationConfiguration: NotificationConfiguration
    SkipDestinationValidation: bool | str


class PutBucketOwnershipControlsRequest(TypedDict, total=False):
    """Parameters of PutBucketOwnershipControls."""

    Bucket: Required[str]
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str
    OwnershipControls: OwnershipControls


class PutBucketPolicyRequest(TypedDict, total=False):
    """Parameters of PutBucketPolicy."""

    Bucket: Required[str]
    ChecksumAlgorithm: str
    ConfirmRemoveSelfBucketAccess: bool | str
    ContentMD5: str
    ExpectedBucketOwner: str
    Policy: str


class PutBucketProtectionConfigurationRequest(TypedDict, total=False):
    """Parameters of PutBucketProtectionConfiguration."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    ProtectionConfiguration: ProtectionConfiguration


class PutBucketReplicationRequest(TypedDict, total=False):
    """Parameters of PutBucketReplication."""

    Bucket: Required[str]
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str
    ReplicationConfiguration: ReplicationConfiguration
    Token: str


class PutBucketReplicationReattemptRequest(TypedDict, total=False):
    """Parameters of PutBucketReplicationReattempt."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class PutBucketRequestPaymentRequest(TypedDict, total=False):
    """Parameters of PutBucketRequestPayment."""

    Bucket: Required[str]
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str
    RequestPaymentConfiguration: RequestPaymentConfiguration


class PutBucketTaggingRequest(TypedDict, total=False):
    """Parameters of PutBucketTagging."""

    Bucket: Required[str]
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str
    Tagging: Tagging


class PutBucketVersioningRequest(TypedDict, total=False):
    """Parameters of PutBucketVersioning."""

    Bucket: Required[str]
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str
    MFA: str
    VersioningConfiguration: VersioningConfiguration


class PutBucketWebsiteRequest(TypedDict, total=False):
    """Parameters of PutBucketWebsite."""

    Bucket: Required[str]
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str
    WebsiteConfiguration: WebsiteConfiguration


class PutObjectRequest(TypedDict, total=False):
    """Parameters of PutObject."""

    ACL: str
    Body: Payload
    Bucket: Required[str]
    BucketKeyEnabled: bool | str
    CacheControl: str
    ChecksumAlgorithm: str
    ChecksumCRC32: str
    ChecksumCRC32C: str
    ChecksumCRC64NVME: str
    ChecksumMD5: str
    ChecksumSHA1: str
    ChecksumSHA256: str
    ChecksumSHA512: str
    ChecksumXXHASH128: str
    ChecksumXXHASH3: str
    ChecksumXXHASH64: str
    ContentDisposition: str
    ContentEncoding: str
    ContentLanguage: str
    ContentLength: int | str
    ContentMD5: str
    ContentType: str
    ExpectedBucketOwner: str
    Expires: str
    GrantFullControl: str
    GrantRead: str
    GrantReadACP: str
    GrantWriteACP: str
    IfMatch: str
    IfNoneMatch: str
    Key: Required[str]
    Metadata: dict[str, str]
    ObjectLockEventHold: str
    ObjectLockEventHoldDurationDays: int | str
    ObjectLockEventHoldDurationYears: int | str
    ObjectLockLegalHoldStatus: str
    ObjectLockMode: str
    ObjectLockRetainUntilDate: str
    RequestPayer: str
    RetentionExpirationDate: dt.datetime | str
    RetentionLegalHoldId: str
    RetentionPeriod: int | str
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSEncryptionContext: str
    SSEKMSKeyId: str
    ServerSideEncryption: str
    StorageClass: str
    Tagging: str
    WebsiteRedirectLocation: str
    WriteOffsetBytes: int | str


class PutObjectAclRequest(TypedDict, total=False):
    """Parameters of PutObjectAcl."""

    ACL: str
    AccessControlPolicy: AccessControlPolicy
    Bucket: Required[str]
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str
    GrantFullControl: str
    GrantRead: str
    GrantReadACP: str
    GrantWrite: str
    GrantWriteACP: str
    Key: Required[str]
    RequestPayer: str
    VersionId: str


class PutObjectAnnotationRequest(TypedDict, total=False):
    """Parameters of PutObjectAnnotation."""

    AnnotationName: str
    AnnotationPayload: Payload
    Body: Payload
    Bucket: Required[str]
    ChecksumAlgorithm: str
    ChecksumCRC32: str
    ChecksumCRC32C: str
    ChecksumCRC64NVME: str
    ChecksumMD5: str
    ChecksumSHA1: str
    ChecksumSHA256: str
    ChecksumSHA512: str
    ChecksumXXHASH128: str
    ChecksumXXHASH3: str
    ChecksumXXHASH64: str
    ContentMD5: str
    ExpectedBucketOwner: str
    Key: Required[str]
    ObjectIfMatch: str
    RequestPayer: str
    VersionId: str


class PutObjectLegalHoldRequest(TypedDict, total=False):
    """Parameters of PutObjectLegalHold."""

    Bucket: Required[str]
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str
    Key: Required[str]
    LegalHold: ObjectLockLegalHold
    RequestPayer: str
    VersionId: str


class PutObjectLockConfigurationRequest(TypedDict, total=False):
    """Parameters of PutObjectLockConfiguration."""

    Bucket: Required[str]
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str
    ObjectLockConfiguration: ObjectLockConfiguration
    RequestPayer: str
    Token: str


class PutObjectRetentionRequest(TypedDict, total=False):
    """Parameters of PutObjectRetention."""

    Bucket: Required[str]
    BypassGovernanceRetention: bool | str
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str
    Key: Required[str]
    RequestPayer: str
    Retention: ObjectLockRetention
    VersionId: str


class PutObjectTaggingRequest(TypedDict, total=False):
    """Parameters of PutObjectTagging."""

    Bucket: Required[str]
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str
    Key: Required[str]
    RequestPayer: str
    Tagging: Tagging
    VersionId: str


class PutPublicAccessBlockRequest(TypedDict, total=False):
    """Parameters of PutPublicAccessBlock."""

    Bucket: Required[str]
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str
    PublicAccessBlockConfiguration: PublicAccessBlockConfiguration


class RestoreObjectRequest(TypedDict, total=False):
    """Parameters of RestoreObject."""

    Bucket: Required[str]
    ChecksumAlgorithm: str
    ExpectedBucketOwner: str
    Key: Required[str]
    RequestPayer: str
    RestoreRequest: RestoreRequest
    VersionId: str


class SelectObjectContentRequest(TypedDict, total=False):
    """Parameters of SelectObjectContent."""

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Expression: str
    ExpressionType: str
    InputSerialization: InputSerialization
    Key: Required[str]
    OutputSerialization: OutputSerialization
    Range: str
    RequestProgress: RequestProgress
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSKeyId: str
    ScanRange: ScanRange
    ServerSideEncryption: str


class UpdateObjectEncryptionRequest(TypedDict, total=False):
    """Parameters of UpdateObjectEncryption."""

    Bucket: Required[str]
    ChecksumAlgorithm: str
    ContentMD5: str
    ExpectedBucketOwner: str
    Key: Required[str]
    ObjectEncryption: ObjectEncryption
    RequestPayer: str
    VersionId: str


class UploadPartRequest(TypedDict, total=False):
    """Parameters of UploadPart."""

    Body: Payload
    Bucket: Required[str]
    ChecksumAlgorithm: str
    ChecksumCRC32: str
    ChecksumCRC32C: str
    ChecksumCRC64NVME: str
    ChecksumMD5: str
    ChecksumSHA1: str
    ChecksumSHA256: str
    ChecksumSHA512: str
    ChecksumXXHASH128: str
    ChecksumXXHASH3: str
    ChecksumXXHASH64: str
    ContentLength: int | str
    ContentMD5: str
    ExpectedBucketOwner: str
    Key: Required[str]
    PartNumber: int | str
    RequestPayer: str
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSKeyId: str
    ServerSideEncryption: str
    UploadId: str


class UploadPartCopyRequest(TypedDict, total=False):
    """Parameters of UploadPartCopy."""

    Bucket: Required[str]
    CopySource: str
    CopySourceIfMatch: str
    CopySourceIfModifiedSince: dt.datetime | str
    CopySourceIfNoneMatch: str
    CopySourceIfUnmodifiedSince: dt.datetime | str
    CopySourceRange: str
    CopySourceSSECustomerAlgorithm: str
    CopySourceSSECustomerKey: str
    CopySourceSSECustomerKeyMD5: str
    ExpectedBucketOwner: str
    ExpectedSourceBucketOwner: str
    Key: Required[str]
    PartNumber: int | str
    RequestPayer: str
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSKeyId: str
    ServerSideEncryption: str
    UploadId: str


class AbacStatus(TypedDict, total=False):
    """Of a request."""

    Status: str


class AbortIncompleteMultipartUpload(TypedDict, total=False):
    """Of a request."""

    DaysAfterInitiation: int | str


class AccelerateConfiguration(TypedDict, total=False):
    """Of a request."""

    Status: str


class AccessControlPolicy(TypedDict, total=False):
    """Of a request."""

    Grants: list[Grant]
    Owner: Owner


class AccessControlTranslation(TypedDict, total=False):
    """Of a request."""

    Owner: Required[str]


class AnalyticsAndOperator(TypedDict, total=False):
    """Of a request."""

    Prefix: str
    Tags: list[Tag]


class AnalyticsConfiguration(TypedDict, total=False):
    """Of a request."""

    Filter: AnalyticsFilter
    Id: Required[str]
    StorageClassAnalysis: Required[StorageClassAnalysis]


class AnalyticsExportDestination(TypedDict, total=False):
    """Of a request."""

    S3BucketDestination: Required[AnalyticsS3BucketDestination]


class AnalyticsFilter(TypedDict, total=False):
    """Of a request."""

    And: AnalyticsAndOperator
    Prefix: str
    Tag: Tag


class AnalyticsS3BucketDestination(TypedDict, total=False):
    """Of a request."""

    Bucket: Required[str]
    BucketAccountId: str
    Format: Required[str]
    Prefix: str


class BlockedEncryptionTypes(TypedDict, total=False):
    """Of a request."""

    EncryptionType: list[str]


class BucketInfo(TypedDict, total=False):
    """Of a request."""

    DataRedundancy: str
    Type: str


class BucketLifecycleConfiguration(TypedDict, total=False):
    """Of a request."""

    Rules: Required[list[LifecycleRule]]


class BucketLoggingStatus(TypedDict, total=False):
    """Of a request."""

    LoggingEnabled: LoggingEnabled


class BucketProtectionDefaultRetention(TypedDict, total=False):
    """Of a request."""

    Days: Required[int | str]


class BucketProtectionMaximumRetention(TypedDict, total=False):
    """Of a request."""

    Days: Required[int | str]


class BucketProtectionMinimumRetention(TypedDict, total=False):
    """Of a request."""

    Days: Required[int | str]


class CORSConfiguration(TypedDict, total=False):
    """Of a request."""

    CORSRules: Required[list[CORSRule]]


class CORSRule(TypedDict, total=False):
    """Of a request."""

    AllowedHeaders: list[str]
    AllowedMethods: Required[list[str]]
    AllowedOrigins: Required[list[str]]
    ExposeHeaders: list[str]
    ID: str
    MaxAgeSeconds: int | str


class CSVInput(TypedDict, total=False):
    """Of a request."""

    AllowQuotedRecordDelimiter: bool | str
    Comments: str
    FieldDelimiter: str
    FileHeaderInfo: str
    QuoteCharacter: str
    QuoteEscapeCharacter: str
    RecordDelimiter: str


class CSVOutput(TypedDict, total=False):
    """Of a request."""

    FieldDelimiter: str
    QuoteCharacter: str
    QuoteEscapeCharacter: str
    QuoteFields: str
    RecordDelimiter: str


class CompletedMultipartUpload(TypedDict, total=False):
    """Of a request."""

    Parts: list[CompletedPart]


class CompletedPart(TypedDict, total=False):
    """Of a request."""

    ChecksumCRC32: str
    ChecksumCRC32C: str
    ChecksumCRC64NVME: str
    ChecksumMD5: str
    ChecksumSHA1: str
    ChecksumSHA256: str
    ChecksumSHA512: str
    ChecksumXXHASH128: str
    ChecksumXXHASH3: str
    ChecksumXXHASH64: str
    ETag: str
    PartNumber: int | str


class Condition(TypedDict, total=False):
    """Of a request."""

    HttpErrorCodeReturnedEquals: str
    KeyPrefixEquals: str


class CreateBucketConfiguration(TypedDict, total=False):
    """Of a request."""

    Bucket: BucketInfo
    Location: LocationInfo
    LocationConstraint: str
    Tags: list[Tag]


class DefaultRetention(TypedDict, total=False):
    """Of a request."""

    Days: int | str
    DefaultEventHold: EventHoldDuration
    Mode: str
    Years: int | str


class Delete(TypedDict, total=False):
    """Of a request."""

    Objects: Required[list[ObjectIdentifier]]
    Quiet: bool | str


class DeleteMarkerReplication(TypedDict, total=False):
    """Of a request."""

    Status: str


class Destination(TypedDict, total=False):
    """Of a request."""

    AccessControlTranslation: AccessControlTranslation
    Account: str
    Bucket: Required[str]
    EncryptionConfiguration: EncryptionConfiguration
    Metrics: Metrics
    ReplicationTime: ReplicationTime
    StorageClass: str


class Encryption(TypedDict, total=False):
    """Of a request."""

    EncryptionType: Required[str]
    KMSContext: str
    KMSKeyId: str


class EncryptionConfiguration(TypedDict, total=False):
    """Of a request."""

    ReplicaKmsKeyID: str
    UseSourceMultiRegionKey: UseSourceMultiRegionKey


class ErrorDocument(TypedDict, total=False):
    """Of a request."""

    Key: Required[str]


class EventBridgeConfiguration(TypedDict, total=False):
    """Of a request."""


class EventHoldDuration(TypedDict, total=False):
    """Of a request."""

    Days: int | str
    Years: int | str


class ExistingObjectReplication(TypedDict, total=False):
    """Of a request."""

    Status: Required[str]


class FilterRule(TypedDict, total=False):
    """Of a request."""

    Name: str
    Value: str


class GlacierJobParameters(TypedDict, total=False):
    """Of a request."""

    Tier: Required[str]


class Grant(TypedDict, total=False):
    """Of a request."""

    Grantee: Grantee
    Permission: str


class Grantee(TypedDict, total=False):
    """Of a request."""

    DisplayName: str
    EmailAddress: str
    ID: str
    Type: Required[str]
    URI: str


class IndexDocument(TypedDict, total=False):
    """Of a request."""

    Suffix: Required[str]


class InputSerialization(TypedDict, total=False):
    """Of a request."""

    CSV: CSVInput
    CompressionType: str
    JSON: JSONInput
    Parquet: ParquetInput


class IntelligentTieringAndOperator(TypedDict, total=False):
    """Of a request."""

    Prefix: str
    Tags: list[Tag]


class IntelligentTieringConfiguration(TypedDict, total=False):
    """Of a request."""

    Filter: IntelligentTieringFilter
    Id: Required[str]
    Status: Required[str]
    Tierings: Required[list[Tiering]]


class IntelligentTieringFilter(TypedDict, total=False):
    """Of a request."""

    And: IntelligentTieringAndOperator
    Prefix: str
    Tag: Tag


class InventoryConfiguration(TypedDict, total=False):
    """Of a request."""

    Destination: Required[InventoryDestination]
    Filter: InventoryFilter
    Id: Required[str]
    IncludedObjectVersions: Required[str]
    IsEnabled: Required[bool | str]
    OptionalFields: list[str]
    Schedule: Required[InventorySchedule]


class InventoryDestination(TypedDict, total=False):
    """Of a request."""

    S3BucketDestination: Required[InventoryS3BucketDestination]


class InventoryEncryption(TypedDict, total=False):
    """Of a request."""

    SSEKMS: SSEKMS
    SSES3: SSES3


class InventoryFilter(TypedDict, total=False):
    """Of a request."""

    Prefix: Required[str]


class InventoryS3BucketDestination(TypedDict, total=False):
    """Of a request."""

    AccountId: str
    Bucket: Required[str]
    Encryption: InventoryEncryption
    Format: Required[str]
    Prefix: str


class InventorySchedule(TypedDict, total=False):
    """Of a request."""

    Frequency: Required[str]


class JSONInput(TypedDict, total=False):
    """Of a request."""

    Type: str


class JSONOutput(TypedDict, total=False):
    """Of a request."""

    RecordDelimiter: str


class LambdaFunctionConfiguration(TypedDict, total=False):
    """Of a request."""

    Events: Required[list[str]]
    Filter: NotificationConfigurationFilter
    Id: str
    LambdaFunctionArn: Required[str]


class LifecycleExpiration(TypedDict, total=False):
    """Of a request."""

    Date: dt.datetime | str
    Days: int | str
    ExpiredObjectDeleteMarker: bool | str


class LifecycleRule(TypedDict, total=False):
    """Of a request."""

    AbortIncompleteMultipartUpload: AbortIncompleteMultipartUpload
    Expiration: LifecycleExpiration
    Filter: LifecycleRuleFilter
    ID: str
    NoncurrentVersionExpiration: NoncurrentVersionExpiration
    NoncurrentVersionTransitions: list[NoncurrentVersionTransition]
    Prefix: str
    Status: Required[str]
    Transitions: list[Transition]


class LifecycleRuleAndOperator(TypedDict, total=False):
    """Of a request."""

    ObjectSizeGreaterThan: int | str
    ObjectSizeLessThan: int | str
    Prefix: str
    Tags: list[Tag]


class LifecycleRuleFilter(TypedDict, total=False):
    """Of a request."""

    And: LifecycleRuleAndOperator
    ObjectSizeGreaterThan: int | str
    ObjectSizeLessThan: int | str
    Prefix: str
    Tag: Tag


class LocationInfo(TypedDict, total=False):
    """Of a request."""

    Name: str
    Type: str


class LoggingEnabled(TypedDict, total=False):
    """Of a request."""

    TargetBucket: Required[str]
    TargetGrants: list[TargetGrant]
    TargetObjectKeyFormat: TargetObjectKeyFormat
    TargetPrefix: Required[str]


class MetadataEntry(TypedDict, total=False):
    """Of a request."""

    Name: str
    Value: str


class Metrics(TypedDict, total=False):
    """Of a request."""

    EventThreshold: ReplicationTimeValue
    Status: Required[str]


class MetricsAndOperator(TypedDict, total=False):
    """Of a request."""

    AccessPointArn: str
    Prefix: str
    Tags: list[Tag]


class MetricsConfiguration(TypedDict, total=False):
    """Of a request."""

    Filter: MetricsFilter
    Id: Required[str]


class MetricsFilter(TypedDict, total=False):
    """Of a request."""

    AccessPointArn: str
    And: MetricsAndOperator
    Prefix: str
    Tag: Tag


class NoncurrentVersionExpiration(TypedDict, total=False):
    """Of a request."""

    NewerNoncurrentVersions: int | str
    NoncurrentDays: int | str


class NoncurrentVersionTransition(TypedDict, total=False):
    """Of a request."""

    NewerNoncurrentVersions: int | str
    NoncurrentDays: int | str
    StorageClass: str


class NotificationConfiguration(TypedDict, total=False):
    """Of a request."""

    EventBridgeConfiguration: EventBridgeConfiguration
    LambdaFunctionConfigurations: list[LambdaFunctionConfiguration]
    QueueConfigurations: list[QueueConfiguration]
    TopicConfigurations: list[TopicConfiguration]


class NotificationConfigurationFilter(TypedDict, total=False):
    """Of a request."""

    Key: S3KeyFilter


class ObjectEncryption(TypedDict, total=False):
    """Of a request."""

    SSEKMS: SSEKMSEncryption
    SSES3: OtherEncryption


class ObjectIdentifier(TypedDict, total=False):
    """Of a request."""

    ETag: str
    Key: Required[str]
    LastModifiedTime: dt.datetime | str
    Size: int | str
    VersionId: str


class ObjectLockConfiguration(TypedDict, total=False):
    """Of a request."""

    ObjectLockEnabled: str
    Rule: ObjectLockRule


class ObjectLockLegalHold(TypedDict, total=False):
    """Of a request."""

    Status: str


class ObjectLockRetention(TypedDict, total=False):
    """Of a request."""

    EventHold: str
    EventHoldDuration: EventHoldDuration
    Mode: str
    RetainUntilDate: dt.datetime | str


class ObjectLockRule(TypedDict, total=False):
    """Of a request."""

    DefaultRetention: DefaultRetention


class OtherEncryption(TypedDict, total=False):
    """Of a request."""


class OutputLocation(TypedDict, total=False):
    """Of a request."""

    S3: S3Location


class OutputSerialization(TypedDict, total=False):
    """Of a request."""

    CSV: CSVOutput
    JSON: JSONOutput


class Owner(TypedDict, total=False):
    """Of a request."""

    DisplayName: str
    ID: str


class OwnershipControls(TypedDict, total=False):
    """Of a request."""

    Rules: Required[list[OwnershipControlsRule]]


class OwnershipControlsRule(TypedDict, total=False):
    """Of a request."""

    ObjectOwnership: Required[str]


class ParquetInput(TypedDict, total=False):
    """Of a request."""


class PartitionedPrefix(TypedDict, total=False):
    """Of a request."""

    PartitionDateSource: str


class ProtectionConfiguration(TypedDict, total=False):
    """Of a request."""

    DefaultRetention: BucketProtectionDefaultRetention
    EnablePermanentRetention: bool | str
    MaximumRetention: BucketProtectionMaximumRetention
    MinimumRetention: BucketProtectionMinimumRetention
    Status: str


class PublicAccessBlockConfiguration(TypedDict, total=False):
    """Of a request."""

    BlockPublicAcls: bool | str
    BlockPublicPolicy: bool | str
    IgnorePublicAcls: bool | str
    RestrictPublicBuckets: bool | str


class QueueConfiguration(TypedDict, total=False):
    """Of a request."""

    Events: Required[list[str]]
    Filter: NotificationConfigurationFilter
    Id: str
    QueueArn: Required[str]


class Redirect(TypedDict, total=False):
    """Of a request."""

    HostName: str
    HttpRedirectCode: str
    Protocol: str
    ReplaceKeyPrefixWith: str
    ReplaceKeyWith: str


class RedirectAllRequestsTo(TypedDict, total=False):
    """Of a request."""

    HostName: Required[str]
    Protocol: str


class ReplicaModifications(TypedDict, total=False):
    """Of a request."""

    Status: Required[str]


class ReplicationConfiguration(TypedDict, total=False):
    """Of a request."""

    Role: str
    Rules: Required[list[ReplicationRule]]


class ReplicationRule(TypedDict, total=False):
    """Of a request."""

    DeleteMarkerReplication: DeleteMarkerReplication
    Destination: Required[Destination]
    ExistingObjectReplication: ExistingObjectReplication
    Filter: ReplicationRuleFilter
    ID: str
    Prefix: str
    Priority: int | str
    SourceSelectionCriteria: SourceSelectionCriteria
    Status: Required[str]


class ReplicationRuleAndOperator(TypedDict, total=False):
    """Of a request."""

    Not: ReplicationRuleNotOperator
    Prefix: str
    Tags: list[Tag]


class ReplicationRuleFilter(TypedDict, total=False):
    """Of a request."""

    And: ReplicationRuleAndOperator
    Not: ReplicationRuleNotOperator
    Prefix: str
    Tag: Tag


class ReplicationRuleNotOperator(TypedDict, total=False):
    """Of a request."""

    Or: ReplicationRuleOrOperator
    Prefix: str
    Tag: Tag


class ReplicationRuleOrOperator(TypedDict, total=False):
    """Of a request."""

    Prefixes: list[str]
    Tags: list[Tag]


class ReplicationTime(TypedDict, total=False):
    """Of a request."""

    Status: Required[str]
    Time: Required[ReplicationTimeValue]


class ReplicationTimeValue(TypedDict, total=False):
    """Of a request."""

    Minutes: int | str


class RequestPaymentConfiguration(TypedDict, total=False):
    """Of a request."""

    Payer: Required[str]


class RequestProgress(TypedDict, total=False):
    """Of a request."""

    Enabled: bool | str


class RestoreRequest(TypedDict, total=False):
    """Of a request."""

    Days: int | str
    Description: str
    GlacierJobParameters: GlacierJobParameters
    OutputLocation: OutputLocation
    SelectParameters: SelectParameters
    Tier: str
    Type: str


class RoutingRule(TypedDict, total=False):
    """Of a request."""

    Condition: Condition
    Redirect: Required[Redirect]


class S3KeyFilter(TypedDict, total=False):
    """Of a request."""

    FilterRules: list[FilterRule]


class S3Location(TypedDict, total=False):
    """Of a request."""

    AccessControlList: list[Grant]
    BucketName: Required[str]
    CannedACL: str
    Encryption: Encryption
    Prefix: Required[str]
    StorageClass: str
    Tagging: Tagging
    UserMetadata: list[MetadataEntry]


class SSEKMS(TypedDict, total=False):
    """Of a request."""

    KeyId: Required[str]


class SSEKMSEncryption(TypedDict, total=False):
    """Of a request."""

    BucketKeyEnabled: bool | str
    KMSKeyArn: Required[str]


class SSES3(TypedDict, total=False):
    """Of a request."""


class ScanRange(TypedDict, total=False):
    """Of a request."""

    End: int | str
    Start: int | str


class SelectParameters(TypedDict, total=False):
    """Of a request."""

    Expression: Required[str]
    ExpressionType: Required[str]
    InputSerialization: Required[InputSerialization]
    OutputSerialization: Required[OutputSerialization]


class ServerSideEncryptionByDefault(TypedDict, total=False):
    """Of a request."""

    KMSMasterKeyID: str
    SSEAlgorithm: Required[str]


class ServerSideEncryptionConfiguration(TypedDict, total=False):
    """Of a request."""

    Rules: Required[list[ServerSideEncryptionRule]]


class ServerSideEncryptionRule(TypedDict, total=False):
    """Of a request."""

    ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault
    BlockedEncryptionTypes: BlockedEncryptionTypes
    BucketKeyEnabled: bool | str


class SimplePrefix(TypedDict, total=False):
    """Of a request."""


class SourceSelectionCriteria(TypedDict, total=False):
    """Of a request."""

    ReplicaModifications: ReplicaModifications
    SseKmsEncryptedObjects: SseKmsEncryptedObjects


class SseKmsEncryptedObjects(TypedDict, total=False):
    """Of a request."""

    Status: Required[str]


class StorageClassAnalysis(TypedDict, total=False):
    """Of a request."""

    DataExport: StorageClassAnalysisDataExport


class StorageClassAnalysisDataExport(TypedDict, total=False):
    """Of a request."""

    Destination: Required[AnalyticsExportDestination]
    OutputSchemaVersion: Required[str]


class Tag(TypedDict, total=False):
    """Of a request."""

    Key: Required[str]
    Value: Required[str]


class Tagging(TypedDict, total=False):
    """Of a request."""

    TagSet: list[Tag]


class TargetGrant(TypedDict, total=False):
    """Of a request."""

    Grantee: Grantee
    Permission: str


class TargetObjectKeyFormat(TypedDict, total=False):
    """Of a request."""

    PartitionedPrefix: PartitionedPrefix
    SimplePrefix: SimplePrefix


class Tiering(TypedDict, total=False):
    """Of a request."""

    AccessTier: Required[str]
    Days: Required[int | str]


class TopicConfiguration(TypedDict, total=False):
    """Of a request."""

    Events: Required[list[str]]
    Filter: NotificationConfigurationFilter
    Id: str
    TopicArn: Required[str]


class Transition(TypedDict, total=False):
    """Of a request."""

    Date: dt.datetime | str
    Days: int | str
    StorageClass: str


class UseSourceMultiRegionKey(TypedDict, total=False):
    """Of a request."""

    Status: Required[str]


class VersioningConfiguration(TypedDict, total=False):
    """Of a request."""

    MFADelete: str
    Status: str


class WebsiteConfiguration(TypedDict, total=False):
    """Of a request."""

    ErrorDocument: ErrorDocument
    IndexDocument: IndexDocument
    RedirectAllRequestsTo: RedirectAllRequestsTo
    RoutingRules: list[RoutingRule]


class AbortMultipartUploadOutput(TypedDict, total=False):
    """Result of AbortMultipartUpload."""

    RequestCharged: str | None
    VersionId: str | None


class AddLegalHoldOutput(TypedDict, total=False):
    """Result of AddLegalHold."""


class CompleteMultipartUploadOutput(TypedDict, total=False):
    """Result of CompleteMultipartUpload."""

    Bucket: str | None
    BucketKeyEnabled: bool | None
    ChecksumCRC32: str | None
    ChecksumCRC32C: str | None
    ChecksumCRC64NVME: str | None
    ChecksumMD5: str | None
    ChecksumSHA1: str | None
    ChecksumSHA256: str | None
    ChecksumSHA512: str | None
    ChecksumType: str | None
    ChecksumXXHASH128: str | None
    ChecksumXXHASH3: str | None
    ChecksumXXHASH64: str | None
    ETag: str | None
    Expiration: str | None
    Key: str | None
    Location: str | None
    RequestCharged: str | None
    SSEKMSKeyId: str | None
    ServerSideEncryption: str | None
    VersionId: str | None


class CopyObjectOutput(TypedDict, total=False):
    """Result of CopyObject."""

    BucketKeyEnabled: bool | None
    CopyObjectResult: CopyObjectResult | None
    CopySourceVersionId: str | None
    Expiration: str | None
    RequestCharged: str | None
    SSECustomerAlgorithm: str | None
    SSECustomerKeyMD5: str | None
    SSEKMSEncryptionContext: str | None
    SSEKMSKeyId: str | None
    ServerSideEncryption: str | None
    VersionId: str | None


class CreateBucketOutput(TypedDict, total=False):
    """Result of CreateBucket."""

    BucketArn: str | None
    Location: str | None


class CreateMultipartUploadOutput(TypedDict, total=False):
    """Result of CreateMultipartUpload."""

    AbortDate: dt.datetime | str | None
    AbortRuleId: str | None
    Bucket: str | None
    BucketKeyEnabled: bool | None
    ChecksumAlgorithm: str | None
    ChecksumType: str | None
    Key: str | None
    RequestCharged: str | None
    SSECustomerAlgorithm: str | None
    SSECustomerKeyMD5: str | None
    SSEKMSEncryptionContext: str | None
    SSEKMSKeyId: str | None
    ServerSideEncryption: str | None
    UploadId: str | None
    VersionId: str | None


class DeleteBucketOutput(TypedDict, total=False):
    """Result of DeleteBucket."""


class DeleteBucketAnalyticsConfigurationOutput(TypedDict, total=False):
    """Result of DeleteBucketAnalyticsConfiguration."""


class DeleteBucketCorsOutput(TypedDict, total=False):
    """Result of DeleteBucketCors."""


class DeleteBucketEncryptionOutput(TypedDict, total=False):
    """Result of DeleteBucketEncryption."""


class DeleteBucketIntelligentTieringConfigurationOutput(TypedDict, total=False):
    """Result of DeleteBucketIntelligentTieringConfiguration."""


class DeleteBucketInventoryConfigurationOutput(TypedDict, total=False):
    """Result of DeleteBucketInventoryConfiguration."""


class DeleteBucketLifecycleOutput(TypedDict, total=False):
    """Result of DeleteBucketLifecycle."""


class DeleteBucketMetricsConfigurationOutput(TypedDict, total=False):
    """Result of DeleteBucketMetricsConfiguration."""


class DeleteBucketOwnershipControlsOutput(TypedDict, total=False):
    """Result of DeleteBucketOwnershipControls."""


class DeleteBucketPolicyOutput(TypedDict, total=False):
    """Result of DeleteBucketPolicy."""


class DeleteBucketReplicationOutput(TypedDict, total=False):
    """Result of DeleteBucketReplication."""


class DeleteBucketTaggingOutput(TypedDict, total=False):
    """Result of DeleteBucketTagging."""


class DeleteBucketWebsiteOutput(TypedDict, total=False):
    """Result of DeleteBucketWebsite."""


class DeleteLegalHoldOutput(TypedDict, total=False):
    """Result of DeleteLegalHold."""


class DeleteObjectOutput(TypedDict, total=False):
    """Result of DeleteObject."""

    DeleteMarker: bool | None
    RequestCharged: str | None
    VersionId: str | None


class DeleteObjectAnnotationOutput(TypedDict, total=False):
    """Result of DeleteObjectAnnotation."""

    ObjectVersionId: str | None
    RequestCharged: str | None


class DeleteObjectTaggingOutput(TypedDict, total=False):
    """Result of DeleteObjectTagging."""

    VersionId: str | None


class DeleteObjectsOutput(TypedDict, total=False):
    """Result of DeleteObjects."""

    Deleted: list[DeletedObject] | None
    Errors: list[Error] | None
    RequestCharged: str | None


class DeletePublicAccessBlockOutput(TypedDict, total=False):
    """Result of DeletePublicAccessBlock."""


class ExtendObjectRetentionOutput(TypedDict, total=False):
    """Result of ExtendObjectRetention."""


class GetBucketAbacOutput(TypedDict, total=False):
    """Result of GetBucketAbac."""

    AbacStatus: AbacStatus | None


class GetBucketAccelerateConfigurationOutput(TypedDict, total=False):
    """Result of GetBucketAccelerateConfiguration."""

    RequestCharged: str | None
    Status: str | None


class GetBucketAclOutput(TypedDict, total=False):
    """Result of GetBucketAcl."""

    Grants: list[Grant] | None
    Owner: Owner | None


class GetBucketAnalyticsConfigurationOutput(TypedDict, total=False):
    """Result of GetBucketAnalyticsConfiguration."""

    AnalyticsConfiguration: AnalyticsConfiguration | None


class GetBucketCorsOutput(TypedDict, total=False):
    """Result of GetBucketCors."""

    CORSRules: list[CORSRule] | None


class GetBucketEncryptionOutput(TypedDict, total=False):
    """Result of GetBucketEncryption."""

    ServerSideEncryptionConfiguration: ServerSideEncryptionConfiguration | None


class GetBucketIntelligentTieringConfigurationOutput(TypedDict, total=False):
    """Result of GetBucketIntelligentTieringConfiguration."""

    IntelligentTieringConfiguration: IntelligentTieringConfiguration | None


class GetBucketInventoryConfigurationOutput(TypedDict, total=False):
    """Result of GetBucketInventoryConfiguration."""

    InventoryConfiguration: InventoryConfiguration | None


class GetBucketLifecycleConfigurationOutput(TypedDict, total=False):
    """Result of GetBucketLifecycleConfiguration."""

    Rules: list[LifecycleRule] | None
    TransitionDefaultMinimumObjectSize: str | None


class GetBucketLocationOutput(TypedDict, total=False):
    """Result of GetBucketLocation."""

    LocationConstraint: str | None


class GetBucketLoggingOutput(TypedDict, total=False):
    """Result of GetBucketLogging."""

    LoggingEnabled: LoggingEnabled | None


class GetBucketMetricsConfigurationOutput(TypedDict, total=False):
    """Result of GetBucketMetricsConfiguration."""

    MetricsConfiguration: MetricsConfiguration | None


class GetBucketNotificationConfigurationOutput(TypedDict, total=False):
    """Result of GetBucketNotificationConfiguration."""

    EventBridgeConfiguration: EventBridgeConfiguration
    LambdaFunctionConfigurations: list[LambdaFunctionConfiguration]
    QueueConfigurations: list[QueueConfiguration]
    TopicConfigurations: list[TopicConfiguration]


class GetBucketOwnershipControlsOutput(TypedDict, total=False):
    """Result of GetBucketOwnershipControls."""

    OwnershipControls: OwnershipControls | None


class GetBucketPolicyOutput(TypedDict, total=False):
    """Result of GetBucketPolicy."""

    Policy: str | None


class GetBucketPolicyStatusOutput(TypedDict, total=False):
    """Result of GetBucketPolicyStatus."""

    PolicyStatus: PolicyStatus | None


class GetBucketProtectionConfigurationOutput(TypedDict, total=False):
    """Result of GetBucketProtectionConfiguration."""

    IbmProtectionManagementState: str | None
    ProtectionConfiguration: ProtectionConfiguration | None


class GetBucketReplicationOutput(TypedDict, total=False):
    """Result of GetBucketReplication."""

    ReplicationConfiguration: ReplicationConfiguration | None


class GetBucketRequestPaymentOutput(TypedDict, total=False):
    """Result of GetBucketRequestPayment."""

    Payer: str | None


class GetBucketTaggingOutput(TypedDict, total=False):
    """Result of GetBucketTagging."""

    TagSet: list[Tag] | None


class GetBucketVersioningOutput(TypedDict, total=False):
    """Result of GetBucketVersioning."""

    MFADelete: str | None
    Status: str | None


class GetBucketWebsiteOutput(TypedDict, total=False):
    """Result of GetBucketWebsite."""

    ErrorDocument: ErrorDocument | None
    IndexDocument: IndexDocument | None
    RedirectAllRequestsTo: RedirectAllRequestsTo | None
    RoutingRules: list[RoutingRule] | None


class GetObjectOutput(TypedDict, total=False):
    """Result of GetObject."""

    AcceptRanges: str | None
    Body: Content | None
    BucketKeyEnabled: bool | None
    CacheControl: str | None
    ChecksumCRC32: str | None
    ChecksumCRC32C: str | None
    ChecksumCRC64NVME: str | None
    ChecksumMD5: str | None
    ChecksumSHA1: str | None
    ChecksumSHA256: str | None
    ChecksumSHA512: str | None
    ChecksumType: str | None
    ChecksumXXHASH128: str | None
    ChecksumXXHASH3: str | None
    ChecksumXXHASH64: str | None
    ContentDisposition: str | None
    ContentEncoding: str | None
    ContentLanguage: str | None
    ContentLength: int | None
    ContentRange: str | None
    ContentType: str | None
    DeleteMarker: bool | None
    ETag: str | None
    Expiration: str | None
    Expires: dt.datetime | str | None
    IbmArchiveTransitionTime: dt.datetime | str | None
    IbmRestoredCopyStorageClass: str | None
    IbmTransition: str | None
    LastModified: dt.datetime | str | None
    Metadata: dict[str, str] | None
    MissingMeta: int | None
    ObjectLockEventHold: str | None
    ObjectLockEventHoldDurationDays: int | None
    ObjectLockEventHoldDurationYears: int | None
    ObjectLockLegalHoldStatus: str | None
    ObjectLockMode: str | None
    ObjectLockRetainUntilDate: dt.datetime | str | None
    PartsCount: int | None
    ReplicationStatus: str | None
    RequestCharged: str | None
    Restore: str | None
    RetentionExpirationDate: dt.datetime | str | None
    RetentionLegalHoldCount: int | None
    RetentionPeriod: int | None
    SSECustomerAlgorithm: str | None
    SSECustomerKeyMD5: str | None
    SSEKMSKeyId: str | None
    ServerSideEncryption: str | None
    StorageClass: str | None
    TagCount: int | None
    VersionId: str | None
    WebsiteRedirectLocation: str | None


class GetObjectAclOutput(TypedDict, total=False):
    """Result of GetObjectAcl."""

    Grants: list[Grant] | None
    Owner: Owner | None
    RequestCharged: str | None


class GetObjectAnnotationOutput(TypedDict, total=False):
    """Result of GetObjectAnnotation."""

    AnnotationPayload: Content | None
    ChecksumCRC32: str | None
    ChecksumCRC32C: str | None
    ChecksumCRC64NVME: str | None
    ChecksumMD5: str | None
    ChecksumSHA1: str | None
    ChecksumSHA256: str | None
    ChecksumSHA512: str | None
    ChecksumType: str | None
    ChecksumXXHASH128: str | None
    ChecksumXXHASH3: str | None
    ChecksumXXHASH64: str | None
    ContentLength: int | None
    ETag: str | None
    LastModified: dt.datetime | str | None
    ObjectVersionId: str | None
    ReplicationStatus: str | None
    RequestCharged: str | None
    ServerSideEncryption: str | None


class GetObjectAttributesOutput(TypedDict, total=False):
    """Result of GetObjectAttributes."""

    Checksum: Checksum | None
    DeleteMarker: bool | None
    ETag: str | None
    LastModified: dt.datetime | str | None
    ObjectParts: GetObjectAttributesParts | None
    ObjectSize: int | None
    RequestCharged: str | None
    StorageClass: str | None
    VersionId: str | None


class GetObjectLegalHoldOutput(TypedDict, total=False):
    """Result of GetObjectLegalHold."""

    LegalHold: ObjectLockLegalHold | None


class GetObjectLockConfigurationOutput(TypedDict, total=False):
    """Result of GetObjectLockConfiguration."""

    IbmProtectionManagementState: str | None
    ObjectLockConfiguration: ObjectLockConfiguration | None


class GetObjectRetentionOutput(TypedDict, total=False):
    """Result of GetObjectRetention."""

    Retention: ObjectLockRetention | None


class GetObjectTaggingOutput(TypedDict, total=False):
    """Result of GetObjectTagging."""

    TagSet: list[Tag] | None
    VersionId: str | None


class GetObjectTorrentOutput(TypedDict, total=False):
    """Result of GetObjectTorrent."""

    Body: Content | None
    RequestCharged: str | None


class GetPublicAccessBlockOutput(TypedDict, total=False):
    """Result of GetPublicAccessBlock."""

    PublicAccessBlockConfiguration: PublicAccessBlockConfiguration | None


class HeadBucketOutput(TypedDict, total=False):
    """Result of HeadBucket."""

    AccessPointAlias: bool | None
    BucketArn: str | None
    BucketLocationName: str | None
    BucketLocationType: str | None
    BucketRegion: str | None
    IBMSSEKPCrkId: str | None
    IBMSSEKPEnabled: bool | None


class HeadObjectOutput(TypedDict, total=False):
    """Result of HeadObject."""

    AcceptRanges: str | None
    ArchiveStatus: str | None
    BucketKeyEnabled: bool | None
    CacheControl: str | None
    ChecksumCRC32: str | None
    ChecksumCRC32C: str | None
    ChecksumCRC64NVME: str | None
    ChecksumMD5: str | None
    ChecksumSHA1: str | None
    ChecksumSHA256: str | None
    ChecksumSHA512: str | None
    ChecksumType: str | None
    ChecksumXXHASH128: str | None
    ChecksumXXHASH3: str | None
    ChecksumXXHASH64: str | None
    ContentDisposition: str | None
    ContentEncoding: str | None
    ContentLanguage: str | None
    ContentLength: int | None
    ContentRange: str | None
    ContentType: str | None
    DeleteMarker: bool | None
    ETag: str | None
    Expiration: str | None
    Expires: dt.datetime | str | None
    IbmArchiveTransitionTime: dt.datetime | str | None
    IbmRestoredCopyStorageClass: str | None
    IbmTransition: str | None
    LastModified: dt.datetime | str | None
    Metadata: dict[str, str] | None
    MissingMeta: int | None
    ObjectLockEventHold: str | None
    ObjectLockEventHoldDurationDays: int | None
    ObjectLockEventHoldDurationYears: int | None
    ObjectLockLegalHoldStatus: str | None
    ObjectLockMode: str | None
    ObjectLockRetainUntilDate: dt.datetime | str | None
    PartsCount: int | None
    ReplicationStatus: str | None
    RequestCharged: str | None
    Restore: str | None
    RetentionExpirationDate: dt.datetime | str | None
    RetentionLegalHoldCount: int | None
    RetentionPeriod: int | None
    SSECustomerAlgorithm: str | None
    SSECustomerKeyMD5: str | None
    SSEKMSKeyId: str | None
    ServerSideEncryption: str | None
    StorageClass: str | None
    TagCount: int | None
    VersionId: str | None
    WebsiteRedirectLocation: str | None


class ListBucketAnalyticsConfigurationsOutput(TypedDict, total=False):
    """Result of ListBucketAnalyticsConfigurations."""

    AnalyticsConfigurationList: list[AnalyticsConfiguration] | None
    ContinuationToken: str | None
    IsTruncated: bool | None
    NextContinuationToken: str | None


class ListBucketIntelligentTieringConfigurationsOutput(TypedDict, total=False):
    """Result of ListBucketIntelligentTieringConfigurations."""

    ContinuationToken: str | None
    IntelligentTieringConfigurationList: list[IntelligentTieringConfiguration] | None
    IsTruncated: bool | None
    NextContinuationToken: str | None


class ListBucketInventoryConfigurationsOutput(TypedDict, total=False):
    """Result of ListBucketInventoryConfigurations."""

    ContinuationToken: str | None
    InventoryConfigurationList: list[InventoryConfiguration] | None
    IsTruncated: bool | None
    NextContinuationToken: str | None


class ListBucketMetricsConfigurationsOutput(TypedDict, total=False):
    """Result of ListBucketMetricsConfigurations."""

    ContinuationToken: str | None
    IsTruncated: bool | None
    MetricsConfigurationList: list[MetricsConfiguration] | None
    NextContinuationToken: str | None


class ListBucketReplicationFailuresOutput(TypedDict, total=False):
    """Result of ListBucketReplicationFailures."""

    ListReplicationFailureResult: ListReplicationFailureResult | None


class ListBucketsOutput(TypedDict, total=False):
    """Result of ListBuckets."""

    Buckets: list[Bucket] | None
    ContinuationToken: str | None
    Owner: Owner | None
    Prefix: str | None


class ListBucketsExtendedOutput(TypedDict, total=False):
    """Result of ListBucketsExtended."""

    Buckets: list[Bucket] | None
    IsTruncated: bool | None
    Marker: str | None
    MaxKeys: int | None
    NextMarker: str | None
    Owner: Owner | None
    Prefix: str | None


class ListLegalHoldsOutput(TypedDict, total=False):
    """Result of ListLegalHolds."""

    CreateTime: dt.datetime | str | None
    LegalHoldSet: list[LegalHold] | None
    LegalHolds: list[LegalHold] | None
    RetentionPeriod: int | None
    RetentionPeriodExpirationDate: dt.datetime | str | None


class ListMultipartUploadsOutput(TypedDict, total=False):
    """Result of ListMultipartUploads."""

    Bucket: str | None
    CommonPrefixes: list[CommonPrefix] | None
    Delimiter: str | None
    EncodingType: str | None
    IsTruncated: bool | None
    KeyMarker: str | None
    MaxUploads: int | None
    NextKeyMarker: str | None
    NextUploadIdMarker: str | None
    Prefix: str | None
    RequestCharged: str | None
    UploadIdMarker: str | None
    Uploads: list[MultipartUpload] | None


class ListObjectAnnotationsOutput(TypedDict, total=False):
    """Result of ListObjectAnnotations."""

    AnnotationCount: int | None
    AnnotationPrefix: str | None
    Annotations: list[AnnotationEntry] | None
    Bucket: str | None
    ContinuationToken: str | None
    Key: str | None
    MaxAnnotationResults: int | None
    NextContinuationToken: str | None
    ObjectVersionId: str | None
    RequestCharged: str | None


class ListObjectVersionsOutput(TypedDict, total=False):
    """Result of ListObjectVersions."""

    CommonPrefixes: list[CommonPrefix] | None
    DeleteMarkers: list[DeleteMarkerEntry] | None
    Delimiter: str | None
    EncodingType: str | None
    IsTruncated: bool | None
    KeyMarker: str | None
    MaxKeys: int | None
    Mix: list[str]
    Name: str | None
    NextKeyMarker: str | None
    NextVersionIdMarker: str | None
    Prefix: str | None
    RequestCharged: str | None
    VersionIdMarker: str | None
    Versions: list[ObjectVersion] | None


class ListObjectsOutput(TypedDict, total=False):
    """Result of ListObjects."""

    BucketRegion: str | None
    CommonPrefixes: list[CommonPrefix] | None
    Contents: list[Object] | None
    Delimiter: str | None
    EncodingType: str | None
    IBMSSEKPCrkId: str | None
    IBMSSEKPEnabled: bool | None
    IsTruncated: bool | None
    Marker: str | None
    MaxKeys: int | None
    Name: str | None
    NextMarker: str | None
    Prefix: str | None
    RequestCharged: str | None


class ListObjectsV2Output(TypedDict, total=False):
    """Result of ListObjectsV2."""

    BucketRegion: str | None
    CommonPrefixes: list[CommonPrefix] | None
    Contents: list[Object] | None
    ContinuationToken: str | None
    Delimiter: str | None
    EncodingType: str | None
    IsTruncated: bool | None
    KeyCount: int | None
    MaxKeys: int | None
    Name: str | None
    NextContinuationToken: str | None
    Prefix: str | None
    RequestCharged: str | None
    StartAfter: str | None


class ListPartsOutput(TypedDict, total=False):
    """Result of ListParts."""

    AbortDate: dt.datetime | str | None
    AbortRuleId: str | None
    Bucket: str | None
    ChecksumAlgorithm: str | None
    ChecksumType: str | None
    Initiator: Initiator | None
    IsTruncated: bool | None
    Key: str | None
    MaxParts: int | None
    NextPartNumberMarker: int | None
    Owner: Owner | None
    PartNumberMarker: int | None
    Parts: list[Part] | None
    RequestCharged: str | None
    StorageClass: str | None
    UploadId: str | None
    VersionId: str | None


class PostObjectOutput(TypedDict, total=False):
    """Result of PostObject."""

    Bucket: str
    BucketKeyEnabled: bool | None
    ChecksumCRC32: str | None
    ChecksumCRC32C: str | None
    ChecksumCRC64NVME: str | None
    ChecksumMD5: str | None
    ChecksumSHA1: str | None
    ChecksumSHA256: str | None
    ChecksumSHA512: str | None
    ChecksumType: str | None
    ChecksumXXHASH128: str | None
    ChecksumXXHASH3: str | None
    ChecksumXXHASH64: str | None
    ETag: str | None
    Expiration: str | None
    Key: str
    Location: str
    RequestCharged: str | None
    SSECustomerAlgorithm: str | None
    SSECustomerKeyMD5: str | None
    SSEKMSEncryptionContext: str | None
    SSEKMSKeyId: str | None
    ServerSideEncryption: str | None
    Size: int | None
    SuccessActionRedirect: str | None
    SuccessActionStatus: str | None
    VersionId: str | None


class PutBucketAbacOutput(TypedDict, total=False):
    """Result of PutBucketAbac."""


class PutBucketAccelerateConfigurationOutput(TypedDict, total=False):
    """Result of PutBucketAccelerateConfiguration."""


class PutBucketAclOutput(TypedDict, total=False):
    """Result of PutBucketAcl."""


class PutBucketAnalyticsConfigurationOutput(TypedDict, total=False):
    """Result of PutBucketAnalyticsConfiguration."""


class PutBucketCorsOutput(TypedDict, total=False):
    """Result of PutBucketCors."""


class PutBucketEncryptionOutput(TypedDict, total=False):
    """Result of PutBucketEncryption."""


class PutBucketIntelligentTieringConfigurationOutput(TypedDict, total=False):
    """Result of PutBucketIntelligentTieringConfiguration."""


class PutBucketInventoryConfigurationOutput(TypedDict, total=False):
    """Result of PutBucketInventoryConfiguration."""


class PutBucketLifecycleConfigurationOutput(TypedDict, total=False):
    """Result of PutBucketLifecycleConfiguration."""

    TransitionDefaultMinimumObjectSize: str | None


class PutBucketLoggingOutput(TypedDict, total=False):
    """Result of PutBucketLogging."""


class PutBucketMetricsConfigurationOutput(TypedDict, total=False):
    """Result of PutBucketMetricsConfiguration."""


class PutBucketNotificationConfigurationOutput(TypedDict, total=False):
    """Result of PutBucketNotificationConfiguration."""


class PutBucketOwnershipControlsOutput(TypedDict, total=False):
    """Result of PutBucketOwnershipControls."""


class PutBucketPolicyOutput(TypedDict, total=False):
    """Result of PutBucketPolicy."""


class PutBucketProtectionConfigurationOutput(TypedDict, total=False):
    """Result of PutBucketProtectionConfiguration."""


class PutBucketReplicationOutput(TypedDict, total=False):
    """Result of PutBucketReplication."""


class PutBucketReplicationReattemptOutput(TypedDict, total=False):
    """Result of PutBucketReplicationReattempt."""

    ScheduledTime: dt.datetime | str | None


class PutBucketRequestPaymentOutput(TypedDict, total=False):
    """Result of PutBucketRequestPayment."""


class PutBucketTaggingOutput(TypedDict, total=False):
    """Result of PutBucketTagging."""


class PutBucketVersioningOutput(TypedDict, total=False):
    """Result of PutBucketVersioning."""


class PutBucketWebsiteOutput(TypedDict, total=False):
    """Result of PutBucketWebsite."""


class PutObjectOutput(TypedDict, total=False):
    """Result of PutObject."""

    BucketKeyEnabled: bool | None
    ChecksumCRC32: str | None
    ChecksumCRC32C: str | None
    ChecksumCRC64NVME: str | None
    ChecksumMD5: str | None
    ChecksumSHA1: str | None
    ChecksumSHA256: str | None
    ChecksumSHA512: str | None
    ChecksumType: str | None
    ChecksumXXHASH128: str | None
    ChecksumXXHASH3: str | None
    ChecksumXXHASH64: str | None
    ETag: str | None
    Expiration: str | None
    RequestCharged: str | None
    SSECustomerAlgorithm: str | None
    SSECustomerKeyMD5: str | None
    SSEKMSEncryptionContext: str | None
    SSEKMSKeyId: str | None
    ServerSideEncryption: str | None
    Size: int | None
    VersionId: str | None


class PutObjectAclOutput(TypedDict, total=False):
    """Result of PutObjectAcl."""

    RequestCharged: str | None


class PutObjectAnnotationOutput(TypedDict, total=False):
    """Result of PutObjectAnnotation."""

    AnnotationName: str | None
    ChecksumCRC32: str | None
    ChecksumCRC32C: str | None
    ChecksumCRC64NVME: str | None
    ChecksumMD5: str | None
    ChecksumSHA1: str | None
    ChecksumSHA256: str | None
    ChecksumSHA512: str | None
    ChecksumType: str | None
    ChecksumXXHASH128: str | None
    ChecksumXXHASH3: str | None
    ChecksumXXHASH64: str | None
    ETag: str | None
    Key: str | None
    ObjectVersionId: str | None
    RequestCharged: str | None
    ServerSideEncryption: str | None


class PutObjectLegalHoldOutput(TypedDict, total=False):
    """Result of PutObjectLegalHold."""

    RequestCharged: str | None


class PutObjectLockConfigurationOutput(TypedDict, total=False):
    """Result of PutObjectLockConfiguration."""

    RequestCharged: str | None


class PutObjectRetentionOutput(TypedDict, total=False):
    """Result of PutObjectRetention."""

    RequestCharged: str | None


class PutObjectTaggingOutput(TypedDict, total=False):
    """Result of PutObjectTagging."""

    VersionId: str | None


class PutPublicAccessBlockOutput(TypedDict, total=False):
    """Result of PutPublicAccessBlock."""


class RestoreObjectOutput(TypedDict, total=False):
    """Result of RestoreObject."""

    RequestCharged: str | None
    RestoreOutputPath: str | None
    Status: int


class SelectObjectContentOutput(TypedDict, total=False):
    """Result of SelectObjectContent."""

    Payload: list[dict[str, object]] | None


class UpdateObjectEncryptionOutput(TypedDict, total=False):
    """Result of UpdateObjectEncryption."""

    RequestCharged: str | None


class UploadPartOutput(TypedDict, total=False):
    """Result of UploadPart."""

    BucketKeyEnabled: bool | None
    ChecksumCRC32: str | None
    ChecksumCRC32C: str | None
    ChecksumCRC64NVME: str | None
    ChecksumMD5: str | None
    ChecksumSHA1: str | None
    ChecksumSHA256: str | None
    ChecksumSHA512: str | None
    ChecksumXXHASH128: str | None
    ChecksumXXHASH3: str | None
    ChecksumXXHASH64: str | None
    ETag: str | None
    RequestCharged: str | None
    SSECustomerAlgorithm: str | None
    SSECustomerKeyMD5: str | None
    SSEKMSKeyId: str | None
    ServerSideEncryption: str | None
    VersionId: str | None


class UploadPartCopyOutput(TypedDict, total=False):
    """Result of UploadPartCopy."""

    BucketKeyEnabled: bool | None
    CopyPartResult: CopyPartResult | None
    CopySourceVersionId: str | None
    RequestCharged: str | None
    SSECustomerAlgorithm: str | None
    SSECustomerKeyMD5: str | None
    SSEKMSKeyId: str | None
    ServerSideEncryption: str | None
    VersionId: str | None


class AnnotationEntry(TypedDict, total=False):
    """Of a result."""

    AnnotationName: str | None
    ChecksumAlgorithm: list[str] | None
    ETag: str | None
    LastModified: dt.datetime | str | None
    ReplicationStatus: str | None
    Size: int | None


class Bucket(TypedDict, total=False):
    """Of a result."""

    BucketArn: str | None
    BucketRegion: str | None
    CreationDate: dt.datetime | str | None
    CreationTemplateId: str | None
    LocationConstraint: str | None
    Name: str | None


class Checksum(TypedDict, total=False):
    """Of a result."""

    ChecksumCRC32: str | None
    ChecksumCRC32C: str | None
    ChecksumCRC64NVME: str | None
    ChecksumMD5: str | None
    ChecksumSHA1: str | None
    ChecksumSHA256: str | None
    ChecksumSHA512: str | None
    ChecksumType: str | None
    ChecksumXXHASH128: str | None
    ChecksumXXHASH3: str | None
    ChecksumXXHASH64: str | None


class CommonPrefix(TypedDict, total=False):
    """Of a result."""

    Prefix: str | None


class CopyObjectResult(TypedDict, total=False):
    """Of a result."""

    ChecksumCRC32: str | None
    ChecksumCRC32C: str | None
    ChecksumCRC64NVME: str | None
    ChecksumMD5: str | None
    ChecksumSHA1: str | None
    ChecksumSHA256: str | None
    ChecksumSHA512: str | None
    ChecksumType: str | None
    ChecksumXXHASH128: str | None
    ChecksumXXHASH3: str | None
    ChecksumXXHASH64: str | None
    ETag: str | None
    LastModified: dt.datetime | str | None


class CopyPartResult(TypedDict, total=False):
    """Of a result."""

    ChecksumCRC32: str | None
    ChecksumCRC32C: str | None
    ChecksumCRC64NVME: str | None
    ChecksumMD5: str | None
    ChecksumSHA1: str | None
    ChecksumSHA256: str | None
    ChecksumSHA512: str | None
    ChecksumXXHASH128: str | None
    ChecksumXXHASH3: str | None
    ChecksumXXHASH64: str | None
    ETag: str | None
    LastModified: dt.datetime | str | None


class DeleteMarkerEntry(TypedDict, total=False):
    """Of a result."""

    IsLatest: bool | None
    Key: str | None
    LastModified: dt.datetime | str | None
    Owner: Owner | None
    VersionId: str | None


class DeletedObject(TypedDict, total=False):
    """Of a result."""

    DeleteMarker: bool | None
    DeleteMarkerVersionId: str | None
    Key: str | None
    VersionId: str | None


class Error(TypedDict, total=False):
    """Of a result."""

    Code: str | None
    Key: str | None
    Message: str | None
    VersionId: str | None


class GetObjectAttributesParts(TypedDict, total=False):
    """Of a result."""

    IsTruncated: bool | None
    MaxParts: int | None
    NextPartNumberMarker: int | None
    PartNumberMarker: int | None
    Parts: list[ObjectPart] | None
    TotalPartsCount: int | None


class Initiator(TypedDict, total=False):
    """Of a result."""

    DisplayName: str | None
    ID: str | None


class LegalHold(TypedDict, total=False):
    """Of a result."""

    Date: dt.datetime | str | None
    ID: str | None


class ListReplicationFailureResult(TypedDict, total=False):
    """Of a result."""

    Contents: list[ObjectSyncAttempted] | None
    ContinuationToken: str | None
    EncodingType: str | None
    FirstSyncAttemptedBefore: str | None
    IsTruncated: bool | None
    KeyCount: int | None
    MaxKeys: int | None
    Name: str | None
    NextContinuationToken: str | None


class MultipartUpload(TypedDict, total=False):
    """Of a result."""

    ChecksumAlgorithm: str | None
    ChecksumType: str | None
    Initiated: dt.datetime | str | None
    Initiator: Initiator | None
    Key: str | None
    Owner: Owner | None
    StorageClass: str | None
    UploadId: str | None
    VersionId: str | None


class Object(TypedDict, total=False):
    """Of a result."""

    ChecksumAlgorithm: list[str] | None
    ChecksumType: str | None
    ETag: str | None
    Key: str | None
    LastModified: dt.datetime | str | None
    Owner: Owner | None
    RestoreStatus: RestoreStatus | None
    Size: int | None
    StorageClass: str | None


class ObjectPart(TypedDict, total=False):
    """Of a result."""

    ChecksumCRC32: str | None
    ChecksumCRC32C: str | None
    ChecksumCRC64NVME: str | None
    ChecksumMD5: str | None
    ChecksumSHA1: str | None
    ChecksumSHA256: str | None
    ChecksumSHA512: str | None
    ChecksumXXHASH128: str | None
    ChecksumXXHASH3: str | None
    ChecksumXXHASH64: str | None
    PartNumber: int | None
    Size: int | None


class ObjectSyncAttempted(TypedDict, total=False):
    """Of a result."""

    FirstSyncAttempted: dt.datetime | str | None
    Key: str | None
    LastSyncAttempted: dt.datetime | str | None
    SyncFailureCause: str | None
    SyncType: str | None
    VersionId: str | None


class ObjectVersion(TypedDict, total=False):
    """Of a result."""

    ChecksumAlgorithm: list[str] | None
    ChecksumType: str | None
    ETag: str | None
    IsLatest: bool | None
    Key: str | None
    LastModified: dt.datetime | str | None
    Owner: Owner | None
    RestoreStatus: RestoreStatus | None
    Size: int | None
    StorageClass: str | None
    VersionId: str | None


class Part(TypedDict, total=False):
    """Of a result."""

    ChecksumCRC32: str | None
    ChecksumCRC32C: str | None
    ChecksumCRC64NVME: str | None
    ChecksumMD5: str | None
    ChecksumSHA1: str | None
    ChecksumSHA256: str | None
    ChecksumSHA512: str | None
    ChecksumXXHASH128: str | None
    ChecksumXXHASH3: str | None
    ChecksumXXHASH64: str | None
    ETag: str | None
    LastModified: dt.datetime | str | None
    PartNumber: int | None
    Size: int | None


class PolicyStatus(TypedDict, total=False):
    """Of a result."""

    IsPublic: bool | None


class RestoreStatus(TypedDict, total=False):
    """Of a result."""

    IsRestoreInProgress: bool | None
    RestoreExpiryDate: dt.datetime | str | None


class AnnotationRequest(TypedDict, total=False):
    """What several requests have in common.

    Those of DeleteObjectAnnotation, GetObjectAnnotation and PutObjectAnnotation.
    """

    AnnotationName: str
    Bucket: Required[str]
    ExpectedBucketOwner: str
    Key: Required[str]
    RequestPayer: str
    VersionId: str


class BucketRequest(TypedDict, total=False):
    """What all requests for a bucket have in common."""

    Bucket: Required[str]
    ExpectedBucketOwner: str


class ConditionalWrite(TypedDict, total=False):
    """What several requests have in common.

    Those of CompleteMultipartUpload, CopyObject, CreateMultipartUpload and PutObject.
    """

    Bucket: Required[str]
    ExpectedBucketOwner: str
    IfMatch: str
    IfNoneMatch: str
    Key: Required[str]
    RequestPayer: str
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSKeyId: str
    ServerSideEncryption: str


class ConfigurationListRequest(TypedDict, total=False):
    """What several requests have in common.

    Those of ListBucketAnalyticsConfigurations, ListBucketIntelligentTieringConfigurations,
    ListBucketInventoryConfigurations and ListBucketMetricsConfigurations.
    """

    Bucket: Required[str]
    ContinuationToken: str
    ExpectedBucketOwner: str


class ConfigurationRequest(TypedDict, total=False):
    """What several requests have in common.

    Those of DeleteBucketAnalyticsConfiguration, GetBucketAnalyticsConfiguration, PutBucketAnalyticsConfiguration,
    DeleteBucketIntelligentTieringConfiguration, GetBucketIntelligentTieringConfiguration,
    PutBucketIntelligentTieringConfiguration, DeleteBucketInventoryConfiguration, GetBucketInventoryConfiguration,
    PutBucketInventoryConfiguration, DeleteBucketMetricsConfiguration, GetBucketMetricsConfiguration and
    PutBucketMetricsConfiguration.
    """

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Id: str


class CopyRequest(TypedDict, total=False):
    """What several requests have in common.

    Those of CopyObject and UploadPartCopy.
    """

    Bucket: Required[str]
    CopySource: str
    CopySourceIfMatch: str
    CopySourceIfModifiedSince: dt.datetime | str
    CopySourceIfNoneMatch: str
    CopySourceIfUnmodifiedSince: dt.datetime | str
    CopySourceSSECustomerAlgorithm: str
    CopySourceSSECustomerKey: str
    CopySourceSSECustomerKeyMD5: str
    ExpectedBucketOwner: str
    ExpectedSourceBucketOwner: str
    Key: Required[str]
    RequestPayer: str
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSKeyId: str
    ServerSideEncryption: str


class DeleteRequest(TypedDict, total=False):
    """What several requests have in common.

    Those of DeleteObject and DeleteObjects.
    """

    Bucket: Required[str]
    BypassGovernanceRetention: bool | str
    ChecksumAlgorithm: str
    ExpectedBucketOwner: str
    MFA: str
    RequestPayer: str


class KeyListRequest(TypedDict, total=False):
    """What several requests have in common.

    Those of ListObjects, ListObjectsV2 and ListObjectVersions.
    """

    Bucket: Required[str]
    Delimiter: str
    EncodingType: str
    ExpectedBucketOwner: str
    MaxKeys: int | str
    OptionalObjectAttributes: list[str]
    Prefix: str
    RequestPayer: str


class ListRequest(TypedDict, total=False):
    """What several requests have in common.

    Those of ListMultipartUploads, ListObjects, ListObjectsV2 and ListObjectVersions.
    """

    Bucket: Required[str]
    Delimiter: str
    EncodingType: str
    ExpectedBucketOwner: str
    Prefix: str
    RequestPayer: str


class NewObjectRequest(TypedDict, total=False):
    """What several requests have in common.

    Those of CopyObject, CreateMultipartUpload and PutObject.
    """

    ACL: str
    Bucket: Required[str]
    BucketKeyEnabled: bool | str
    CacheControl: str
    ChecksumAlgorithm: str
    ContentDisposition: str
    ContentEncoding: str
    ContentLanguage: str
    ContentType: str
    ExpectedBucketOwner: str
    Expires: str
    GrantFullControl: str
    GrantRead: str
    GrantReadACP: str
    GrantWriteACP: str
    IfMatch: str
    IfNoneMatch: str
    Key: Required[str]
    Metadata: dict[str, str]
    ObjectLockEventHold: str
    ObjectLockEventHoldDurationDays: int | str
    ObjectLockEventHoldDurationYears: int | str
    ObjectLockLegalHoldStatus: str
    ObjectLockMode: str
    ObjectLockRetainUntilDate: str
    RequestPayer: str
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSEncryptionContext: str
    SSEKMSKeyId: str
    ServerSideEncryption: str
    StorageClass: str
    Tagging: str
    WebsiteRedirectLocation: str


class ObjectRequest(TypedDict, total=False):
    """What several requests have in common.

    Those of AddLegalHold, DeleteLegalHold, DeleteObjectTagging, ExtendObjectRetention, GetObject, GetObjectAcl,
    GetObjectAttributes, GetObjectLegalHold, GetObjectRetention, GetObjectTagging, HeadObject, ListLegalHolds,
    PutObjectAcl, PutObjectLegalHold, PutObjectRetention, PutObjectTagging, RestoreObject, UpdateObjectEncryption,
    PutObjectAnnotation, GetObjectAnnotation, ListObjectAnnotations and DeleteObjectAnnotation.
    """

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Key: Required[str]
    VersionId: str


class PartRequest(TypedDict, total=False):
    """What several requests have in common.

    Those of UploadPart and UploadPartCopy.
    """

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Key: Required[str]
    PartNumber: int | str
    RequestPayer: str
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSKeyId: str
    ServerSideEncryption: str
    UploadId: str


class ReadRequest(TypedDict, total=False):
    """What several requests have in common.

    Those of GetObject and HeadObject.
    """

    Bucket: Required[str]
    ChecksumMode: str
    ExpectedBucketOwner: str
    IfMatch: str
    IfModifiedSince: dt.datetime | str
    IfNoneMatch: str
    IfRange: str
    IfUnmodifiedSince: dt.datetime | str
    Key: Required[str]
    MirrorDestination: str
    PartNumber: int | str
    Range: str
    RequestPayer: str
    ResponseCacheControl: str
    ResponseContentDisposition: str
    ResponseContentEncoding: str
    ResponseContentLanguage: str
    ResponseContentType: str
    ResponseExpires: str
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSKeyId: str
    ServerSideEncryption: str
    VersionId: str


class SettledEncryptionRequest(TypedDict, total=False):
    """What several requests have in common.

    Those of CompleteMultipartUpload, GetObject, GetObjectAttributes, HeadObject, ListParts, UploadPart and
    UploadPartCopy.
    """

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Key: Required[str]
    RequestPayer: str
    SSECustomerAlgorithm: str
    SSECustomerKey: str
    SSECustomerKeyMD5: str
    SSEKMSKeyId: str
    ServerSideEncryption: str


class StreamedRequest(TypedDict, total=False):
    """What several requests have in common.

    Those of PutObject, PutObjectAnnotation and UploadPart.
    """

    Body: Payload
    Bucket: Required[str]
    ChecksumAlgorithm: str
    ChecksumCRC32: str
    ChecksumCRC32C: str
    ChecksumCRC64NVME: str
    ChecksumMD5: str
    ChecksumSHA1: str
    ChecksumSHA256: str
    ChecksumSHA512: str
    ChecksumXXHASH128: str
    ChecksumXXHASH3: str
    ChecksumXXHASH64: str
    ContentMD5: str
    ExpectedBucketOwner: str
    Key: Required[str]
    RequestPayer: str


class UploadRequest(TypedDict, total=False):
    """What several requests have in common.

    Those of AbortMultipartUpload, CompleteMultipartUpload, ListParts, UploadPart and UploadPartCopy.
    """

    Bucket: Required[str]
    ExpectedBucketOwner: str
    Key: Required[str]
    RequestPayer: str
    UploadId: str


class AbortFields(TypedDict, total=False):
    """Of several results."""

    AbortDate: dt.datetime | str | None
    AbortRuleId: str | None


class ArchiveFields(TypedDict, total=False):
    """Of several results."""

    IbmArchiveTransitionTime: dt.datetime | str | None
    IbmRestoredCopyStorageClass: str | None
    IbmTransition: str | None


class ChecksumFields(TypedDict, total=False):
    """Of several results."""

    ChecksumCRC32: str | None
    ChecksumCRC32C: str | None
    ChecksumCRC64NVME: str | None
    ChecksumMD5: str | None
    ChecksumSHA1: str | None
    ChecksumSHA256: str | None
    ChecksumSHA512: str | None
    ChecksumType: str | None
    ChecksumXXHASH128: str | None
    ChecksumXXHASH3: str | None
    ChecksumXXHASH64: str | None


class CopySourceFields(TypedDict, total=False):
    """Of several results."""

    CopySourceVersionId: str | None
    RequestCharged: str | None


class EncryptionContextFields(TypedDict, total=False):
    """Of several results."""

    SSEKMSEncryptionContext: str | None


class EncryptionFields(TypedDict, total=False):
    """Of several results."""

    BucketKeyEnabled: bool | None
    SSECustomerAlgorithm: str | None
    SSECustomerKeyMD5: str | None
    SSEKMSKeyId: str | None
    ServerSideEncryption: str | None


class ExpiryFields(TypedDict, total=False):
    """Of several results."""

    Expiration: str | None


class KeyProtectFields(TypedDict, total=False):
    """Of several results."""

    IBMSSEKPCrkId: str | None
    IBMSSEKPEnabled: bool | None


class LockFields(TypedDict, total=False):
    """Of several results."""

    ObjectLockLegalHoldStatus: str | None
    ObjectLockMode: str | None
    ObjectLockRetainUntilDate: dt.datetime | str | None


class ObjectVersionFields(TypedDict, total=False):
    """Of several results."""

    ObjectVersionId: str | None


class RestoreFields(TypedDict, total=False):
    """Of several results."""

    Restore: str | None


class RestoreStatusFields(TypedDict, total=False):
    """Of several results."""

    RestoreStatus: RestoreStatus | None


class RetentionFields(TypedDict, total=False):
    """Of several results."""

    RetentionExpirationDate: dt.datetime | str | None
    RetentionLegalHoldCount: int | None
    RetentionPeriod: int | None


class ServiceFields(TypedDict, total=False):
    """Of several results."""

    IbmArchiveTransitionTime: dt.datetime | str | None
    IbmRestoredCopyStorageClass: str | None
    IbmTransition: str | None
    RetentionExpirationDate: dt.datetime | str | None
    RetentionLegalHoldCount: int | None
    RetentionPeriod: int | None


class UploadOwnerFields(TypedDict, total=False):
    """Of several results."""

    Initiator: Initiator | None
    Owner: Owner | None


class VersionFields(TypedDict, total=False):
    """Of several results."""

    VersionId: str | None


class KeyListOutput(TypedDict, total=False):
    """Result of ListObjects or ListObjectsV2 or ListObjectVersions."""

    BucketRegion: str | None
    CommonPrefixes: list[CommonPrefix] | None
    Contents: list[Object] | None
    ContinuationToken: str | None
    DeleteMarkers: list[DeleteMarkerEntry] | None
    Delimiter: str | None
    EncodingType: str | None
    IBMSSEKPCrkId: str | None
    IBMSSEKPEnabled: bool | None
    IsTruncated: bool | None
    KeyCount: int | None
    KeyMarker: str | None
    Marker: str | None
    MaxKeys: int | None
    Mix: list[str]
    Name: str | None
    NextContinuationToken: str | None
    NextKeyMarker: str | None
    NextMarker: str | None
    NextVersionIdMarker: str | None
    Prefix: str | None
    RequestCharged: str | None
    StartAfter: str | None
    VersionIdMarker: str | None
    Versions: list[ObjectVersion] | None


class ReadOutput(TypedDict, total=False):
    """Result of GetObject or HeadObject."""

    AcceptRanges: str | None
    ArchiveStatus: str | None
    Body: Content | None
    BucketKeyEnabled: bool | None
    CacheControl: str | None
    ChecksumCRC32: str | None
    ChecksumCRC32C: str | None
    ChecksumCRC64NVME: str | None
    ChecksumMD5: str | None
    ChecksumSHA1: str | None
    ChecksumSHA256: str | None
    ChecksumSHA512: str | None
    ChecksumType: str | None
    ChecksumXXHASH128: str | None
    ChecksumXXHASH3: str | None
    ChecksumXXHASH64: str | None
    ContentDisposition: str | None
    ContentEncoding: str | None
    ContentLanguage: str | None
    ContentLength: int | None
    ContentRange: str | None
    ContentType: str | None
    DeleteMarker: bool | None
    ETag: str | None
    Expiration: str | None
    Expires: dt.datetime | str | None
    IbmArchiveTransitionTime: dt.datetime | str | None
    IbmRestoredCopyStorageClass: str | None
    IbmTransition: str | None
    LastModified: dt.datetime | str | None
    Metadata: dict[str, str] | None
    MissingMeta: int | None
    ObjectLockEventHold: str | None
    ObjectLockEventHoldDurationDays: int | None
    ObjectLockEventHoldDurationYears: int | None
    ObjectLockLegalHoldStatus: str | None
    ObjectLockMode: str | None
    ObjectLockRetainUntilDate: dt.datetime | str | None
    PartsCount: int | None
    ReplicationStatus: str | None
    RequestCharged: str | None
    Restore: str | None
    RetentionExpirationDate: dt.datetime | str | None
    RetentionLegalHoldCount: int | None
    RetentionPeriod: int | None
    SSECustomerAlgorithm: str | None
    SSECustomerKeyMD5: str | None
    SSEKMSKeyId: str | None
    ServerSideEncryption: str | None
    StorageClass: str | None
    TagCount: int | None
    VersionId: str | None
    WebsiteRedirectLocation: str | None
