import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

import * as runner from "./global_setup.mjs";

const WORKER = `
  import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
  const { Buckets } = await new S3Client({}).send(new ListBucketsCommand({}));
  console.log(Buckets.map((bucket) => bucket.Name).join());
`;

test("what a global setup serves is found by the processes of the tests", async () => {
  assert.equal(await runner.default(), runner.teardown);
  try {
    const words = ["--no-warnings", "--input-type=module", "--eval", WORKER];
    assert.equal(execFileSync(process.execPath, words, { cwd: import.meta.dirname }).toString(), "photos\n");
  } finally {
    await runner.teardown();
  }
});
