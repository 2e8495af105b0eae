import { table } from "../testing/table";
import { type Answers, dump, include, merge, parse, textOf, write } from "./answers";

const at = (hour: number): string => `2026-11-02T${String(hour).padStart(2, "0")}:00:00.000Z`;
const own = (text: string, hour: number): Answers => ({ steam: { text, at: at(hour) } });
const KEPT = "\n\n* * *\n\n";

table<string, unknown>("stored texts", parse, [
  [dump(own("Water", 8)), own("Water", 8)],
  ['{"version":1,"answers":{"steam":"Water"}}', {}],
  ['{"version":2,"answers":{}}', "newer"],
  ["Water", undefined],
]);

table(
  "of two tabs, the later text",
  ([one, other]: [Answers, Answers]) => merge(one, other).steam?.text,
  [
    [[own("early", 8), own("late", 9)], "late"],
    [[own("late", 9), own("early", 8)], "late"],
    [[own("written", 8), own("", 9)], ""],
  ],
);

table(
  "of a file, both texts",
  ([one, other]: [Answers, Answers]) => include(one, other).steam?.text,
  [
    [[own("early", 8), own("late", 9)], `late${KEPT}early`],
    [[own("early", 8), own("early and late", 9)], "early and late"],
    [[own("same", 8), own("same", 9)], "same"],
    [[own("", 9), own("before", 8)], "before"],
  ],
);

const merged: Answers = { vapor: { text: "old", at: at(7) }, ...own("new", 8) };
table("texts of merged questions are kept", (ids: string[]) => textOf(merged, ids), [
  [["steam", "vapor"], `new${KEPT}old`],
  [["steam"], "new"],
  [["gluten", "vapor"], "old"],
]);

table(
  "writing",
  ([text, before]: [string, string]) => {
    const found = write(merged, ["steam", "vapor"], { text, before, at: at(9) });
    return [found.steam?.text, found.vapor?.text];
  },
  [
    [
      ["better", `new${KEPT}old`],
      ["better", ""],
    ],
    [
      ["", `new${KEPT}old`],
      ["", ""],
    ],
    // Another tab wrote meanwhile.
    [
      ["mine", ""],
      [`mine${KEPT}new${KEPT}old`, ""],
    ],
  ],
);
