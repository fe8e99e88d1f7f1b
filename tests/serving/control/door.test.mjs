// The client of the docs, tried in Node: tests/serving/control/test_examples.py starts it beside a copy of the client.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Fakecos } from "./fakecos.mjs";

const fake = new Fakecos();

beforeEach(async () => {
  await fake.reset();
  await fake.createBucket("photos");
});

test("what is stored is put back", async () => {
  assert.equal((await fake.health()).status, "ok");
  const name = await fake.snapshot();
  await fake.reset();
  assert.deepEqual(await fake.state(), []);
  await fake.restore(name);
  assert.deepEqual((await fake.state({ bucket: "photos" })).map((each) => each.name), ["photos"]);
});

test("a fault is set, counted and cancelled", async () => {
  const { id } = await fake.inject("UploadPart", { part_number: 3, error: "SlowDown" });
  assert.equal((await fake.fault(id)).hits, 0);
  assert.equal((await fake.faults()).length, 1);
  assert.equal((await fake.report()).is_clean, false);
  await fake.cancel(id);
  assert.equal((await fake.report()).is_clean, true);
});

test("requests are read, and waited for", async () => {
  const answer = await fetch(`${process.env.AWS_ENDPOINT_URL_S3}/photos/a.jpg`);
  assert.equal(answer.status, 403);
  const [request] = await fake.waitFor("GetObject");
  assert.equal(request.error, "AccessDenied");
  await assert.rejects(fake.waitFor("PutObject", 1, 0), (error) => error.status === 409 && error.answer.count === 0);
  assert.deepEqual(await fake.events(), []);
});

test("a mistake says what to write", async () => {
  await assert.rejects(fake.inject("PutObject", { eror: "SlowDown" }), /no member "eror"; did you mean "error"\?/);
  await assert.rejects(fake.advance({ days: -1 }), (error) => error.status === 400);
});
