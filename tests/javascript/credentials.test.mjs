// Who asks: keys that are wrong, requests without any, and clocks that differ.

import assert from "node:assert/strict";
import { before, test } from "node:test";

import {
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";

import { KEYS, makeBucket, refused, URL_VERIFYING, verified } from "./support/s3.mjs";

let Bucket;
before(async () => {
  Bucket = await makeBucket(verified);
});

const client = (options) => new S3Client({ endpoint: URL_VERIFYING, credentials: KEYS, ...options });
const put = (Key = "a") => new PutObjectCommand({ Bucket, Key, Body: "1" });
const nothingStored = async () => {
  assert.equal((await verified.send(new ListObjectsV2Command({ Bucket, Prefix: "a" }))).KeyCount, 0);
};

test("an access key that is not known", async () => {
  const stranger = client({ credentials: { ...KEYS, accessKeyId: "AKIDSTRANGER" } });
  const error = await refused(stranger.send(put()), "InvalidAccessKeyId", 403);
  assert.equal(error.AWSAccessKeyId, "AKIDSTRANGER");
  await refused(stranger.send(new ListBucketsCommand({})), "InvalidAccessKeyId", 403);
  await nothingStored();
});

test("a secret that is wrong", async () => {
  const mistaken = client({ credentials: { ...KEYS, secretAccessKey: "not the secret" } });
  const error = await refused(mistaken.send(put()), "SignatureDoesNotMatch", 403);
  assert.equal(error.AWSAccessKeyId, KEYS.accessKeyId);
  assert.match(error.StringToSign, /^AWS4-HMAC-SHA256\n/);
  assert.match(error.CanonicalRequest, /^PUT\n/);
  await nothingStored();
  const bare = await refused(mistaken.send(new HeadBucketCommand({ Bucket })), "Unknown", 403); // a HEAD has no document
  assert.equal(bare.message, "UnknownError");
});

test("a session token that does not belong to the key", async () => {
  const temporary = client({ credentials: { ...KEYS, sessionToken: "none" } });
  await refused(temporary.send(put()), "InvalidToken", 400);
  await nothingStored();
});

test("a clock that is wrong by an hour is corrected by the SDK, from what the refusal says", async (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: Date.now() + 3_600_000 });
  const once = client({ maxAttempts: 1 });
  const error = await refused(once.send(put()), "RequestTimeTooSkewed", 403);
  assert.equal(error.MaxAllowedSkewMilliseconds, "900000");
  const late = client();
  const stored = await late.send(put("corrected"));
  assert.equal(stored.$metadata.attempts, 2);
  assert.ok(Math.abs(late.config.systemClockOffset + 3_600_000) < 60_000);
  context.mock.timers.reset();
  await nothingStored();
});

test("a request that is not signed is denied, and allowed by a policy", async () => {
  const nobody = client({ signer: { sign: async (request) => request } });
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/public/*` }],
  });
  await verified.send(put("public/b"));
  const get = () => nobody.send(new GetObjectCommand({ Bucket, Key: "public/b" }));
  await refused(get(), "AccessDenied", 403);
  await refused(verified.send(new PutBucketPolicyCommand({ Bucket, Policy })), "AccessDenied", 403); // it is blocked
  const PublicAccessBlockConfiguration = { BlockPublicPolicy: false, RestrictPublicBuckets: false };
  await verified.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  await verified.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  assert.equal(await (await get()).Body.transformToString(), "1");
  await refused(nobody.send(put()), "AccessDenied", 403);
});

test("a bucket in another region: the SDK is told which", async () => {
  const ireland = client({ region: "eu-west-1" });
  const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" };
  const there = await makeBucket(ireland, { CreateBucketConfiguration });
  const list = new ListObjectsV2Command({ Bucket: there });
  const error = await refused(verified.send(list), "AuthorizationHeaderMalformed", 400); // recorded aws-presigned 31
  assert.equal(error.Region, "eu-west-1");
  const following = client({ followRegionRedirects: true });
  const { BucketRegion } = await following.send(new HeadBucketCommand({ Bucket: there }));
  assert.equal(BucketRegion, "eu-west-1");
});
