// The oldest browsers in which the site works, from `browserslist` in package.json.

import { readFile } from "node:fs/promises";

const manifest = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));

const ENTRY = /^(\w+) >= ([\d.]+)$/;
const COMPATIBILITY_NAMES = { ios_saf: "safari_ios" };
const ESBUILD_NAMES = { ios_saf: "ios" };

const entries = manifest.browserslist.map((entry) => {
  const [, name, version] = entry.match(ENTRY) ?? [];
  if (!name) throw new Error(`package.json: write "${entry}" as "name >= version"`);
  return { name, version };
});

/** The browsers as esbuild names them. */
export const target = entries.map(({ name, version }) => (ESBUILD_NAMES[name] ?? name) + version);

/** The browsers as the compatibility data names them. */
export const floor = entries.map(({ name, version }) => ({
  browser: COMPATIBILITY_NAMES[name] ?? name,
  version,
}));
