import type { Connection, Found, FoundPlace, Reply } from "../messages";
import { connect } from "./connection";

/** Sends queries to the engine, and passes on only replies to the latest. */
export class Client {
  readonly #answered: (reply: Reply) => void;
  readonly #more: (results: readonly Found[]) => void;
  readonly #places: (places: readonly FoundPlace[]) => void;
  readonly #failed: () => void;
  #connection: Connection | undefined;
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
    const connection = this.#connection ?? this.#start();
    connection.ask({ number: ++this.#number, query });
  }

  /** Ignore replies to earlier queries. */
  drop(): void {
    this.#asked = "";
    this.#number++;
  }

  #start(): Connection {
    const connection = connect((message) => {
      if ("failed" in message) this.#fail(connection);
      else if (message.number !== this.#number) return;
      else if ("more" in message) this.#more(message.more);
      else if ("places" in message) this.#places(message.places);
      else this.#answered(message);
    });
    this.#connection = connection;
    return connection;
  }

  #fail(connection: Connection): void {
    connection.close();
    if (connection !== this.#connection) return;
    // The next query starts another one.
    this.#connection = undefined;
    this.#asked = "";
    this.#failed();
  }
}
