// The search, in a thread of its own: it loads its data, and answers one query after the other.

import { Engine } from "./search/engine";
import type { Failure, Reply, Request } from "./search/protocol";

const engine = load();

addEventListener("message", (event: MessageEvent<Request>) => {
  const { number, query } = event.data;
  engine.then(
    (ready) => postMessage({ number, query, ...ready.search(query) } satisfies Reply),
    (error: unknown) => postMessage({ failed: String(error) } satisfies Failure),
  );
});

async function load(): Promise<Engine> {
  const response = await fetch(new URL("../search/data.json", location.href));
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${response.statusText}`);
  return new Engine(await response.json());
}
