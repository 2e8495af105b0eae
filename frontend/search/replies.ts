import type { Answer } from "./answer";
import type { More, Reply, Request } from "./messages";

/** Number of results that fill the dialog; the others follow in a second message. */
export const FIRST = 3;

/** The reply to a request with the first results. */
export function reply({ number, query }: Request, { results, ...found }: Answer): Reply {
  return { number, query, ...found, results: results(0, FIRST) };
}

/** The reply with the others. */
export function more({ number }: Request, { results }: Answer): More {
  return { number, more: results(FIRST) };
}
