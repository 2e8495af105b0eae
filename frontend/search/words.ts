import { stemmer } from "stemmer";

/** A word of a text, normalized, and its place in the text. */
export interface Token {
  word: string;
  start: number;
  end: number;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*|\p{Extended_Pictographic}/gu;
const PLAIN = /^[ -~\n]*$/;
const PLAIN_WORD = /[a-z0-9]+/g;
const DIACRITICS = /[\u0300-\u036f\u064b-\u065f]/g;
/** Scripts that put no space between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{2,}/gu;

/** British endings and their American forms. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/isation(s?)$/, "ization$1"],
  [/is(e|es|ed|er|ers|ing)$/, "iz$1"],
  [/ys(e|es|ed|er|ers|ing)$/, "yz$1"],
  [/([aeiou])ll(ed|ing|er|ers)$/, "$1l$2"],
  [/our(s|ed|ing|al|ally)?$/, "or$1"],
  [/tre(s?)$/, "ter$1"],
  [/ogue(s?)$/, "og$1"],
];

/** Shorter words are names and acronyms, and have no other forms. */
const STEMMED_FROM = 4;

/**
 * Split a text into words. Scripts without spaces are split into overlapping pairs of characters.
 * ASCII text, which most is, takes a faster path.
 */
export function tokens(text: string): Token[] {
  if (PLAIN.test(text))
    return [...text.toLowerCase().matchAll(PLAIN_WORD)].map(({ 0: word, index }) => {
      return { word, start: index, end: index + word.length };
    });
  return [...text.matchAll(WORD)].flatMap(({ 0: found, index }) => [...parts(found, index)]);
}

function* parts(found: string, start: number): Generator<Token> {
  let done = 0;
  for (const { 0: run, index } of found.matchAll(UNSPACED)) {
    if (index > done) yield token(found.slice(done, index), start + done);
    for (let at = 0; at < run.length - 1; at++)
      yield token(run.slice(at, at + 2), start + index + at);
    done = index + run.length;
  }
  if (done < found.length) yield token(found.slice(done), start + done);
}

function token(found: string, start: number): Token {
  return { word: folded(found), start, end: start + found.length };
}

/** A word in lower case, without accents and variants of letters. */
function folded(word: string): string {
  return word.normalize("NFKD").replace(DIACRITICS, "").toLowerCase();
}

/** The words of a text, normalized. */
export function words(text: string): string[] {
  if (PLAIN.test(text)) return text.toLowerCase().match(PLAIN_WORD) ?? [];
  return tokens(text).map(({ word }) => word);
}

/** The stem that all forms of a word share, in British and American spelling. */
export function stem(word: string): string {
  if (/\d/.test(word) || word.length < STEMMED_FROM)
    return word.length >= STEMMED_FROM && word.endsWith("s") ? word.slice(0, -1) : word;
  // Porter's rules give "generalize" and "generate" the same stem; his later rules do not.
  if (word.startsWith("generali")) return "general";
  let american = word;
  for (const [ending, spelling] of SPELLINGS) american = american.replace(ending, spelling);
  return stemmer(american);
}
