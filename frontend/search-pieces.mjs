// Put the data of the search in pieces: FOLDER/data.json becomes files in FOLDER/pieces, and
// FOLDER/latest-2.json names those.
//
//   node frontend/bundled/search-pieces.cjs FOLDER

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LATEST } from "./search/fields";
import { DIGEST, FOLDER } from "./search/pieces/format";
import { inPieces } from "./search/pieces/writer";
import { unpacked } from "./search/word-numbers";

const [folder] = process.argv.slice(2);
const at = (name) => join(folder, name);
const parsed = (name) => JSON.parse(readFileSync(at(name), "utf8"));
const digest = (text) => createHash("sha256").update(text).digest("hex").slice(0, DIGEST);

const latest = LATEST.replace(/.*\//, "");
const { root, files } = inPieces(unpacked(parsed("data.json")), digest);
rmSync(at(FOLDER), { recursive: true, force: true });
mkdirSync(at(FOLDER));
for (const [name, text] of files) writeFileSync(at(`${FOLDER}/${name}.json`), text);
const { places } = parsed(latest);
writeFileSync(at(latest), `${JSON.stringify({ places, pieces: root })}\n`);
rmSync(at("data.json"));
