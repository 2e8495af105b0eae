import { siteUrl } from "../../dom/site-url";
import { LATEST } from "../fields";
import type { Connection, Message, Source } from "../messages";

/** Start the search worker, and pass on its messages, or its failure. */
export function connect(receive: (message: Message) => void): Connection {
  const worker = new Worker(siteUrl("assets/search-worker.js"));
  const fail = (reason: unknown): void => receive({ failed: String(reason) });
  worker.addEventListener("message", ({ data }: MessageEvent<Message>) => receive(data));
  worker.addEventListener("error", ({ message }) => fail(message));
  source().then((data) => worker.postMessage(data), fail);
  return {
    ask: (request) => worker.postMessage(request),
    close: () => worker.terminate(),
  };
}

/** What the current data is, found while the worker loads. */
async function source(): Promise<Source> {
  const response = await fetch(siteUrl(LATEST), { cache: "no-cache" });
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return { ...(await response.json()), from: response.url };
}
