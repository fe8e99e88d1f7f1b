// Presigned URLs and forms, sent by fetch as a browser does, to the fake that verifies signatures.

import assert from "node:assert/strict";
import { before, test } from "node:test";

import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

import { digestOf } from "./support/digests.mjs";
import { bytesOf, KEYS, makeBucket, MIB, someBytes, URL_VERIFYING, verified } from "./support/s3.mjs";

let Bucket;
before(async () => {
  Bucket = await makeBucket(verified);
});

const url = (command, options) => getSignedUrl(verified, command, options);
const read = async (Key) => (await verified.send(new GetObjectCommand({ Bucket, Key }))).Body.transformToString();
const head = (Key) => verified.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: "ENABLED" }));

/** Assert that an answer of fetch is an error of S3 with this code and status, and return its document. */
async function assertRefused(answer, code, status) {
  const document = await answer.text();
  assert.match(document, new RegExp(`<Code>${code}</Code>`));
  assert.equal(answer.status, status);
  return document;
}

async function isAbsent(Key) {
  const { KeyCount } = await verified.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
  return KeyCount === 0;
}

test("GET, with a range and with response headers", async () => {
  await verified.send(new PutObjectCommand({ Bucket, Key: "ä b+c", Body: "0123456789" }));
  const wanted = { Bucket, Key: "ä b+c" };
  const address = await url(new GetObjectCommand({ ...wanted, ResponseContentType: "text/csv" }));
  const answer = await fetch(address);
  assert.equal(await answer.text(), "0123456789");
  assert.equal(answer.headers.get("content-type"), "text/csv");
  const part = await fetch(await url(new GetObjectCommand(wanted)), { headers: { Range: "bytes=2-4" } });
  assert.equal(await part.text(), "234");
  assert.equal(part.status, 206);
});

test("PUT: stored with CRC64NVME, since the checksum of no body in the URL is not used", async () => {
  // recorded aws-changes 8: the SDK puts the CRC32 of an empty body into the query
  const address = await url(new PutObjectCommand({ Bucket, Key: "put" }));
  assert.match(address, /x-amz-checksum-crc32=AAAAAA%3D%3D/);
  const answer = await fetch(address, { method: "PUT", body: "hello", headers: { "Content-Type": "text/plain" } });
  assert.equal(answer.status, 200);
  assert.equal(await read("put"), "hello");
  const stored = await head("put");
  assert.equal(stored.ContentType, "text/plain");
  assert.equal(stored.ChecksumCRC32, undefined);
  assert.equal(stored.ChecksumCRC64NVME, await digestOf("CRC64NVME", Buffer.from("hello")));
});

test("PUT with metadata and a type that is signed: another type is refused", async () => {
  const command = new PutObjectCommand({ Bucket, Key: "typed", ContentType: "text/css", Metadata: { colour: "red" } });
  const address = await url(command, { signableHeaders: new Set(["content-type"]) });
  const send = (type) => fetch(address, { method: "PUT", body: "a{}", headers: { "Content-Type": type } });
  await assertRefused(await send("text/html"), "SignatureDoesNotMatch", 403);
  assert.ok(await isAbsent("typed"));
  assert.equal((await send("text/css")).status, 200);
  const stored = await head("typed");
  assert.deepEqual([stored.ContentType, stored.Metadata], ["text/css", { colour: "red" }]);
});

test("PUT with a checksum that is known: a header that must be sent, and is verified", async () => {
  const ChecksumSHA256 = await digestOf("SHA256", Buffer.from("hello"));
  const unhoistableHeaders = new Set(["x-amz-checksum-sha256"]);
  const address = await url(new PutObjectCommand({ Bucket, Key: "checked", ChecksumSHA256 }), { unhoistableHeaders });
  const headers = { "x-amz-checksum-sha256": ChecksumSHA256 };
  await assertRefused(await fetch(address, { method: "PUT", body: "other", headers }), "BadDigest", 400);
  assert.ok(await isAbsent("checked"));
  assert.equal((await fetch(address, { method: "PUT", body: "hello", headers })).status, 200);
  assert.equal((await head("checked")).ChecksumSHA256, ChecksumSHA256);
});

const DEMANDED = {
  "a length": [{ ContentLength: 5 }, {}, 200],
  "another length": [{ ContentLength: 6 }, {}, 403],
  "encryption, sent": [{ ServerSideEncryption: "AES256" }, { "x-amz-server-side-encryption": "AES256" }, 200],
  "encryption, not sent": [{ ServerSideEncryption: "AES256" }, {}, 403],
  "a condition, sent": [{ IfNoneMatch: "*" }, { "If-None-Match": "*" }, 200],
  "a condition, not sent": [{ IfNoneMatch: "*" }, {}, 403],
  "metadata that is not signed": [{}, { "x-amz-meta-colour": "red" }, 403],
  "tags that stand in the query, sent too": [{ Tagging: "colour=red" }, { "x-amz-tagging": "colour=red" }, 403],
};

