// Bundle the front end: frontend/site.ts becomes docs/assets/site.js, and so on.
// `--dev` keeps the names and adds a source map.

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dev = process.argv.includes("--dev");

// A web worker is a script of its own, loaded by address: it cannot be part of site.js.
const scripts = ["site", "moved", "search-worker"];
// What site.js imports when it is needed has to be a module.
const modules = ["search-dialog"];
const styles = ["search-dialog"];

/** The source file of a script or module, as a path from the project's root. */
const script = (name) => `frontend/${name}.ts`;
const style = (name) => `frontend/${name}.css`;
const wanted = [...[...scripts, ...modules].map(script), ...styles.map(style)];

const missing = wanted.filter((path) => !existsSync(join(root, path)));
if (missing.length > 0) {
  console.error(`error: ${missing.join(", ")} not found; restore it from git`);
  process.exit(1);
}

const bundle = (entryPoints, format) =>
  build({
    absWorkingDir: root,
    entryPoints,
    outdir: "docs/assets",
    bundle: true,
    format,
    target: "es2022",
    charset: "utf8",
    minify: !dev,
    sourcemap: dev ? "inline" : false,
    legalComments: "none",
    logLevel: "warning",
  });

try {
  await Promise.all([
    bundle(scripts.map(script), "iife"),
    bundle([...modules.map(script), ...styles.map(style)], "esm"),
  ]);
} catch {
  // esbuild has printed the file, the line and the fault.
  process.exit(1);
}
