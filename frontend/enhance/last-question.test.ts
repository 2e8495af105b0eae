import { table } from "../testing/table";
import { type Last, parse } from "./last-question";

const json = (id: unknown, title: unknown = "Dropout?") => JSON.stringify({ id, title });
const page = (folder: string, id: string, question?: string) =>
  JSON.stringify({ folder, id, title: "Rising", question });
const rising: Last = { id: "rising", title: "Rising" };

table("stored page", parse, [
  [json("dropout"), { id: "dropout", title: "Dropout?" }],
  [json("l2-norm"), { id: "l2-norm", title: "Dropout?" }],
  [json("什么是过拟合"), { id: "什么是过拟合", title: "Dropout?" }],
  [json("cnn-ما-هي"), { id: "cnn-ما-هي", title: "Dropout?" }],
  [json("पूर्व-प्रशिक्षण"), { id: "पूर्व-प्रशिक्षण", title: "Dropout?" }], // with vowel signs
  [page("topics", "rising", "feeding"), { ...rising, folder: "topics", question: "feeding" }],
  [page("topics", "rising", ""), { ...rising, folder: "topics" }],
  [page("topics", "rising", "../x"), { ...rising, folder: "topics" }],
  [page("paths", "rising"), { ...rising, folder: "paths" }],
  [page("q", "rising", "rising"), rising],
  [json("dropout", "x".repeat(300)), { id: "dropout", title: "x".repeat(200) }],
]);

table("stored text that is no page", parse, [
  ["", undefined],
  ["{", undefined],
  ["null", undefined],
  ["[]", undefined],
  [page("..", "rising"), undefined],
  [page("search", "rising"), undefined],
  [page("toString", "rising"), undefined],
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
