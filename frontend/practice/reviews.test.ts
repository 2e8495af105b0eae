import { table } from "../testing/table";
import {
  add,
  byDay,
  count,
  dump,
  include,
  merge,
  NO_REVIEWS,
  parse,
  type Reviews,
  reset,
  undo,
} from "./reviews";

const MONDAY = "2026-11-02T09:00:00.000";
const LATER = "2026-11-02T09:10:00.000";
const TUESDAY = "2026-11-03T09:00:00.000";

const one = add(NO_REVIEWS, "steam", MONDAY, 3);
const two = add(NO_REVIEWS, "steam", TUESDAY, 1);
const other = add(NO_REVIEWS, "gluten", MONDAY, 4);
const both = { round: 0, logs: { steam: { [MONDAY]: 3, [TUESDAY]: 1 } } };

table<string, unknown>(
  "stored texts are read, and what cannot be read of them is left out",
  parse,
  [
    [dump(one), one],
    [dump(undo(one, "steam", MONDAY)), { round: 0, logs: { steam: { [MONDAY]: 0 } } }],
    [dump(reset(one)), { round: 1, logs: {} }],
    ['{"version":1}', NO_REVIEWS],
    ['{"version":1,"round":-1,"reviews":[]}', NO_REVIEWS],
    [
      `{"version":1,"reviews":{"steam":{"${MONDAY}":3,"yesterday":3,"2026-13-45T00:00:00.000":2}}}`,
      one,
    ],
    [
      `{"version":1,"reviews":{"steam":{"${MONDAY}":3,"${TUESDAY}":9},"no id!":{"${MONDAY}":3}}}`,
      one,
    ],
    ['{"version":2,"reviews":{},"more":1}', "newer"],
    ["", undefined],
    ["{", undefined],
    ["[]", undefined],
    ["null", undefined],
    ['{"reviews":{}}', undefined],
  ],
);

table<[Reviews, Reviews], unknown>(
  "grades of two tabs or devices are merged, in any order",
  ([a, b]) => dump(merge(a, b)),
  [
    [[one, two], dump(both as never)],
    [[two, one], dump(both as never)],
    [[both as never, one], dump(both as never)],
    [[one, other], dump(merge(other, one))],
    [[one, undo(one, "steam", MONDAY)], dump(undo(one, "steam", MONDAY))],
    [[undo(one, "steam", MONDAY), one], dump(undo(one, "steam", MONDAY))],
    [[reset(one), one], dump(reset(one))],
    [[one, reset(one)], dump(reset(one))],
  ],
);

table<[Reviews, Reviews], unknown>(
  "a file brings back grades that were forgotten",
  ([own, file]) => count(include(own, file)),
  [
    [[reset(one), one], 1],
    [[one, one], 1],
    [[one, two], 2],
    [[undo(one, "steam", MONDAY), one], 0],
  ],
);

const log = (...given: [time: string, grade: number][]) => [Object.fromEntries(given)] as never;

table("the lowest grade of a day counts", byDay, [
  [log([MONDAY, 1], [LATER, 3]), [["2026-11-02", 1]]],
  [log([LATER, 3], [MONDAY, 1]), [["2026-11-02", 1]]],
  [log([MONDAY, 4], [LATER, 2]), [["2026-11-02", 2]]],
  [log([MONDAY, 0], [LATER, 2]), [["2026-11-02", 2]]],
  [
    log([TUESDAY, 3], [MONDAY, 4]),
    [
      ["2026-11-02", 4],
      ["2026-11-03", 3],
    ],
  ],
  [log([MONDAY, 0]), []],
  [[], []],
]);
