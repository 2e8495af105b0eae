import { table } from "../testing/table";
import { parse } from "./last-question";

const json = (id: unknown, title: unknown = "Dropout?") => JSON.stringify({ id, title });

table("stored question", parse, [
  [json("dropout"), { id: "dropout", title: "Dropout?" }],
  [json("l2-norm"), { id: "l2-norm", title: "Dropout?" }],
  [json("什么是过拟合"), { id: "什么是过拟合", title: "Dropout?" }],
  [json("cnn-ما-هي"), { id: "cnn-ما-هي", title: "Dropout?" }],
  [json("पूर्व-प्रशिक्षण"), { id: "पूर्व-प्रशिक्षण", title: "Dropout?" }], // with vowel signs
  [json("dropout", "x".repeat(300)), { id: "dropout", title: "x".repeat(200) }],
]);

table("stored text that is no question", parse, [
  ["", undefined],
  ["{", undefined],
  ["null", undefined],
  ["[]", undefined],
  [json(""), undefined],
  [json(7), undefined],
  [json("dropout", 7), undefined],
  [json("../x"), undefined],
  [json(".."), undefined],
  [json("a b"), undefined],
  [json("a?b#c"), undefined],
  [json("javascript:alert"), undefined],
  [json("\ud800"), undefined],
]);
