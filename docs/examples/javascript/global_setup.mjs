// For runners with a global setup: one fake for all files of tests.
import { serve } from "./serve.mjs";

let server;

// vitest: test: { globalSetup: "./global_setup.mjs" }
// jest: globalSetup: "./global_setup.mjs", and globalTeardown: a file that exports `teardown` as its default
export default async function setup() {
  server = await serve("--bucket", "photos");
  return teardown; // which vitest calls
}

export async function teardown() {
  await server?.stop();
}
