import rules from "qna/naming/letters.json";
import { stemmer } from "stemmer";

/** A word of a text, normalized, and its place in the text. */
export interface Token {
  word: string;
  start: number;
  end: number;
}

const WORD = new RegExp(
  `[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}${rules.unseen}]*|\\p{Extended_Pictographic}`,
  "gu",
);
const PLAIN = /^[ -~\n]*$/;
const PLAIN_WORD = /[a-z0-9]+/g;
const UNSEEN = new RegExp(`[${rules.unseen}]+`, "gu");
const OPTIONAL_MARKS = rules.optional_marks.map(
  ({ after, marks }) => new RegExp(`(${after && `[${after}]`})[${marks}]+`, "gu"),
);
const LETTERS: Readonly<Record<string, string>> = rules.letters;
const LETTER = new RegExp(Object.keys(LETTERS).join("|"), "gu");
const UNSPACED = new RegExp(`^[${rules.unspaced}]`, "u");
/** A character of a script without spaces, with its marks, or a stretch of other characters. */
const CHARACTER = new RegExp(
  `[${rules.unspaced}][\\p{M}\\u1160-\\u11ff\\uff9e\\uff9f${rules.unseen}]*|[^${rules.unspaced}]+`,
  "gu",
);
/** Before it are only scripts with spaces between words. */
const FIRST_UNSPACED = 0x0e00;

/** British endings and their American forms. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/isation(s?)$/, "ization$1"],
  [/([iy])s(e[sdr]?|ers|ing)$/, "$1z$2"],
  [/([aeiou])ll(ed|ing|ers?)$/, "$1l$2"],
  [/our(s|ed|ing|al|ally)?$/, "or$1"],
  [/tre(s?)$/, "ter$1"],
  [/ogue(s?)$/, "og$1"],
];

/** A verb made of an adjective, with any ending: `standardize`, `regularizers`, `initialization`. */
const VERB = /^(.+(?:al|ar|ard))iz(?:e[sdr]?|ers|ing|ations?|able)$/;

/** Shorter words are names and acronyms, and have no other forms. */
const STEMMED_FROM = 4;

/**
 * Split a text into words. In scripts without spaces between words, each character is one, so that
 * any part of a text can be found. ASCII text, which most is, takes a faster path.
 */
export function tokens(text: string): Token[] {
  if (PLAIN.test(text))
    return [...text.toLowerCase().matchAll(PLAIN_WORD)].map(({ 0: word, index }) => {
      return { word, start: index, end: index + word.length };
    });
  return [...text.matchAll(WORD)].flatMap(({ 0: found, index }) => parts(found, index));
}

function parts(found: string, start: number): Token[] {
  if (PLAIN.test(found)) return [{ word: found.toLowerCase(), start, end: start + found.length }];
  const all: Token[] = [];
  for (const { 0: part, index } of found.matchAll(CHARACTER))
    for (const word of folded(part))
      all.push({ word, start: start + index, end: start + index + part.length });
  return all;
}

/** Words as they were folded before: a site has few different ones. */
const known = new Map<string, readonly string[]>();

/**
 * A word in lower case, without optional marks and special letters; as `letters.py` does it. A
 * character such as a fraction becomes several words.
 */
function folded(word: string): readonly string[] {
  const before = known.get(word);
  if (before) return before;
  let plain = word.replace(UNSEEN, "").normalize("NFKC").toLowerCase().normalize("NFD");
  for (const marks of OPTIONAL_MARKS) plain = plain.replace(marks, "$1");
  plain = plain.normalize("NFC").replace(LETTER, (letter) => LETTERS[letter] ?? letter);
  const found = plain.match(WORD) ?? [];
  known.set(word, found);
  return found;
}

/** Whether a word is a character of a script without spaces between words. */
export function isUnspaced(word: string): boolean {
  return word.charCodeAt(0) >= FIRST_UNSPACED && UNSPACED.test(word);
}

/**
 * The pairs of neighbors among characters of scripts without spaces, even across a space, which
 * writers of these scripts put as they like.
 */
export function pairs(words: readonly string[]): string[] {
  const found: string[] = [];
  for (let at = 1; at < words.length; at++) {
    const [first = "", second = ""] = [words[at - 1], words[at]];
    if (isUnspaced(second) && isUnspaced(first)) found.push(first + second);
  }
  return found;
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
  let american = word;
  for (const [ending, spelling] of SPELLINGS) american = american.replace(ending, spelling);
  // Porter gives "general" the stem of "generate", and verbs that of adjectives: "standardize".
  if (/^general(s|ly)?$/.test(american)) return "general";
  const verb = VERB.exec(american);
  return verb ? `${verb[1]}iz` : stemmer(american);
}
