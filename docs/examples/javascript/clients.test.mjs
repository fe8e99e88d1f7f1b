import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";

import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { Client } from "minio";

import { serve } from "./serve.mjs";

const server = await serve("--bucket", "photos");
after(() => server.stop());

test("AWS SDK v3, by the environment", async () => {
  const s3 = new S3Client({});
  await s3.send(new PutObjectCommand({ Bucket: "photos", Key: "a", Body: "sun" }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: "photos", Key: "a" }));
  assert.equal(await Body.transformToString(), "sun");
});

test("AWS SDK v3, by its options, at a name", async () => {
  const s3 = new S3Client({
    endpoint: server.url.replace("127.0.0.1", "localhost"),
    forcePathStyle: true, // else it asks photos.localhost, which not every system finds
    region: "us-east-1",
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
  });
  await s3.send(new PutObjectCommand({ Bucket: "photos", Key: "b", Body: "rain" }));
  const { ContentLength } = await s3.send(new HeadObjectCommand({ Bucket: "photos", Key: "b" }));
  assert.equal(ContentLength, 4);
});

test("presigned URLs and forms", async () => {
  const s3 = new S3Client({});
  const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: "photos", Key: "c" }));
  assert.equal((await fetch(url, { method: "PUT", body: "snow" })).status, 200);
  const post = await createPresignedPost(s3, { Bucket: "photos", Key: "d/${filename}" });
  const form = new FormData();
  for (const [name, value] of Object.entries(post.fields)) form.append(name, value);
  form.append("file", new File(["hail"], "hail.txt"));
  assert.equal((await fetch(post.url, { method: "POST", body: form })).status, 204);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: "photos", Key: "d/hail.txt" }));
  assert.equal(await Body.transformToString(), "hail");
});

test("minio-js", async () => {
  const { hostname, port, protocol } = new URL(server.url);
  const client = new Client({
    endPoint: hostname,
    port: Number(port),
    useSSL: protocol === "https:",
    accessKey: "any",
    secretKey: "any",
    region: "us-east-1", // else it asks for the region first
  });
  await client.putObject("photos", "e", "fog");
  assert.equal(await text(await client.getObject("photos", "e")), "fog");
});

test("TLS, by an agent", async () => {
  const secure = await serve("--bucket", "photos", "--tls");
  try {
    const httpsAgent = { ca: readFileSync(secure.environment.NODE_EXTRA_CA_CERTS) };
    const s3 = new S3Client({ endpoint: secure.url, requestHandler: { httpsAgent } });
    await s3.send(new PutObjectCommand({ Bucket: "photos", Key: "f", Body: "wind" }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: "photos", Key: "f" }));
    assert.equal(await Body.transformToString(), "wind");
  } finally {
    await secure.stop();
  }
});
