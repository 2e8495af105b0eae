import { table } from "../testing/table";
import { Marker } from "./highlighting";
import { stem } from "./words";

const marker = new Marker([["gradient"], ["learn", "rate"], ["learn"], ["学", "習"]], stem);

table(
  "matches in a text",
  (text) =>
    marker
      .marked(text)
      .map(([piece, matched]) => (matched ? `[${piece}]` : piece))
      .join(""),
  [
    ["Gradients vanish.", "[Gradients] vanish."],
    [
      "Which learning rates? A low learning rate.",
      "Which [learning rates]? A low [learning rate].",
    ],
    ["Learning is at a rate.", "[Learning] is at a rate."], // not side by side
    ["Nothing", "Nothing"],
    ["", ""],
    ["深層学習", "深層[学習]"],
    ["学び、習う", "学び、習う"], // not side by side
  ],
);
