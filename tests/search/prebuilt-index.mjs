// Is an index that is built beforehand smaller than the texts that the worker builds one from?
//
//   node tests/search/prebuilt-index.mjs [DATA...]
//
// Prints kilobytes, compressed, for each file in the form of docs/search/data.json, by default that
// one. The index is written as small as it goes: places as differences, in as few bytes as they
// take, and weights in one byte.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../..");
const parts = ["inverted-index", "vocabulary", "weights", "word-numbers"].map((name) => `export * from "./${name}";`);
const { outputFiles } = await build({
  stdin: { contents: parts.join("\n"), resolveDir: join(root, "frontend/search"), loader: "ts" },
  bundle: true,
  format: "cjs",
  write: false,
});
const module = { exports: {} };
new Function("module", "require", outputFiles[0].text)(module, createRequire(import.meta.url));
const { buildIndex, unpacked, Vocabulary, WEIGHTS } = module.exports;

const given = process.argv.slice(2);
for (const path of given.length > 0 ? given : [join(root, "docs/search/data.json")]) {
  const data = JSON.parse(readFileSync(path, "utf8"));
  const start = performance.now();
  const index = indexOf(unpacked(data));
  const took = performance.now() - start;
  // The phrases are only ranked by, so an index has no need of their text.
  const { phrases, ...shown } = data;
  const beforehand = kilobytes(JSON.stringify(shown)) + kilobytes(written(index));
  console.log(
    `${data.questions.length} questions: texts ${kilobytes(JSON.stringify(data)).toFixed(1)} kB,`,
    `index and what is shown ${beforehand.toFixed(1)} kB; built in ${took.toFixed(0)} ms`,
  );
}

function indexOf({ topics, questions, phrases, stop_words }) {
  const entries = questions.map(([id, topic, question, answer], number) => {
    const subject = id.replaceAll("-", " ");
    return { subject, question, answer, phrases: phrases[number].split("|"), topic: topics[topic][1] };
  });
  return buildIndex(entries, new Vocabulary(stop_words.split("|")), WEIGHTS);
}

function written({ terms, entries, singles, entryOf, norms }) {
  const names = [...terms.keys()]; // as they first occur: sorted, they take more
  const numbers = names.map((name) => terms.get(name));
  const weights = numbers.flatMap((term) => [...listed(entries, term, "weights")]);
  return Buffer.concat([
    Buffer.from(names.join("\n")),
    packed(numbers.flatMap((term) => differences(listed(entries, term, "places")))),
    packed(numbers.flatMap((term) => differences(listed(singles, term, "places")))),
    packed(differences(entryOf)),
    Buffer.from([...weights, ...norms].map((weight) => Math.min(255, Math.round(weight * 16)))),
  ]);
}

function listed(postings, term, what) {
  return postings[what].subarray(postings.starts[term], postings.starts[term + 1]);
}

function differences(places) {
  return [places.length, ...Array.from(places, (place, at) => place - (places[at - 1] ?? 0))];
}

/** Seven bits a byte; the eighth says that more follow. */
function packed(numbers) {
  const bytes = [];
  for (let number of numbers) {
    for (; number > 127; number >>>= 7) bytes.push((number & 127) | 128);
    bytes.push(number);
  }
  return Buffer.from(bytes);
}

function kilobytes(text) {
  return gzipSync(text, { level: 6 }).length / 1000;
}