for (const [what, [parameters, headers, status]] of Object.entries(DEMANDED)) {
  test(`PUT with ${what}: ${status}`, async () => {
    // documented: a header that is signed must be sent as it was, and every x-amz-* header that is sent must be signed
    const Key = `demanded/${what}`;
    const address = await url(new PutObjectCommand({ Bucket, Key, ...parameters }));
    const answer = await fetch(address, { method: "PUT", body: "hello", headers });
    assert.equal(answer.status, status, await answer.text());
    assert.equal(await isAbsent(Key), status !== 200);
  });
}

test("what the SDK moves into the query: class and metadata count, tags do not", async () => {
  // public: aws-presigned 33 and 34; of the class assumed
  const moved = { Metadata: { colour: "red" }, StorageClass: "STANDARD_IA", Tagging: "a=b" };
  const address = await url(new PutObjectCommand({ Bucket, Key: "moved", ...moved }));
  assert.equal((await fetch(address, { method: "PUT", body: "hello" })).status, 200);
  const stored = await head("moved");
  assert.deepEqual([stored.Metadata, stored.StorageClass, stored.TagCount], [{ colour: "red" }, "STANDARD_IA", undefined]);
});

test("UploadPart: parts of a browser, completed by the SDK", async () => {
  // recorded aws-changes 8 of PutObject; of parts assumed: the CRC32 in the URL is that of no body
  const Key = "film";
  const { UploadId } = await verified.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const bodies = [someBytes(5 * MIB), Buffer.from("the end")];
  const Parts = [];
  for (const [index, body] of bodies.entries()) {
    const PartNumber = index + 1;
    const address = await url(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber }));
    const answer = await fetch(address, { method: "PUT", body });
    assert.equal(answer.status, 200, await answer.text());
    Parts.push({ PartNumber, ETag: answer.headers.get("etag") });
  }
  const listed = await verified.send(new ListPartsCommand({ Bucket, Key, UploadId }));
  assert.deepEqual(listed.Parts.map((part) => part.ETag), Parts.map((part) => part.ETag));
  const complete = { Bucket, Key, UploadId, MultipartUpload: { Parts } };
  const done = await verified.send(new CompleteMultipartUploadCommand(complete));
  const whole = Buffer.concat(bodies);
  assert.equal(done.ChecksumCRC64NVME, await digestOf("CRC64NVME", whole));
  assert.ok((await bytesOf(await verified.send(new GetObjectCommand({ Bucket, Key })))).equals(whole));
});

test("UploadPart to an upload with an algorithm: the checksum goes with the part as a header", async () => {
  const Key = "checked film";
  const created = await verified.send(new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: "CRC32" }));
  const part = { Bucket, Key, UploadId: created.UploadId, PartNumber: 1 };
  const body = Buffer.from("hello");
  const bare = await fetch(await url(new UploadPartCommand(part)), { method: "PUT", body });
  await assertRefused(bare, "InvalidRequest", 400); // recorded: the checksum is expected to be CRC32, and is null
  const listed = await verified.send(new ListPartsCommand(part));
  assert.equal(listed.Parts, undefined);
  const ChecksumCRC32 = await digestOf("CRC32", body);
  const unhoistableHeaders = new Set(["x-amz-checksum-crc32"]);
  const address = await url(new UploadPartCommand({ ...part, ChecksumCRC32 }), { unhoistableHeaders });
  const answer = await fetch(address, { method: "PUT", body, headers: { "x-amz-checksum-crc32": ChecksumCRC32 } });
  assert.equal(answer.status, 200, await answer.text());
  const Parts = [{ PartNumber: 1, ETag: answer.headers.get("etag"), ChecksumCRC32 }];
  await verified.send(new CompleteMultipartUploadCommand({ ...part, MultipartUpload: { Parts } }));
  assert.equal(await read(Key), "hello");
});

test("Create and Complete by URLs too", async () => {
  const Key = "all by URL";
  const created = await fetch(await url(new CreateMultipartUploadCommand({ Bucket, Key })), { method: "POST" });
  const UploadId = /<UploadId>(.*)<\/UploadId>/.exec(await created.text())[1];
  const part = await fetch(await url(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1 })), {
    method: "PUT",
    body: "hello",
  });
  const list = `<Part><PartNumber>1</PartNumber><ETag>${part.headers.get("etag")}</ETag></Part>`;
  const body = `<CompleteMultipartUpload>${list}</CompleteMultipartUpload>`;
  const complete = new CompleteMultipartUploadCommand({ Bucket, Key, UploadId });
  const done = await fetch(await url(complete), { method: "POST", body });
  assert.equal(done.status, 200, await done.text());
  assert.equal(await read(Key), "hello");
  const { Uploads } = await verified.send(new ListMultipartUploadsCommand({ Bucket, Prefix: Key }));
  assert.equal(Uploads, undefined);
});

test("HEAD and DELETE", async () => {
  await verified.send(new PutObjectCommand({ Bucket, Key: "brief", Body: "1" }));
  const asked = await fetch(await url(new HeadObjectCommand({ Bucket, Key: "brief" })), { method: "HEAD" });
  assert.equal(asked.headers.get("content-length"), "1");
  const gone = await fetch(await url(new DeleteObjectCommand({ Bucket, Key: "brief" })), { method: "DELETE" });
  assert.equal(gone.status, 204);
  assert.ok(await isAbsent("brief"));
});

