// The fakes that drive.py serves, clients of them, and what several tests say.

import assert from "node:assert/strict";

import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";

export const MIB = 1024 * 1024;
export const URL_PLAIN = wanted("AWS_ENDPOINT_URL_S3");
export const URL_TLS = wanted("FAKECOS_TLS_URL");
export const URL_VERIFYING = wanted("FAKECOS_VERIFYING_URL");
export const KEYS = { accessKeyId: wanted("FAKECOS_KEY"), secretAccessKey: wanted("FAKECOS_SECRET") };

/** Of the fake without TLS: all that it is told stands in the environment. */
export const s3 = new S3Client({});
/** Of the same fake, over TLS: trailers, and keys of the customer. */
export const secure = new S3Client({ endpoint: URL_TLS });
/** Of the fake that verifies signatures. */
export const verified = new S3Client({ endpoint: URL_VERIFYING, credentials: KEYS });

let buckets = 0;

function wanted(name) {
  assert.ok(process.env[name], `${name} is not set: these tests are run by drive.py`);
  return process.env[name];
}

/** Make a bucket of a name that no other test has, and return the name. */
export async function makeBucket(client = s3, options = {}) {
  const Bucket = `js-${process.pid}-${++buckets}`;
  await client.send(new CreateBucketCommand({ Bucket, ...options }));
  return Bucket;
}

/** Return the first `size` bytes of a sequence that repeats every 251 bytes, so that no two parts are alike. */
export function someBytes(size) {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; at++) bytes[at] = at % 251;
  return bytes;
}

/** Return the bytes of an answer's body. */
export async function bytesOf(answer) {
  return Buffer.from(await answer.Body.transformToByteArray());
}

/** Assert that S3 refuses with an error of this name and status, and return the error. */
export async function refused(promise, name, status) {
  const error = await promise.then(
    () => assert.fail(`not refused, although ${name} was expected`),
    (reason) => reason,
  );
  assert.equal(error.name, name, `${error.stack}`);
  assert.equal(error.$metadata?.httpStatusCode, status);
  return error;
}

/** Wait until something holds, for five seconds at most. */
export async function until(holds) {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail(`after five seconds still not: ${holds}`);
}
