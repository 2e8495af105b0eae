import { table } from "../testing/table";
import { type Packed, unpacked } from "./word-numbers";

/** Data with one question, as scripts/qna/data/word_numbers.py packs it. */
const packed = (phrases: string, words: string): Packed => ({
  topics: [["topic", "Topic"]],
  questions: [["adam", 0, "Adam or SGD?", "Try Adam."]],
  phrases: [phrases],
  synonyms: [`${phrases}|${phrases}`],
  stop_words: "or",
  words,
});
const { words: _, ...PLAIN } = packed("usual words", "");
/** Words of four letters, more than two signs can number. */
const many = Array.from({ length: 88 ** 2 }, (_, at) =>
  [17576, 676, 26, 1].map((place) => String.fromCharCode(97 + (Math.floor(at / place) % 26))),
).map((letters) => `A${letters.join("")}`);

table("words by number", (data: Packed) => unpacked(data).phrases, [
  [packed("###$|#%#&", ""), ["adam or|sgd try"]],
  [packed("#'#(#)", "AbatchFesFing"), ["batch batches batching"]],
  [packed("#'|#(", "A𝔸overBunderEstand"), ["𝔸over|𝔸under"]],
  [packed("", ""), [""]],
  [packed("###|##'", many.join("")), ["adam|aaaa"]],
]);

table("synonyms by number", (data: Packed) => unpacked(data).synonyms, [
  [packed("#$#%", ""), ["or sgd|or sgd"]],
]);

table("data in words", (data: Packed) => unpacked(data).phrases, [[PLAIN, ["usual words"]]]);
