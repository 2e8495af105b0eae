import cases from "../../tests/letters.json";
import { table } from "../testing/table";
import { isUnspaced, pairs, stem, tokens, words } from "./words";

table("words of a text", words, [
  ["What is Dropout?", ["what", "is", "dropout"]],
  ["Adam's L2-norm, ReLU(x)", ["adam", "s", "l2", "norm", "relu", "x"]],
  ["", []],
  ["?!", []],
  ["naïve Bayes, ﬁne-tuning", ["naive", "bayes", "fine", "tuning"]],
  ["Что такое dropout?", ["что", "такое", "dropout"]],
  ["مُعَلِّم", ["معلم"]], // vowel signs are left out
  ["深層学習", ["深", "層", "学", "習"]], // no spaces between words: characters
  ["BERTの深層", ["bert", "の", "深", "層"]],
  ["データ", ["デ", "ー", "タ"]], // the long vowel is a part of the word
  ["CNNとRNN", ["cnn", "と", "rnn"]],
  ["ข้อมูล", ["ข้", "อ", "มู", "ล"]], // marks stay with their letters
  ["한국어", ["한", "국", "어"]], // endings follow words without a space
  ["I ❤️ CNNs", ["i", "❤", "cnns"]], // an emoji is two characters
]);

table(
  "words folded as ids are",
  (text) => words(text).filter((word) => /[\p{L}\p{N}]/u.test(word)),
  Object.entries(cases.words),
);

table(
  "characters of scripts without spaces, folded as ids are",
  (text) => (words(text).every(isUnspaced) ? words(text).join("") : "none"),
  Object.entries(cases.unspaced),
);

table("pairs of characters without spaces", pairs, [
  [
    ["デ", "ー", "タ"],
    ["デー", "ータ"],
  ],
  [
    ["bert", "の", "深", "層"],
    ["の深", "深層"],
  ],
  [["deep", "learning"], []],
  [[], []],
]);

table(
  "places of words in a text",
  (text) => tokens(text).map(({ word, start, end }) => `${word}=${text.slice(start, end)}`),
  [
    ["What is ReLU?", ["what=What", "is=is", "relu=ReLU"]],
    ["a naïve Ö", ["a=a", "naive=naïve", "o=Ö"]],
    ["BERT学習 X", ["bert=BERT", "学=学", "習=習", "x=X"]],
    ["ﾃﾞｰﾀ", ["デ=ﾃﾞ", "ー=ｰ", "タ=ﾀ"]],
    ["½ Straße", ["1=½", "2=½", "strasse=Straße"]],
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
  ["standardize standardise standardization standardisation standardizing", 1],
  ["generate generates generating", 1],
]);

table("stems of words that are no forms of each other", stem, [
  ["generalization", "generaliz"],
  ["general", "general"],
  ["standardise", "standardiz"],
  ["standard", "standard"],
  ["normalized", "normaliz"],
  ["normal", "normal"],
  ["parallelize", "parallel"],
  ["generation", "gener"],
  ["model", "model"],
  ["mode", "mode"],
  ["gas", "gas"], // too short to have an ending
  ["resnet50s", "resnet50"], // with a digit, only a plural ending is removed
  ["l2", "l2"],
]);
