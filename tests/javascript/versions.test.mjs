// Versions, Object Lock, and configurations of buckets.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
} from "@aws-sdk/client-s3";

import { makeBucket, refused, s3, URL_PLAIN } from "./support/s3.mjs";

async function versioned() {
  const Bucket = await makeBucket();
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  return Bucket;
}

const text = async (wanted) => (await s3.send(new GetObjectCommand(wanted))).Body.transformToString();

test("each version is read by its id, and a marker hides them", async () => {
  const Bucket = await versioned();
  assert.equal((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status, "Enabled");
  const wanted = { Bucket, Key: "a" };
  const first = await s3.send(new PutObjectCommand({ ...wanted, Body: "1" }));
  const second = await s3.send(new PutObjectCommand({ ...wanted, Body: "2" }));
  assert.equal(await text(wanted), "2");
  assert.equal(await text({ ...wanted, VersionId: first.VersionId }), "1");
  const marker = await s3.send(new DeleteObjectCommand(wanted));
  assert.equal(marker.DeleteMarker, true);
  await refused(s3.send(new GetObjectCommand(wanted)), "NoSuchKey", 404);
  const gone = s3.send(new GetObjectCommand({ ...wanted, VersionId: marker.VersionId }));
  const error = await refused(gone, "MethodNotAllowed", 405);
  assert.equal(error.Method, "GET");
  await s3.send(new DeleteObjectCommand({ ...wanted, VersionId: marker.VersionId }));
  assert.equal(await text(wanted), "2");
  await s3.send(new DeleteObjectCommand({ ...wanted, VersionId: second.VersionId }));
  assert.equal(await text(wanted), "1");
});

test("an old version is brought back by a copy", async () => {
  const Bucket = await versioned();
  const old = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "old" }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "new" }));
  const CopySource = `${Bucket}/a?versionId=${old.VersionId}`;
  const copy = await s3.send(new CopyObjectCommand({ Bucket, Key: "a", CopySource }));
  assert.equal(copy.CopySourceVersionId, old.VersionId);
  assert.equal(await text({ Bucket, Key: "a" }), "old");
  assert.equal((await s3.send(new ListObjectVersionsCommand({ Bucket }))).Versions.length, 3);
});

test("a version that is none, and one that never was", async () => {
  const Bucket = await versioned();
  const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1" }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: "a", VersionId }));
  await refused(s3.send(new GetObjectCommand({ Bucket, Key: "a", VersionId })), "NoSuchVersion", 404);
  await refused(s3.send(new GetObjectCommand({ Bucket, Key: "a", VersionId: "none" })), "InvalidArgument", 400);
});

test("a locked version stays until its retention ends, and no bypass helps in COMPLIANCE mode", async () => {
  const Bucket = await makeBucket(s3, { ObjectLockEnabledForBucket: true });
  const until = new Date(Date.now() + 3_600_000);
  const locked = { Bucket, Key: "a", Body: "1", ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate: until };
  const { VersionId } = await s3.send(new PutObjectCommand(locked));
  const version = { Bucket, Key: "a", VersionId };
  await refused(s3.send(new DeleteObjectCommand(version)), "AccessDenied", 403);
  const bypass = { ...version, BypassGovernanceRetention: true };
  await refused(s3.send(new DeleteObjectCommand(bypass)), "AccessDenied", 403);
  const { Retention } = await s3.send(new GetObjectRetentionCommand(version));
  assert.equal(Retention.Mode, "COMPLIANCE");
  assert.equal(await text(version), "1");
});

test("GOVERNANCE gives way to a bypass, a legal hold does not", async () => {
  const Bucket = await makeBucket(s3, { ObjectLockEnabledForBucket: true });
  const Rule = { DefaultRetention: { Mode: "GOVERNANCE", Days: 1 } };
  const ObjectLockConfiguration = { ObjectLockEnabled: "Enabled", Rule };
  await s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
  const found = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
  assert.deepEqual(found.ObjectLockConfiguration, ObjectLockConfiguration);
  const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1" }));
  const version = { Bucket, Key: "a", VersionId };
  const remove = () => s3.send(new DeleteObjectCommand({ ...version, BypassGovernanceRetention: true }));
  await s3.send(new PutObjectLegalHoldCommand({ ...version, LegalHold: { Status: "ON" } }));
  await refused(remove(), "AccessDenied", 403);
  const head = await s3.send(new HeadObjectCommand(version));
  assert.deepEqual([head.ObjectLockMode, head.ObjectLockLegalHoldStatus], ["GOVERNANCE", "ON"]);
  const past = { Mode: "GOVERNANCE", RetainUntilDate: new Date(0) };
  await refused(s3.send(new PutObjectRetentionCommand({ ...version, Retention: past })), "InvalidArgument", 400);
  await s3.send(new PutObjectLegalHoldCommand({ ...version, LegalHold: { Status: "OFF" } }));
  await refused(s3.send(new DeleteObjectCommand(version)), "AccessDenied", 403);
  await remove();
  await refused(s3.send(new HeadObjectCommand(version)), "NotFound", 404);
});

test("lifecycle, CORS, tags and policy of a bucket come back as they were set", async () => {
  const Bucket = await makeBucket();
  await refused(s3.send(new GetBucketCorsCommand({ Bucket })), "NoSuchCORSConfiguration", 404);
  await refused(s3.send(new GetBucketPolicyCommand({ Bucket })), "NoSuchBucketPolicy", 404);
  const rule = { ID: "expire", Status: "Enabled", Filter: { Prefix: "tmp/" }, Expiration: { Days: 1 } };
  const lifecycle = { Bucket, LifecycleConfiguration: { Rules: [rule] } };
  await s3.send(new PutBucketLifecycleConfigurationCommand(lifecycle));
  const { Rules } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
  assert.deepEqual(Rules, [rule]);
  const TagSet = [{ Key: "team", Value: "blue" }];
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
  assert.deepEqual((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet, TagSet);
  const Sid = "tls";
  const statement = { Sid, Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: `arn:aws:s3:::${Bucket}/x` };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  assert.deepEqual(JSON.parse((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy), JSON.parse(Policy));
  await refused(s3.send(new PutObjectCommand({ Bucket, Key: "x", Body: "1" })), "AccessDenied", 403);
  await refused(s3.send(new HeadObjectCommand({ Bucket, Key: "x" })), "NotFound", 404);
});

test("CORS: a browser's preflight and upload from an allowed origin", async () => {
  const Bucket = await makeBucket();
  const allowed = { AllowedOrigins: ["https://app.test"], AllowedMethods: ["GET", "PUT"], AllowedHeaders: ["*"] };
  const CORSConfiguration = { CORSRules: [{ ...allowed, ExposeHeaders: ["ETag"], MaxAgeSeconds: 60 }] };
  await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration }));
  const preflight = (Origin) => {
    const headers = { Origin, "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "content-type" };
    return fetch(`${URL_PLAIN}/${Bucket}/a`, { method: "OPTIONS", headers });
  };
  const yes = await preflight("https://app.test");
  assert.equal(yes.status, 200);
  assert.equal(yes.headers.get("access-control-allow-origin"), "https://app.test");
  assert.equal(yes.headers.get("access-control-max-age"), "60");
  assert.equal((await preflight("https://other.test")).status, 403);
});
