// Keys of the customer, over TLS, in a bucket that allows them.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { before, test } from "node:test";

import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";

import { bytesOf, makeBucket, MIB, refused, s3, secure, someBytes } from "./support/s3.mjs";

const KEY = Buffer.alloc(32, "k");
const OTHER = Buffer.alloc(32, "o");
const by = (key) => ({ SSECustomerAlgorithm: "AES256", SSECustomerKey: key }); // the SDK adds the key's MD5
let Bucket;

before(async () => {
  Bucket = await makeBucket(secure);
  // documented: since April 2026 a new bucket blocks them (aws-changes 1)
  const blocked = secure.send(new PutObjectCommand({ Bucket, Key: "early", Body: "1", ...by(KEY) }));
  await refused(blocked, "AccessDenied", 403);
  const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } };
  const Rules = [{ ...rule, BlockedEncryptionTypes: { EncryptionType: ["NONE"] } }];
  await secure.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
});

test("what is stored with a key is read with it, and with no other", async () => {
  const stored = await secure.send(new PutObjectCommand({ Bucket, Key: "a", Body: "secret", ...by(KEY) }));
  assert.equal(stored.SSECustomerKeyMD5, createHash("md5").update(KEY).digest("base64"));
  const wanted = { Bucket, Key: "a" };
  const answer = await secure.send(new GetObjectCommand({ ...wanted, ...by(KEY) }));
  assert.equal(await answer.Body.transformToString(), "secret");
  await refused(secure.send(new GetObjectCommand({ ...wanted, ...by(OTHER) })), "AccessDenied", 403);
  await refused(secure.send(new GetObjectCommand(wanted)), "InvalidRequest", 400);
  assert.equal((await secure.send(new HeadObjectCommand({ ...wanted, ...by(KEY) }))).ContentLength, 6);
});

test("a key is text or bytes for the SDK", async () => {
  await secure.send(new PutObjectCommand({ Bucket, Key: "text", Body: "1", ...by("t".repeat(32)) }));
  const wanted = { Bucket, Key: "text", ...by(Buffer.alloc(32, "t")) };
  assert.equal((await secure.send(new HeadObjectCommand(wanted))).ContentLength, 1);
});

test("a key of the wrong length is refused", async () => {
  const put = new PutObjectCommand({ Bucket, Key: "none", Body: "1", ...by(Buffer.alloc(31)) });
  await refused(secure.send(put), "InvalidArgument", 400);
  await refused(secure.send(new HeadObjectCommand({ Bucket, Key: "none" })), "NotFound", 404);
});

test("without TLS a key is refused", async () => {
  const put = new PutObjectCommand({ Bucket, Key: "plain", Body: "1", ...by(KEY) });
  await refused(s3.send(put), "InvalidArgument", 400); // recorded: must be made over a secure connection
});

test("parts with a key, by lib-storage", async () => {
  const whole = someBytes(6 * MIB);
  await new Upload({ client: secure, params: { Bucket, Key: "film", Body: whole, ...by(KEY) } }).done();
  const wanted = { Bucket, Key: "film", ...by(KEY) };
  assert.ok((await bytesOf(await secure.send(new GetObjectCommand(wanted)))).equals(whole));
  await refused(secure.send(new HeadObjectCommand({ Bucket, Key: "film" })), "Unknown", 400); // a HEAD has no document
});

test("a copy to another key", async () => {
  await secure.send(new PutObjectCommand({ Bucket, Key: "from", Body: "secret", ...by(KEY) }));
  const source = { CopySourceSSECustomerAlgorithm: "AES256", CopySourceSSECustomerKey: KEY };
  const copy = { Bucket, Key: "to", CopySource: `${Bucket}/from`, ...by(OTHER) };
  await refused(secure.send(new CopyObjectCommand(copy)), "InvalidRequest", 400);
  await secure.send(new CopyObjectCommand({ ...copy, ...source }));
  const answer = await secure.send(new GetObjectCommand({ Bucket, Key: "to", ...by(OTHER) }));
  assert.equal(await answer.Body.transformToString(), "secret");
});
