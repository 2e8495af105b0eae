// Check that the site needs nothing that the oldest browsers in package.json lack, by MDN's data.
// Every newer feature has a fallback in the same place, or is in accepted.mjs with a reason.
// With files as arguments, only these are checked.

import { readdir, readFile } from "node:fs/promises";
import { dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { accepted } from "./accepted.mjs";
import { target } from "./floor.mjs";
import { inTemplate } from "./markup.mjs";
import { inScript, membersIn } from "./scripts.mjs";
import { inStyles } from "./styles.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What readers' browsers get from a folder, and no tests. */
const shipped = async (folder, ending) => {
  const names = await readdir(join(root, folder), { recursive: true });
  return names
    .filter((name) => ending.test(name) && !/\.(?:test|d)\.ts$|^testing/.test(name))
    .map((name) => join(root, folder, name));
};

const sources = async () => [
  ...(await shipped("frontend", /\.(?:css|ts)$/)),
  ...(await shipped("overrides", /\.html$/)),
  join(root, "node_modules/stemmer/index.js"),
];

/** A file after esbuild has adapted what it can, which are prefixes and syntax. */
const adapted = async (text, loader) => (await transform(text, { loader, target })).code;

const check = async (path, ownMembers) => {
  const text = await readFile(path, "utf8");
  const kind = extname(path).slice(1);
  if (kind === "css") return inStyles(await adapted(text, kind));
  if (kind === "html") return inTemplate(text);
  return inScript(await adapted(text, kind), ownMembers);
};

/** The reason why a feature may be used, and the entry of `accepted` that has it. */
const entryFor = (name) => Object.keys(accepted).find((key) => `${name}.`.startsWith(`${key}.`));

const given = process.argv.slice(2);
const files = given.length > 0 ? given : await sources();
const texts = await Promise.all(
  files.filter((path) => path.endsWith(".ts")).map((path) => readFile(path, "utf8")),
);
const ownMembers = new Set(texts.flatMap(membersIn));

const used = new Set();
const problems = new Set();
for (const path of files)
  for (const { name, missing, at } of await check(path, ownMembers)) {
    const entry = entryFor(name);
    used.add(entry);
    const browsers = missing.map(({ browser, version }) => `${browser} ${version}`).join(", ");
    if (!entry)
      problems.add(`${relative(root, path)}: error: ${name} is missing in ${browsers}\n    ${at}`);
  }
if (problems.size > 0) {
  const hint = `hint: write a plain value before it, or ask for it with @supports;
      if the page works without it, add it to frontend/browsers/accepted.mjs`;
  console.error([...problems, hint].join("\n"));
}

const idle = given.length > 0 ? [] : Object.keys(accepted).filter((entry) => !used.has(entry));
if (idle.length > 0)
  console.error(
    `frontend/browsers/accepted.mjs: error: the site does not need ${idle.join(", ")}
hint: remove what no longer applies`,
  );

process.exitCode = problems.size > 0 || idle.length > 0 ? 1 : 0;
