/** Fields of a question that search matches; weights.ts says how much each counts. */
export const FIELDS = ["subject", "question", "answer", "phrases", "topic"] as const;
export type Field = (typeof FIELDS)[number];

/** The texts of a question, by field. */
export interface Entry extends Record<Exclude<Field, "phrases">, string> {
  phrases: readonly string[];
}

/** Path of the file that names the current data; its number is the format of `Data`. */
export const LATEST = "search/latest-2.json";

/** `search/data.json`, as scripts/qna/data/search_data.py writes it. */
export interface Data {
  topics: readonly (readonly [id: string, title: string])[];
  questions: readonly Row[];
  /** Other ways to ask each question, separated by bars. */
  phrases: readonly string[];
  /** Numbers of questions that ask the same. */
  siblings?: readonly (readonly number[])[];
  /** Words and phrases of each group, separated by bars. */
  synonyms: readonly string[];
  /** Words and phrases, separated by bars. */
  stop_words: string;
}
export type Row = readonly [
  id: string,
  topic: number,
  question: string,
  answer: string,
  mark?: string,
];

const SEPARATOR = "|";

/** Split texts that are separated by bars. */
export function split(texts: string): string[] {
  return texts.split(SEPARATOR);
}

/** Return the fields of each question. */
export function entries({ topics, questions, phrases }: Data): Entry[] {
  return questions.map(([id, topic, question, answer], number) => ({
    subject: id.replaceAll("-", " "),
    question,
    answer,
    phrases: split(phrases[number] ?? ""),
    topic: topics[topic]?.[1] ?? "",
  }));
}
