// Lists by paginators, and waiters.

import assert from "node:assert/strict";
import { before, test } from "node:test";

import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  UploadPartCommand,
  paginateListBuckets,
  paginateListObjectsV2,
  paginateListParts,
  waitUntilBucketExists,
  waitUntilBucketNotExists,
  waitUntilObjectExists,
  waitUntilObjectNotExists,
} from "@aws-sdk/client-s3";

import { makeBucket, refused, s3 } from "./support/s3.mjs";

const COUNT = 2_345;
const KEYS = Array.from({ length: COUNT }, (_, number) => `day/${String(number).padStart(4, "0")}`);
let Bucket;

/** Do something for each of several values, a few at a time. */
async function forEach(values, act, atOnce = 24) {
  const left = [...values];
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (left.length) await act(left.pop());
  }));
}

before(async () => {
  Bucket = await makeBucket();
  await forEach(KEYS, (Key) => s3.send(new PutObjectCommand({ Bucket, Key, Body: Key })));
});

test("2,345 keys come in three pages, in order, each once", async () => {
  const pages = [];
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket })) pages.push(page);
  assert.deepEqual(pages.map((page) => page.KeyCount), [1000, 1000, 345]);
  assert.deepEqual(pages.map((page) => page.IsTruncated), [true, true, false]);
  assert.deepEqual(pages.flatMap((page) => page.Contents.map((found) => found.Key)), KEYS);
  assert.ok(pages[0].Contents.every((found) => found.Size === 8 && found.LastModified instanceof Date));
});

test("pages of a size, from a key on, of a prefix", async () => {
  const found = [];
  const wanted = { Bucket, Prefix: "day/00", StartAfter: "day/0049" };
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 7 }, wanted)) {
    assert.ok(page.Contents.length <= 7);
    found.push(...page.Contents.map((one) => one.Key));
  }
  assert.deepEqual(found, KEYS.slice(50, 100));
});

test("a delimiter gives common prefixes, over pages too", async () => {
  const prefixes = [];
  const wanted = { Bucket, Prefix: "day/", Delimiter: "3" };
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 100 }, wanted)) {
    prefixes.push(...(page.CommonPrefixes ?? []).map((one) => one.Prefix));
  }
  const expected = KEYS.filter((key) => key.slice(4).includes("3")).map((key) => key.slice(0, key.indexOf("3", 4) + 1));
  assert.deepEqual(prefixes, [...new Set(expected)].sort());
});

test("the first version of ListObjects goes by markers", async () => {
  const found = [];
  for (let Marker; ; Marker = found.at(-1)) {
    const page = await s3.send(new ListObjectsCommand({ Bucket, Marker }));
    found.push(...page.Contents.map((one) => one.Key));
    if (!page.IsTruncated) break;
  }
  assert.deepEqual(found, KEYS);
});

test("keys that XML cannot hold are asked for in EncodingType url", async () => {
  const odd = await makeBucket();
  for (const Key of ["a\u0001b", "a b+c", "ä/ö"]) await s3.send(new PutObjectCommand({ Bucket: odd, Key, Body: "1" }));
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: odd, EncodingType: "url" }));
  assert.deepEqual(Contents.map((one) => one.Key), ["a%01b", "a+b%2Bc", "%C3%A4/%C3%B6"]); // recorded aws-listing
});

test("a request deletes 1,000 keys, and none where it names 1,001", async () => {
  const filled = await makeBucket();
  const some = KEYS.slice(0, 1_001).map((Key) => ({ Key }));
  await s3.send(new PutObjectCommand({ Bucket: filled, Key: some[0].Key, Body: "1" }));
  await refused(s3.send(new DeleteObjectsCommand({ Bucket: filled, Delete: { Objects: some } })), "MalformedXML", 400);
  assert.equal((await s3.send(new ListObjectsV2Command({ Bucket: filled }))).KeyCount, 1);
  const Delete = { Objects: some.slice(1) };
  const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket: filled, Delete }));
  assert.equal(Deleted.length, 1_000); // recorded: what was not there is deleted too
  assert.equal(Errors, undefined);
});

