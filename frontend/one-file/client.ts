// Stands in for search/ui/client.ts in the one file: no worker can be loaded there, so the engine
// runs in the page.

import { Engine } from "../search/engine";
import type { Data } from "../search/fields";
import type { Found, FoundPlace, Reply } from "../search/messages";
import type { PlacesData } from "../search/places";
import { dataOf } from "./data";

/** Number of results that fill the dialog; the others follow. */
const FIRST = 3;

/** Answers queries, and passes on only replies to the latest. */
export class Client {
  readonly #answered: (reply: Reply) => void;
  readonly #more: (results: readonly Found[]) => void;
  readonly #places: (places: readonly FoundPlace[]) => void;
  readonly #failed: () => void;
  #engine: Engine | undefined;
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
  }

  /** Answer a query after the key is painted, unless it is the latest one asked. */
  ask(query: string): void {
    if (query === this.#asked) return;
    this.#asked = query;
    const number = ++this.#number;
    setTimeout(() => {
      if (number === this.#number) this.#answer(number, query);
    });
  }

  /** Ignore earlier queries. */
  drop(): void {
    this.#asked = "";
    this.#number++;
  }

  #answer(number: number, query: string): void {
    try {
      const engine = this.#ready();
      const { results, ...found } = engine.search(query);
      this.#answered({ number, query, ...found, results: results(0, FIRST) });
      this.#more(results(FIRST));
      this.#places(engine.places(query));
    } catch (error) {
      console.error(error);
      this.#asked = "";
      this.#failed();
    }
  }

  #ready(): Engine {
    if (!this.#engine) {
      this.#engine = new Engine(dataOf("search") as Data);
      this.#engine.addPlaces(dataOf("places") as PlacesData);
    }
    return this.#engine;
  }
}
