import type { Field } from "./fields";

/** Weights of the ranking, fitted to judged queries (`make search`). */
export const WEIGHTS = {
  /** Weight of a word, by field. */
  field: {
    subject: 1.34,
    question: 3.3,
    answer: 1.18,
    phrases: 1.14,
    topic: 1.05,
  } satisfies Record<Field, number>,
  /** How much a field's length counts against its words (BM25's b). */
  length: {
    subject: 0.17,
    question: 0.17,
    answer: 0.14,
    phrases: 0.72,
    topic: 0.17,
  } satisfies Record<Field, number>,
  /** How slowly repetitions of a word stop counting (BM25's k1). */
  saturation: 1.9,
  /** Highest inverse document frequency. */
  rarest: 3.44,
  /** Weight of everyday words: those only in other ways to ask. */
  everyday: 0.75,
  /** Weight of an exact word, beside its stem. */
  exact: 0.15,
  /** Weight of a number or a single letter, beside that of a word. */
  little: 0.7,
  /** Weights of a synonym, of a correction by its number of edits, and of a related word. */
  synonym: 0.69,
  typo: [1, 0.85, 0.6],
  relative: 0.63,
  /** Weight of completions of the word being typed, if it is not a word yet and if it is. */
  completion: 1,
  extension: 0.625,
  /** How much frequent completions are preferred. */
  usual: 0.3,
  /** How much it counts that an entry covers the whole query. */
  coverage: 0.27,
  /** Weight of the most similar single text; less if it is a phrase or a clause of an answer. */
  single: 0.65,
  phrase: 0.525,
  /** Weight of parts of the query that follow each other in one text; less if they are apart there. */
  pair: 0.48,
  apart: 0.5,
  /** Least share of a question's score that another one which asks the same has. */
  sibling: 0.9,
  /** Share of the best score that another result must reach. */
  cut: 0.27,
  /** How much a single text's length counts against its similarity. */
  singleLength: 1.07,
};
export type Weights = typeof WEIGHTS;
