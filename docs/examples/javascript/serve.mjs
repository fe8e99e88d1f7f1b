// Serve a fake for tests: `fakecos` must be on the path, by `pip install 'fakecos[server]'`. Copy it beside your tests.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Start a fake on free ports; `options` are those of `fakecos serve`. Its variables are put into the environment. */
export async function serve(...options) {
  const words = ["serve", "--port", "0", "--control", "--control-port", "0", ...options];
  const child = spawn("fakecos", words, { stdio: ["ignore", "pipe", "inherit"] });
  process.once("exit", () => child.kill()); // also where a test ends the process
  const failed = new Promise((_, reject) => child.once("error", reject));
  failed.catch(() => console.error("Is fakecos on the path? pip install 'fakecos[server]'"));
  const environment = await Promise.race([exported(child.stdout), failed]);
  Object.assign(process.env, environment);
  const stop = async () => {
    child.kill();
    if (child.exitCode === null) await once(child, "exit");
  };
  return { url: environment.AWS_ENDPOINT_URL_S3, environment, stop };
}

/** Read the lines `export NAME=value` that come first; the journal that follows them is read and dropped. */
function exported(stdout) {
  const environment = {};
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: stdout });
    lines.on("line", (line) => {
      const [, name, value] = /^ +export (\w+)=(.*)$/.exec(line) ?? [];
      if (name) environment[name] = value;
      if (line.startsWith("Clients")) resolve(environment);
    });
    lines.on("close", () => reject(new Error("fakecos does not serve: what it says stands above")));
  });
}
