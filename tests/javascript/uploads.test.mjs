// Uploads of every kind of body, in one request and in parts.

import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";

import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";

import { MIB, URL_TLS, bytesOf, makeBucket, refused, s3, secure, someBytes, until } from "./support/s3.mjs";

const HELLO = Buffer.from("hello");
const BODIES = {
  Buffer: () => HELLO,
  Uint8Array: () => new Uint8Array(HELLO),
  string: () => "hello",
  "Node stream": () => Readable.from([HELLO]),
  Blob: () => new Blob([HELLO]),
  "web stream": () => new Blob([HELLO]).stream(),
};
const OF_THE_BROWSER = ["Blob", "web stream"];
const ofKnownLength = { ContentLength: HELLO.length };

for (const [kind, body] of Object.entries(BODIES)) {
  for (const [door, client] of OF_THE_BROWSER.includes(kind) ? [] : [["http", s3], ["https", secure]]) {
    test(`a ${kind} of known length is stored over ${door}`, async () => {
      const Bucket = await makeBucket();
      await client.send(new PutObjectCommand({ Bucket, Key: "a", Body: body(), ...ofKnownLength }));
      const answer = await client.send(new GetObjectCommand({ Bucket, Key: "a" }));
      assert.deepEqual(await bytesOf(answer), HELLO);
      assert.equal(answer.ETag, '"5d41402abc4b2a76b9719d911017c592"');
    });
  }
  test(`lib-storage uploads a ${kind} in one request`, async () => {
    const Bucket = await makeBucket();
    const done = await new Upload({ client: s3, params: { Bucket, Key: "a", Body: body() } }).done();
    assert.equal(done.ETag, '"5d41402abc4b2a76b9719d911017c592"');
    assert.deepEqual(await bytesOf(await s3.send(new GetObjectCommand({ Bucket, Key: "a" }))), HELLO);
  });
}

