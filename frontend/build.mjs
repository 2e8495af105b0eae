// Bundle the front end: frontend/site.ts becomes docs/assets/site.js, and so on.
// `--dev` keeps the names and adds a source map.

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dev = process.argv.includes("--dev");

// A web worker is a script of its own, loaded by address: it cannot be part of site.js.
const required = ["site", "moved"];
const optional = ["worker"];

/** The source file of an entry, as a path from the project's root. */
const source = (name) => `frontend/${name}.ts`;

const missing = required.filter((name) => !existsSync(join(root, source(name))));
if (missing.length > 0) {
  console.error(`error: ${missing.map(source).join(", ")} not found; restore it from git`);
  process.exit(1);
}

const entries = [...required, ...optional.filter((name) => existsSync(join(root, source(name))))];

try {
  await build({
    absWorkingDir: root,
    entryPoints: entries.map(source),
    outdir: "docs/assets",
    bundle: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    minify: !dev,
    sourcemap: dev ? "inline" : false,
    legalComments: "none",
    logLevel: "warning",
  });
} catch {
  // esbuild has printed the file, the line and the fault.
  process.exit(1);
}
