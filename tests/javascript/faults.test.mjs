// Faults that are set by the control door, and what the SDK makes of them; the journal says what really came.

import assert from "node:assert/strict";
import { Agent } from "node:http";
import { Readable } from "node:stream";
import { test } from "node:test";

import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  paginateListObjectsV2,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { Client } from "minio";

import { Fakecos } from "../../docs/examples/control/fakecos.mjs";
import { bytesOf, makeBucket, MIB, refused, s3, secure, someBytes, until, URL_PLAIN } from "./support/s3.mjs";

const fake = new Fakecos();
const HELLO = { Key: "a", Body: "hello" };

/** Return what the fake itself has in a bucket. */
async function stored(bucket) {
  const [found] = await fake.state({ bucket });
  return found;
}

/** Return the statuses of an operation's requests in a bucket, 0 for those that got no answer. */
async function statuses(operation, bucket) {
  return (await fake.requests({ operation, bucket })).map((request) => request.status);
}

async function bucketWith(operation, fault) {
  const bucket = await makeBucket();
  return [bucket, await fake.inject(operation, { bucket, ...fault })];
}

async function happened(fault, hits = 1) {
  assert.equal((await fake.fault(fault.id)).hits, hits);
}

const ONE_FAILURE = {
  SlowDown: [{ error: "SlowDown" }, 503],
  "an internal error": [{ error: "InternalError" }, 500],
  "an unavailable service": [{ error: "ServiceUnavailable" }, 503],
  "a request that S3 timed out": [{ error: "RequestTimeout" }, 400],
  "a bare 502 of a proxy": [{ http: 502 }, 502],
  "a bare 504 of a proxy": [{ http: 504 }, 504],
  "a reset": [{ transport: "RESET" }, 0],
  "a closed connection": [{ transport: "CLOSED" }, 0],
  "a reset in the middle of the body": [{ transport: "RESET", when: { after_bytes: 2 } }, 0],
};

for (const [name, [fault, status]] of Object.entries(ONE_FAILURE)) {
  test(`PutObject after ${name} is tried again, and stored`, async () => {
    const [Bucket, set] = await bucketWith("PutObject", fault);
    const answer = await s3.send(new PutObjectCommand({ Bucket, ...HELLO }));
    assert.equal(answer.$metadata.attempts, 2);
    assert.deepEqual(await statuses("PutObject", Bucket), [status, 200]);
    assert.deepEqual((await stored(Bucket)).objects.map((one) => one.key), ["a"]);
    await happened(set);
  });

  test(`UploadPart of lib-storage after ${name} is tried again`, async () => {
    const [Bucket, set] = await bucketWith("UploadPart", { ...fault, part_number: 2 });
    const whole = someBytes(6 * MIB);
    await new Upload({ client: s3, params: { Bucket, Key: "film", Body: whole } }).done();
    const parts = await statuses("UploadPart", Bucket);
    assert.deepEqual(parts.sort(), [200, 200, status].sort());
    const [film] = (await stored(Bucket)).objects;
    assert.deepEqual(film.parts.map((part) => part.size), [5 * MIB, MIB]);
    await happened(set);
  });
}

test("a fault that does not end is raised after three attempts, and nothing is stored", async () => {
  const [Bucket, set] = await bucketWith("PutObject", { error: "SlowDown", times: 3 });
  const error = await refused(s3.send(new PutObjectCommand({ Bucket, ...HELLO })), "SlowDown", 503);
  assert.equal(error.$metadata.attempts, 3);
  assert.deepEqual((await stored(Bucket)).objects, []);
  await happened(set, 3);
});

test("an error that another attempt cannot help is raised at once", async () => {
  for (const [code, status] of [["AccessDenied", 403], ["ExpiredToken", 400], ["NotImplemented", 501]]) {
    const [Bucket, set] = await bucketWith("PutObject", { error: code });
    const error = await refused(s3.send(new PutObjectCommand({ Bucket, ...HELLO })), code, status);
    assert.equal(error.$metadata.attempts, 1);
    assert.deepEqual((await stored(Bucket)).objects, []);
    await happened(set);
  }
});

test("a stream is not tried again: it has been read", async () => {
  const [Bucket, set] = await bucketWith("PutObject", { error: "SlowDown" });
  const put = { Bucket, Key: "a", Body: Readable.from([Buffer.from("hello")]), ContentLength: 5 };
  await refused(s3.send(new PutObjectCommand(put)), "SlowDown", 503);
  assert.deepEqual(await statuses("PutObject", Bucket), [503]);
  assert.deepEqual((await stored(Bucket)).objects, []);
  await happened(set);
});

test("the lost answer of PutObject: stored twice, and there is one object", async () => {
  const [Bucket, set] = await bucketWith("PutObject", { transport: "RESET", when: "STORED" });
  await s3.send(new PutObjectCommand({ Bucket, ...HELLO }));
  assert.deepEqual(await statuses("PutObject", Bucket), [0, 200]);
  assert.equal((await stored(Bucket)).objects.length, 1);
  await happened(set);
});