test("versions and markers by pages, with key and version markers", async () => {
  const versioned = await makeBucket();
  const VersioningConfiguration = { Status: "Enabled" };
  await s3.send(new PutBucketVersioningCommand({ Bucket: versioned, VersioningConfiguration }));
  const ids = [];
  for (const Body of ["1", "2", "3"]) {
    ids.unshift((await s3.send(new PutObjectCommand({ Bucket: versioned, Key: "a", Body }))).VersionId);
  }
  const marker = await s3.send(new DeleteObjectCommand({ Bucket: versioned, Key: "b" }));
  assert.equal(marker.DeleteMarker, true);
  const found = [];
  let next = {};
  do {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket: versioned, MaxKeys: 1, ...next }));
    found.push(...(page.Versions ?? []), ...(page.DeleteMarkers ?? []));
    next = page.IsTruncated && { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  } while (next);
  assert.deepEqual(found.map((one) => one.VersionId), [...ids, marker.VersionId]);
  assert.deepEqual(found.map((one) => one.IsLatest), [true, false, false, true]);
});

test("parts and uploads by pages", async () => {
  const Key = "film";
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const part = { Bucket, Key, UploadId };
  for (const PartNumber of [1, 2, 5, 9]) await s3.send(new UploadPartCommand({ ...part, PartNumber, Body: "1" }));
  const numbers = [];
  let PartNumberMarker;
  do {
    const page = await s3.send(new ListPartsCommand({ ...part, MaxParts: 3, PartNumberMarker }));
    numbers.push(...page.Parts.map((one) => one.PartNumber));
    PartNumberMarker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
  } while (PartNumberMarker);
  assert.deepEqual(numbers, [1, 2, 5, 9]);
  const second = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "song" }));
  const page = await s3.send(new ListMultipartUploadsCommand({ Bucket, MaxUploads: 1 }));
  assert.equal(page.NextKeyMarker, Key);
  const markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
  const rest = await s3.send(new ListMultipartUploadsCommand({ Bucket, ...markers }));
  assert.deepEqual(rest.Uploads.map((one) => one.UploadId), [second.UploadId]);
});

test("paginateListParts ends only where IsTruncated is looked at: behind the last part S3 begins anew", async () => {
  // recorded aws-multipart 55: the last page has a marker too, and behind it stands an empty page with the marker 0
  const Key = "endless";
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const part = { Bucket, Key, UploadId };
  for (const PartNumber of [1, 2, 3]) await s3.send(new UploadPartCommand({ ...part, PartNumber, Body: "1" }));
  const pages = [];
  for await (const page of paginateListParts({ client: s3, pageSize: 2 }, part)) {
    pages.push((page.Parts ?? []).map((one) => one.PartNumber));
    if (pages.length === 4) break;
  }
  assert.deepEqual(pages, [[1, 2], [3], [], [1, 2]]);
});

test("buckets by pages, of a prefix", async () => {
  const names = [await makeBucket(), await makeBucket(), await makeBucket()];
  const Prefix = `js-${process.pid}-`;
  const found = [];
  for await (const page of paginateListBuckets({ client: s3, pageSize: 2 }, { Prefix })) {
    assert.ok(page.Buckets.length <= 2);
    found.push(...page.Buckets.map((one) => one.Name));
  }
  assert.ok(names.every((name) => found.includes(name)));
  const all = await s3.send(new ListBucketsCommand({}));
  assert.ok(all.Buckets.length >= found.length);
});

const QUICKLY = { client: s3, maxWaitTime: 20, minDelay: 1, maxDelay: 1 };

test("waiters see a bucket come and go", async () => {
  const name = `js-${process.pid}-awaited`;
  const coming = waitUntilBucketExists(QUICKLY, { Bucket: name });
  await s3.send(new CreateBucketCommand({ Bucket: name }));
  assert.equal((await coming).state, "SUCCESS");
  await s3.send(new DeleteBucketCommand({ Bucket: name }));
  assert.equal((await waitUntilBucketNotExists(QUICKLY, { Bucket: name })).state, "SUCCESS");
});

test("waiters see an object come and go, and give up", async () => {
  const wanted = { Bucket, Key: "awaited" };
  const coming = waitUntilObjectExists(QUICKLY, wanted);
  await s3.send(new PutObjectCommand({ ...wanted, Body: "1" }));
  assert.equal((await coming).state, "SUCCESS");
  await s3.send(new DeleteObjectCommand(wanted));
  assert.equal((await waitUntilObjectNotExists(QUICKLY, wanted)).state, "SUCCESS");
  const impatient = { ...QUICKLY, maxWaitTime: 1.5 };
  await assert.rejects(waitUntilObjectExists(impatient, wanted), { name: "TimeoutError" });
});
