import { siteUrl } from "../../dom/site-url";
import { LATEST } from "../fields";
import type {
  Failure,
  Found,
  FoundPlace,
  More,
  PlacesReply,
  Reply,
  Request,
  Source,
} from "../messages";

type Message = Reply | More | PlacesReply | Failure;

/** Sends queries to the search worker, and passes on only replies to the latest. */
export class Client {
  readonly #answered: (reply: Reply) => void;
  readonly #more: (results: readonly Found[]) => void;
  readonly #places: (places: readonly FoundPlace[]) => void;
  readonly #failed: () => void;
  #worker: Worker | undefined;
  #number = 0;
  #asked = "";

  constructor(
    answered: (reply: Reply) => void,
    more: (results: readonly Found[]) => void,
    places: (places: readonly FoundPlace[]) => void,
    failed: () => void,
  ) {
    this.#answered = answered;
    this.#more = more;
    this.#places = places;
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
    worker.addEventListener("message", ({ data }: MessageEvent<Message>) => {
      if ("failed" in data) this.#fail(worker);
      else if (data.number !== this.#number) return;
      else if ("more" in data) this.#more(data.more);
      else if ("places" in data) this.#places(data.places);
      else this.#answered(data);
    });
    worker.addEventListener("error", () => this.#fail(worker));
    this.#worker = worker;
    source().then(
      (data) => worker.postMessage(data satisfies Source),
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

/** The addresses of the current data, found while the worker loads. */
async function source(): Promise<Source> {
  const response = await fetch(siteUrl(LATEST), { cache: "no-cache" });
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  const { data, places } = (await response.json()) as Source;
  const address = (file: string) => new URL(file, response.url).href;
  return { data: address(data), places: address(places) };
}
