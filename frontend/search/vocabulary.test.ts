import { table } from "../testing/table";
import { Vocabulary } from "./vocabulary";

const vocabulary = new Vocabulary(["the", "which", "because"]);
for (const word of "vanishing gradient gradients dropout drop batch normalization normal norm transformer transfer overfitting embedding word adam rates gate the".split(
  " ",
))
  vocabulary.add(word);

vocabulary.addCompound(["one", "hot"]);

table("words that the texts have, in this form or another", (word) => vocabulary.knows(word), [
  ["vanishing", true],
  ["vanish", true],
  ["normalisation", true],
  ["van", false],
  ["quokka", false],
]);

table("words that the texts have in this very form", (word) => vocabulary.has(word), [
  ["vanishing", true],
  ["vanish", false],
]);

table("completions of half a word", (word) => vocabulary.completions(word), [
  ["grad", ["gradient", "gradients"]],
  ["gradient", ["gradients"]],
  ["norm", ["normal", "normalization"]],
  ["th", []], // a stop word
  ["x", []],
]);

table("known words nearest to a typo", (word) => vocabulary.nearest(word), [
  ["gradeint", { words: ["gradient"], edits: 1 }],
  ["dropuot", { words: ["dropout"], edits: 1 }],
  ["vanishng", { words: ["vanishing"], edits: 1 }],
  ["transforner", { words: ["transformer"], edits: 1 }],
  ["ada", { words: [], edits: 0 }], // too short
  ["rate", { words: ["rates"], edits: 1 }], // not "gate": first letters are rarely mistyped
  ["wich", { words: [], edits: 1 }], // nearest to a stop word
  ["xylophone", { words: [], edits: 2 }],
]);

table("unknown words as they should be written", (word) => vocabulary.written(word, false), [
  ["batchnorm", ["batch", "norm"]],
  ["wordembedding", ["word", "embedding"]],
  ["bacthnormalization", ["bacth", "normalization"]], // the first has a typo
  ["normalizationbacth", ["normalization", "bacth"]], // the second has one
  ["batchnormdropout", ["batch", "norm", "dropout"]],
  ["onehot", ["one", "hot"]], // hyphenated in a text, with a stop word
  ["onehots", ["one", "hot"]],
  ["wich", ["which"]], // a stop word with a typo
  ["gradeint", ["gradeint"]],
  ["quokka", ["quokka"]],
]);

table("words run together, the second half typed", (word) => vocabulary.written(word, true), [
  ["batchnor", ["batch", "nor"]],
  ["wordembed", ["word", "embed"]],
  ["batchqu", ["batchqu"]],
  ["dropada", ["drop", "ada"]],
  ["normaliz", ["normaliz"]], // not "norm" and a beginning: a word begins like this
]);

table("known words related to one that is nothing else", (word) => vocabulary.relatives(word), [
  ["transformational", ["transformer"]],
  ["overfittedness", ["overfitting"]],
  ["overfiting", ["overfitting"]],
  ["dropsy", []], // "drop" is too little in common
  ["quokka", []],
]);
