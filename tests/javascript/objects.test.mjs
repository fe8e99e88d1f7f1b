// What is written beside bytes: conditions, copies, metadata, tags, odd keys, deletions.

import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { before, test } from "node:test";

import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";

import { makeBucket, MIB, refused, s3 } from "./support/s3.mjs";

let Bucket;
before(async () => {
  Bucket = await makeBucket();
});

const put = (Key, Body, options) => s3.send(new PutObjectCommand({ Bucket, Key, Body, ...options }));
const read = async (Key) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body.transformToString();
const head = (Key) => s3.send(new HeadObjectCommand({ Bucket, Key }));

test("If-None-Match: * stores only what is not there", async () => {
  await put("once", "first", { IfNoneMatch: "*" });
  await refused(put("once", "second", { IfNoneMatch: "*" }), "PreconditionFailed", 412);
  assert.equal(await read("once"), "first");
});

test("If-Match replaces only what was read", async () => {
  const { ETag } = await put("counter", "1");
  await put("counter", "2", { IfMatch: ETag });
  const error = await refused(put("counter", "3", { IfMatch: ETag }), "PreconditionFailed", 412);
  assert.equal(error.Condition, "If-Match");
  assert.equal(await read("counter"), "2");
  await refused(put("no counter", "1", { IfMatch: ETag }), "NoSuchKey", 404);
});

test("a condition on Complete by lib-storage: the upload is aborted, and what was there stays", async () => {
  await put("film", "there");
  const params = { Bucket, Key: "film", Body: Buffer.alloc(6 * MIB), IfNoneMatch: "*" };
  await refused(new Upload({ client: s3, params }).done(), "PreconditionFailed", 412);
  assert.equal(await read("film"), "there");
});

test("a deletion with If-Match spares what has changed", async () => {
  const { ETag } = await put("temporary", "1");
  await put("temporary", "2");
  const remove = (IfMatch) => s3.send(new DeleteObjectCommand({ Bucket, Key: "temporary", IfMatch }));
  await refused(remove(ETag), "PreconditionFailed", 412);
  assert.equal(await read("temporary"), "2");
  await remove((await head("temporary")).ETag);
  await refused(head("temporary"), "NotFound", 404);
});

test("a copy keeps metadata and type, or gets its own", async () => {
  await put("from here", "bytes", { ContentType: "text/css", Metadata: { colour: "red" } });
  const CopySource = `${Bucket}/from%20here`;
  const { CopyObjectResult } = await s3.send(new CopyObjectCommand({ Bucket, Key: "kept", CopySource }));
  assert.equal(CopyObjectResult.ETag, (await head("from here")).ETag);
  assert.ok(CopyObjectResult.LastModified instanceof Date);
  assert.deepEqual((await head("kept")).Metadata, { colour: "red" });
  const own = { MetadataDirective: "REPLACE", Metadata: { colour: "blue" }, ContentType: "text/plain" };
  await s3.send(new CopyObjectCommand({ Bucket, Key: "own", CopySource, ...own }));
  const found = await head("own");
  assert.deepEqual([found.Metadata, found.ContentType], [{ colour: "blue" }, "text/plain"]);
  assert.equal(await read("own"), "bytes");
});

test("copies that are refused leave the target as it was", async () => {
  await put("source", "bytes");
  await put("target", "there");
  const copy = (options) => {
    return s3.send(new CopyObjectCommand({ Bucket, Key: "target", CopySource: `${Bucket}/source`, ...options }));
  };
  await refused(copy({ CopySource: `${Bucket}/nothing` }), "NoSuchKey", 404);
  await refused(copy({ CopySource: "no-such-bucket-here/source" }), "NoSuchBucket", 404);
  await refused(copy({ CopySourceIfMatch: '"other"' }), "PreconditionFailed", 412);
  await refused(copy({ CopySource: `${Bucket}/target` }), "InvalidRequest", 400); // to itself, with nothing changed
  assert.equal(await read("target"), "there");
});

test("system headers and metadata come back", async () => {
  const given = {
    CacheControl: "max-age=60",
    ContentDisposition: 'attachment; filename="a.txt"',
    ContentEncoding: "identity",
    ContentLanguage: "de",
    ContentType: "text/plain; charset=utf-8",
    StorageClass: "STANDARD_IA",
    WebsiteRedirectLocation: "/elsewhere",
  };
  const Metadata = { "with-dash": "1", upper: "value with  blanks" };
  await put("described", "1", { ...given, Metadata, Expires: new Date(Date.UTC(2030, 0, 1)) });
  const found = await head("described");
  for (const name of Object.keys(given)) assert.equal(found[name], given[name], name);
  assert.deepEqual(found.Metadata, Metadata);
  assert.equal(found.ExpiresString, "Tue, 01 Jan 2030 00:00:00 GMT");
});

