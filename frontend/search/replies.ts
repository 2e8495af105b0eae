import type { Engine } from "./engine";
import type { More, Reply, Request } from "./messages";

/** Number of results that fill the dialog; the others follow in a second message. */
const FIRST = 3;

/** The replies to a request for answers, each made when it is asked for. */
export function* replies(engine: Engine, { number, query }: Request): Generator<Reply | More> {
  const { results, ...found } = engine.search(query);
  yield { number, query, ...found, results: results(0, FIRST) };
  yield { number, more: results(FIRST) };
}
