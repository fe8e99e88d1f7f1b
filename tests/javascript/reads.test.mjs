// Reading: ranges, conditions, what is not there, and the names of errors.

import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { before, test } from "node:test";

import {
  BucketAlreadyOwnedByYou,
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchBucket,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  SelectObjectContentCommand,
} from "@aws-sdk/client-s3";

import { bytesOf, makeBucket, refused, s3, secure } from "./support/s3.mjs";

const BODY = "0123456789";
let Bucket;
let stored;

before(async () => {
  Bucket = await makeBucket();
  stored = await s3.send(new PutObjectCommand({ Bucket, Key: "digits", Body: BODY }));
});

const get = (options) => s3.send(new GetObjectCommand({ Bucket, Key: "digits", ...options }));

const RANGES = {
  "bytes=2-5": ["2345", "bytes 2-5/10"],
  "bytes=7-": ["789", "bytes 7-9/10"],
  "bytes=-2": ["89", "bytes 8-9/10"],
  "bytes=8-100": ["89", "bytes 8-9/10"],
  "bytes=-100": [BODY, "bytes 0-9/10"],
  "bytes=0-0": ["0", "bytes 0-0/10"],
};

for (const [Range, [bytes, ContentRange]] of Object.entries(RANGES)) {
  test(`Range ${Range} is answered 206 with ${ContentRange}`, async () => {
    const answer = await get({ Range });
    assert.equal(answer.$metadata.httpStatusCode, 206);
    assert.equal(await answer.Body.transformToString(), bytes);
    assert.equal(answer.ContentRange, ContentRange);
    assert.equal(answer.AcceptRanges, "bytes");
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "digits", Range }));
    assert.equal(head.ContentLength, bytes.length);
  });
}

test("a range behind the end is InvalidRange, and one that is none is ignored", async () => {
  const error = await refused(get({ Range: "bytes=10-" }), "InvalidRange", 416);
  assert.equal(error.ActualObjectSize, "10");
  assert.equal(error.RangeRequested, "bytes=10-");
  for (const Range of ["bytes=5-2", "bytes=a-b", "lines=1-2", "bytes=0-1,4-5"]) {
    const answer = await get({ Range });
    assert.equal(answer.$metadata.httpStatusCode, 200);
    assert.equal(await answer.Body.transformToString(), BODY);
  }
});

test("an answer's body is a stream of Node, read as text, bytes or a web stream", async () => {
  assert.equal(await text((await get()).Body), BODY);
  assert.deepEqual(await bytesOf(await get()), Buffer.from(BODY));
  assert.equal(await new Response((await get()).Body.transformToWebStream()).text(), BODY);
  const pieces = [];
  for await (const piece of (await get()).Body) pieces.push(piece);
  assert.equal(Buffer.concat(pieces).toString(), BODY);
});

test("conditions on a read: 412, and 304 which the SDK raises as an error", async () => {
  const { ETag } = stored;
  assert.equal(await (await get({ IfMatch: ETag })).Body.transformToString(), BODY);
  assert.equal(await (await get({ IfNoneMatch: '"other"' })).Body.transformToString(), BODY);
  await refused(get({ IfMatch: '"other"' }), "PreconditionFailed", 412);
  const same = await get({ IfNoneMatch: ETag }).catch((error) => error);
  assert.equal(same.$metadata.httpStatusCode, 304);
  const unchanged = await get({ IfModifiedSince: new Date() }).catch((error) => error);
  assert.equal(unchanged.$metadata.httpStatusCode, 304);
  await refused(get({ IfUnmodifiedSince: new Date(0) }), "PreconditionFailed", 412);
});

test("the response-* parameters change the answer's headers", async () => {
  const answer = await get({
    ResponseCacheControl: "no-store",
    ResponseContentDisposition: 'attachment; filename="ä.txt"',
    ResponseContentType: "text/csv",
    ResponseExpires: new Date(Date.UTC(2030, 0, 1)),
  });
  await bytesOf(answer); // else the connection stays open, and the process does not end
  assert.equal(answer.CacheControl, "no-store");
  assert.equal(answer.ContentType, "text/csv");
  assert.equal(answer.ExpiresString, "Tue, 01 Jan 2030 00:00:00 GMT");
});

