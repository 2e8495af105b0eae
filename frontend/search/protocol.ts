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
  /** Best first. */
  results: readonly Found[];
  corrections: readonly Correction[];
  /** Whether the best result covers what was asked; if not, results are only near it. */
  fits: boolean;
  /** The topics nearest to the query, best first. */
  topics: readonly Topic[];
}

/** The search cannot work: its data did not arrive. */
export interface Failure {
  failed: string;
}
