// The search engine in a web worker: it loads its data and answers queries one by one.

import { Engine } from "./search/engine";
import type { Failure, More, Reply, Request, Source } from "./search/messages";

let start: (engine: Promise<Engine>) => void;
const engine = new Promise<Engine>((resolve) => {
  start = resolve;
});

/** Number of results that fill the dialog; the others follow in a second message. */
const FIRST = 3;

addEventListener("message", ({ data }: MessageEvent<Source | Request>) => {
  if ("data" in data) {
    start(load(data.data));
    return;
  }
  engine.then(
    (ready) => answer(ready, data),
    (error: unknown) => postMessage({ failed: String(error) } satisfies Failure),
  );
});

function answer(ready: Engine, { number, query }: Request): void {
  const { results, ...found } = ready.search(query);
  postMessage({ number, query, ...found, results: results(0, FIRST) } satisfies Reply);
  postMessage({ number, more: results(FIRST) } satisfies More);
}

async function load(url: string): Promise<Engine> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${response.statusText}`);
  return new Engine(await response.json());
}
