import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { Fakecos } from "./fakecos.mjs";

const fake = new Fakecos();
const s3 = new S3Client({}); // finds the fake by the environment

beforeEach(async () => {
  await fake.reset();
  await fake.createBucket("photos");
});

test("an upload survives that S3 asks it to slow down", async () => {
  const { id } = await fake.inject("PutObject", { error: "SlowDown", times: 2 });
  await s3.send(new PutObjectCommand({ Bucket: "photos", Key: "a.jpg", Body: "holiday" }));
  assert.equal((await fake.fault(id)).hits, 2);
  const [photos] = await fake.state({ bucket: "photos" });
  assert.deepEqual(photos.objects.map((each) => each.key), ["a.jpg"]);
});

test("the test can wait for what the program does meanwhile", async () => {
  const upload = s3.send(new PutObjectCommand({ Bucket: "photos", Key: "b.jpg", Body: "holiday" }));
  const [request] = await fake.waitFor("PutObject");
  assert.equal(request.key, "b.jpg");
  await upload;
  assert.ok((await fake.report()).is_clean);
});
