// minio-js: a client with a signer, retries and a way of uploading of its own.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { after, before, test } from "node:test";

import * as minio from "minio";

import { KEYS, MIB, someBytes, URL_VERIFYING } from "./support/s3.mjs";

const { hostname, port } = new URL(URL_VERIFYING);
const options = {
  endPoint: hostname,
  port: Number(port),
  useSSL: false,
  accessKey: KEYS.accessKeyId,
  secretKey: KEYS.secretAccessKey,
  region: "us-east-1",
};
const client = new minio.Client(options);
const bucket = `minio-${process.pid}`;
let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "fakecos-"));
  await client.makeBucket(bucket);
});
after(() => rm(folder, { recursive: true }));

const read = async (name) => buffer(await client.getObject(bucket, name));
const listed = (stream) => stream.toArray();

test("a bucket is made, found and removed", async () => {
  const other = `${bucket}-other`;
  assert.equal(await client.bucketExists(other), false);
  await client.makeBucket(other, "us-east-1");
  assert.equal(await client.bucketExists(other), true);
  assert.ok((await client.listBuckets()).some((found) => found.name === other));
  await client.removeBucket(other);
  assert.equal(await client.bucketExists(other), false);
});

test("putObject of a Buffer and of a string, with metadata", async () => {
  const { etag } = await client.putObject(bucket, "buffer", Buffer.from("hello"), 5, { "X-Amz-Meta-Colour": "red" });
  assert.equal(etag, "5d41402abc4b2a76b9719d911017c592");
  await client.putObject(bucket, "string", "hellö", undefined, { "Content-Type": "text/css" });
  assert.equal((await read("string")).toString(), "hellö");
  const stat = await client.statObject(bucket, "buffer");
  assert.deepEqual([stat.size, stat.etag, stat.metaData.colour], [5, etag, "red"]);
  assert.equal((await client.statObject(bucket, "string")).metaData["content-type"], "text/css");
});

test("putObject of a stream of known length, and of an unknown one", async () => {
  await client.putObject(bucket, "known", Readable.from([Buffer.from("hello")]), 5);
  assert.equal((await read("known")).toString(), "hello");
  await client.putObject(bucket, "unknown", Readable.from([Buffer.from("hel"), Buffer.from("lo")]));
  assert.equal((await read("unknown")).toString(), "hello");
});

test("putObject in parts, from a stream", async () => {
  const small = new minio.Client({ ...options, partSize: 5 * MIB });
  const whole = someBytes(11 * MIB);
  const pieces = Array.from({ length: 17 }, (_, at) => whole.subarray(at * 700_001, (at + 1) * 700_001));
  const { etag } = await small.putObject(bucket, "film", Readable.from(pieces), whole.length);
  assert.match(etag, /-3$/);
  assert.ok((await read("film")).equals(whole));
});

test("fPutObject and fGetObject, in parts", async () => {
  const small = new minio.Client({ ...options, partSize: 5 * MIB });
  const whole = someBytes(6 * MIB);
  await writeFile(join(folder, "film.mp4"), whole);
  const { etag } = await small.fPutObject(bucket, "file", join(folder, "film.mp4"), { "X-Amz-Meta-By": "file" });
  assert.match(etag, /-2$/);
  const stat = await client.statObject(bucket, "file");
  assert.equal(stat.metaData.by, "file");
  assert.equal(stat.metaData["content-type"], "video/mp4");
  await client.fGetObject(bucket, "file", join(folder, "back"));
  assert.ok((await readFile(join(folder, "back"))).equals(whole));
});

test("getPartialObject", async () => {
  await client.putObject(bucket, "digits", "0123456789");
  const part = async (...range) => (await buffer(await client.getPartialObject(bucket, "digits", ...range))).toString();
  assert.equal(await part(3, 4), "3456");
  assert.equal(await part(7), "789");
  await assert.rejects(part(10), { code: "InvalidRange" });
});

