import { table } from "../testing/table";
import { comparable, edits, letters, tolerated } from "./edit-distance";

table("edits between two words", ([one, other]: [string, string]) => edits(one, other, 3), [
  [["dropout", "dropout"], 0],
  [["dropot", "dropout"], 1],
  [["droppout", "dropout"], 1],
  [["dropoud", "dropout"], 1],
  [["gradeint", "gradient"], 1], // two letters swapped
  [["backpropogatoin", "backpropagation"], 2],
  [["ca", "abc"], 3], // swapped letters are not edited again
  [["", "adam"], 4],
]);

table(
  "no more edits are counted than the limit",
  ([one, other]: [string, string]) => edits(one, other, 1),
  [
    [["adam", "adam"], 0],
    [["adam", "adams"], 1],
    [["adam", "adamax"], 2],
    [["adam", "transformer"], 2],
    [["a".repeat(65), "a".repeat(65)], 2], // too long to be compared
  ],
);

table("edits tolerated in a typed word", tolerated, [
  ["gan", 0], // another acronym is a single letter away
  ["adam", 1],
  ["pooled", 1],
  ["dropout", 2],
  ["gradient", 2],
]);

table(
  "words whose letters rule out that few edits",
  ([one, other]: [string, string]) => !comparable(letters(one), letters(other), 1),
  [
    [["gradeint", "gradient"], false],
    [["relu", "rely"], false],
    [["adam", "adams"], false],
    [["adam", "relu"], true],
    [["relu", "lure"], false], // the same letters in another order
  ],
);