test("the lost answer of PutObject with If-None-Match: the second attempt is refused by the first", async () => {
  const [Bucket, set] = await bucketWith("PutObject", { transport: "RESET", when: "STORED" });
  const put = new PutObjectCommand({ Bucket, ...HELLO, IfNoneMatch: "*" });
  await refused(s3.send(put), "PreconditionFailed", 412);
  assert.equal((await stored(Bucket)).objects.length, 1); // it is stored, although an error was raised
  await happened(set);
});

test("the lost answer of UploadPart: the second attempt replaces the part", async () => {
  const [Bucket, set] = await bucketWith("UploadPart", { transport: "RESET", when: "STORED", part_number: 1 });
  const whole = someBytes(6 * MIB);
  await new Upload({ client: s3, params: { Bucket, Key: "film", Body: whole } }).done();
  assert.equal((await statuses("UploadPart", Bucket)).length, 3);
  assert.ok((await bytesOf(await s3.send(new GetObjectCommand({ Bucket, Key: "film" })))).equals(whole));
  await happened(set);
});

for (const client of [s3, secure]) {
  test(`the lost answer of Complete, ${client === s3 ? "http" : "https"}: the second one answers the same`, async () => {
    const [Bucket, set] = await bucketWith("CompleteMultipartUpload", { transport: "RESET", when: "STORED" });
    const upload = new Upload({ client, params: { Bucket, Key: "film", Body: Buffer.alloc(6 * MIB) } });
    const done = await upload.done();
    assert.deepEqual(await statuses("CompleteMultipartUpload", Bucket), [0, 200]);
    const { objects, uploads } = await stored(Bucket);
    assert.deepEqual([objects.length, uploads.length], [1, 0]);
    assert.equal(done.ETag, `"${objects[0].etag}"`);
    await happened(set);
  });
}

test("an error in a 200 of Complete is an error for the SDK, which tries again", async () => {
  const [Bucket, set] = await bucketWith("CompleteMultipartUpload", { error_in_200: "InternalError" });
  await new Upload({ client: s3, params: { Bucket, Key: "film", Body: Buffer.alloc(6 * MIB) } }).done();
  assert.deepEqual(await statuses("CompleteMultipartUpload", Bucket), [200, 200]);
  assert.equal((await stored(Bucket)).objects.length, 1);
  await happened(set);
});

test("an upload that was aborted meanwhile is NoSuchUpload", async () => {
  const [Bucket, set] = await bucketWith("UploadPart", { meanwhile: "UPLOAD_ABORTED", part_number: 2 });
  const upload = new Upload({ client: s3, params: { Bucket, Key: "film", Body: Buffer.alloc(6 * MIB) }, queueSize: 1 });
  const error = await upload.done().catch((reason) => reason);
  assert.equal(error.name, "NoSuchUpload");
  const { objects, uploads } = await stored(Bucket);
  assert.deepEqual([objects, uploads], [[], []]);
  await happened(set);
});

test("a part that fails for good: lib-storage aborts, and nothing is left open", async () => {
  const [Bucket, set] = await bucketWith("UploadPart", { error: "InternalError", part_number: 2, times: 3 });
  const upload = new Upload({ client: s3, params: { Bucket, Key: "film", Body: Buffer.alloc(6 * MIB) } });
  await refused(upload.done(), "InternalError", 500);
  assert.deepEqual(await statuses("AbortMultipartUpload", Bucket), [204]);
  const { objects, uploads } = await stored(Bucket);
  assert.deepEqual([objects, uploads], [[], []]);
  await happened(set, 3);
});

test("an Abort that fails too leaks its parts", async () => {
  const [Bucket, set] = await bucketWith("UploadPart", { error: "AccessDenied", part_number: 2 });
  const abort = await fake.inject("AbortMultipartUpload", { bucket: Bucket, error: "AccessDenied" });
  const upload = new Upload({ client: s3, params: { Bucket, Key: "film", Body: Buffer.alloc(6 * MIB) }, queueSize: 1 });
  await refused(upload.done(), "AccessDenied", 403);
  const { objects, uploads } = await stored(Bucket);
  assert.deepEqual([objects, uploads.map((one) => one.key)], [[], ["film"]]);
  await happened(set);
  await happened(abort);
});

const CHANGED = {
  "a Buffer": [() => "hello", "XAmzContentSHA256Mismatch"], // the SDK signs its digest, which S3 compares first
  "a stream": [() => Readable.from([Buffer.from("hello")]), "BadDigest"],
};

for (const [kind, [body, code]] of Object.entries(CHANGED)) {
  test(`bytes of ${kind} that change on their way up are ${code}, and nothing is stored`, async () => {
    const [Bucket, set] = await bucketWith("PutObject", { corrupt: { flip: 3 } });
    const put = new PutObjectCommand({ Bucket, Key: "a", Body: body(), ContentLength: 5 });
    await refused(secure.send(put), code, 400);
    assert.deepEqual((await stored(Bucket)).objects, []);
    await happened(set);
  });
}