test("lists of both versions, with and without a delimiter", async () => {
  const own = `${bucket}-list`;
  await client.makeBucket(own);
  const names = ["a", "ä b+c", "folder/one", "folder/two"];
  for (const name of names) await client.putObject(own, name, name);
  for (const list of ["listObjects", "listObjectsV2"]) {
    const all = await listed(client[list](own, "", true));
    assert.deepEqual(all.map((found) => found.name), ["a", "folder/one", "folder/two", "ä b+c"]);
    const top = await listed(client[list](own, "", false));
    assert.deepEqual(top.map((found) => found.name ?? found.prefix).sort(), ["a", "folder/", "ä b+c"]);
  }
});

test("removeObjects, and removeObject of what is not there", async () => {
  const names = ["gone/1", "gone/2", "gone/ü &<"];
  for (const name of names) await client.putObject(bucket, name, "1");
  await client.removeObjects(bucket, names);
  assert.deepEqual(await listed(client.listObjectsV2(bucket, "gone/", true)), []);
  await client.removeObject(bucket, "gone/1");
});

test("errors have S3's codes", async () => {
  await assert.rejects(read("nothing"), { code: "NoSuchKey", message: "The specified key does not exist." });
  await assert.rejects(client.statObject(bucket, "nothing"), { code: "NotFound" });
  await assert.rejects(client.putObject("no-such-bucket-here", "a", "1"), { code: "NoSuchBucket" });
  await assert.rejects(client.makeBucket("no_name"), /Invalid bucket name/);
  const mistaken = new minio.Client({ ...options, secretKey: "not the secret" });
  await assert.rejects(mistaken.putObject(bucket, "a", "1"), { code: "SignatureDoesNotMatch" });
  const stranger = new minio.Client({ ...options, accessKey: "AKIDSTRANGER" });
  await assert.rejects(stranger.putObject(bucket, "a", "1"), { code: "InvalidAccessKeyId" });
  await assert.rejects(client.statObject(bucket, "a"), { code: "NotFound" });
});

test("without a region it asks GetBucketLocation", async () => {
  const { region, ...rest } = options;
  assert.equal(region, "us-east-1");
  const asking = new minio.Client(rest);
  assert.equal(await asking.getBucketRegionAsync(bucket), "us-east-1");
  await asking.putObject(bucket, "asked", "1");
  assert.equal((await read("asked")).toString(), "1");
});

test("copyObject and composeObject", async () => {
  await client.putObject(bucket, "from here", "bytes");
  const { etag } = await client.copyObject(bucket, "copied", `/${bucket}/from here`);
  assert.equal(etag.replaceAll('"', ""), (await client.statObject(bucket, "from here")).etag);
  assert.equal((await read("copied")).toString(), "bytes");
  const conditions = new minio.CopyConditions();
  conditions.setMatchETag("0".repeat(32));
  const refused = client.copyObject(bucket, "copied", `/${bucket}/buffer`, conditions);
  await assert.rejects(refused, { code: "PreconditionFailed" });
  assert.equal((await read("copied")).toString(), "bytes");
  const large = someBytes(5 * MIB);
  await client.putObject(bucket, "large", large);
  const sources = ["large", "from here"].map((Object) => new minio.CopySourceOptions({ Bucket: bucket, Object }));
  await client.composeObject(new minio.CopyDestinationOptions({ Bucket: bucket, Object: "composed" }), sources);
  assert.ok((await read("composed")).equals(Buffer.concat([large, Buffer.from("bytes")])));
});

test("incomplete uploads are listed and removed", async () => {
  const id = await client.initiateNewMultipartUpload(bucket, "unfinished", {});
  const part = { bucketName: bucket, objectName: "unfinished", uploadID: id, partNumber: 1, headers: {} };
  const { etag } = await client.uploadPart(part, Buffer.from("hello"));
  assert.equal(etag, "5d41402abc4b2a76b9719d911017c592");
  const found = await listed(client.listIncompleteUploads(bucket, "unfinished", true));
  assert.deepEqual(found.map((one) => [one.uploadId, one.size]), [[id, 5]]);
  await client.removeIncompleteUpload(bucket, "unfinished");
  assert.deepEqual(await listed(client.listIncompleteUploads(bucket, "unfinished", true)), []);
});

