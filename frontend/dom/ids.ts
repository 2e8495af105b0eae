// Ids of questions, topics and paths, as in scripts/qna/naming/ids.py; both are tested with the same ones.

/** Letters and digits of any script, with vowel signs and accents. */
const WORD = String.raw`[\p{L}\p{N}\p{Mn}\p{Mc}]+`;
const ID = new RegExp(`^${WORD}(-${WORD})*$`, "u");
const LONGEST = 80; // bytes in UTF-8

/** Whether a text from outside, such as from storage, has the form of an id. */
export function isId(text: unknown): text is string {
  return (
    typeof text === "string" && ID.test(text) && new TextEncoder().encode(text).length <= LONGEST
  );
}
