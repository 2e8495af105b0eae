// The search engine in a web worker: it loads its data and answers queries one by one.

import { Engine } from "./search/engine";
import type { Data } from "./search/fields";
import type { Failure, PlacesReply, Request, Source } from "./search/messages";
import type { PlacesData } from "./search/places";
import { replies } from "./search/replies";

let start: (engine: Promise<Engine>) => void;
const engine = new Promise<Engine>((resolve) => {
  start = resolve;
});
/** Empty once the places load. */
let placesUrl = "";
let latest: Request | undefined;

addEventListener("message", ({ data }: MessageEvent<Source | Request>) => {
  if ("data" in data) {
    placesUrl = data.places;
    start(load(data.data));
    return;
  }
  latest = data;
  engine.then(
    (ready) => answer(ready, data),
    (error: unknown) => postMessage({ failed: String(error) } satisfies Failure),
  );
});

function answer(ready: Engine, request: Request): void {
  for (const reply of replies(ready, request)) postMessage(reply);
  if (placesUrl) void addPlaces(ready);
  else sendPlaces(ready, request);
}

function sendPlaces(ready: Engine, { number, query }: Request): void {
  postMessage({ number, places: ready.places(query) } satisfies PlacesReply);
}

/** Load the places after the first results. Without them, a search is complete but for them. */
async function addPlaces(ready: Engine): Promise<void> {
  const url = placesUrl;
  placesUrl = "";
  try {
    ready.addPlaces((await read(url)) as PlacesData);
  } catch {
    placesUrl = url; // the next search tries again
    return;
  }
  if (latest) sendPlaces(ready, latest);
}

async function load(url: string): Promise<Engine> {
  return new Engine((await read(url)) as Data);
}

async function read(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${response.statusText}`);
  return response.json();
}
