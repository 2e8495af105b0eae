// Makes the bundles (frontend/site.ts becomes docs/assets/site.js, and so on), and subsets the fonts.

import { existsSync, readFileSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import subsetFont from "subset-font";
import { target } from "./browsers/floor.mjs";
import { define, words } from "./words.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

// A web worker is loaded from its own URL, so it cannot be part of site.js.
const scripts = ["site", "a-to-z", "redirect", "practice", "search-worker"];
// site.js imports these on demand, so they must be modules.
const modules = ["search-dialog", "key-list", "own-answers", "random"];
const styles = ["site", "a-to-z", "formulas", "notes", "own-answers", "practice", "search-dialog"];
const weights = [400, 600];
/** The one file is made of these by make_downloads.py. */
const oneFile = ["frontend/one-file.ts", "frontend/one-file.css"];
/** It has no other pages and no workers, so these modules replace those that need them. */
const replacements = {
  "frontend/dom/site-url": "frontend/one-file/site-url.ts",
  "frontend/search/ui/connection": "frontend/one-file/connection.ts",
  "frontend/search/ui/opener": "frontend/one-file/opener.ts",
};
/** publish.py makes the search of a site with many questions of the worker and the writer, for Node. */
const piecesWorker = "frontend/search-pieces-worker.ts";
const piecesWriter = "frontend/search-pieces.mjs";
const textFamily = "ibm-plex-sans";

const isLetter = (character) => /\p{Script=Latin}/u.test(character);
const bothCases = (characters) =>
  [...characters].map((one) => one.toLowerCase() + one.toUpperCase()).join("");

const ascii = String.fromCharCode(...Array.from({ length: 95 }, (_, at) => 32 + at));
/** The characters that the site's texts have, as the splitter writes them; none before it has run. */
const used = existsSync(join(root, "frontend/characters.json"))
  ? JSON.parse(readFileSync(join(root, "frontend/characters.json"), "utf8"))
  : { formulas: "", letters: "" };
/** Letters besides those, such as umlauts, as they are in the words of the language and in questions. */
const own = new Set((JSON.stringify(words) + used.letters).match(/[^\0-\x7f]/g)?.filter(isLetter));
/** Characters of the font for text. System fonts have all others, such as signs of code and of keys. */
const letters = `${ascii.replace(/[\^`{|}~\\]/g, "")}\u00a0–—‘’“”…·×→${bothCases(own)}`;
/** Signs that bold text rarely has, too. */
const rarelyBold = /[$*<>@[\]_→]/g;

/** The source of a script or module, relative to the project's root. */
const script = (name) => `frontend/${name}.ts`;
const style = (name) => `frontend/${name}.css`;
const wanted = [
  ...[...scripts, ...modules].map(script),
  ...styles.map(style),
  ...oneFile,
  piecesWorker,
  piecesWriter,
];

/** Characters of the site's formulas, and the space: browsers look for the longer forms of signs in
    the file that has it. */
const formulaCharacters = ` ${used.formulas}`;

/** The range of characters, such as `U+41-5A,U+B7`; the opposite of `charactersIn`. */
const rangeOf = (characters) => {
  const runs = [];
  for (const point of [...characters].map((one) => one.codePointAt(0)).sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && point <= last[1] + 1) last[1] = point;
    else runs.push([point, point]);
  }
  const hex = (point) => point.toString(16).toUpperCase();
  return runs.map(([a, b]) => `U+${a === b ? hex(a) : `${hex(a)}-${hex(b)}`}`).join(",");
};

/** What mkdocs.yml says of fonts and colors, as the splitter writes it. */
const appearance = (() => {
  const path = join(root, "frontend/appearance.json");
  const found = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  return { font: textFamily, tokens: {}, ...found };
})();

/** Puts the site's own colors into the design tokens, and leaves out fonts that the site does not have. */
const ownAppearance = {
  name: "own appearance",
  setup: ({ onLoad }) =>
    onLoad({ filter: /styles.tokens\.css$/ }, async ({ path }) => {
      let sheet = await readFile(path, "utf8");
      for (const [scheme, colors] of Object.entries(appearance.tokens))
        for (const [name, color] of Object.entries(colors)) {
          const token = new RegExp(`(--${name}:[^;]*?var\\(--${scheme},\\s*)[^)]*`);
          sheet = sheet.replace(token, (_, before) => before + color);
        }
      if (!appearance.font) sheet = sheet.replace(/@font-face\s*{[^}]*}/g, "");
      return { contents: sheet, loader: "css" };
    }),
};

/** Names those characters in the style sheet of formulas. */
const rangeInUse = {
  name: "range in use",
  setup: ({ onLoad }) =>
    onLoad({ filter: /styles.formulas\.css$/ }, async ({ path }) => {
      const sheet = await readFile(path, "utf8");
      const range = rangeOf(formulaCharacters);
      return { contents: sheet.replace("U+0;", `${range};`), loader: "css" };
    }),
};

const withReplacements = {
  name: "replacements",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const found = replacements[relative(root, join(resolveDir, path)).replaceAll("\\", "/")];
      return found ? { path: join(root, found) } : undefined;
    }),
};

/** Bundle these; return the paths of what was read and of what was made. */
const bundle = async (
  entryPoints,
  format,
  { dev, outdir = "docs/assets", plugins = [], forNode = false },
) => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    bundle: true,
    define,
    format,
    ...(forNode ? { platform: "node", outExtension: { ".js": ".cjs" } } : { target }),
    charset: "utf8",
    minify: !dev,
    sourcemap: dev ? "inline" : false,
    legalComments: "none",
    external: ["*.woff2"],
    metafile: true,
    plugins: [rangeInUse, ownAppearance, ...plugins],
    logLevel: "warning",
  });
  return { inputs: Object.keys(metafile.inputs), outputs: Object.keys(metafile.outputs) };
};

/** Cut a font down to these characters; return what was read and made. */
const subset = async (font, characters, name) => {
  const path = join(root, `node_modules/@fontsource/${font}-normal.woff2`);
  const made = `docs/assets/${name}.woff2`;
  const cut = await subsetFont(await readFile(path), characters, {
    targetFormat: "woff2",
    keepFeatures: ["kern"],
    noHinting: true,
  });
  await writeFile(join(root, made), cut);
  return { inputs: [relative(root, path)], outputs: [made] };
};

/** The file of the site's font, or of the usual one if that is not installed, in the closest weight. */
const textFile = (weight) => {
  const folder = (family) => `node_modules/@fontsource/${family}`;
  const installed = existsSync(join(root, folder(appearance.font), "metadata.json"));
  const family = installed ? appearance.font : textFamily;
  const data = JSON.parse(readFileSync(join(root, folder(family), "metadata.json"), "utf8"));
  const distance = (one) => Math.abs(one - weight);
  const [closest] = data.weights.toSorted((a, b) => distance(a) - distance(b));
  return `${family}/files/${family}-latin-${closest}`;
};

const textFont = (weight) =>
  subset(
    textFile(weight),
    weight > 400 ? letters.replace(rarelyBold, "") : letters,
    `plex-${weight}`,
  );

/** The characters of a range such as `U+41-5A, U+B7`. */
const charactersIn = (range) =>
  range.replace(/U\+(\w+)(?:-(\w+))?[,\s]*/g, (_, first, last = first) => {
    const [from, to] = [first, last].map((digits) => Number.parseInt(digits, 16));
    return Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at)).join(
      "",
    );
  });

/** Cut the files of the font for formulas by the ranges that the style sheet gives them. */
const formulaFonts = async () => {
  const sheet = await readFile(join(root, "frontend/styles/formulas.css"), "utf8");
  const all = [...sheet.matchAll(/url\("\.\/(.*?)\.woff2"\).*?unicode-range:\s*(.*?);/gs)];
  const faces = all.filter(([, , range]) => range !== "U+0");
  const font = "noto-sans-math/files/noto-sans-math-latin-400";
  return [
    ...faces.map(([, name, range]) => subset(font, charactersIn(range), name)),
    subset(font, formulaCharacters, "math-used"),
  ];
};

/** Remove a font that the site does not have. */
const removed = async (weight) => {
  await rm(join(root, `docs/assets/plex-${weight}.woff2`), { force: true });
  return { inputs: [], outputs: [] };
};

/**
 * Make all files; return the paths of what was read and made, relative to the project's root.
 * With `dev`, names stay readable, and there are source maps. Throws the errors of esbuild, which it
 * has printed, or others.
 */
export const bundles = async ({ dev }) => {
  const missing = wanted.filter((path) => !existsSync(join(root, path)));
  if (missing.length > 0) {
    const hint = "restore it from git";
    throw Object.assign(new Error(`${missing.join(", ")} not found`), { hint });
  }
  await mkdir(join(root, "docs/assets"), { recursive: true });
  const bundled = { dev, outdir: "frontend/bundled" };
  const made = await Promise.all([
    ...weights.map((weight) => (appearance.font ? textFont(weight) : removed(weight))),
    ...(await formulaFonts()),
    bundle(scripts.map(script), "iife", { dev }),
    bundle([...modules.map(script), ...styles.map(style)], "esm", { dev }),
    bundle(oneFile, "iife", { ...bundled, plugins: [withReplacements] }),
    bundle([piecesWorker], "iife", bundled),
    bundle([piecesWriter], "cjs", { ...bundled, forNode: true }),
  ]);
  const all = (name) => made.flatMap((one) => one[name]);
  return { inputs: all("inputs"), outputs: all("outputs") };
};