test("a stream's aws-chunked is taken off Content-Encoding", async () => {
  // documented: S3 stores the object without aws-chunked
  await put("zipped", Readable.from(["12345"]), { ContentLength: 5, ContentEncoding: "gzip" });
  assert.equal((await head("zipped")).ContentEncoding, "gzip");
});

test("metadata over 2 KB is refused, and nothing is stored", async () => {
  const Metadata = { long: "x".repeat(2_048) };
  await refused(put("too much", "1", { Metadata }), "MetadataTooLarge", 400);
  await refused(head("too much"), "NotFound", 404);
});

const ODD_KEYS = [
  "with blank", " leading and trailing ", "plus+sign", "per%cent", "%41", "a//b", "/leading", "trailing/", "question?mark",
  "hash#mark", "amp&=;,", "quotes'\"`", "star*(~)!", "[brackets]{}", "back\\slash", "tab\there", "line\nfeed", "ünï/cødé",
  "日本語", "emoji-🎉", "\u00e9", "e\u0301", "a".repeat(1_024),
];

test("odd keys are stored, listed, read and deleted as they are", async () => {
  const own = await makeBucket();
  for (const Key of ODD_KEYS) await s3.send(new PutObjectCommand({ Bucket: own, Key, Body: Key }));
  const listed = await s3.send(new ListObjectsV2Command({ Bucket: own }));
  const bytewise = (one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other));
  assert.deepEqual(listed.Contents.map((found) => found.Key), [...ODD_KEYS].sort(bytewise));
  for (const Key of ODD_KEYS) {
    const answer = await s3.send(new GetObjectCommand({ Bucket: own, Key }));
    assert.equal(await answer.Body.transformToString(), Key);
  }
  const Objects = ODD_KEYS.map((Key) => ({ Key }));
  const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket: own, Delete: { Objects } }));
  assert.deepEqual(Deleted.map((one) => one.Key).sort(), [...ODD_KEYS].sort());
  assert.equal((await s3.send(new ListObjectsV2Command({ Bucket: own }))).KeyCount, 0);
});

test("a key of dots is sent as it is, and one that is too long is refused", async () => {
  await refused(put("a".repeat(1_025), "1"), "KeyTooLongError", 400);
  await put("a/./b/../c", "dots");
  assert.equal(await read("a/./b/../c"), "dots");
});

test("a copy from an odd key, encoded by who calls", async () => {
  for (const Key of ODD_KEYS.filter((one) => one.length < 100)) {
    await put(Key, `body of ${Key}`);
    const CopySource = `${Bucket}/${encodeURIComponent(Key)}`;
    await s3.send(new CopyObjectCommand({ Bucket, Key: "copied", CopySource }));
    assert.equal(await read("copied"), `body of ${Key}`);
  }
});

test("tags: by header, by document, removed; and too many of them", async () => {
  const tags = async () => (await s3.send(new GetObjectTaggingCommand({ Bucket, Key: "tagged" }))).TagSet;
  await put("tagged", "1", { Tagging: "colour=red&with%20blank=a%2Bb" });
  assert.deepEqual(await tags(), [{ Key: "colour", Value: "red" }, { Key: "with blank", Value: "a+b" }]);
  const set = (TagSet) => s3.send(new PutObjectTaggingCommand({ Bucket, Key: "tagged", Tagging: { TagSet } }));
  await set([{ Key: "ö", Value: "" }]);
  assert.deepEqual(await tags(), [{ Key: "ö", Value: "" }]);
  const eleven = Array.from({ length: 11 }, (_, number) => ({ Key: `${number}`, Value: "" }));
  await refused(set(eleven), "BadRequest", 400);
  await refused(set([{ Key: "a", Value: "1" }, { Key: "a", Value: "2" }]), "InvalidTag", 400);
  assert.deepEqual(await tags(), [{ Key: "ö", Value: "" }]);
  assert.equal((await head("tagged")).TagCount, 1);
  await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: "tagged" }));
  assert.deepEqual(await tags(), []);
});

test("a deletion of many says nothing in Quiet mode", async () => {
  await put("quiet", "1");
  const Delete = { Objects: [{ Key: "quiet" }, { Key: "never there" }], Quiet: true };
  const answer = await s3.send(new DeleteObjectsCommand({ Bucket, Delete }));
  assert.deepEqual([answer.Deleted, answer.Errors], [undefined, undefined]);
  await refused(head("quiet"), "NotFound", 404);
});