test("a Blob or web stream in PutObject is refused by the client on Node, which sends nothing", async () => {
  // measured with the SDK: its digest wants a stream of Node; lib-storage and `Readable.fromWeb` take them
  const Bucket = await makeBucket();
  for (const kind of OF_THE_BROWSER) {
    const put = new PutObjectCommand({ Bucket, Key: "a", Body: BODIES[kind](), ...ofKnownLength });
    await assert.rejects(secure.send(put), { message: "Unable to calculate hash for flowing readable stream" });
  }
  assert.equal((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount, 0);
  const Body = Readable.fromWeb(new Blob([HELLO]).stream());
  await secure.send(new PutObjectCommand({ Bucket, Key: "a", Body, ...ofKnownLength }));
  assert.deepEqual(await bytesOf(await s3.send(new GetObjectCommand({ Bucket, Key: "a" }))), HELLO);
});

test("a stream of small pieces is refused, unless the client collects them", async () => {
  // recorded: chunks of less than 8 KiB are InvalidChunkSizeError, but for the last one
  const Bucket = await makeBucket();
  const put = () => {
    const Body = Readable.from([Buffer.from("hel"), Buffer.from("lo")]);
    return new PutObjectCommand({ Bucket, Key: "a", Body, ...ofKnownLength });
  };
  await refused(secure.send(put()), "InvalidChunkSizeError", 403);
  assert.equal((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount, 0);
  const collecting = new S3Client({ endpoint: URL_TLS, requestStreamBufferSize: 65_536 });
  await collecting.send(put());
  assert.deepEqual(await bytesOf(await s3.send(new GetObjectCommand({ Bucket, Key: "a" }))), HELLO);
});

test("an empty body is stored", async () => {
  const Bucket = await makeBucket();
  for (const Body of ["", Buffer.alloc(0), undefined]) {
    await s3.send(new PutObjectCommand({ Bucket, Key: "empty", Body }));
    const answer = await s3.send(new GetObjectCommand({ Bucket, Key: "empty" }));
    assert.equal(answer.ContentLength, 0);
    assert.equal((await bytesOf(answer)).length, 0);
  }
});

test("a stream of unknown length is refused, and nothing is stored", async () => {
  // AWS: a chunked body needs x-amz-decoded-content-length (documented: "Signature calculations ... chunked upload")
  const Bucket = await makeBucket();
  const Body = Readable.from([HELLO]);
  await assert.rejects(s3.send(new PutObjectCommand({ Bucket, Key: "a", Body })));
  assert.equal((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount, 0);
});

test("lib-storage uploads a stream of unknown length in parts, with progress", async () => {
  const Bucket = await makeBucket();
  const whole = someBytes(11 * MIB);
  async function* pieces() {
    for (let at = 0; at < whole.length; at += 700_001) yield whole.subarray(at, at + 700_001);
  }
  const upload = new Upload({
    client: s3,
    params: { Bucket, Key: "film", Body: Readable.from(pieces()), ContentType: "video/mp4" },
    partSize: 5 * MIB,
    queueSize: 3,
  });
  const progress = [];
  upload.on("httpUploadProgress", ({ loaded }) => progress.push(loaded));
  const done = await upload.done();
  assert.match(done.ETag, /^"[0-9a-f]{32}-3"$/);
  assert.equal(progress.at(-1), whole.length);
  const answer = await s3.send(new GetObjectCommand({ Bucket, Key: "film" }));
  assert.equal(answer.ContentType, "video/mp4");
  assert.ok((await bytesOf(answer)).equals(whole));
  const second = await s3.send(new HeadObjectCommand({ Bucket, Key: "film", PartNumber: 2 }));
  assert.equal(second.PartsCount, 3);
  assert.equal(second.ContentLength, 5 * MIB);
  assert.equal(second.ContentRange, `bytes ${5 * MIB}-${10 * MIB - 1}/${11 * MIB}`);
});

test("a file's stream is uploaded over TLS in parts, and its parts have checksums", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fakecos-"));
  try {
    const Bucket = await makeBucket();
    const whole = someBytes(6 * MIB);
    await writeFile(join(folder, "film"), whole);
    const params = { Bucket, Key: "film", Body: createReadStream(join(folder, "film")), ChecksumAlgorithm: "SHA256" };
    const done = await new Upload({ client: secure, params }).done();
    assert.match(done.ChecksumSHA256, /^[A-Za-z0-9+/]{43}=-2$/);
    const wanted = { Bucket, Key: "film", ObjectAttributes: ["ObjectParts", "Checksum"] };
    const { ObjectParts, Checksum } = await secure.send(new GetObjectAttributesCommand(wanted));
    assert.equal(Checksum.ChecksumType, "COMPOSITE");
    assert.deepEqual(ObjectParts.Parts.map((part) => part.Size), [5 * MIB, MIB]);
    assert.ok((await bytesOf(await secure.send(new GetObjectCommand({ Bucket, Key: "film" })))).equals(whole));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("an upload that is aborted by its controller leaves nothing", async () => {
  const Bucket = await makeBucket();
  const abortController = new AbortController();
  async function* pieces() {
    yield Buffer.alloc(6 * MIB);
    abortController.abort();
    yield Buffer.alloc(6 * MIB);
  }
  const params = { Bucket, Key: "film", Body: Readable.from(pieces()) };
  const upload = new Upload({ client: s3, params, abortController, queueSize: 1 });
  await assert.rejects(upload.done(), { name: "AbortError" });
  await until(async () => (await uploadsOf(Bucket)).length === 0);
  assert.equal((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount, 0);
});

test("abort() after two parts leaves nothing", async () => {
  const Bucket = await makeBucket();
  const params = { Bucket, Key: "film", Body: someBytes(16 * MIB) };
  const upload = new Upload({ client: s3, params, queueSize: 1 });
  upload.on("httpUploadProgress", ({ part }) => part === 2 && upload.abort());
  await assert.rejects(upload.done(), { name: "AbortError" });
  await until(async () => (await uploadsOf(Bucket)).length === 0); // done() ends before the upload is aborted
});

test("a source that breaks leaves its parts only where that is asked for", async () => {
  async function* pieces() {
    yield Buffer.alloc(6 * MIB);
    throw new Error("the source broke");
  }
  for (const leavePartsOnError of [false, true]) {
    const Bucket = await makeBucket();
    const params = { Bucket, Key: "film", Body: Readable.from(pieces()) };
    const upload = new Upload({ client: s3, params, leavePartsOnError, queueSize: 1 });
    await assert.rejects(upload.done(), { message: "the source broke" });
    const Uploads = await uploadsOf(Bucket);
    assert.equal(Uploads.length, leavePartsOnError ? 1 : 0);
    if (leavePartsOnError) {
      const { UploadId } = Uploads[0];
      const { Parts } = await s3.send(new ListPartsCommand({ Bucket, Key: "film", UploadId }));
      assert.deepEqual(Parts.map((part) => part.Size), [5 * MIB]);
      await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: "film", UploadId }));
    }
  }
});

test("parts by hand: in any order, one sent twice, one copied", async () => {
  const Bucket = await makeBucket();
  const Key = "film";
  const bytes = someBytes(5 * MIB);
  await s3.send(new PutObjectCommand({ Bucket, Key: "source", Body: "0123456789" }));
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const part = { Bucket, Key, UploadId };
  const range = { CopySource: `${Bucket}/source`, CopySourceRange: "bytes=2-5" };
  const { CopyPartResult } = await s3.send(new UploadPartCopyCommand({ ...part, PartNumber: 7, ...range }));
  await s3.send(new UploadPartCommand({ ...part, PartNumber: 3, Body: "replaced" }));
  const { ETag } = await s3.send(new UploadPartCommand({ ...part, PartNumber: 3, Body: bytes }));
  const Parts = [{ PartNumber: 3, ETag }, { PartNumber: 7, ETag: CopyPartResult.ETag }];
  await s3.send(new CompleteMultipartUploadCommand({ ...part, MultipartUpload: { Parts } }));
  const stored = await bytesOf(await s3.send(new GetObjectCommand({ Bucket, Key })));
  assert.ok(stored.equals(Buffer.concat([bytes, Buffer.from("2345")])));
});

test("Complete refuses small parts, wrong order and wrong ETags, and the upload stays open", async () => {
  const Bucket = await makeBucket();
  const Key = "film";
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const part = { Bucket, Key, UploadId };
  const one = await s3.send(new UploadPartCommand({ ...part, PartNumber: 1, Body: "1" }));
  const two = await s3.send(new UploadPartCommand({ ...part, PartNumber: 2, Body: "2" }));
  const first = { PartNumber: 1, ETag: one.ETag };
  const second = { PartNumber: 2, ETag: two.ETag };
  const complete = (...Parts) => s3.send(new CompleteMultipartUploadCommand({ ...part, MultipartUpload: { Parts } }));
  const small = await refused(complete(first, second), "EntityTooSmall", 400);
  assert.equal(small.MinSizeAllowed, `${5 * MIB}`); // recorded aws-multipart 22
  await refused(complete(second, first), "InvalidPartOrder", 400);
  await refused(complete({ ...first, ETag: two.ETag }), "InvalidPart", 400);
  await refused(complete(), "MalformedXML", 400);
  const { Parts } = await s3.send(new ListPartsCommand(part));
  assert.equal(Parts.length, 2);
  await s3.send(new AbortMultipartUploadCommand(part));
  await refused(s3.send(new ListPartsCommand(part)), "NoSuchUpload", 404);
  assert.deepEqual(await uploadsOf(Bucket), []);
});

async function uploadsOf(Bucket) {
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
  return Uploads;
}
