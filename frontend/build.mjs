// Bundle the front end (frontend/site.ts becomes docs/assets/site.js, and so on), and subset the font.
// `--dev` keeps names readable and adds source maps.

import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import subsetFont from "subset-font";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dev = process.argv.includes("--dev");

// A web worker is loaded from its own URL, so it cannot be part of site.js.
const scripts = ["site", "moved", "search-worker"];
// site.js imports these on demand, so they must be modules.
const modules = ["search-dialog"];
const styles = ["site", "search-dialog"];
const weights = [400, 600];

/** Characters of the font: printable ASCII and the signs the site uses. System fonts have all others. */
const letters = `${String.fromCharCode(...Array.from({ length: 95 }, (_, at) => 32 + at))}\u00a0–—‘’“”…·×←↑→↓⌘`;

/** The source of a script or module, relative to the project's root. */
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
    external: ["*.woff2"],
    logLevel: "warning",
  });

const font = async (weight) => {
  const path = `node_modules/@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-${weight}-normal.woff2`;
  const subset = await subsetFont(await readFile(join(root, path)), letters, {
    targetFormat: "woff2",
    keepFeatures: ["kern"],
    noHinting: true,
  });
  await writeFile(join(root, `docs/assets/plex-${weight}.woff2`), subset);
};

try {
  await mkdir(join(root, "docs/assets"), { recursive: true });
  await Promise.all([
    ...weights.map(font),
    bundle(scripts.map(script), "iife"),
    bundle([...modules.map(script), ...styles.map(style)], "esm"),
  ]);
} catch (error) {
  // esbuild has already printed its own errors, with file and line.
  if (!error.errors) console.error(`error: ${error.message}`);
  process.exit(1);
}
