// Bundle the front end and subset the fonts, unless neither sources nor results have changed.
// `--dev` keeps names readable and adds source maps.

import "./words.mjs"; // writes the words if there are none yet
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dev = process.argv.includes("--dev");
const bundled = join("frontend", "bundled");
/** What the files were made of, and what was made. */
const recordPath = join(root, bundled, "record.json");
/** Tells which packages are installed; npm writes it. */
const packages = "node_modules/.package-lock.json";
const settings = ["package.json", "tsconfig.json"];

const digest = (content) => createHash("sha256").update(content).digest("hex");

/** Digests of files by path, in order, of those that can be read. */
const digests = (paths) => {
  const read = (path) => {
    try {
      return [[path, digest(readFileSync(join(root, path)))]];
    } catch {
      return [];
    }
  };
  return Object.fromEntries([...new Set(paths)].sort().flatMap(read));
};

/** What the files are made of, as far as that is known before they are made. */
const sources = () => {
  const all = readdirSync(join(root, "frontend"), { recursive: true });
  const paths = all.map((path) => join("frontend", path));
  const own = paths.filter((path) => !path.startsWith(bundled) && !path.endsWith(".test.ts"));
  return [...own, ...settings, packages];
};

/** The record; an empty one if there is none that can be read. */
const record = () => {
  try {
    const { options = {}, of = {}, made = {} } = JSON.parse(readFileSync(recordPath, "utf8"));
    return { options, of, made };
  } catch {
    return { options: {}, of: {}, made: {} };
  }
};

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const isMade = ({ options, of, made }) =>
  same(options, { dev }) &&
  same(of, digests([...sources(), ...Object.keys(of)])) &&
  same(made, digests(Object.keys(made)));

if (!isMade(record())) {
  const before = digests(sources());
  try {
    const { bundles } = await import("./bundles.mjs"); // loading its tools takes a while
    const { inputs, outputs } = await bundles({ dev });
    const of = digests([...Object.keys(before), ...inputs]);
    const text = JSON.stringify({
      options: { dev },
      of: { ...of, ...before },
      made: digests(outputs),
    });
    mkdirSync(dirname(recordPath), { recursive: true });
    writeFileSync(recordPath, `${text}\n`);
  } catch (error) {
    // esbuild has already printed its own errors, with file and line.
    const hint = error.hint ?? "fix that and run it again";
    if (!error.errors) console.error(`error: ${error.message}; ${hint}`);
    process.exit(1);
  }
}
