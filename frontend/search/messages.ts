// Messages between the page and the search worker.

/** Largest number of results that are shown. */
export const MOST = 20;

/** A text in pieces, each with whether it matches the query. */
export type Marked = readonly (readonly [text: string, matched: boolean])[];

/** A question that a query finds, with its whole answer. */
export interface Found {
  id: string;
  question: Marked;
  answer: Marked;
  topic: Topic;
  /** What goes before an answer that would mislead, or nothing. */
  mark: string;
}

export interface Topic {
  id: string;
  title: string;
}

/** A term, topic or path that a query names. */
export interface FoundPlace {
  kind: PlaceKind;
  /** Relative to the site. */
  address: string;
  title: Marked;
  about: string;
}
export type PlaceKind = "term" | "topic" | "path";

/** The first message to the worker: what the site has, and the address of the file that says so. */
export interface Source {
  from: string;
  /** Addresses of the data, relative to that file. */
  data: string;
  places: string;
  /** The root of data in pieces, which is in the place of `data` (pieces/format.ts). */
  pieces?: unknown;
}

export interface Request {
  number: number;
  query: string;
}

export interface Reply {
  /** The number of the request it answers. */
  number: number;
  query: string;
  /** The first results, best first; the others follow in `More`. */
  results: readonly Found[];
  /** Number of all relevant results, of which `MOST` are shown. */
  count: number;
  /** The query with its typos corrected; empty if it has none. */
  corrected: string;
  /** Whether the query is about something that is here; if not, the results are only close to it. */
  fits: boolean;
  /** The topics closest to a query that does not fit, best first. */
  topics: readonly Topic[];
}

/** The other results of a request, sent later because marking takes longer than finding. */
export interface More {
  number: number;
  more: readonly Found[];
}

/** The places that a request names, sent last. */
export interface PlacesReply {
  number: number;
  places: readonly FoundPlace[];
}

/** The search cannot work because its data did not load. */
export interface Failure {
  failed: string;
}

export type Message = Reply | More | PlacesReply | Failure;

/** A way to the engine, which replies with messages. */
export interface Connection {
  ask(request: Request): void;
  close(): void;
}
