import { siteUrl } from "../../dom/site-url";
import { LATEST } from "../fields";
import type { Connection, Message, Source } from "../messages";

/** Start the search worker, and pass on its messages, or its failure. */
export function connect(receive: (message: Message) => void): Connection {
  const worker = new Worker(siteUrl("assets/search-worker.js"));
  const fail = (reason: unknown): void => receive({ failed: String(reason) });
  worker.addEventListener("message", ({ data }: MessageEvent<Message>) => receive(data));
  worker.addEventListener("error", ({ message }) => fail(message));
  source().then((data) => worker.postMessage(data satisfies Source), fail);
  return {
    ask: (request) => worker.postMessage(request),
    close: () => worker.terminate(),
  };
}

/** The addresses of the current data, found while the worker loads. */
async function source(): Promise<Source> {
  const response = await fetch(siteUrl(LATEST), { cache: "no-cache" });
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  const { data, places } = (await response.json()) as Source;
  const address = (file: string) => new URL(file, response.url).href;
  return { data: address(data), places: address(places) };
}
