/** The parts of an entry that its words come from. */
export const FIELDS = ["subject", "question", "answer", "phrases", "topic"] as const;
export type Field = (typeof FIELDS)[number];

/** What weighs how much. The numbers were fitted to judged queries: `make search`. */
export const SETTINGS = {
  /** Weight of a word by where it stands. */
  field: { subject: 0.84, question: 2.87, answer: 0.94, phrases: 1.14, topic: 0.84 },
  /** How much longer texts count for less (BM25's b). */
  length: { subject: 0.17, question: 0.17, answer: 0.14, phrases: 0.72, topic: 0.17 },
  /** How soon more of the same word stops to count (BM25's k1). */
  saturation: 2.07,
  /** The most that a rare word can count, as inverse document frequency. */
  rarest: 4.3,
  /** Weight of words that only other ways to ask have: everybody's words, not the field's. */
  everyday: 0.75,
  /** Weight of the very word beside its stem. */
  exact: 0.15,
  /** Weights of what stands in for a word of the query. */
  synonym: 0.69,
  typo: [1, 0.85, 0.6],
  relative: 0.63,
  /** Weight of the words that the one being typed may become, if it is no word yet, or if it is. */
  completion: 1,
  extension: 0.625,
  /** How much more usual words are preferred among those. */
  usual: 0.3,
  /** How much it counts that all of the query is found rather than a part. */
  coverage: 0.27,
  /** Weight of the most similar single text, and of one that is a phrase or part of an answer. */
  single: 0.75,
  phrase: 0.42,
  /** How much longer questions and phrases count for less there. */
  singleLength: 0.855,
};
export type Settings = typeof SETTINGS;
