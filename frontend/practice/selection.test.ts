import { table } from "../testing/table";
import type { Standing } from "./schedule";
import { calendar, drawn, due, missed, next, tally } from "./selection";

const TODAY = "2026-11-10";
const stands = (on: string, wasMissed = false): Standing => ({
  due: on,
  last: "2026-11-01",
  missed: wasMissed,
  known: on > "2026-12",
});
const standings = new Map([
  ["a", stands("2026-11-09")],
  ["b", stands("2026-11-08", true)],
  ["c", stands("2026-11-10")],
  ["d", stands("2026-11-11", true)],
  ["e", stands("2026-12-24")],
]);

table("what is due, the longest overdue first", (ids: string[]) => due(ids, standings, TODAY), [
  [
    ["a", "b", "c", "d", "e", "new"],
    ["b", "a", "c"],
  ],
  [["d", "new"], []],
]);
table("what was missed", (ids: string[]) => missed(ids, standings), [
  [
    ["a", "b", "c", "d", "new"],
    ["b", "d"],
  ],
]);
table(
  "due questions come first, then new ones, else all",
  (ids: string[]) => next(ids, standings, TODAY),
  [
    [
      ["new", "a", "d", "b"],
      ["b", "a", "new"],
    ],
    [["d", "new"], ["new"]],
    [
      ["d", "e"],
      ["d", "e"],
    ],
  ],
);
table("numbers", (ids: string[]) => tally(ids, standings, TODAY), [
  [["a", "b", "e", "new"], { all: 4, practiced: 3, due: 2, missed: 1, known: 1 }],
  [[], { all: 0, practiced: 0, due: 0, missed: 0, known: 0 }],
]);
table(
  "what comes",
  (days: number) => calendar(standings, TODAY, days).map((one) => Object.values(one)),
  [
    [
      2,
      [
        ["2026-11-10", 3],
        ["2026-11-11", 1],
      ],
    ],
  ],
);
table(
  "random questions are different ones",
  ([size, random]: [number, number]) => drawn(["a", "b", "c"], size, () => random),
  [
    [
      [2, 0],
      ["a", "b"],
    ],
    [
      [2, 0.999],
      ["c", "b"],
    ],
    [
      [9, 0],
      ["a", "b", "c"],
    ],
  ],
);
