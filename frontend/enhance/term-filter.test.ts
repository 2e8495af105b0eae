import { table } from "../testing/table";
import { findable, matches } from "./term-filter";

const TERMS: readonly (readonly string[])[] = [
  ["AdaGrad", "Adaptive Gradient"],
  ["Batch normalization"],
  ["CNN", "Convolutional Neural Network"],
  ["Mini-batch"],
  ["A/B testing"],
  ["C++"],
  ["Éclair"],
  ["学习率"],
];

function found(typed: string): (string | undefined)[] {
  return TERMS.filter((texts) => matches(typed, findable(texts))).map(([name]) => name);
}

table("terms found by what is typed", found, [
  ["", TERMS.map(([name]) => name)],
  [" ", TERMS.map(([name]) => name)],
  ["cn", ["CNN"]],
  ["CNN", ["CNN"]],
  ["conv", ["CNN"]],
  ["network neural", ["CNN"]],
  ["bat", ["Batch normalization", "Mini-batch"]],
  ["batch n", ["Batch normalization"]],
  ["bn", ["Batch normalization"]], // by initials, which the glossary need not list
  ["ag", ["AdaGrad"]],
  ["abt", ["A/B testing"]],
  ["a/b", ["A/B testing"]],
  ["mini-b", ["Mini-batch"]],
  ["ormal", []], // not within a word
  ["eclair", ["Éclair"]],
  ["ÉCL", ["Éclair"]],
  ["学习", ["学习率"]],
  ["xyz", []],
]);
