// What a reader wrote about questions: one text each.

import { isId } from "../dom/ids";
import { combined, isObject, objectIn, type Parsed, sorted } from "../saved/records";

export interface Answer {
  /** Empty once it was deleted. */
  readonly text: string;
  /** When it was written, in universal time. */
  readonly at: string;
}

/** By the id that a question had when the answer was written. */
export type Answers = Readonly<Record<string, Answer>>;

/** The form of the stored text. Raise it when older scripts could not read it, and upgrade in `parse`. */
export const VERSION = 1;
/** Between two texts that are kept. */
const AND = "\n\n* * *\n\n";

/** Read a stored text; undefined if it is anything else. */
export function parse(text: string): Parsed<Answers> {
  const data = objectIn(text);
  if (!data || typeof data.version !== "number") return undefined;
  return data.version > VERSION ? "newer" : answersIn(data.answers);
}

/** The text to store: equal for equal answers. */
export function dump(answers: Answers): string {
  return JSON.stringify({ version: VERSION, answers: sorted(answers) });
}

/** The later answer to each question. */
export function merge(one: Answers, other: Answers): Answers {
  return combined(one, other, (mine, theirs) => (isLater(theirs, mine) ? theirs : mine));
}

/** Add the answers of a file. Where both have one, both are kept. */
export function include(own: Answers, other: Answers): Answers {
  return combined(own, other, (mine, theirs) => {
    const [older, newer] = isLater(theirs, mine) ? [mine, theirs] : [theirs, mine];
    return { ...newer, text: both(newer.text, older.text) };
  });
}

/** The text on a question, under all its ids: those of merged questions are kept. */
export function textOf(answers: Answers, ids: readonly string[]): string {
  return ids.map((id) => answers[id]?.text ?? "").reduce(both, "");
}

/**
 * Write the text on a question; `before` is the one that the reader changed. If it was changed
 * elsewhere meanwhile, that is kept, too.
 */
export function write(
  answers: Answers,
  ids: readonly string[],
  { text, before, at }: { text: string; before: string; at: string },
): Answers {
  const now = textOf(answers, ids);
  const kept = now === before ? text : both(text, now);
  const [id = "", ...old] = ids;
  const emptied = old.filter((name) => answers[name]).map((name) => [name, { text: "", at }]);
  return { ...answers, ...Object.fromEntries(emptied), [id]: { text: kept, at } };
}

/** The number of answers that were not deleted. */
export function count(answers: Answers): number {
  return Object.values(answers).filter(({ text }) => text).length;
}

/** The answers in data from outside. */
export function answersIn(data: unknown): Answers {
  return Object.fromEntries(
    Object.entries(isObject(data) ? data : {}).filter(
      (entry): entry is [string, Answer] => isId(entry[0]) && isAnswer(entry[1]),
    ),
  );
}

function isAnswer(value: unknown): value is Answer {
  return isObject(value) && typeof value.text === "string" && typeof value.at === "string";
}

function isLater(one: Answer, other: Answer): boolean {
  return one.at === other.at ? one.text > other.text : one.at > other.at;
}

/** Both texts, or the one that contains the other. */
function both(one: string, other: string): string {
  if (one.includes(other)) return one;
  return other.includes(one) ? other : `${one}${AND}${other}`;
}
