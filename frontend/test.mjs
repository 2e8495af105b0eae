// Run the unit tests, `*.test.ts`, with Node's own test runner.
// They are bundled first, because Node 20 cannot read TypeScript, and into one file, because Node
// starts a process for each.

import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { define } from "./words.mjs";

const folder = import.meta.dirname;
const files = (await readdir(folder, { recursive: true })).filter((path) =>
  path.endsWith(".test.ts"),
);
const outdir = await mkdtemp(join(tmpdir(), "frontend-tests-"));
const outfile = join(outdir, "tests.mjs");

try {
  await build({
    absWorkingDir: folder,
    stdin: {
      contents: files.map((path) => `import ${JSON.stringify(`./${path}`)};`).join("\n"),
      resolveDir: folder,
    },
    outfile,
    bundle: true,
    define,
    format: "esm",
    platform: "node",
    sourcemap: "inline",
    logLevel: "warning",
  });
  const options = ["--enable-source-maps", "--test-reporter=spec"];
  const { status } = spawnSync(process.execPath, [...options, outfile], { stdio: "inherit" });
  process.exitCode = status ?? 1; // null if a signal ended it
} catch (error) {
  // esbuild has already printed its own errors, with file and line.
  if (!error.errors) throw error;
  process.exitCode = 1;
} finally {
  await rm(outdir, { recursive: true });
}