test("bytes that change on their way down are found by the checksum", async () => {
  const [Bucket, set] = await bucketWith("GetObject", { corrupt_answer: { flip: 3 } });
  await s3.send(new PutObjectCommand({ Bucket, ...HELLO }));
  const answer = await s3.send(new GetObjectCommand({ Bucket, Key: "a" }));
  await assert.rejects(answer.Body.transformToString(), /Checksum mismatch/);
  await happened(set);
});

test("a download that is cut is an error, and one that is short is found by the checksum alone", async () => {
  const [Bucket, cut] = await bucketWith("GetObject", { corrupt_answer: { cut: 3 } });
  const short = await fake.inject("GetObject", { bucket: Bucket, corrupt_answer: { short: 3 }, times: 2 });
  await s3.send(new PutObjectCommand({ Bucket, ...HELLO }));
  const get = (client) => client.send(new GetObjectCommand({ Bucket, Key: "a" }));
  const broken = await get(s3);
  await assert.rejects(broken.Body.transformToString(), { code: "ECONNRESET" });
  const shorter = await get(s3);
  await assert.rejects(shorter.Body.transformToString(), /Checksum mismatch/);
  const careless = new S3Client({ responseChecksumValidation: "WHEN_REQUIRED" });
  assert.equal(await (await get(careless)).Body.transformToString(), "hel");
  await happened(cut);
  await happened(short, 2);
});

test("a list whose second page fails goes on", async () => {
  const [Bucket, set] = await bucketWith("ListObjectsV2", { error: "InternalError", after: 1 });
  for (const Key of ["a", "b", "c"]) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  const found = [];
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 1 }, { Bucket })) {
    found.push(...page.Contents.map((one) => one.Key));
  }
  assert.deepEqual(found, ["a", "b", "c"]);
  await happened(set);
});

test("an answer whose document breaks off is an error", async () => {
  const [Bucket, set] = await bucketWith("ListObjectsV2", { corrupt_answer: "xml" });
  await s3.send(new PutObjectCommand({ Bucket, ...HELLO }));
  await assert.rejects(s3.send(new ListObjectsV2Command({ Bucket })));
  await happened(set);
});

test("an answer that does not come is a TimeoutError, and is tried again", async () => {
  const [Bucket, set] = await bucketWith("PutObject", { delay: 60 });
  const requestHandler = { requestTimeout: 300, throwOnRequestTimeout: true };
  const impatient = new S3Client({ requestHandler });
  const answer = await impatient.send(new PutObjectCommand({ Bucket, ...HELLO }));
  assert.equal(answer.$metadata.attempts, 2);
  await happened(set);
});

test("an AbortController ends a request that hangs", async () => {
  const [Bucket, set] = await bucketWith("GetObject", { delay: 60 });
  await s3.send(new PutObjectCommand({ Bucket, ...HELLO }));
  const controller = new AbortController();
  const asked = s3.send(new GetObjectCommand({ Bucket, Key: "a" }), { abortSignal: controller.signal });
  await until(async () => (await fake.fault(set.id)).hits === 1);
  controller.abort();
  await assert.rejects(asked, { name: "AbortError" });
});

test("the journal waits until three parts have come", async () => {
  const Bucket = await makeBucket();
  const Key = "film";
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const waiting = fake.requests({ operation: "UploadPart", bucket: Bucket, count: 3, wait: 10 });
  const Parts = [];
  for (const PartNumber of [1, 2, 3]) {
    const Body = Buffer.alloc(5 * MIB, `${PartNumber}`);
    const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
    Parts.push({ PartNumber, ETag });
  }
  assert.deepEqual((await waiting).map((request) => request.part_number), [1, 2, 3]);
  await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
});

test("minio-js tries again after a status that says so, and not after a connection that broke", async (context) => {
  context.mock.method(console, "warn", () => {}); // it tells of each attempt
  const bucket = await makeBucket();
  const { hostname, port } = new URL(URL_PLAIN);
  const transportAgent = new Agent({ keepAlive: true }); // it leaves the answers unread after which it tries again
  const options = { endPoint: hostname, port: Number(port), useSSL: false, region: "us-east-1", transportAgent };
  const retryOptions = { maximumRetryCount: 2, baseDelayMs: 10, maximumDelayMs: 20 };
  const client = new Client({ ...options, accessKey: "any", secretKey: "any", retryOptions });
  const put = (name) => client.putObject(bucket, name, Buffer.from("hello"));
  try {
    const once = await fake.inject("PutObject", { bucket, error: "SlowDown" });
    await put("a");
    await happened(once);
    const lost = await fake.inject("PutObject", { bucket, transport: "RESET", when: "STORED" });
    await assert.rejects(put("b"), { code: "ECONNRESET" });
    await happened(lost);
    const always = await fake.inject("PutObject", { bucket, error: "SlowDown", times: 3 });
    await assert.rejects(put("c"));
    await happened(always, 3);
    assert.deepEqual(await statuses("PutObject", bucket), [503, 200, 0, 503, 503, 503]);
    assert.deepEqual((await stored(bucket)).objects.map((one) => one.key), ["a", "b"]);
  } finally {
    transportAgent.destroy();
  }
});
