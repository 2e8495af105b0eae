import { table } from "../../testing/table";
import { Ranges } from "./format";

const ranges = new Ranges(["", "ba", "bat", "c", "学"]);

table("the range of a word", (word) => ranges.of(word), [
  ["", 0],
  ["axis", 0],
  ["b", 0],
  ["ba", 1],
  ["bass", 1],
  ["bat", 2],
  ["bz", 2],
  ["c", 3],
  ["zero", 3],
  ["学习", 4],
]);

table("the ranges of words with a beginning", (beginning) => ranges.all(beginning), [
  ["", [0, 1, 2, 3, 4]],
  ["b", [0, 1, 2]],
  ["ba", [1, 2]],
  ["bas", [1]],
  ["bat", [2]],
  ["d", [3]],
]);