test("errors are instances of the SDK's classes, with S3's names and statuses", async () => {
  const noKey = await refused(get({ Key: "nothing" }), "NoSuchKey", 404);
  assert.ok(noKey instanceof NoSuchKey);
  assert.ok(noKey instanceof S3ServiceException);
  assert.equal(noKey.message, "The specified key does not exist.");
  assert.equal(noKey.Key, "nothing");
  assert.equal(noKey.$fault, "client");
  assert.match(noKey.$metadata.requestId, /^[0-9A-Z]{16}$/);
  assert.ok(noKey.$metadata.extendedRequestId.length > 50);
  const noBucket = await refused(get({ Bucket: "no-such-bucket-here" }), "NoSuchBucket", 404);
  assert.ok(noBucket instanceof NoSuchBucket);
  assert.equal(noBucket.BucketName, "no-such-bucket-here");
  const list = new ListObjectsV2Command({ Bucket: "no-such-bucket-here" });
  assert.ok((await refused(s3.send(list), "NoSuchBucket", 404)) instanceof NoSuchBucket);
  const head = new HeadObjectCommand({ Bucket, Key: "nothing" });
  assert.ok((await refused(s3.send(head), "NotFound", 404)) instanceof NotFound);
  const headBucket = new HeadBucketCommand({ Bucket: "no-such-bucket-here" });
  assert.ok((await refused(s3.send(headBucket), "NotFound", 404)) instanceof NotFound);
  await refused(s3.send(new GetObjectTaggingCommand({ Bucket, Key: "nothing" })), "NoSuchKey", 404);
});

test("errors of buckets: names, ones that are there, ones that are not empty", async () => {
  await refused(s3.send(new CreateBucketCommand({ Bucket: "No_Name" })), "InvalidBucketName", 400);
  await refused(s3.send(new DeleteBucketCommand({ Bucket })), "BucketNotEmpty", 409);
  await s3.send(new CreateBucketCommand({ Bucket })); // recorded: in us-east-1 it is no error
  const ireland = new S3Client({ region: "eu-west-1" });
  const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" };
  const name = await makeBucket(ireland, { CreateBucketConfiguration });
  const elsewhere = { CreateBucketConfiguration: { LocationConstraint: "eu-central-1" } };
  const illegal = ireland.send(new CreateBucketCommand({ Bucket: `${name}-2`, ...elsewhere }));
  await refused(illegal, "IllegalLocationConstraintException", 400);
  const again = ireland.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration }));
  assert.ok((await refused(again, "BucketAlreadyOwnedByYou", 409)) instanceof BucketAlreadyOwnedByYou);
});

test("GetObjectAttributes says size, ETag, class and checksum", async () => {
  const ObjectAttributes = ["ETag", "ObjectSize", "StorageClass", "Checksum", "ObjectParts"];
  const found = await s3.send(new GetObjectAttributesCommand({ Bucket, Key: "digits", ObjectAttributes }));
  assert.equal(found.ETag, stored.ETag.replaceAll('"', "")); // recorded: without its quotes
  assert.equal(found.ObjectSize, 10);
  assert.equal(found.StorageClass, "STANDARD");
  assert.equal(found.Checksum.ChecksumCRC32, stored.ChecksumCRC32);
  assert.equal(found.ObjectParts, undefined);
});

test("S3 Select answers a stream of events", async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: "days.csv", Body: "title,sun\n1,yes\n2,no\n3,yes\n" }));
  const { Payload } = await s3.send(new SelectObjectContentCommand({
    Bucket,
    Key: "days.csv",
    Expression: "SELECT s.title FROM s3object s WHERE s.sun = 'yes'",
    ExpressionType: "SQL",
    InputSerialization: { CSV: { FileHeaderInfo: "USE" } },
    OutputSerialization: { JSON: {} },
  }));
  const events = [];
  for await (const event of Payload) events.push(event);
  const records = events.filter((event) => event.Records).map((event) => Buffer.from(event.Records.Payload));
  assert.equal(Buffer.concat(records).toString(), '{"title":"1"}\n{"title":"3"}\n');
  assert.equal(events.find((event) => event.Stats).Stats.Details.BytesReturned, 28);
  assert.ok(events.at(-1).End);
});

test("a large object comes whole over TLS", async () => {
  const large = Buffer.alloc(3_000_001, "fakecos");
  await secure.send(new PutObjectCommand({ Bucket, Key: "large", Body: large }));
  assert.ok((await bytesOf(await secure.send(new GetObjectCommand({ Bucket, Key: "large" })))).equals(large));
});
