import { table } from "../testing/table";
import { later } from "./dates";
import { forecast, standing } from "./schedule";

const START = "2026-11-02";

/** The logs of grades that were given some days after each other. */
const given = (...grades: [after: number, grade: number][]): never => {
  let day = START;
  const log: Record<string, number> = {};
  for (const [after, grade] of grades) {
    day = later(day, after);
    log[`${day}T09:00:00.000`] = grade;
  }
  return [log] as never;
};

table("when a question is due", (logs: never) => standing(logs)?.due, [
  [given([0, 1]), "2026-11-03"],
  [given([0, 2]), "2026-11-04"],
  [given([0, 3]), "2026-11-05"],
  [given([0, 4]), "2026-11-10"],
  [given([0, 0]), undefined],
  [given([0, 3], [3, 3]), "2026-11-19"],
  [given([0, 3], [3, 1]), "2026-11-06"],
  [[] as never, undefined],
]);

table(
  "whether a question was missed, and is well known",
  (logs: never) => {
    const found = standing(logs);
    return [found?.missed, found?.known];
  },
  [
    [given([0, 3]), [false, false]],
    [given([0, 1]), [true, false]],
    [given([0, 1], [1, 3]), [false, false]],
    [given([0, 4], [8, 4]), [false, true]],
  ],
);

table(
  "a merged question has the grades of both, in the order of their days",
  ([one, other]: [never, never]) => standing([...(one as []), ...(other as [])])?.due,
  [
    [[given([0, 3]), given([3, 3])], "2026-11-19"],
    [[given([3, 3]), given([0, 3])], "2026-11-19"],
    [[given([0, 3]), [] as never], "2026-11-05"],
  ],
);

table("what each grade would mean", ([logs, now]: [never, string]) => forecast(logs, now), [
  [
    [[] as never, `${START}T09:00:00.000`],
    { 1: "2026-11-03", 2: "2026-11-04", 3: "2026-11-05", 4: "2026-11-10" },
  ],
  // It was missed today, so it comes tomorrow whatever happens now.
  [
    [given([0, 1]), `${START}T09:10:00.000`],
    { 1: "2026-11-03", 2: "2026-11-03", 3: "2026-11-03", 4: "2026-11-03" },
  ],
]);
