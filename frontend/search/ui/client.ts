import { siteUrl } from "../../dom/urls";
import { LATEST } from "../fields";
import type { Failure, Found, More, Reply, Request, Source } from "../messages";

/** Sends queries to the search worker, and passes on only replies to the latest. */
export class Client {
  readonly #answered: (reply: Reply) => void;
  readonly #more: (results: readonly Found[]) => void;
  readonly #failed: () => void;
  #worker: Worker | undefined;
  #number = 0;
  #asked = "";

  constructor(
    answered: (reply: Reply) => void,
    more: (results: readonly Found[]) => void,
    failed: () => void,
  ) {
    this.#answered = answered;
    this.#more = more;
    this.#failed = failed;
    this.#start();
  }

  /** Send a query, unless it is the latest one sent. */
  ask(query: string): void {
    if (query === this.#asked) return;
    this.#asked = query;
    const worker = this.#worker ?? this.#start();
    worker.postMessage({ number: ++this.#number, query } satisfies Request);
  }

  /** Ignore replies to earlier queries. */
  drop(): void {
    this.#asked = "";
    this.#number++;
  }

  #start(): Worker {
    const worker = new Worker(siteUrl("assets/search-worker.js"));
    worker.addEventListener("message", ({ data }: MessageEvent<Reply | More | Failure>) => {
      if ("failed" in data) this.#fail(worker);
      else if (data.number !== this.#number) return;
      else if ("more" in data) this.#more(data.more);
      else this.#answered(data);
    });
    worker.addEventListener("error", () => this.#fail(worker));
    this.#worker = worker;
    dataUrl().then(
      (data) => worker.postMessage({ data } satisfies Source),
      () => this.#fail(worker),
    );
    return worker;
  }

  #fail(worker: Worker): void {
    worker.terminate();
    if (worker !== this.#worker) return;
    // The next query starts another worker.
    this.#worker = undefined;
    this.#asked = "";
    this.#failed();
  }
}

/** The address of the current data. It loads while the worker does. */
async function dataUrl(): Promise<string> {
  const response = await fetch(siteUrl(LATEST), { cache: "no-cache" });
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  const { data } = (await response.json()) as Source;
  return new URL(data, response.url).href;
}
