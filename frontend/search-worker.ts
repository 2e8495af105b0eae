// The search, in a thread of its own: it loads its data, and answers one query after the other.

import { Engine } from "./search/engine";
import type { Failure, More, Reply, Request } from "./search/protocol";

const engine = load();

/** As many results fill the dialog; the others follow. */
const FIRST = 3;

addEventListener("message", (event: MessageEvent<Request>) => {
  engine.then(
    (ready) => answer(ready, event.data),
    (error: unknown) => postMessage({ failed: String(error) } satisfies Failure),
  );
});

function answer(ready: Engine, { number, query }: Request): void {
  const { results, ...found } = ready.search(query);
  postMessage({ number, query, ...found, results: results(0, FIRST) } satisfies Reply);
  postMessage({ number, more: results(FIRST) } satisfies More);
}

async function load(): Promise<Engine> {
  const response = await fetch(new URL("../search/data.json", location.href));
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${response.statusText}`);
  return new Engine(await response.json());
}
