import { words } from "./words";

const HYPHENATED = /[\p{L}\p{N}\p{M}]+(?:[-\u2010\u2011][\p{L}\p{N}\p{M}]+)+/gu;
/** Before a capital that starts a part, and before digits: `Cross|Entropy`, `BCE|With`, `conv|2d`. */
const HUMP =
  /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll}{2})|(?<=\p{Ll}{2}|\p{Lu}{2})(?=\p{N})/u;

/** The words of each hyphenated word of a text: `fine-tuning` has two. */
export function hyphenated(text: string): string[][] {
  if (!/[-\u2010\u2011]/.test(text)) return [];
  return (text.match(HYPHENATED) ?? []).map(words);
}

/** The parts of a name in code, as its capitals and digits show them; most words have one. */
export function humps(name: string): string[] {
  const parts = name.split(HUMP);
  return parts.length > 1 ? parts.flatMap(words) : [name.toLowerCase()];
}
