import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { after, beforeEach, test } from "node:test";

import { Fakecos } from "../control/fakecos.mjs";
import { serve } from "./serve.mjs";
import { uploadFilm } from "./uploader.mjs";

const MIB = 1024 * 1024;
const server = await serve();
const fake = new Fakecos();

beforeEach(async () => {
  await fake.reset();
  await fake.createBucket("photos");
});
after(() => server.stop());

async function photos() {
  const [bucket] = await fake.state({ bucket: "photos" });
  return bucket;
}

test("a film is stored in parts", async () => {
  const etag = await uploadFilm("holiday.mp4", Buffer.alloc(11 * MIB));
  const [film] = (await photos()).objects;
  assert.equal(etag, `"${film.etag}"`);
  assert.deepEqual(film.parts.map((part) => part.size), [5 * MIB, 5 * MIB, 1 * MIB]);
});

test("SlowDown is overcome", async () => {
  const fault = await fake.inject("UploadPart", { part_number: 2, error: "SlowDown" });
  await uploadFilm("holiday.mp4", Buffer.alloc(6 * MIB));
  assert.equal((await fake.fault(fault.id)).hits, 1);
  const sent = await fake.requests({ operation: "UploadPart", part_number: 2 });
  assert.deepEqual(sent.map((request) => request.status), [503, 200]);
});

test("the answer of Complete is lost, and the film is there", async () => {
  await fake.inject("CompleteMultipartUpload", { transport: "RESET", when: "STORED" });
  await uploadFilm("holiday.mp4", Buffer.alloc(6 * MIB));
  assert.deepEqual((await photos()).objects.map((film) => film.key), ["holiday.mp4"]);
});

test("a camera that breaks leaves no upload open", async () => {
  async function* camera() {
    yield Buffer.alloc(6 * MIB);
    throw new Error("the camera broke");
  }
  await assert.rejects(uploadFilm("holiday.mp4", Readable.from(camera())), { message: "the camera broke" });
  const { objects, uploads } = await photos();
  assert.deepEqual([objects, uploads], [[], []]);
});
