import { table } from "../testing/table";
import { stem, tokens, words } from "./words";

table("words of a text", words, [
  ["What is Dropout?", ["what", "is", "dropout"]],
  ["Adam's L2-norm, ReLU(x)", ["adam", "s", "l2", "norm", "relu", "x"]],
  ["", []],
  ["?!", []],
  ["naïve Bayes, ﬁne-tuning", ["naive", "bayes", "fine", "tuning"]],
  ["Что такое dropout?", ["что", "такое", "dropout"]],
  ["مُعَلِّم", ["معلم"]], // vowel signs are left out
  ["深層学習", ["深層", "層学", "学習"]], // no spaces between words: pairs
  ["BERTの深層", ["bert", "の深", "深層"]],
  ["I ❤️ CNNs", ["i", "❤", "cnns"]], // an emoji is two characters
]);

table(
  "places of words in a text",
  (text) => tokens(text).map(({ word, start, end }) => `${word}=${text.slice(start, end)}`),
  [
    ["What is ReLU?", ["what=What", "is=is", "relu=ReLU"]],
    ["a naïve Ö", ["a=a", "naive=naïve", "o=Ö"]],
    ["BERT学習 X", ["bert=BERT", "学習=学習", "x=X"]],
  ],
);

table("forms and spellings with the same stem", (forms) => new Set(words(forms).map(stem)).size, [
  ["train trained training trains", 1],
  ["normalize normalise normalization normalisation normalising", 1],
  ["analyze analyse analyzing analysing", 1],
  ["labeled labelled labeling labelling", 1],
  ["color colour colours", 1],
  ["center centre centers centres", 1],
  ["catalog catalogue catalogues", 1],
  ["generalize generalization generalise", 1],
  ["generate generates generating", 1],
]);

table("stems of words that are no forms of each other", stem, [
  ["generalization", "general"],
  ["generation", "gener"],
  ["model", "model"],
  ["mode", "mode"],
  ["gas", "gas"], // too short to have an ending
  ["resnet50s", "resnet50"], // with a digit, only a plural ending is removed
  ["l2", "l2"],
]);