test("a URL of another method, key or signature is refused", async () => {
  const address = await url(new PutObjectCommand({ Bucket, Key: "mine" }));
  const send = (where, method = "PUT") => fetch(where, { method, body: method === "PUT" ? "1" : undefined });
  await assertRefused(await send(address, "GET"), "SignatureDoesNotMatch", 403);
  await assertRefused(await send(address.replace("mine", "yours")), "SignatureDoesNotMatch", 403);
  const altered = address.replace(/X-Amz-Signature=.{4}/, "X-Amz-Signature=0000");
  await assertRefused(await send(altered), "SignatureDoesNotMatch", 403);
  await assertRefused(await send(address.replace("AAAAAA", "BBBBBB")), "SignatureDoesNotMatch", 403);
  assert.ok(await isAbsent("mine"));
  assert.ok(await isAbsent("yours"));
});

test("a URL that has expired is refused", async () => {
  const command = new PutObjectCommand({ Bucket, Key: "late" });
  const address = await url(command, { expiresIn: 60, signingDate: new Date(Date.now() - 61_000) });
  const document = await assertRefused(await fetch(address, { method: "PUT", body: "1" }), "AccessDenied", 403);
  assert.match(document, /<Message>Request has expired<\/Message>/);
  assert.match(document, /<X-Amz-Expires>60<\/X-Amz-Expires>/);
  assert.ok(await isAbsent("late"));
});

test("a URL for more than a week is refused by the SDK, and by S3", async () => {
  const command = new GetObjectCommand({ Bucket, Key: "put" });
  await assert.rejects(url(command, { expiresIn: 604_801 }), /must have an expiration date less than one week/);
  const address = (await url(command)).replace("X-Amz-Expires=900", "X-Amz-Expires=604801");
  await assertRefused(await fetch(address), "AuthorizationQueryParametersError", 400);
});

test("a URL that is signed with an unknown key is refused", async () => {
  const stranger = new S3Client({ endpoint: URL_VERIFYING, credentials: { ...KEYS, accessKeyId: "AKIDSTRANGER" } });
  const address = await getSignedUrl(stranger, new PutObjectCommand({ Bucket, Key: "strange" }));
  await assertRefused(await fetch(address, { method: "PUT", body: "1" }), "InvalidAccessKeyId", 403);
  assert.ok(await isAbsent("strange"));
});

/** Send a form as a browser does. */
async function post({ url: address, fields }, file, name = "a.txt") {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append("file", new File([file], name, { type: "text/plain" }));
  return fetch(address, { method: "POST", body: form, redirect: "manual" });
}

test("a form stores its file, under a name that it takes from it", async () => {
  const form = await createPresignedPost(verified, { Bucket, Key: "posted/${filename}" });
  const answer = await post(form, "hello", "ö.txt");
  assert.equal(answer.status, 204, await answer.text());
  assert.equal(await read("posted/ö.txt"), "hello");
});

test("a form's fields: type, metadata, status 201 with a document", async () => {
  const Fields = { "Content-Type": "text/css", "x-amz-meta-colour": "red", success_action_status: "201" };
  const answer = await post(await createPresignedPost(verified, { Bucket, Key: "styled", Fields }), "a{}");
  assert.equal(answer.status, 201);
  assert.match(await answer.text(), /<Key>styled<\/Key>/);
  const stored = await head("styled");
  assert.deepEqual([stored.ContentType, stored.Metadata], ["text/css", { colour: "red" }]);
});

test("a form's conditions: too large, too small, a field that differs, a field too many", async () => {
  const Conditions = [["content-length-range", 2, 4], ["starts-with", "$Content-Type", "text/"]];
  const Fields = { "Content-Type": "text/css" };
  const form = await createPresignedPost(verified, { Bucket, Key: "judged", Conditions, Fields });
  await assertRefused(await post(form, "12345"), "EntityTooLarge", 400);
  await assertRefused(await post(form, "1"), "EntityTooSmall", 400);
  const changed = (fields) => ({ url: form.url, fields: { ...form.fields, ...fields } });
  await assertRefused(await post(changed({ "Content-Type": "text/html" }), "123"), "AccessDenied", 403);
  await assertRefused(await post(changed({ key: "other" }), "123"), "AccessDenied", 403);
  await assertRefused(await post(changed({ acl: "private" }), "123"), "AccessDenied", 403);
  await assertRefused(await post(changed({ "X-Amz-Signature": "0".repeat(64) }), "123"), "SignatureDoesNotMatch", 403);
  assert.ok(await isAbsent("judged"));
  assert.equal((await post(form, "123")).status, 204);
});

test("a form that has expired is refused", async () => {
  const form = await createPresignedPost(verified, { Bucket, Key: "late form", Expires: -1 });
  const document = await assertRefused(await post(form, "1"), "AccessDenied", 403);
  assert.match(document, /Policy expired/);
  assert.ok(await isAbsent("late form"));
});
