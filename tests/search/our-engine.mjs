// Rank the questions for queries, as the site's search does.
//
//   node tests/search/our-engine.mjs [--minisearch] [DATA] < QUERIES > FOUND
//
// Reads a query a line as a JSON string; writes a JSON object a line: `ids`, those found, best first,
// and `fits`, whether the search takes the query for one about something that is here.
// DATA is what the search reads, docs/search/data.json unless another file is named.
// With --minisearch a plain library ranks the same data, for comparison.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import MiniSearch from "minisearch";
import { stemmer } from "stemmer";

const root = join(import.meta.dirname, "../..");
const [file = join(root, "docs/search/data.json")] = process.argv
  .slice(2)
  .filter((argument) => !argument.startsWith("--"));
const packed = JSON.parse(readFileSync(file, "utf8"));
const queries = readFileSync(0, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));

const rank = process.argv.includes("--minisearch") ? await miniSearch() : await engine();
for (const query of queries) console.log(JSON.stringify(rank(query)));

/** The search of the site. */
async function engine() {
  const { Engine } = await bundled("engine");
  const made = new Engine(packed);
  return (query) => {
    const found = made.search(query);
    return { ids: found.results().map(({ id }) => id), fits: found.fits };
  };
}

/** What a module of the search exports. */
async function bundled(name) {
  const { outputFiles } = await build({
    entryPoints: [join(root, `frontend/search/${name}.ts`)],
    bundle: true,
    format: "cjs",
    write: false,
  });
  const module = { exports: {} };
  new Function("module", "require", outputFiles[0].text)(module, createRequire(import.meta.url));
  return module.exports;
}

/** MiniSearch as its documentation recommends it, with the same phrases, synonyms and stems. */
async function miniSearch() {
  const { unpacked } = await bundled("word-numbers");
  const data = unpacked(packed);
  const stops = new Set(data.stop_words.split("|"));
  const processTerm = (word) => (stops.has(word.toLowerCase()) ? null : stemmer(word.toLowerCase()));
  const fields = ["question", "answer", "topic", "phrases"];
  const index = new MiniSearch({ fields, processTerm });
  index.addAll(
    data.questions.map(([id, topic, question, answer], number) => {
      return { id, question, answer, topic: data.topics[topic][1], phrases: data.phrases[number] };
    }),
  );
  const groups = data.synonyms.map((group) => group.split("|"));
  const boost = { question: 3, phrases: 2 };
  return (query) => {
    const has = (member) => ` ${query.toLowerCase()} `.includes(` ${member} `);
    const others = groups.filter((group) => group.some(has)).flat().filter((member) => !has(member));
    const fuzzy = (word) => (word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0);
    const prefix = (_, i, words) => i === words.length - 1;
    const meant = { queries: [query], boost, fuzzy, prefix };
    const alike = { queries: others, boost: { question: 1.5, phrases: 1 } };
    const found = index.search({ combineWith: "OR", queries: [meant, alike] }).slice(0, 20);
    return { ids: found.map(({ id }) => id), fits: found.length > 0 };
  };
}
