// What the page and the search worker say to each other.

/** A text in pieces: each is part of a match with the query, or not. */
export type Marked = readonly (readonly [text: string, matched: boolean])[];

/** A question that a query finds, with its whole answer. */
export interface Found {
  id: string;
  question: Marked;
  answer: Marked;
  topic: Topic;
}

export interface Topic {
  id: string;
  title: string;
}

/** A word that stands in no text here, and the known word it was taken for. */
export interface Correction {
  typed: string;
  taken: string;
}

export interface Request {
  number: number;
  query: string;
}

export interface Reply {
  /** The number of the request it answers. */
  number: number;
  query: string;
  /** The first results, best first; the others come with `More`. */
  results: readonly Found[];
  /** How many results there are in all. */
  count: number;
  corrections: readonly Correction[];
  /** Whether the best result covers what was asked; if not, results are only near it. */
  fits: boolean;
  /** The topics nearest to the query, best first. */
  topics: readonly Topic[];
}

/** The other results of a request: to mark them takes longer than to find them. */
export interface More {
  number: number;
  more: readonly Found[];
}

/** The search cannot work: its data did not arrive. */
export interface Failure {
  failed: string;
}