test("presigned URLs: PUT, GET with its headers, and one that has expired", async () => {
  const put = await client.presignedPutObject(bucket, "by URL", 60);
  assert.equal((await fetch(put, { method: "PUT", body: "hello" })).status, 200);
  const get = await client.presignedGetObject(bucket, "by URL", 60, { "response-content-type": "text/css" });
  const answer = await fetch(get);
  assert.equal(await answer.text(), "hello");
  assert.equal(answer.headers.get("content-type"), "text/css");
  const old = await client.presignedUrl("GET", bucket, "by URL", 60, {}, new Date(Date.now() - 61_000));
  const late = await fetch(old);
  assert.equal(late.status, 403);
  assert.match(await late.text(), /Request has expired/);
});

test("a form by a PostPolicy", async () => {
  const policy = client.newPostPolicy();
  policy.setBucket(bucket);
  policy.setKey("posted");
  policy.setExpires(new Date(Date.now() + 60_000));
  policy.setContentType("text/plain");
  policy.setContentLengthRange(1, 5);
  policy.setUserMetaData({ colour: "red" });
  const { postURL, formData } = await client.presignedPostPolicy(policy);
  const send = async (file) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(formData)) form.append(name, value);
    form.append("file", new File([file], "a.txt"));
    return fetch(postURL, { method: "POST", body: form });
  };
  assert.match(await (await send("123456")).text(), /<Code>EntityTooLarge<\/Code>/);
  await assert.rejects(client.statObject(bucket, "posted"), { code: "NotFound" });
  const answer = await send("12345");
  assert.equal(answer.status, 204, await answer.text());
  const stat = await client.statObject(bucket, "posted");
  assert.deepEqual([stat.size, stat.metaData.colour], [5, "red"]);
});

test("tags, policy, lifecycle, versioning and notifications are set and read", async () => {
  const own = `${bucket}-set`;
  await client.makeBucket(own);
  // recorded aws-changes 16: S3 answers 204; minio-js 8.0 expects 200, and rejects although the tags are set
  await assert.rejects(client.setBucketTagging(own, { team: "blue" }), { code: "" });
  assert.deepEqual(await client.getBucketTagging(own), [{ Key: "team", Value: "blue" }]);
  await client.putObject(own, "a", "1");
  await client.setObjectTagging(own, "a", { colour: "red" });
  assert.deepEqual(await client.getObjectTagging(own, "a"), [{ Key: "colour", Value: "red" }]);
  const Statement = [{ Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${own}/x` }];
  await client.setBucketPolicy(own, JSON.stringify({ Version: "2012-10-17", Statement }));
  assert.deepEqual(JSON.parse(await client.getBucketPolicy(own)).Statement, Statement);
  const rule = { ID: "expire", Status: "Enabled", Filter: { Prefix: "tmp/" }, Expiration: { Days: 1 } };
  await client.setBucketLifecycle(own, { Rule: [rule] });
  assert.match(JSON.stringify(await client.getBucketLifecycle(own)), /"ID":"expire"/);
  await client.setBucketVersioning(own, { Status: "Enabled" });
  assert.equal((await client.getBucketVersioning(own)).Status, "Enabled");
  const notifications = new minio.NotificationConfig();
  const queue = new minio.QueueConfig("arn:aws:sqs:us-east-1:123456789012:queue");
  queue.addEvent(minio.ObjectCreatedAll);
  queue.addFilterSuffix(".jpg");
  notifications.add(queue);
  await client.setBucketNotification(own, notifications);
  const found = await client.getBucketNotification(own);
  assert.match(JSON.stringify(found), /arn:aws:sqs:us-east-1:123456789012:queue/);
  await client.removeAllBucketNotification(own);
});
