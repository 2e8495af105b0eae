// The words of the interface for scripts. The splitter writes them in the language of the site, and
// before it ran, they are English.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const path = join(root, "frontend/words.json");

if (!existsSync(path)) {
  const english = { cwd: join(root, "scripts"), stdio: ["ignore", "pipe", "inherit"] };
  try {
    writeFileSync(path, execFileSync(join(root, ".venv/bin/python"), ["-m", "qna.words"], english));
  } catch {
    console.error("error: cannot write frontend/words.json; run 'make pages', which writes it");
    process.exit(1);
  }
}

/** The words by section and key, such as `search_close`, and the language. */
export const words = JSON.parse(readFileSync(path, "utf8"));

/** What esbuild writes in the place of each word. */
export const define = Object.fromEntries(
  Object.entries(words).map(([name, text]) => [`WORDS.${name}`, JSON.stringify(text)]),
);
