// The search engine for data in pieces, in a web worker: of a site with many questions, it takes the
// place of search-worker.js when the site is published.

import type { Failure, PlacesReply, Request, Source } from "./search/messages";
import { PiecesEngine } from "./search/pieces/engine";
import { FOLDER, type Root } from "./search/pieces/format";
import type { PlacesData } from "./search/places";
import { read } from "./search/read";
import { FIRST, more, reply } from "./search/replies";

let start: (source: Source) => void;
let current = new Promise<Source>((resolve) => {
  start = resolve;
}).then(made);
let latest: Request | undefined;

interface Made {
  /** What it is made of. */
  given: Source;
  engine: PiecesEngine;
  /** Whether the places load, or have loaded. */
  hasPlaces: boolean;
}

addEventListener("message", ({ data }: MessageEvent<Source | Request>) => {
  if ("from" in data) start(data);
  else {
    latest = data;
    void answer(data);
  }
});

function made(source: Source): Made {
  if (!source.pieces) throw new Error(`${source.from}: no pieces`);
  const address = (name: string) => new URL(`${FOLDER}/${name}.json`, source.from);
  const root = source.pieces as Root;
  const engine = new PiecesEngine(root, (name, signal) => read(address(name), { signal }));
  return { given: source, engine, hasPlaces: false };
}

/** Answer a request, unless there is a later one. */
async function answer(request: Request, isRepeated = false): Promise<void> {
  const isLatest = () => request === latest;
  try {
    const now = await current;
    await new Promise((resolve) => setTimeout(resolve)); // later requests may have arrived
    const finding = isLatest() && (await now.engine.search(request.query, isLatest));
    if (!finding) return;
    const first = await finding.answer(FIRST);
    if (!isLatest()) return;
    postMessage(reply(request, first));
    const all = await finding.answer();
    if (!isLatest()) return;
    postMessage(more(request, all));
    if (now.hasPlaces) sendPlaces(now, request);
    else await addPlaces(now);
  } catch (error) {
    if (!isLatest()) return; // the later one stopped it
    if (!isRepeated && (await renewed())) await answer(request, true);
    else postMessage({ failed: String(error) } satisfies Failure);
  }
}

/** Take the pieces of a new site, after a deployment; false if there are none. */
async function renewed(): Promise<boolean> {
  try {
    const { given } = await current;
    const response = await fetch(given.from, { cache: "no-cache" });
    const next: Source = { ...(await response.json()), from: given.from };
    if (JSON.stringify(next.pieces) === JSON.stringify(given.pieces)) return false;
    current = Promise.resolve(made(next));
    return true;
  } catch {
    return false;
  }
}

function sendPlaces({ engine }: Made, { number, query }: Request): void {
  postMessage({ number, places: engine.places(query) } satisfies PlacesReply);
}

/** Load the places after the first results. Without them, a search is complete but for them. */
async function addPlaces(now: Made): Promise<void> {
  now.hasPlaces = true;
  try {
    now.engine.addPlaces((await read(new URL(now.given.places, now.given.from))) as PlacesData);
  } catch {
    now.hasPlaces = false; // the next search tries again
    return;
  }
  if (latest) sendPlaces(now, latest);
}
