import { type Data, split } from "./fields";

/** `Data` as scripts/qna/data/word_numbers.py packs it: phrases and synonyms are numbers of words. */
export interface Packed extends Data {
  /** Words besides those of questions and answers, sorted; each after how much it shares with the last. */
  words?: string;
}

/** Number of signs: those from `#` to `{`, without `\`. */
const SIGNS = 88;
const [FIRST, LEFT_OUT, A] = [35, "\\", 65];

/** The data with words instead of numbers. Data without numbers stays as it is. */
export function unpacked({ words, ...data }: Packed): Data {
  if (words === undefined) return data;
  const known = [...wordsOf(data, words)];
  const width = known.length > SIGNS ** 2 ? 3 : 2;
  const phrase = (numbers: string) => {
    let found = "";
    for (let at = 0; at < numbers.length; at += width)
      found += `${at ? " " : ""}${known[value(numbers.slice(at, at + width))]}`;
    return found;
  };
  const texts = (all: readonly string[]) => all.map((text) => split(text).map(phrase).join("|"));
  return { ...data, phrases: texts(data.phrases), synonyms: texts(data.synonyms) };
}

function value(signs: string): number {
  let found = 0;
  for (const sign of signs)
    found = found * SIGNS + sign.charCodeAt(0) - FIRST - (sign > LEFT_OUT ? 1 : 0);
  return found;
}

function wordsOf({ questions }: Data, others: string): Set<string> {
  const known = new Set<string>();
  for (const [, , question, answer] of questions)
    for (const [word] of `${question} ${answer}`.matchAll(/[A-Za-z0-9]+/g))
      known.add(word.toLowerCase());
  let last = "";
  for (const [, shared = "", rest = ""] of others.matchAll(/([A-Z])([^A-Z]+)/g)) {
    last = [...last].slice(0, shared.charCodeAt(0) - A).join("") + rest;
    known.add(last);
  }
  return known;
}
