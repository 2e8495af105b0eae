// The search engine in a web worker: it loads its data and answers queries one by one.

import { Engine } from "./search/engine";
import type { Data } from "./search/fields";
import type { Failure, PlacesReply, Request, Source } from "./search/messages";
import type { PlacesData } from "./search/places";
import { read } from "./search/read";
import { more, reply } from "./search/replies";

let start: (engine: Promise<Engine>) => void;
const engine = new Promise<Engine>((resolve) => {
  start = resolve;
});
/** Undefined once the places load. */
let placesUrl: URL | undefined;
let latest: Request | undefined;

addEventListener("message", ({ data }: MessageEvent<Source | Request>) => {
  if ("from" in data) {
    placesUrl = new URL(data.places, data.from);
    start(load(new URL(data.data, data.from)));
    return;
  }
  latest = data;
  engine.then(
    (ready) => answer(ready, data),
    (error: unknown) => postMessage({ failed: String(error) } satisfies Failure),
  );
});

function answer(ready: Engine, request: Request): void {
  const found = ready.search(request.query);
  postMessage(reply(request, found));
  postMessage(more(request, found));
  if (placesUrl) void addPlaces(ready, placesUrl);
  else sendPlaces(ready, request);
}

function sendPlaces(ready: Engine, { number, query }: Request): void {
  postMessage({ number, places: ready.places(query) } satisfies PlacesReply);
}

/** Load the places after the first results. Without them, a search is complete but for them. */
async function addPlaces(ready: Engine, url: URL): Promise<void> {
  placesUrl = undefined;
  try {
    ready.addPlaces((await read(url)) as PlacesData);
  } catch {
    placesUrl = url; // the next search tries again
    return;
  }
  if (latest) sendPlaces(ready, latest);
}

async function load(url: URL): Promise<Engine> {
  return new Engine((await read(url)) as Data);
}
